/** Uploads as rows: they are there for every process of the installation. */
import { createHash } from 'node:crypto';
import type { UploadBooks } from '#operations/uploads/ports.ts';
import type { Database } from '../database.ts';

/** Of one client or person at a time. */
const MOST_BYTES = 512 * 1024 ** 2;

export function uploadBooksOn(database: Pick<Database, 'pool' | 'transaction'>): UploadBooks {
  const { pool } = database;
  return {
    async add(owner, name, content) {
      const sha256 = createHash('sha256').update(content).digest('hex');
      return database.transaction(async (client) => {
        await client.query(`delete from upload where sent_at < clock_timestamp() - interval '1 day'`);
        await client.query('select pg_advisory_xact_lock(hashtextextended($1, 296))', [owner]);
        const { rows } = await client.query<{ kept: bigint }>(
          'select coalesce(sum(length(content)), 0)::bigint as kept from upload where owner = $1 and sha256 <> $2',
          [owner, sha256],
        );
        if (Number(rows[0]?.kept ?? 0n) + content.length > MOST_BYTES) return 'full';
        await client.query(
          `insert into upload (owner, sha256, name, content) values ($1, $2, $3, $4)
           on conflict (owner, sha256) do update set name = excluded.name, sent_at = clock_timestamp()`,
          [owner, sha256, name, Buffer.from(content.buffer, content.byteOffset, content.byteLength)],
        );
        return { sha256, name, bytes: content.length };
      });
    },
    async find(owner, sha256) {
      const { rows } = await pool.query<{ name: string; content: Buffer }>(
        'select name, content from upload where owner = $1 and sha256 = $2',
        [owner, sha256],
      );
      return rows[0];
    },
    async forget(owner, sha256) {
      return ((await pool.query('delete from upload where owner = $1 and sha256 = $2', [owner, sha256])).rowCount ?? 0) > 0;
    },
  };
}
