/** What goes wrong with a database server while a command uses it, by name. */
import type { RefusalCode } from '#core/refusals.ts';

/** PostgreSQL's SQLSTATE (appendix A of its manual) to the refusal that says what an operator can do. */
const STATES: Readonly<Record<string, RefusalCode>> = {
  '53100': 'database.full',
  '53300': 'database.too-many-connections',
  '42501': 'database.not-allowed',
  '25006': 'database.not-allowed',
  '57P01': 'database.lost',
  '57P02': 'database.lost',
  '57P03': 'database.not-ready',
  '57P05': 'database.lost',
};

/** How a connection that ended is reported: by the kernel, or in the words of the library pg. */
const LOST = /^(?:Connection terminated|Client has encountered a connection error|Connection ended unexpectedly)/;
const LOST_CODES = ['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ENOTCONN'];

export interface DatabaseFault {
  readonly code: RefusalCode;
  /** What the server or the system said. */
  readonly said: string;
}

/** An error of the database that an operator can mend; undefined for any other, which is a fault of ours. */
export function databaseFault(error: unknown): DatabaseFault | undefined {
  if (!(error instanceof Error)) return undefined;
  const state = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : '';
  const code =
    STATES[state] ??
    (state === '53200' && hint.includes('max_locks_per_transaction') ? 'database.too-few-locks' : undefined) ??
    (state.startsWith('08') || LOST_CODES.includes(state) || LOST.test(error.message) ? 'database.lost' : undefined);
  if (code !== undefined) return { code, said: error.message };
  return error.cause === undefined ? undefined : databaseFault(error.cause);
}

/** Whether the server will let us in later: it is starting, recovering or stopping. */
export function isNotReady(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57P03';
}
