/** Words and files between the two sides of a dispute. */
import type pg from 'pg';
import type { DisputeParty } from '#core/settlement/disputes/dispute.ts';
import type { DisputeMessage, MessageBooks } from '#operations/disputes/messages.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';
import { keepFile, keptFileOf } from '../reconciliation/declaration-store.ts';

/** Of one transaction. */
export function messageBooksOn(client: pg.ClientBase): MessageBooks {
  return {
    async counts(dispute) {
      const { rows } = await client.query<{ messages: number; files: number }>(
        `select (select count(*) from dispute_message m where m.dispute_id = d.dispute_id)::integer as messages,
                (select count(*) from dispute_evidence e where e.dispute_id = d.dispute_id)::integer as files
           from dispute d where dispute_id = $1 for update`,
        [dispute],
      );
      return rows[0];
    },
    async add(dispute, { by, words, files, sent }) {
      const { rows } = await client.query<{ id: bigint }>(
        'insert into dispute_message (dispute_id, made_by, words, sent_at, sent_by) values ($1, $2, $3, $4, $5) returning message_id as id',
        [dispute, by, words, formatTimestamptz(sent.atMicros), sent.by],
      );
      const id = rows[0]?.id;
      if (id === undefined) throw new Error('a message was not written');
      for (const file of files) {
        const sha256 = await keepFile(client, file, sent);
        // The same file once more is where it was sent first.
        await client.query(
          'insert into dispute_evidence (dispute_id, sha256, name, message_id) values ($1, $2, $3, $4) on conflict do nothing',
          [dispute, sha256, file.name, id],
        );
      }
      return id;
    },
  };
}

/** The oldest first, for who may see the dispute. */
export async function selectMessages({ pool }: Database, dispute: string): Promise<readonly DisputeMessage[]> {
  const { rows } = await pool.query<{
    id: bigint;
    by: DisputeParty;
    words: string;
    at: number;
    who: string;
    files: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[];
  }>(
    `select m.message_id as id, m.made_by as by, m.words, m.sent_at as at, m.sent_by as who,
            coalesce((select jsonb_agg(jsonb_build_object('name', e.name, 'sha256', encode(e.sha256, 'hex'), 'bytes', k.size_bytes) order by e.name)
              from dispute_evidence e join kept_file k using (sha256) where e.message_id = m.message_id), '[]') as files
       from dispute_message m where m.dispute_id = $1 order by m.message_id`,
    [dispute],
  );
  return rows.map(({ at, who, ...message }) => ({ ...message, sent: { atMicros: at, by: who } }));
}

/** A file of evidence as it was given, for who may see the dispute; undefined: it has none of this content. */
export async function evidenceOf(
  { pool }: Database,
  dispute: string,
  sha256: string,
): Promise<{ readonly name: string; readonly content: Uint8Array } | undefined> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from dispute_evidence where dispute_id = $1 and sha256 = decode($2, 'hex')`,
    [dispute, sha256],
  );
  const [row] = rows;
  const content = row === undefined ? undefined : await keptFileOf(pool, sha256);
  return row === undefined || content === undefined ? undefined : { name: row.name, content };
}
