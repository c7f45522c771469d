import type pg from 'pg';
import type { KeptCreditAlarm } from '#operations/credit/ports.ts';

/** Newest first; with `cleared` also those that no longer hold; of a page, those older than one. */
export async function listCreditAlarms(
  pool: pg.Pool,
  cleared: boolean,
  { before, most }: { readonly before?: bigint | undefined; readonly most: number },
): Promise<readonly KeptCreditAlarm[]> {
  const { rows } = await pool.query<{
    alarm_id: bigint;
    account: string;
    percent: number;
    exposure: string;
    limit: string;
    currency: string;
    raised_at: number;
    cleared_at: number | null;
  }>(
    `select alarm_id, account, percent, exposure_nanos::text as exposure, limit_nanos::text as "limit", currency, raised_at, cleared_at
       from credit_alarm where ($1 or cleared_at is null) and ($2::bigint is null or alarm_id < $2) order by alarm_id desc limit $3`,
    [cleared, before ?? null, most],
  );
  return rows.map((row) => ({
    alarmId: row.alarm_id,
    account: row.account,
    percent: row.percent,
    exposureNanos: BigInt(row.exposure),
    limitNanos: BigInt(row.limit),
    currency: row.currency,
    raisedAtMicros: row.raised_at,
    clearedAtMicros: row.cleared_at ?? undefined,
  }));
}
