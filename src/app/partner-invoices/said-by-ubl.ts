/** What an electronic invoice says, as far as it is booked and compared. */
import type { EAmount, EInvoice, ELine } from '#core/invoicing/einvoice/einvoice.ts';
import { formatDecimal, trimDecimal } from '#core/money/decimal.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { dayAfter } from '#core/settlement/statement-period.ts';
import type { Period } from '#core/time/period.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import type { SaidInvoice, SaidLine } from './draft.ts';

/** Told by how it begins; a web page is none. */
export function isXml(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, 200)).toString('utf8');
  return /^(\uFEFF|\s)*</.test(beginning) && !/^(\uFEFF|\s)*<(!doctype )?html/i.test(beginning);
}

/** UNCL 1001: self-billed invoice, self-billed credit note, self-billed debit note. */
const SELF_BILLED: ReadonlySet<string> = new Set(['389', '261', '527']);

/** Terms of EN 16931 as far as they are booked. Charges and allowances of the document are lines of their own. */
export function saidByUbl(source: string, invoice: EInvoice): SaidInvoice {
  const { number, issueDay, dueDay, currency, kind, contract, seller, buyer, totals, period, typeCode } = invoice;
  const lines = invoice.lines.map((line, at) => saidLine(line, at + 1));
  for (const { isCharge, amount, reason } of invoice.allowances) {
    const netNanos = nanosOf(amount) * (isCharge ? 1n : -1n);
    const description = reason ?? (isCharge ? 'Charge' : 'Allowance');
    lines.push({ description, netNanos, figures: { row: lines.length + 1, destination: description, amountNanos: netNanos } });
  }
  // A second total is the same tax in the seller's accounting currency (BT-111), in whatever order they stand.
  const total = invoice.taxTotals.find(({ breakdown }) => breakdown.length > 0) ?? invoice.taxTotals[0];
  const corrects = invoice.preceding[0]?.number;
  const sellerTaxId = seller.vatId ?? seller.taxId;
  const buyerTaxId = buyer.vatId;
  const days = daysOf(period?.start, period?.end);
  return {
    ...{
      source,
      kind: SELF_BILLED.has(typeCode ?? '') ? (`self-billed-${kind}` as const) : kind,
      lines,
      step: { quantity: 1n, amountNanos: 10_000_000n },
    },
    ...(number === undefined ? {} : { number }),
    ...(issueDay === undefined ? {} : { issueDay }),
    ...(dueDay === undefined ? {} : { dueDay }),
    ...(currency === undefined ? {} : { currency }),
    ...(kind === 'credit-note' && corrects !== undefined ? { corrects } : {}),
    ...(contract === undefined ? {} : { agreement: contract }),
    ...(days === undefined ? {} : { period: days }),
    ...(sellerTaxId === undefined ? {} : { sellerTaxId }),
    ...(buyerTaxId === undefined ? {} : { buyerTaxId }),
    ...(totals.net === undefined ? {} : { netNanos: nanosOf(totals.net) }),
    ...(totals.gross === undefined ? {} : { totalNanos: nanosOf(totals.gross) }),
    taxes: (total?.breakdown ?? []).map(({ base, tax, category }) => ({
      ...(category.percent === undefined ? {} : { percent: formatDecimal(trimDecimal(category.percent)) }),
      ...(category.code === undefined ? {} : { category: category.code }),
      ...(base === undefined ? {} : { baseNanos: nanosOf(base) }),
      taxNanos: nanosOf(tax),
    })),
  };
}

/** UN/ECE Recommendation 20, in microseconds. */
const DURATIONS: Readonly<Record<string, bigint>> = { SEC: 1_000_000n, MIN: 60_000_000n, HUR: 3_600_000_000n };

function saidLine({ name, description, net, period, quantity, unit }: ELine, row: number): SaidLine {
  const netNanos = nanosOf(net);
  const what = name ?? description ?? `Line ${row}`;
  const days = daysOf(period?.start, period?.end);
  const micros = DURATIONS[unit ?? ''];
  const billed = quantity === undefined || micros === undefined ? undefined : (quantity.units * micros) / 10n ** BigInt(quantity.scale);
  return {
    ...{ description: what, netNanos },
    ...(days === undefined ? {} : { period: days }),
    figures: { row, destination: what, amountNanos: netNanos, ...(billed === undefined ? {} : { billed }) },
  };
}

/** The last day of a period in UBL belongs to it. */
function daysOf(start: string | undefined, end: string | undefined): Period | undefined {
  if (start === undefined || end === undefined || !isLocalDate(start) || !isLocalDate(end) || end < start) return undefined;
  return { from: start, to: dayAfter(end) };
}

function nanosOf(amount: EAmount | undefined): bigint {
  if (amount === undefined) return 0n;
  const { units, scale } = amount.value;
  return scale <= 9 ? units * 10n ** BigInt(9 - scale) : divideRounded(units, 10n ** BigInt(scale - 9), 'half-up');
}
