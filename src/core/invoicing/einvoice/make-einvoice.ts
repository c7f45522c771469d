/** An issued document as an electronic invoice of Peppol BIS Billing 3.0 (or its self-billing sister), checked before it leaves. */

import { minorUnits } from '../../money/currencies.ts';
import { type Decimal, decimal, trimDecimal } from '../../money/decimal.ts';
import { divideRounded } from '../../money/rounding.ts';
import type { LegalEntity, Party } from '../../parties/parties.ts';
import { type Refusal, type Result, refuse } from '../../refusals.ts';
import type { TaxAmount } from '../../tax/tax.ts';
import type { Period } from '../../time/period.ts';
import type { Invoice, InvoiceKind, InvoiceLine } from '../invoice.ts';
import { checkEInvoice, type EInvoiceRules } from './check-einvoice.ts';
import {
  type EAmount,
  type EIdentifier,
  type EInvoice,
  type ELine,
  type EParty,
  type EPayment,
  type ETaxBreakdown,
  peppol,
} from './einvoice.ts';
import { times, within } from './finding.ts';

/** What an electronic invoice says of one side. */
export interface EInvoiceSide {
  readonly name: string;
  readonly country?: string;
  readonly region?: string;
  readonly address: readonly string[];
  /** Its registration for tax, with the letters of the country where it is a VAT number. */
  readonly taxId?: string;
  readonly companyNumber?: EIdentifier;
  readonly electronicAddress?: EIdentifier;
  readonly email?: string;
}

export interface EInvoiceDetails {
  readonly rules?: EInvoiceRules;
  readonly payment?: EPayment;
  readonly paymentTerms?: string;
  /** BT-10: what the buyer wants to find its order by. Its name for the account when nothing else is known. */
  readonly buyerReference?: string;
  readonly orderReference?: string;
  /** Day of issue of the corrected document. */
  readonly correctedDay?: string;
  /** Categories outside the scope must not carry VAT numbers; others in the breakdown say the reason in these words, where the amount has none. */
  readonly reasonOf?: (tax: TaxAmount) => string | undefined;
}

const typeCodes: Readonly<Record<InvoiceKind, string>> = {
  invoice: '380',
  'credit-note': '381',
  'debit-note': '383',
  'self-billing': '389',
  'self-billing-credit': '261',
};

/** A side from what is declared of it. */
export function eInvoiceSide({
  name,
  country,
  region,
  address,
  taxId,
  companyNumber,
  electronicAddress,
  email,
}: LegalEntity | Party): EInvoiceSide {
  return {
    name,
    address,
    ...(country === undefined ? {} : { country }),
    ...(region === undefined ? {} : { region }),
    ...(taxId === undefined ? {} : { taxId }),
    ...(companyNumber === undefined ? {} : { companyNumber: identifierOf(companyNumber) }),
    ...(electronicAddress === undefined ? {} : { electronicAddress: identifierOf(electronicAddress) }),
    ...(email === undefined ? {} : { email }),
  };
}

/** `0088:7300010000001` is an identifier of scheme 0088; what has no such beginning has no scheme. */
export function identifierOf(text: string): EIdentifier {
  const match = /^([0-9]{4}):(.+)$/.exec(text);
  return match?.[1] === undefined || match[2] === undefined ? { id: text } : { scheme: match[1], id: match[2] };
}

/**
 * Makes and checks it. `ours` is the legal entity, `theirs` the party; in self-billing the party is the seller. Refused:
 * `einvoice.taxes-not-vat`, `einvoice.rule-broken` with every rule, its business term and value.
 */
export function makeEInvoice(invoice: Invoice, ours: EInvoiceSide, theirs: EInvoiceSide, details: EInvoiceDetails = {}): Result<EInvoice> {
  const taxes = taxOfLines(invoice);
  if (!taxes.ok) return taxes;
  const made = assemble(invoice, ours, theirs, details, taxes.value);
  const findings = checkEInvoice(made, details.rules);
  if (findings.length === 0) return { ok: true, value: made };
  return {
    ok: false,
    refusals: findings.map(({ rule, message, field, value }) =>
      refuse('einvoice.rule-broken', `${invoice.number}: ${rule}: ${message}`, { field, ...(value === undefined ? {} : { value }) }),
    ),
  };
}

/** The one VAT of each line. What is outside its scope is so whatever the seller's country calls its own tax. */
function taxOfLines({ number, lines, taxes }: Invoice): Result<ReadonlyMap<number, TaxAmount>> {
  const faults: Refusal[] = [];
  const found = new Map<number, TaxAmount>();
  for (const line of lines) {
    const of = taxes.filter((tax) => tax.lines.includes(line.number));
    const [only] = of;
    if (only !== undefined && of.length === 1 && (only.name === 'VAT' || only.category === 'O')) found.set(line.number, only);
    else
      faults.push(
        refuse(
          'einvoice.taxes-not-vat',
          `${number}: line ${line.number} has ${of.length === 0 ? 'no tax' : of.map(({ name }) => name).join(' and ')}, not one VAT`,
          { field: `line ${line.number}`, value: of.map(({ name }) => name).join(', ') },
        ),
      );
  }
  return faults.length > 0 ? { ok: false, refusals: faults } : { ok: true, value: found };
}

