/** Complete use that waits to be booked in the store of usage. */
import type pg from 'pg';
import type { UsageRecord } from '#core/charging/decision.ts';
import { fromExactJson } from './exact-json.ts';

export interface WaitingUsage {
  readonly record: UsageRecord;
  /** As it is kept: one line. */
  readonly text: string;
}

/** The first of them by their ids: the same ones until they are taken. */
export async function selectWaitingUsage(client: pg.ClientBase, most: number): Promise<readonly WaitingUsage[]> {
  const { rows } = await client.query<{ text: string }>('select record::text as text from charging_usage order by record_id limit $1', [
    most,
  ]);
  return rows.map(({ text }) => ({ record: fromExactJson<UsageRecord>(text), text }));
}

/** In the transaction that books them. Throws when one is not there any more. */
export async function takeWaitingUsage(client: pg.ClientBase, ids: readonly string[]): Promise<void> {
  const { rowCount } = await client.query('delete from charging_usage where record_id = any($1::text[])', [ids]);
  if (rowCount !== ids.length) throw new Error(`${ids.length} records of use were to be booked, ${rowCount} waited`);
}
