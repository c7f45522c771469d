/** Closing the books of a legal entity up to a day, and opening them again. */
import { RefusedError, refuse } from '#core/refusals.ts';
import type { ClosingBooks, WaitingEntries } from './ports.ts';

export interface CloseRequest {
  readonly legalEntity: string;
  /** First day that stays open: the day behind the period. */
  readonly firstOpen: string;
  readonly why: string;
  readonly by: string;
}

export interface ClosePeriodRequest extends CloseRequest {
  /** Local day of closing: the period must be over. */
  readonly day: string;
}

/**
 * From now on nothing is booked before `firstOpen`. Returns false when it was closed that far already. Refused by RefusedError:
 * `ledger.period-running`, `ledger.entries-waiting`, `ledger.reason-missing`, `ledger.legal-entity-unknown`.
 */
export async function closeLedger(books: ClosingBooks, waiting: WaitingEntries, { day, ...request }: ClosePeriodRequest): Promise<boolean> {
  const { legalEntity, firstOpen } = request;
  checkReason(request.why);
  if (firstOpen > day) {
    const last = Temporal.PlainDate.from(firstOpen).subtract({ days: 1 }).toString();
    throw new RefusedError(refuse('ledger.period-running', `the period ends on ${last}, and it is ${day}`, { value: firstOpen }));
  }
  await books.lock(legalEntity);
  const before = (await books.closings(legalEntity)).at(-1)?.firstOpen;
  if (before !== undefined && before >= firstOpen) return false;
  const late = (await waiting.list(legalEntity)).filter(({ entry }) => entry.day < firstOpen);
  if (late.length > 0) {
    const said = `${late.length} of ${legalEntity} before ${firstOpen}: ${late
      .slice(0, 5)
      .map(({ entry }) => entry.cause.id)
      .join(', ')}`;
    throw new RefusedError(refuse('ledger.entries-waiting', said));
  }
  await books.record({ ...request, kind: 'close' });
  return true;
}

/** Opens again from a day on, which is closed. Who did it and why stays. Refused: `ledger.period-order`, `ledger.reason-missing`. */
export async function reopenLedger(books: ClosingBooks, request: CloseRequest): Promise<void> {
  const { legalEntity, firstOpen } = request;
  checkReason(request.why);
  await books.lock(legalEntity);
  const before = (await books.closings(legalEntity)).at(-1)?.firstOpen;
  if (before === undefined || firstOpen >= before) {
    const said = before === undefined ? 'nothing is closed' : `${legalEntity} is closed up to ${before}; ${firstOpen} is open`;
    throw new RefusedError(refuse('ledger.period-order', said, { value: firstOpen }));
  }
  await books.record({ ...request, kind: 'reopen' });
}

export function checkReason(why: string): void {
  if (why.trim() === '') throw new RefusedError(refuse('ledger.reason-missing', 'say why', { field: 'why' }));
}