function assemble(
  invoice: Invoice,
  ours: EInvoiceSide,
  theirs: EInvoiceSide,
  details: EInvoiceDetails,
  taxOf: ReadonlyMap<number, TaxAmount>,
): EInvoice {
  const { currency, kind, period } = invoice;
  const isSelfBilling = kind === 'self-billing' || kind === 'self-billing-credit';
  const [seller, buyer] = isSelfBilling ? [theirs, ours] : [ours, theirs];
  const isOutside = invoice.taxes.some(({ category }) => category === 'O');
  const amount = (nanos: bigint): EAmount => amountOf(nanos, currency);
  const reference = details.buyerReference ?? (details.orderReference === undefined ? invoice.account : undefined);
  const accounting = accountingTotal(invoice);
  const isCredit = kind === 'credit-note' || kind === 'self-billing-credit';
  return {
    kind: isCredit ? 'credit-note' : 'invoice',
    customization: isSelfBilling ? peppol.selfBillingCustomization : peppol.customization,
    profile: isSelfBilling ? peppol.selfBillingProfile : peppol.profile,
    number: invoice.number,
    issueDay: invoice.issueDay,
    // A credit note of UBL has its due day with the payment.
    ...(isCredit && details.payment === undefined ? {} : { dueDay: invoice.dueDay }),
    typeCode: typeCodes[kind],
    notes: noteOf(invoice),
    ...(invoice.taxDay === invoice.issueDay ? {} : { taxPointDay: invoice.taxDay }),
    currency,
    ...(accounting?.currency === undefined ? {} : { taxCurrency: accounting.currency }),
    ...(reference === undefined ? {} : { buyerReference: reference }),
    ...(details.orderReference === undefined ? {} : { orderReference: details.orderReference }),
    ...(period === undefined ? {} : { period: { start: period.from, end: lastDay(period.to) } }),
    preceding:
      invoice.corrects === undefined
        ? []
        : [{ number: invoice.corrects.number, ...(details.correctedDay === undefined ? {} : { issueDay: details.correctedDay }) }],
    seller: partyOf(seller, isOutside),
    buyer: partyOf(buyer, isOutside),
    payments: details.payment === undefined ? [] : [details.payment],
    ...(details.paymentTerms === undefined ? {} : { paymentTerms: details.paymentTerms }),
    allowances: [],
    taxTotals: [
      { amount: amount(invoice.taxNanos), breakdown: breakdownOf(invoice, details) },
      ...(accounting === undefined ? [] : [{ amount: accounting, breakdown: [] }]),
    ],
    totals: {
      lines: amount(invoice.netNanos),
      net: amount(invoice.netNanos),
      gross: amount(invoice.totalNanos),
      ...(invoice.prepaidNanos === 0n ? {} : { prepaid: amount(invoice.prepaidNanos) }),
      payable: amount(invoice.totalNanos - invoice.prepaidNanos),
    },
    lines: invoice.lines.map((line) => lineOf(line, invoice, taxOf.get(line.number))),
  };
}

/** Notes are one, as Peppol takes no more; the reason of a correction is among them. */
function noteOf({ notes, corrects }: Invoice): readonly string[] {
  const all = [...(corrects === undefined ? [] : [corrects.reason]), ...notes];
  return all.length === 0 ? [] : [all.join('\n')];
}

function amountOf(nanos: bigint, currency: string): EAmount {
  const scale = minorUnits(currency) ?? 2;
  return { value: { units: nanos / 10n ** BigInt(9 - scale), scale }, currency };
}

/** The total of tax in the legal entity's currency, where that is another and tax is due. */
function accountingTotal({ exchange, taxNanos }: Invoice): EAmount | undefined {
  if (exchange === undefined || taxNanos === 0n) return undefined;
  const scale = minorUnits(exchange.currency) ?? 2;
  const units = divideRounded(taxNanos * exchange.rate.units, 10n ** BigInt(9 - scale + exchange.rate.scale), 'half-up');
  return { value: { units, scale }, currency: exchange.currency };
}

/** A day is in the period until before its end. */
function lastDay(to: string): string {
  return Temporal.PlainDate.from(to).subtract({ days: 1 }).toString();
}

