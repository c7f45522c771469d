/** Passkeys in PostgreSQL (migration 360). */
import type { Passkey, PasskeyBooks } from '#operations/access/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';

interface PasskeyRow {
  readonly id: string;
  readonly user_id: string;
  readonly name: string;
  readonly public_key: Buffer;
  readonly counter: bigint;
  readonly transports: readonly string[];
  readonly is_synced: boolean;
  readonly created_at: number;
  readonly used_at: number | null;
}

const PASSKEYS = 'select id, user_id, name, public_key, counter, transports, is_synced, created_at, used_at from sign_in.passkey';

export function passkeyBooksOn({ pool, transaction }: Database): PasskeyBooks {
  return {
    async ofPerson(personId) {
      const { rows } = await pool.query<PasskeyRow>(`${PASSKEYS} where user_id = $1 order by created_at, id`, [personId]);
      return rows.map(passkeyFrom);
    },
    async find(id) {
      const { rows } = await pool.query<PasskeyRow>(`${PASSKEYS} where id = $1`, [id]);
      return rows[0] === undefined ? undefined : passkeyFrom(rows[0]);
    },
    insert: ({ id, personId, name, publicKey, counter, transports, isSynced }, most) =>
      transaction(async (client) => {
        // Locked, so that the count holds.
        await client.query('select from sign_in."user" where id = $1 for update', [personId]);
        const { rowCount } = await client.query(
          `insert into sign_in.passkey (id, user_id, name, public_key, counter, transports, is_synced)
           select $1, $2, $3, $4, $5, $6, $7 where (select count(*) from sign_in.passkey where user_id = $2) < $8 on conflict do nothing`,
          [id, personId, name, Buffer.from(publicKey), counter, transports, isSynced, most],
        );
        return rowCount === 1;
      }),
    async used(id, counter) {
      await pool.query('update sign_in.passkey set counter = $2, used_at = clock_timestamp() where id = $1', [id, counter]);
    },
    async rename(personId, id, name) {
      return (await pool.query('update sign_in.passkey set name = $3 where id = $2 and user_id = $1', [personId, id, name])).rowCount === 1;
    },
    async remove(personId, id) {
      return (await pool.query('delete from sign_in.passkey where id = $2 and user_id = $1', [personId, id])).rowCount === 1;
    },
    async keepChallenge(id, value, untilMicros) {
      await pool.query(`delete from sign_in.verification where identifier like 'challenge:%' and "expiresAt" < clock_timestamp()`);
      await pool.query('insert into sign_in.verification (id, identifier, value, "expiresAt") values ($1, $1, $2, $3)', [
        ...[`challenge:${id}`, value, formatTimestamptz(untilMicros)],
      ]);
    },
    async takeChallenge(id) {
      const { rows } = await pool.query<{ value: string }>(
        'delete from sign_in.verification where identifier = $1 and "expiresAt" > clock_timestamp() returning value',
        [`challenge:${id}`],
      );
      return rows[0]?.value;
    },
  };
}

function passkeyFrom(row: PasskeyRow): Passkey {
  return {
    ...{ id: row.id, personId: row.user_id, name: row.name, publicKey: new Uint8Array(row.public_key), counter: Number(row.counter) },
    ...{ transports: row.transports, isSynced: row.is_synced, createdMicros: row.created_at, usedMicros: row.used_at ?? undefined },
  };
}
