/** What RADIUS keeps besides accounts: passwords; and which sessions of a NAS are open. */
import type { Database } from '../database.ts';

export interface KeptPassword {
  readonly identity: string;
  readonly scheme: 'scrypt' | 'aes-256-gcm';
  readonly secret: Uint8Array;
}

export interface RadiusBooks {
  passwords(identities: readonly string[]): Promise<readonly KeptPassword[]>;
  openSessions(prefix: string, most: number): Promise<readonly string[]>;
  /** Replaces the one that there was. */
  setPassword(password: KeptPassword): Promise<void>;
  /** False when there was none. */
  removePassword(identity: string): Promise<boolean>;
}

export function radiusBooksOn({ pool }: Database): RadiusBooks {
  return {
    async passwords(identities) {
      const { rows } = await pool.query<KeptPassword>('select identity, scheme, secret from charging_password where identity = any($1)', [
        identities,
      ]);
      return rows;
    },
    async openSessions(prefix, most) {
      const { rows } = await pool.query<{ session: string }>(
        // Prefixes are letters, digits, - _ and /: the next text after all that begin so ends in the character after /.
        `select session_id as session from charging_session where session_id >= $1 and session_id < $2 and closed_micros is null limit $3`,
        [prefix, `${prefix.slice(0, -1)}0`, most],
      );
      return rows.map(({ session }) => session);
    },
    async setPassword({ identity, scheme, secret }) {
      await pool.query(
        `insert into charging_password (identity, scheme, secret) values ($1, $2, $3)
           on conflict (identity) do update set scheme = excluded.scheme, secret = excluded.secret, set_at = clock_timestamp()`,
        [identity, scheme, Buffer.from(secret)],
      );
    },
    async removePassword(identity) {
      const { rowCount } = await pool.query('delete from charging_password where identity = $1', [identity]);
      return rowCount === 1;
    },
  };
}
