/** Answers of the API, kept for a day. */
import type { Claim, RepetitionBooks } from '#operations/repetitions/ports.ts';
import type { Database } from '../database.ts';

/** Longer than any request is worked on: who claimed a key so long ago is gone. */
const CLAIM_SECONDS = 120;

interface ClaimRow {
  readonly state: 'ours' | 'answered' | 'busy' | 'other';
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly body: string | null;
}

/** `keepDays`: for so long a repetition gets the first answer. */
export function repetitionBooksOn({ pool }: Database, keepDays = 1): RepetitionBooks {
  return {
    async claim(client, key, fingerprint): Promise<Claim> {
      for (;;) {
        const { rowCount } = await pool.query(
          `insert into api_repetition as r (client, key, fingerprint) values ($1, $2, $3)
           on conflict (client, key) do update set claimed_at = clock_timestamp()
             where r.fingerprint = excluded.fingerprint and r.answered_at is null
               and r.claimed_at < clock_timestamp() - make_interval(secs => $4)`,
          [client, key, fingerprint, CLAIM_SECONDS],
        );
        if (rowCount === 1) return { kind: 'ours' };
        const { rows } = await pool.query<ClaimRow>(
          `select case when fingerprint <> $3 then 'other' when answered_at is null then 'busy' else 'answered' end as state,
                  status, headers, body
             from api_repetition where client = $1 and key = $2`,
          [client, key, fingerprint],
        );
        const [row] = rows;
        if (row === undefined) continue; // it was released meanwhile
        if (row.state !== 'answered') return { kind: row.state };
        return { kind: 'answered', answer: { status: row.status ?? 200, headers: row.headers ?? {}, body: row.body ?? '' } };
      }
    },
    async answered(client, key, { status, headers, body }) {
      await pool.query(
        `update api_repetition set answered_at = clock_timestamp(), status = $3, headers = $4, body = $5 where client = $1 and key = $2`,
        [client, key, status, JSON.stringify(headers), body],
      );
    },
    async release(client, key) {
      await pool.query('delete from api_repetition where client = $1 and key = $2 and answered_at is null', [client, key]);
    },
    async forget(most) {
      const { rowCount } = await pool.query(
        `delete from api_repetition where (client, key) in (
           select client, key from api_repetition where claimed_at < clock_timestamp() - make_interval(days => $2) order by claimed_at limit $1)`,
        [most, keepDays],
      );
      return rowCount ?? 0;
    },
  };
}
