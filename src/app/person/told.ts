/** Who saw everything of a person is told in the audit trail; whom, in the part of the entry that can be erased. */
import type { Actor } from '#operations/audit-trail/ports.ts';
import { auditBooksOn } from '#storage/audit-trail/audit-books.ts';
import type { Database } from '#storage/database.ts';

/** `user`: of the system, who gave the command. */
export async function tellPersonSeen(database: Database, user: string, identity: string): Promise<void> {
  await auditBooksOn(database).append({
    ...{ actor: { kind: 'cli', id: user, name: user }, operation: 'carillon person export', stage: 'seen' },
    ...{ subject: { kind: 'person', id: '' }, asked: JSON.stringify({ identity }) },
  });
}

/** Who took the file of an export that was asked for over HTTP. */
export async function tellExportSeen(database: Database, actor: Actor, id: bigint, identity: string): Promise<void> {
  await auditBooksOn(database).append({
    ...{ actor, operation: 'getPersonExport', stage: 'seen' },
    ...{ subject: { kind: 'person-export', id: String(id) }, asked: JSON.stringify({ identity }) },
  });
}
