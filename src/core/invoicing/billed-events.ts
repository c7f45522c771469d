import { formatNanos } from '../money/amount.ts';
import { type Refusal, type Result, refuse } from '../refusals.ts';
import type { Invoice } from './invoice.ts';

/** Of a statement's line, what says whether a document still bills it as it is. */
export interface StatedLine {
  readonly number: number;
  readonly kind: string;
  /** As a document says it. */
  readonly description: string;
  readonly currency: string;
  readonly amountNanos: bigint;
}

/**
 * The statement's lines whose events a document bills: their number as the books are now, and the one that the document says. A
 * line may have got another number since (another one came before it): then it is the one of the same description and amount.
 * Refused (`invoice.detail-differs`) where the books say another amount now than the document said: then its events would not add up
 * to it.
 */
export function usageLines(
  invoice: Pick<Invoice, 'number' | 'currency' | 'lines'>,
  stated: readonly StatedLine[],
): Result<ReadonlyMap<number, number>> {
  const lines = new Map(stated.map((line) => [line.number, line]));
  const alike = Map.groupBy(stated, (line) => likeness(line.description, line.currency, line.amountNanos));
  const refusals: Refusal[] = [];
  const wanted = new Map<number, number>();
  for (const { number, kind, statementLine, exactNanos, original, description } of invoice.lines) {
    if (kind !== 'usage' || statementLine === undefined) continue;
    const line = lines.get(statementLine);
    const billed = original?.exactNanos ?? exactNanos;
    const currency = original?.currency ?? invoice.currency;
    const isSame = ({ kind: what, ...now }: StatedLine): boolean =>
      what === 'usage' && now.description === description && now.currency === currency && magnitude(now.amountNanos) === magnitude(billed);
    const found =
      line !== undefined && isSame(line)
        ? line
        : (alike.get(likeness(description, currency, billed)) ?? []).find((each) => isSame(each) && !wanted.has(each.number));
    if (found !== undefined) {
      wanted.set(found.number, statementLine);
      continue;
    }
    const now = line === undefined ? 'no such line' : `${formatNanos(line.amountNanos)} ${line.currency}`;
    const message = `line ${number} of ${invoice.number} bills ${formatNanos(billed)} ${currency}; line ${statementLine} of the statement has ${now}`;
    refusals.push(refuse('invoice.detail-differs', message));
  }
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value: wanted };
}

function likeness(description: string, currency: string, nanos: bigint): string {
  return JSON.stringify([description, currency, magnitude(nanos).toString()]);
}

/** Lines of a credit note are positive. */
function magnitude(nanos: bigint): bigint {
  return nanos < 0n ? -nanos : nanos;
}
