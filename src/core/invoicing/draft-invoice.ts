/** From what was charged to a document: lines whole in the currency's smallest unit that add up to the exact sum, rounded once. */
import type { LegRole, Side } from '../agreements/agreements.ts';
import { NANO_DECIMALS } from '../money/amount.ts';
import { minorUnits } from '../money/currencies.ts';
import { type Decimal, parseDecimal, trimDecimal } from '../money/decimal.ts';
import { type Conversion, conversionText, convert } from '../money/exchange.ts';
import { roundTogether } from '../money/round-together.ts';
import { divideRounded, type RoundingMode } from '../money/rounding.ts';
import type { TaxAmount, TaxAnswer } from '../tax/tax.ts';
import type { Period } from '../time/period.ts';
import type { Service } from '../usage/usage-event.ts';
import type { InvoiceContent, InvoiceKind, InvoiceLine, StatedRate } from './invoice.ts';

/** What of a statement's line a document needs; lines of core/settlement are such. */
export interface BillableLine {
  readonly number: number;
  readonly kind: 'usage' | 'adjustment' | 'commitment' | 'fee';
  readonly side: Side;
  readonly role: LegRole;
  readonly service: Service | 'fee';
  readonly destination: string;
  readonly band: string;
  readonly condition: string;
  readonly validFrom?: string;
  readonly rate?: { readonly price: string; readonly terms: readonly string[] };
  /** What the rate's price is for: `min`, `MB`, `message`. */
  readonly unit: string;
  /** Voice: seconds. Data: bytes. Others: messages or units. */
  readonly billed: bigint;
  readonly amountNanos: bigint;
  readonly currency: string;
  readonly split?: object;
  readonly explanation?: string;
  /** What a fee is for, which may be other days than the document's. */
  readonly days?: Period;
}

export interface LineTerms {
  readonly side: Side;
  /** The document's. */
  readonly currency: string;
  readonly agreement: string;
  readonly period: Period;
  /** Of the document's total; half-up when not given. */
  readonly rounding?: RoundingMode;
  /** How lines in other currencies are converted. Those without are left out: they are of other documents. */
  readonly conversions?: readonly Conversion[];
  /** Number of the first line; 1 when not given. */
  readonly firstNumber?: number;
}

/**
 * One side of a statement as lines of a document. Lines of nothing (no quantity, no amount) are left out. A converted line is
 * rounded half-even to nanos, so that `exactNanos` is exact in the document's currency; prices of converted lines are left out.
 */
export function invoiceLinesOf(lines: readonly BillableLine[], terms: LineTerms): InvoiceLine[] {
  const rates = new Map((terms.conversions ?? []).map((each) => [each.from, each]));
  const billed = lines.filter(
    ({ side, currency, billed: quantity, amountNanos }) =>
      side === terms.side && (currency === terms.currency || rates.has(currency)) && (quantity !== 0n || amountNanos !== 0n),
  );
  const exact = billed.map(({ currency, amountNanos }) => {
    const conversion = currency === terms.currency ? undefined : rates.get(currency);
    return conversion === undefined ? amountNanos : convert(amountNanos, conversion, NANO_DECIMALS, 'half-even');
  });
  const nets = wholeAmounts(exact, terms.currency, terms.rounding);
  return billed.map((line, index) => {
    const { service, destination, explanation } = line;
    const converted = line.currency !== terms.currency;
    const { price, formula } = pricesOf(line);
    // Written field by field: a month of thousands of accounts has some hundred thousand of them.
    const made: { -readonly [K in keyof InvoiceLine]: InvoiceLine[K] } = {
      number: (terms.firstNumber ?? 1) + index,
      kind: line.kind,
      agreement: terms.agreement,
      description: describe(line),
      quantity: { units: line.billed, scale: 0 },
      unit: service === 'voice' ? 'SEC' : service === 'data' ? 'AD' : 'C62',
      priceQuantity: priceQuantityOf(line),
      netNanos: nets[index] ?? 0n,
      exactNanos: exact[index] ?? 0n,
      period: (line.kind === 'fee' ? line.days : undefined) ?? terms.period,
      statementLine: line.number,
    };
    if (service !== 'fee') made.service = service;
    if (destination !== '' && service !== 'fee') made.destination = destination;
    if (price !== undefined && !converted) made.unitPrice = price;
    else if (formula !== undefined) made.formula = formula;
    if (explanation !== undefined) made.explanation = explanation;
    if (converted) made.original = { currency: line.currency, exactNanos: line.amountNanos };
    return made;
  });
}

/** Amounts in nanos to whole ones in the currency's smallest unit: the sum is rounded once, half-up when not told otherwise. */
export function wholeAmounts(exactNanos: readonly bigint[], currency: string, mode: RoundingMode = 'half-up'): bigint[] {
  return roundTogether(exactNanos, smallestUnitNanos(currency), mode);
}

/** 10,000,000 for EUR, 1,000,000,000 for JPY. Throws for what is no current currency: configuration knows only those. */
export function smallestUnitNanos(currency: string): bigint {
  const decimals = minorUnits(currency);
  if (decimals === undefined) throw new RangeError(`no currency to invoice in: ${currency}`);
  return 10n ** BigInt(9 - decimals);
}

/** Decimals with which a rate is stated that its source does not give as it is. */
const STATED_DECIMALS = 10;

/** A conversion as a document states it. */
export function statedRate(conversion: Conversion): StatedRate {
  const { from, factor, steps, source, day } = conversion;
  const [only, second] = steps;
  if (only !== undefined && second === undefined && !only.inverse) return { currency: from, rate: only.rate, source, day };
  const units = divideRounded(factor.numerator * 10n ** BigInt(STATED_DECIMALS), factor.denominator, 'half-up');
  return { currency: from, rate: trimDecimal({ units, scale: STATED_DECIMALS }), source, day, made: conversionText(conversion) };
}

