/** API keys in PostgreSQL. */
import type { ApiKey, KeyBooks } from '#operations/access/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';

interface KeyRow {
  readonly key_id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly party: string | null;
  readonly created_at: number;
  readonly created_by: string;
  readonly expires_at: number | null;
  readonly revoked_at: number | null;
  readonly last_used_at: number | null;
}

const COLUMNS = 'key_id, name, permissions, party, created_at, created_by, expires_at, revoked_at, last_used_at';

export function keyBooksOn({ pool }: Database): KeyBooks {
  return {
    async insert({ id, name, permissions, party, createdBy, expiresMicros }, secretHash) {
      await pool.query(
        `insert into api_key (key_id, name, secret_hash, permissions, created_by, expires_at, party)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          id,
          name,
          secretHash,
          permissions,
          createdBy,
          expiresMicros === undefined ? null : formatTimestamptz(expiresMicros),
          party ?? null,
        ],
      );
    },
    async all() {
      const { rows } = await pool.query<KeyRow>(`select ${COLUMNS} from api_key order by created_at, key_id`);
      return rows.map(keyFrom);
    },
    async find(id) {
      const { rows } = await pool.query<KeyRow & { secret_hash: Buffer }>(
        `select ${COLUMNS}, secret_hash from api_key k
          where key_id = $1 and not exists (select from sign_in."user" u where u.email = k.created_by and u."blockedAt" is not null)`,
        [id],
      );
      return rows[0] === undefined ? undefined : { key: keyFrom(rows[0]), secretHash: rows[0].secret_hash };
    },
    async revoke(id) {
      const { rowCount } = await pool.query('update api_key set revoked_at = coalesce(revoked_at, clock_timestamp()) where key_id = $1', [
        id,
      ]);
      return rowCount === 1;
    },
    async used(id) {
      await pool.query('update api_key set last_used_at = clock_timestamp() where key_id = $1', [id]);
    },
  };
}

function keyFrom(row: KeyRow): ApiKey {
  return {
    id: row.key_id,
    name: row.name,
    permissions: row.permissions,
    party: row.party ?? undefined,
    createdMicros: row.created_at,
    createdBy: row.created_by,
    expiresMicros: row.expires_at ?? undefined,
    revokedMicros: row.revoked_at ?? undefined,
    lastUsedMicros: row.last_used_at ?? undefined,
  };
}
