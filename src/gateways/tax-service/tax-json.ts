/** Question and answer of an external tax service as JSON, and what an answer must be before it is believed. */
import { formatNanos } from '#core/money/amount.ts';
import { parseDecimal, unitsAtScale } from '#core/money/decimal.ts';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import { smallestUnitNanos } from '#core/tax/amounts.ts';
import {
  type TaxAmount,
  type TaxAnswer,
  type TaxCategory,
  type TaxedLine,
  type TaxParty,
  type TaxQuestion,
  taxCategories,
} from '#core/tax/tax.ts';

export function questionJson({ seller, buyer, taxDay, currency, lines, rounding, pricesIncludeTax }: TaxQuestion): object {
  return {
    taxDay,
    currency,
    pricesIncludeTax: pricesIncludeTax === true,
    rounding: rounding ?? { by: 'document', mode: 'half-up' },
    seller: partyJson(seller),
    buyer: partyJson(buyer),
    lines: lines.map(({ line, service, netNanos }) => ({ line, service, amount: formatNanos(netNanos) })),
  };
}

function partyJson({ country, region, registrations, isBusiness, isReseller, certificates }: TaxParty): object {
  return {
    country,
    ...(region === undefined ? {} : { region }),
    registrations,
    business: isBusiness,
    reseller: isReseller === true,
    certificates: certificates ?? [],
  };
}

/**
 * Reads `{taxes: […], lines: […], withholding: […]}`. Refused (`tax.service-answer-broken`) with every fault: what is no
 * JSON or of another form, amounts that are not whole in the smallest unit, lines that were not asked about, sums that
 * disagree, an amount without its rule and explanation.
 */
export function readAnswer(text: string, question: TaxQuestion): Result<TaxAnswer> {
  const reader = new AnswerReader(question);
  const answer = reader.read(text);
  return answer === undefined || reader.faults.length > 0 ? { ok: false, refusals: reader.faults } : { ok: true, value: answer };
}

type Fields = Readonly<Record<string, unknown>>;

class AnswerReader {
  readonly faults: Refusal[] = [];
  readonly #question: TaxQuestion;
  readonly #unitNanos: bigint;

  constructor(question: TaxQuestion) {
    this.#question = question;
    this.#unitNanos = smallestUnitNanos(question.currency) ?? 1n;
  }

  read(text: string): TaxAnswer | undefined {
    let said: unknown;
    try {
      said = JSON.parse(text);
    } catch {
      return this.#fault('the answer is no JSON', 'answer', text);
    }
    if (!isFields(said)) return this.#fault('the answer is no object', 'answer', text);
    const taxes = this.#list(said.taxes, 'taxes').map((tax, index) => this.#tax(tax, `taxes[${index + 1}]`));
    const withholding = this.#list(said.withholding ?? [], 'withholding').map((tax, index) => this.#tax(tax, `withholding[${index + 1}]`));
    const lines = this.#list(said.lines, 'lines').map((line, index) => this.#line(line, `lines[${index + 1}]`));
    if (this.faults.length > 0) return undefined;
    const sum = (amounts: readonly { readonly taxNanos: bigint }[]): bigint =>
      amounts.reduce((total, { taxNanos }) => total + taxNanos, 0n);
    const taxNanos = sum(taxes);
    if (sum(lines) !== taxNanos)
      this.#fault('the tax of the lines does not add up to the taxes', 'lines', `${formatNanos(sum(lines))} of ${formatNanos(taxNanos)}`);
    this.#compareLines(lines);
    return { taxes, taxNanos, lines, withholding };
  }

  /** Each line of the question once, with the amount that was asked about. */
  #compareLines(lines: readonly TaxedLine[]): void {
    const { lines: asked, pricesIncludeTax } = this.#question;
    if (lines.length !== asked.length) this.#fault(`there are ${lines.length} lines, asked were ${asked.length}`, 'lines', '');
    for (const { line, netNanos } of asked) {
      const said = lines.filter((one) => one.line === line);
      const [only] = said;
      const amount = only === undefined ? undefined : only.netNanos + (pricesIncludeTax === true ? only.taxNanos : 0n);
      if (said.length !== 1 || amount !== netNanos)
        this.#fault(`line ${line} is not there once with its amount`, 'lines', amount === undefined ? '' : formatNanos(amount));
    }
  }

  #tax(said: unknown, field: string): TaxAmount {
    const fields = isFields(said) ? said : {};
    const category =
      taxCategories.find((one) => one === fields.category) ?? this.#wrong<TaxCategory>(field, 'category', fields.category, 'S');
    const percent = typeof fields.percent === 'string' && parseDecimal(fields.percent) !== undefined ? fields.percent : undefined;
    const asked = new Set(this.#question.lines.map(({ line }) => line));
    const lines = this.#list(fields.lines, `${field}.lines`).flatMap((line) => (typeof line === 'number' && asked.has(line) ? [line] : []));
    if (lines.length === 0 || lines.length !== this.#list(fields.lines, `${field}.lines`).length)
      this.#wrong(field, 'lines', JSON.stringify(fields.lines), undefined);
    return {
      rule: this.#text(fields, field, 'rule'),
      name: this.#text(fields, field, 'name'),
      category,
      jurisdiction: this.#text(fields, field, 'jurisdiction'),
      percent: percent ?? this.#wrong(field, 'percent', fields.percent, '0'),
      lines,
      baseNanos: this.#amount(fields, field, 'base'),
      taxNanos: this.#amount(fields, field, 'tax'),
      explanation: this.#text(fields, field, 'explanation'),
      ...(fields.legalReference === undefined ? {} : { legalReference: this.#text(fields, field, 'legalReference') }),
      ...(fields.exemptionCode === undefined ? {} : { exemptionCode: this.#text(fields, field, 'exemptionCode') }),
    };
  }

  #line(said: unknown, field: string): TaxedLine {
    const fields = isFields(said) ? said : {};
    const line = typeof fields.line === 'number' ? fields.line : this.#wrong(field, 'line', fields.line, 0);
    return { line, netNanos: this.#amount(fields, field, 'net'), taxNanos: this.#amount(fields, field, 'tax') };
  }

  #text(fields: Fields, field: string, name: string): string {
    const value = fields[name];
    return typeof value === 'string' && value.trim() !== '' && value.length <= 2000 ? value : this.#wrong(field, name, value, '');
  }

  /** A decimal text, whole in the smallest unit of the currency. */
  #amount(fields: Fields, field: string, name: string): bigint {
    const value = fields[name];
    const read = typeof value === 'string' ? parseDecimal(value) : undefined;
    if (read === undefined || read.scale > 9) return this.#wrong(field, name, value, 0n);
    const nanos = unitsAtScale(read, 9);
    return nanos % this.#unitNanos === 0n ? nanos : this.#wrong(field, name, value, 0n);
  }

  #list(value: unknown, field: string): readonly unknown[] {
    if (Array.isArray(value)) return value;
    this.#fault(`${field} is no list`, field, JSON.stringify(value) ?? '');
    return [];
  }

  #wrong<T>(field: string, name: string, value: unknown, instead: T): T {
    this.#fault(
      `${field} has no ${name} that can be used`,
      `${field}.${name}`,
      typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
    );
    return instead;
  }

  #fault(message: string, field: string, value: string): undefined {
    this.faults.push(
      refuse('tax.service-answer-broken', `the answer of the tax service: ${message}`, { field, value: value.slice(0, 120) }),
    );
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