/** What is outside the scope has no VAT numbers (BR-O-02). A registration without the country's letters is none for VAT (BT-32). */
function partyOf(
  { name, country, region, address, taxId, companyNumber, electronicAddress, email }: EInvoiceSide,
  isOutside: boolean,
): EParty {
  const prefix = country === 'GR' ? 'EL' : (country ?? '');
  const isVat = taxId !== undefined && prefix !== '' && taxId.startsWith(prefix);
  return {
    ids: [],
    name,
    address: {
      lines: address,
      ...(region === undefined ? {} : { subdivision: region }),
      ...(country === undefined ? {} : { country }),
    },
    ...(electronicAddress === undefined ? {} : { endpoint: electronicAddress }),
    ...(taxId === undefined || isOutside ? {} : isVat ? { vatId: taxId } : { taxId }),
    ...(companyNumber === undefined ? {} : { legalId: companyNumber }),
    ...(email === undefined ? {} : { contact: { email } }),
  };
}

function percentOf({ category, percent }: TaxAmount): Decimal | undefined {
  return category === 'O' ? undefined : trimDecimal(decimal(percent));
}

/** One entry for each category and percentage, whatever rules the amounts came by. */
function breakdownOf({ taxes, currency }: Invoice, { reasonOf }: EInvoiceDetails): readonly ETaxBreakdown[] {
  const groups = Map.groupBy(taxes, ({ category, percent }) => `${category} ${percent}`);
  return [...groups.values()].flatMap((group): ETaxBreakdown[] => {
    const [first] = group;
    if (first === undefined) return [];
    const percent = percentOf(first);
    const isReasoned = !['S', 'Z'].includes(first.category);
    const reasons = [...new Set(group.map((tax) => reasonOf?.(tax) ?? tax.legalReference ?? tax.explanation))];
    const [code, ...others] = new Set(group.map(({ exemptionCode }) => exemptionCode));
    return [
      {
        base: amountOf(sum(group.map(({ baseNanos }) => baseNanos)), currency),
        tax: amountOf(sum(group.map(({ taxNanos }) => taxNanos)), currency),
        category: { code: first.category, ...(percent === undefined ? {} : { percent }) },
        ...(isReasoned ? { reason: reasons.join('; ') } : {}),
        ...(isReasoned && code !== undefined && others.length === 0 ? { reasonCode: code } : {}),
      },
    ];
  });
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

const slack: Decimal = { units: 2n, scale: 2 };

/**
 * Where quantity times price comes within 0.02 of the net, that is what the line says. Else (each call was rounded, or several
 * prices make it) its price is the net itself, for the whole quantity; the rates are on the statement. A price is never negative: the quantity is.
 */
function lineOf(line: InvoiceLine, { currency, period }: Invoice, tax: TaxAmount | undefined): ELine {
  const net = amountOf(line.netNanos, currency);
  const { price, quantity, per } = pricedAs(line, net);
  const percent = tax === undefined ? undefined : percentOf(tax);
  return {
    id: String(line.number),
    ...(line.explanation === undefined ? {} : { note: line.explanation }),
    quantity,
    unit: line.unit,
    net,
    // A line's period lies in the document's (PEPPOL-EN16931-R110, R111): that of a fee in advance is in its note.
    ...(line.period === undefined || !lies(line.period, period)
      ? {}
      : { period: { start: line.period.from, end: lastDay(line.period.to) } }),
    allowances: [],
    name: line.description,
    ...(tax === undefined ? {} : { tax: { code: tax.category, ...(percent === undefined ? {} : { percent }) } }),
    price: { value: price, currency },
    baseQuantity: per,
    baseUnit: line.unit,
  };
}

function lies(inner: Period, outer: Period | undefined): boolean {
  return outer === undefined || (inner.from >= outer.from && inner.to <= outer.to);
}

function pricedAs(
  { quantity, unitPrice, priceQuantity }: InvoiceLine,
  net: EAmount,
): { readonly price: Decimal; readonly quantity: Decimal; readonly per: Decimal } {
  const sign = net.value.units < 0n ? -1n : 1n;
  const signed = (value: Decimal): Decimal => ({ units: (value.units < 0n ? -value.units : value.units) * sign, scale: value.scale });
  if (unitPrice !== undefined && unitPrice.units >= 0n && priceQuantity.units > 0n && priceQuantity.scale === 0) {
    const asked = signed(quantity);
    const fits = within(times(net.value, priceQuantity), times(asked, unitPrice), times(slack, priceQuantity), true);
    if (fits) return { price: unitPrice, quantity: asked, per: priceQuantity };
  }
  const whole = quantity.units === 0n ? { units: 1n, scale: 0 } : quantity;
  const magnitude = whole.units < 0n ? { ...whole, units: -whole.units } : whole;
  return { price: { units: net.value.units * sign, scale: net.value.scale }, quantity: signed(whole), per: magnitude };
}
