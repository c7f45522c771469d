/** What `carillon tax` prints. */
import type { ExplainedTax } from '#app/tax/explain.ts';
import { formatNanos } from '#core/money/amount.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { holdsOn, percentsOn, type TaxRate, type TaxRule, type TaxRules } from '#core/tax/rules.ts';
import type { TaxAmount } from '#core/tax/tax.ts';
import { formatTable } from './table.ts';
import { hanging } from './wrap.ts';

export interface Wanted {
  readonly rates: boolean;
  readonly own: boolean;
  readonly on: string | undefined;
  readonly place: string | undefined;
}

function rulesWanted({ rules }: TaxRules, { own, on, place }: Wanted): readonly TaxRule[] {
  return rules.filter(
    (rule) =>
      (!own || rule.own) &&
      (on === undefined || holdsOn(rule, on)) &&
      (place === undefined || [...rule.seller, ...rule.buyer].includes(place)),
  );
}

function ratesWanted({ rates }: TaxRules, { own, on, place }: Wanted): readonly TaxRate[] {
  return rates.filter(
    (rate) =>
      (!own || rate.own) &&
      (on === undefined || percentsOn(rate.percents, on).length > 0) &&
      (place === undefined || rate.jurisdiction === place || rate.jurisdiction.startsWith(`${place}-`)),
  );
}

export function rulesTable(rules: TaxRules, wanted: Wanted): string {
  const columns = [
    { title: 'rule' },
    { title: 'from', cut: 'never' as const },
    { title: 'until before', cut: 'never' as const },
    { title: 'seller' },
    { title: 'buyer' },
    { title: 'category' },
    { title: 'says' },
  ];
  const places = (names: readonly string[], not: readonly string[]): string =>
    `${names.join(' ')}${not.length === 0 ? '' : ` but ${not.join(' ')}`}`;
  const rows = rulesWanted(rules, wanted).map((rule) => [
    rule.own ? `${rule.id} (own)` : rule.id,
    rule.validFrom,
    rule.validTo ?? '',
    places(rule.seller, rule.sellerNot),
    places(rule.buyer, rule.buyerNot),
    rule.category,
    rule.says,
  ]);
  return rows.length === 0 ? 'no rule' : formatTable(columns, rows);
}

export function ratesTable(rules: TaxRules, wanted: Wanted): string {
  const columns = [
    { title: 'rate' },
    { title: 'tax' },
    { title: 'jurisdiction' },
    { title: 'per cent', align: 'right' as const },
    { title: 'from', cut: 'never' as const },
    { title: 'until before', cut: 'never' as const },
    { title: 'on top of' },
  ];
  const rows = ratesWanted(rules, wanted).flatMap((rate) => {
    const percents = wanted.on === undefined ? rate.percents : percentsOn(rate.percents, wanted.on);
    return percents.map(({ percent, validFrom, validTo, onTopOf }) => [
      rate.own ? `${rate.id} (own)` : rate.id,
      rate.tax,
      rate.jurisdiction,
      percent,
      validFrom,
      validTo ?? '',
      onTopOf.join(' '),
    ]);
  });
  return rows.length === 0 ? 'no rate' : formatTable(columns, rows);
}

export function rulesJson(rules: TaxRules, wanted: Wanted): string {
  const shown = wanted.rates ? ratesWanted(rules, wanted) : rulesWanted(rules, wanted);
  return shown.map((one) => JSON.stringify(one)).join('\n');
}

export function explanationText({ question, answer }: ExplainedTax): string {
  const decimals = minorUnits(question.currency) ?? 2;
  const money = (nanos: bigint): string => formatNanos(nanos, decimals);
  const net = answer.lines.reduce((sum, { netNanos }) => sum + netNanos, 0n);
  const row = ({ name, jurisdiction, category, percent, baseNanos, taxNanos }: TaxAmount): readonly string[] => [
    name,
    jurisdiction,
    category,
    `${percent} %`,
    money(baseNanos),
    money(taxNanos),
  ];
  const columns = [
    { title: 'tax' },
    { title: 'jurisdiction' },
    { title: 'category' },
    { title: 'per cent', align: 'right' as const },
    { title: 'base', align: 'right' as const },
    { title: question.currency, align: 'right' as const },
  ];
  const total = ['', '', '', 'to pay', money(net), money(net + answer.taxNanos)];
  const lines = [formatTable(columns, [...answer.taxes.map(row), 'rule', total])];
  for (const { explanation, legalReference, exemptionCode, selfAssessed } of answer.taxes) {
    lines.push('', hanging(explanation));
    if (legalReference !== undefined)
      lines.push(hanging(`On the document: ${legalReference}${exemptionCode === undefined ? '' : ` (${exemptionCode})`}`));
    for (const { name, jurisdiction, percent, taxNanos } of selfAssessed ?? [])
      lines.push(`The buyer accounts for ${money(taxNanos)} ${name} (${percent} % in ${jurisdiction}) itself.`);
  }
  for (const withheld of answer.withholding)
    lines.push('', `Withheld by the payer: ${money(withheld.taxNanos)} ${withheld.name}.`, hanging(withheld.explanation));
  return lines.join('\n');
}

export function explanationJson({ question, answer }: ExplainedTax): object {
  const amount = ({ baseNanos, taxNanos, selfAssessed, ...rest }: TaxAmount): object => ({
    ...rest,
    base: formatNanos(baseNanos),
    tax: formatNanos(taxNanos),
    ...(selfAssessed === undefined
      ? {}
      : { selfAssessed: selfAssessed.map(({ taxNanos: own, ...one }) => ({ ...one, tax: formatNanos(own) })) }),
  });
  return {
    day: question.taxDay,
    currency: question.currency,
    taxes: answer.taxes.map(amount),
    tax: formatNanos(answer.taxNanos),
    lines: answer.lines.map(({ line, netNanos, taxNanos }) => ({ line, net: formatNanos(netNanos), tax: formatNanos(taxNanos) })),
    withholding: answer.withholding.map(amount),
  };
}
