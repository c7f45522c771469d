/** The audit trail for those who read it. */
import type { AuditEntry, AuditFilter, ChainCheck, Stage } from '#operations/audit-trail/ports.ts';
import { stages } from '#operations/audit-trail/ports.ts';
import { auditBooksOn } from '#storage/audit-trail/audit-books.ts';
import type { Database } from '#storage/database.ts';

export type { AuditEntry, AuditFilter, Stage };
export { stages };

/** Newest first. */
export async function auditTrail(database: Database, filter: AuditFilter, most: number): Promise<readonly AuditEntry[]> {
  return auditBooksOn(database).list(filter, undefined, most);
}

/** Every hash computed again. */
export async function checkAuditTrail(database: Database): Promise<ChainCheck> {
  return auditBooksOn(database).verify();
}

/** Whether an entry has this hash, hexadecimal. */
export async function isInAuditTrail(database: Database, hash: string): Promise<boolean> {
  return /^[0-9a-f]{64}$/.test(hash) && auditBooksOn(database).has(hash);
}
