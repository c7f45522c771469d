/** Entries of the audit trail, written at the end of a transaction (migration 310). */
import type pg from 'pg';
import type { Act, NewEntry } from '#operations/audit-trail/ports.ts';

/** The number of the entry. The chain is locked until the transaction ends. */
export async function appendEntry(client: Pick<pg.ClientBase, 'query'>, entry: NewEntry): Promise<bigint> {
  const { rows } = await client.query<{ sequence: bigint }>('select audit_append($1) as sequence', [said(entry)]);
  if (rows[0] === undefined) throw new Error('audit_append answers nothing');
  return rows[0].sequence;
}

/** Undefined: the transaction has changed nothing so far, and nothing was written. */
export async function appendIfChanged(client: Pick<pg.ClientBase, 'query'>, { deed }: Act): Promise<bigint | undefined> {
  const { rows } = await client.query<{ sequence: bigint | null }>('select audit_append_if_changed($1) as sequence', [
    said({ ...deed, stage: 'changed' }),
  ]);
  return rows[0]?.sequence ?? undefined;
}

function said({ actor, subject, follows, ...entry }: NewEntry): string {
  return JSON.stringify({
    ...entry,
    ...{ actorKind: actor.kind, actor: actor.id, name: actor.name, address: actor.address, session: actor.session, party: actor.party },
    ...{ subjectKind: subject.kind, subject: subject.id, follows: follows?.toString() },
  }).replaceAll('\\u0000', '\\ufffd');
}
