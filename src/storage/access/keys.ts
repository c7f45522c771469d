/** API keys in PostgreSQL. */
import { type ApiKey, isRole, type KeyBooks, withinMaker } from '#operations/access/ports.ts';
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
  readonly maker_role: string | null;
  readonly maker_party: string | null;
}

const KEYS = `
  select k.key_id, k.name, k.permissions, k.party, k.created_at, k.created_by, k.expires_at, k.revoked_at, k.last_used_at, k.secret_hash,
         u.role as maker_role, u.party as maker_party
    from api_key k left join sign_in."user" u on u.email = k.created_by`;

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
      const { rows } = await pool.query<KeyRow>(`${KEYS} order by k.created_at, k.key_id`);
      return rows.map(keyFrom);
    },
    async find(id) {
      const { rows } = await pool.query<KeyRow & { secret_hash: Buffer }>(`${KEYS} where k.key_id = $1 and u."blockedAt" is null`, [id]);
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
  const { maker_role: role, maker_party: party } = row;
  if (role !== null && !isRole(role)) throw new Error(`${row.created_by} has the unknown role ${role}`);
  const maker = role === null ? undefined : { role, party: party ?? undefined };
  return {
    ...withinMaker({ permissions: row.permissions, party: row.party ?? undefined }, maker),
    id: row.key_id,
    name: row.name,
    party: row.party ?? undefined,
    createdMicros: row.created_at,
    createdBy: row.created_by,
    expiresMicros: row.expires_at ?? undefined,
    revokedMicros: row.revoked_at ?? undefined,
    lastUsedMicros: row.last_used_at ?? undefined,
  };
}
