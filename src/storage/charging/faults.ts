import { SessionTakenError, StoreError, type StoreFault, UnfitError } from '#engine/ports.ts';
import { databaseFault } from '../database-fault.ts';

/** Raised by what commits and charging_renew. */
const RAISED: Readonly<Record<string, StoreFault>> = { CH001: 'deposed', CH002: 'stale', 23505: 'stale' };

/** What the engine can act on; others are thrown as they are. */
export function storeError(error: unknown): unknown {
  const code = codeOf(error);
  const raised = code?.startsWith('40') === true ? 'stale' : RAISED[code ?? '']; // 40: a deadlock, to be tried again
  if (raised !== undefined) return new StoreError(raised, error);
  if (code === 'CH003') return new SessionTakenError(detailOf(error), error);
  if (code?.startsWith('22') === true) return new UnfitError(error);
  return isLost(error, code) ? new StoreError('unreachable', error) : error;
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The name of a session, as migration 355 raises it. */
function detailOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'detail' in error && typeof error.detail === 'string' ? error.detail : '';
}

/** The connection, or the server, is gone: classes 08 and 57P of PostgreSQL, a transaction that took too long (25P04), and errors of sockets. */
function isLost(error: unknown, code: string | undefined): boolean {
  if (databaseFault(error) !== undefined) return true;
  if (code !== undefined && /^(08...|25P04|57P..|E[A-Z]+)$/.test(code)) return true;
  return error instanceof Error && /connection (terminated|ended|error)|timeout|not queryable/i.test(error.message);
}
