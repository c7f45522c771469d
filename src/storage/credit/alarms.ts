import type pg from 'pg';

export interface StoredAlarm {
  readonly account: string;
  readonly percent: number;
  readonly exposureNanos: bigint;
  readonly limitNanos: bigint;
  readonly currency: string;
  readonly raisedAtMicros: number;
  readonly clearedAtMicros: number | undefined;
}

/** Newest first; with `cleared` also those that no longer hold. */
export async function listCreditAlarms(pool: pg.Pool, cleared: boolean): Promise<readonly StoredAlarm[]> {
  const { rows } = await pool.query<{
    account: string;
    percent: number;
    exposure: string;
    limit: string;
    currency: string;
    raised_at: number;
    cleared_at: number | null;
  }>(
    `select account, percent, exposure_nanos::text as exposure, limit_nanos::text as "limit", currency, raised_at, cleared_at
       from credit_alarm where $1 or cleared_at is null order by alarm_id desc limit 1000`,
    [cleared],
  );
  return rows.map((row) => ({
    account: row.account,
    percent: row.percent,
    exposureNanos: BigInt(row.exposure),
    limitNanos: BigInt(row.limit),
    currency: row.currency,
    raisedAtMicros: row.raised_at,
    clearedAtMicros: row.cleared_at ?? undefined,
  }));
}
