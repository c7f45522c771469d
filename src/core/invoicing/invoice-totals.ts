/** What always holds of a document: checked before it gets a number. */
import { formatNanos } from '../money/amount.ts';
import { type Refusal, refuse } from '../refusals.ts';
import { smallestUnitNanos } from './draft-invoice.ts';
import type { InvoiceContent } from './invoice.ts';

/** Faults of a document: without lines, amounts that are not whole, sums that do not agree. `what` names it in the messages. */
export function totalFaults(content: InvoiceContent, what: string): Refusal[] {
  const { lines, taxes, netNanos, taxNanos, totalNanos, currency } = content;
  const place = { value: what.slice(0, 120) };
  if (lines.length === 0) return [refuse('invoice.empty', 'the document has no lines', place)];
  const faults: Refusal[] = [];
  const unit = smallestUnitNanos(currency);
  const isWhole = (nanos: bigint): boolean => nanos % unit === 0n;
  if (!lines.every((line) => isWhole(line.netNanos)) || !taxes.every((tax) => isWhole(tax.taxNanos)))
    faults.push(refuse('invoice.amount-not-whole', `an amount is not whole in ${currency}`, place));
  const differs = (name: string, stated: bigint, summed: bigint): void => {
    if (stated === summed) return;
    faults.push(refuse('invoice.totals-differ', `${name} ${formatNanos(stated, 2)}, and it adds up to ${formatNanos(summed, 2)}`, place));
  };
  const sum = (nanos: readonly bigint[]): bigint => nanos.reduce((total, each) => total + each, 0n);
  differs('net', netNanos, sum(lines.map((line) => line.netNanos)));
  differs('tax', taxNanos, sum(taxes.map((tax) => tax.taxNanos)));
  differs('total', totalNanos, netNanos + taxNanos);
  return faults;
}
