import { formatNanos } from '../money/amount.ts';
import { type Refusal, type Result, refuse } from '../refusals.ts';
import type { Invoice } from './invoice.ts';

/** Of a statement's line, what says whether a document still bills it as it is. */
export interface StatedLine {
  readonly number: number;
  readonly kind: string;
  readonly currency: string;
  readonly amountNanos: bigint;
}

/**
 * Numbers of the statement's lines whose events a document bills. Refused (`invoice.detail-differs`) where the books say another
 * amount now than the document said: then its events would not add up to it.
 */
export function usageLines(
  invoice: Pick<Invoice, 'number' | 'currency' | 'lines'>,
  stated: readonly StatedLine[],
): Result<ReadonlySet<number>> {
  const lines = new Map(stated.map((line) => [line.number, line]));
  const refusals: Refusal[] = [];
  const wanted = new Set<number>();
  for (const { number, kind, statementLine, exactNanos, original } of invoice.lines) {
    if (kind !== 'usage' || statementLine === undefined) continue;
    const line = lines.get(statementLine);
    const billed = original?.exactNanos ?? exactNanos;
    const currency = original?.currency ?? invoice.currency;
    if (line?.kind === 'usage' && line.currency === currency && (line.amountNanos === billed || line.amountNanos === -billed)) {
      wanted.add(statementLine);
      continue;
    }
    const now = line === undefined ? 'no such line' : `${formatNanos(line.amountNanos)} ${line.currency}`;
    const message = `line ${number} of ${invoice.number} bills ${formatNanos(billed)} ${currency}; line ${statementLine} of the statement has ${now}`;
    refusals.push(refuse('invoice.detail-differs', message));
  }
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value: wanted };
}