/** Amount × rate, rounded once, half-even, to nanos. */
export function convertNanos(nanos: bigint, rate: Decimal): bigint {
  return divideRounded(nanos * rate.units, 10n ** BigInt(rate.scale), 'half-even');
}

/** What a document says of a statement's line. */
export function describe(line: BillableLine): string {
  if (line.kind === 'fee') return line.destination;
  const what = line.destination === '' ? (line.kind === 'usage' ? 'Traffic without a rate' : '') : line.destination;
  if (line.kind === 'usage' && line.band === '' && line.condition === '' && line.validFrom === undefined) return what;
  const qualifiers = [line.band, line.condition, line.validFrom === undefined ? '' : `from ${line.validFrom}`].filter(
    (part) => part !== '',
  );
  const words = line.kind === 'usage' ? what : `${line.kind === 'adjustment' ? 'Adjustment' : 'Commitment'} ${what}`.trim();
  return qualifiers.length === 0 ? words : `${words} (${qualifiers.join(', ')})`;
}

const ONE: Decimal = { units: 1n, scale: 0 };

const BYTES = wholes({ byte: 1n, kB: 1_000n, MB: 1_000_000n, GB: 1_000_000_000n, KiB: 1n << 10n, MiB: 1n << 20n, GiB: 1n << 30n });
const SECONDS = wholes({ s: 1n, min: 60n, h: 3600n });

function wholes(units: Readonly<Record<string, bigint>>): ReadonlyMap<string, Decimal> {
  return new Map(Object.entries(units).map(([name, one]) => [name, { units: one, scale: 0 }]));
}

function priceQuantityOf({ service, unit }: BillableLine): Decimal {
  if (service === 'voice') return SECONDS.get(unit) ?? leadingNumber(unit);
  return service === 'data' ? (BYTES.get(unit) ?? leadingNumber(unit)) : ONE;
}

/** Of units that have no name: `30 s`, `4096 bytes`. */
function leadingNumber(unit: string): Decimal {
  return { units: BigInt(/^\d+/.exec(unit)?.[0] ?? '1'), scale: 0 };
}

interface RatePrices {
  /** Where one alone makes the line. */
  readonly price: Decimal | undefined;
  readonly formula: InvoiceLine['formula'];
}

/** Prices of the words of rates: statements share them, and lines share what is made of them. */
const prices = new WeakMap<object, RatePrices>();

const NO_PRICES: RatePrices = { price: undefined, formula: undefined };

function pricesOf({ kind, rate, split }: BillableLine): RatePrices {
  if ((kind !== 'usage' && kind !== 'fee') || rate === undefined || split !== undefined) return NO_PRICES;
  const known = prices.get(rate) ?? { price: onlyPrice(rate), formula: { price: rate.price, terms: rate.terms } };
  prices.set(rate, known);
  return known;
}

function onlyPrice({ price, terms }: NonNullable<BillableLine['rate']>): Decimal | undefined {
  return terms.length > 0 ? undefined : parseDecimal(price);
}

export type DocumentTerms = Omit<InvoiceContent, 'lines' | 'taxes' | 'withholding' | 'netNanos' | 'taxNanos' | 'totalNanos'>;

const OPPOSITE: Partial<Readonly<Record<InvoiceKind, InvoiceKind>>> = {
  invoice: 'credit-note',
  'debit-note': 'credit-note',
  'self-billing': 'self-billing-credit',
};

/**
 * The document of these lines and their taxes. What comes to less than nothing is a credit note of the mirrored lines: no
 * document asks for a negative amount.
 */
export function draftInvoice(terms: DocumentTerms, lines: readonly InvoiceLine[], tax: TaxAnswer): InvoiceContent {
  const netNanos = lines.reduce((sum, line) => sum + line.netNanos, 0n);
  const kind = netNanos + tax.taxNanos < 0n ? (OPPOSITE[terms.kind] ?? terms.kind) : terms.kind;
  const sign = kind === terms.kind ? 1n : -1n;
  const taxes = sign === 1n ? tax.taxes : tax.taxes.map(mirroredTax);
  const withholding = sign === 1n ? tax.withholding : tax.withholding.map(mirroredTax);
  return {
    ...terms,
    kind,
    lines: sign === 1n ? lines : lines.map((line) => ({ ...line, ...mirrored(line) })),
    taxes,
    ...(withholding.length === 0 ? {} : { withholding }),
    netNanos: sign * netNanos,
    taxNanos: sign * tax.taxNanos,
    totalNanos: sign * (netNanos + tax.taxNanos),
  };
}

function mirroredTax({ selfAssessed, ...tax }: TaxAmount): TaxAmount {
  return {
    ...{ ...tax, baseNanos: -tax.baseNanos, taxNanos: -tax.taxNanos },
    ...(selfAssessed === undefined ? {} : { selfAssessed: selfAssessed.map((own) => ({ ...own, taxNanos: -own.taxNanos })) }),
  };
}

function mirrored(line: InvoiceLine): Pick<InvoiceLine, 'netNanos' | 'exactNanos' | 'quantity' | 'original'> {
  const { original } = line;
  return {
    netNanos: -line.netNanos,
    exactNanos: -line.exactNanos,
    // A price is never negative, so the quantity turns with the amount.
    quantity: { ...line.quantity, units: -line.quantity.units },
    ...(original === undefined ? {} : { original: { ...original, exactNanos: -original.exactNanos } }),
  };
}
