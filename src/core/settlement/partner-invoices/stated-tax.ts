/** Tax as a partner invoices it, beside what our rules say about the same supply. */

import { allocate } from '../../money/allocate.ts';
import { formatNanos } from '../../money/amount.ts';
import { type Result, refuse } from '../../refusals.ts';
import type { TaxAmount, TaxAnswer } from '../../tax/tax.ts';
import type { PartnerInvoice } from './partner-invoice.ts';

/** What is booked of tax: by rule, on the whole document. */
export interface BookedTax {
  readonly rule: string;
  /** On the document. */
  readonly taxNanos: bigint;
  /** What we account for ourselves (reverse charge). */
  readonly selfAssessedNanos: bigint;
}

export interface BookedTaxes {
  readonly taxes: readonly BookedTax[];
  /** Withheld from what we pay, by rule. */
  readonly withheld: readonly { readonly rule: string; readonly taxNanos: bigint }[];
}

/** The code under which tax is booked that no rule of ours explains. */
export const AS_INVOICED = 'as-invoiced';

/**
 * Where both agree, but for a smallest unit a line that rounding may make, their tax is booked under our rules. Where they differ it is
 * refused (`partner-invoice.tax-differs`) unless their tax shall be taken as it is; reverse charge is then not booked besides.
 */
export function bookedTaxes(
  { taxNanos, lines, currency, number }: PartnerInvoice,
  answer: TaxAnswer,
  unitNanos: bigint,
  asInvoiced: boolean,
): Result<BookedTaxes> {
  const withheld = answer.withholding.map(({ rule, taxNanos: nanos }) => ({ rule, taxNanos: nanos }));
  const off = taxNanos < answer.taxNanos ? answer.taxNanos - taxNanos : taxNanos - answer.taxNanos;
  if (off <= unitNanos * BigInt(lines.length) && (taxNanos === 0n) === (answer.taxNanos === 0n)) {
    const positive = answer.taxes.every((each) => each.taxNanos >= 0n);
    const shares =
      off === 0n || !positive
        ? answer.taxes.map((each) => each.taxNanos)
        : allocate(
            taxNanos / unitNanos,
            answer.taxes.map((each) => each.taxNanos),
          ).map((units) => units * unitNanos);
    const left = shares.reduce((sum, nanos) => sum - nanos, taxNanos);
    return {
      ok: true,
      value: {
        taxes: [
          ...answer.taxes.map((tax, at) => ({ rule: tax.rule, taxNanos: shares[at] ?? 0n, selfAssessedNanos: selfAssessed(tax) })),
          ...(left === 0n ? [] : [{ rule: AS_INVOICED, taxNanos: left, selfAssessedNanos: 0n }]),
        ],
        withheld,
      },
    };
  }
  if (asInvoiced) return { ok: true, value: { taxes: [{ rule: AS_INVOICED, taxNanos, selfAssessedNanos: 0n }], withheld } };
  const ours = answer.taxes.map(({ name, percent, explanation }) => `${name} ${percent} %: ${explanation}`).join('; ');
  const message = `${number} has ${formatNanos(taxNanos, 2)} ${currency} of tax; by our rules it is ${formatNanos(answer.taxNanos, 2)}${ours === '' ? '' : ` (${ours})`}`;
  return { ok: false, refusals: [refuse('partner-invoice.tax-differs', message, { field: 'tax', value: formatNanos(taxNanos, 2) })] };
}

function selfAssessed({ selfAssessed: own = [] }: TaxAmount): bigint {
  return own.reduce((sum, { taxNanos }) => sum + taxNanos, 0n);
}
