/** Raw files whose time is over: of sources that say it themselves by `archiveDays`, of the others by the setting. */
import type { Refusal } from '#core/refusals.ts';
import type { Due } from '#operations/retention/ports.ts';
import { insertDeletion } from '#storage/retention/deletions.ts';
import { firstNeededDay } from '#storage/retention/holds.ts';
import { forgetOtherRecords } from '#storage/retention/usage-days.ts';
import { type RemovableFile, removableFiles, removeFromArchive } from '#storage/usage/archive-retention.ts';
import { inTransaction } from '#storage/usage/in-transaction.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { collectingSources } from '../collecting/sources.ts';
import type { Installation } from '../installation.ts';
import { dayOf, ruleOf } from './rules.ts';

type Home = Pick<Installation, 'database' | 'dataFolder' | 'settings'>;
const FILES_AT_ONCE = 100;
const MILLIS_PER_DAY = 86_400_000;

interface DueFiles {
  readonly rule: string;
  readonly going: readonly RemovableFile[];
  readonly kept: readonly Refusal[];
}

async function dueFiles({ database, settings }: Home, nowMs: number): Promise<readonly DueFiles[]> {
  const { rule, beforeMs } = ruleOf(settings, 'archiveDays', nowMs);
  if (beforeMs === undefined) return [];
  const own = new Set((await collectingSources(database, [])).filter(({ collecting }) => collecting.archiveDays > 0).map(({ id }) => id));
  const needed = await firstNeededDay(database.pool);
  const neededMs = needed === undefined ? Number.POSITIVE_INFINITY : Date.parse(needed.day);
  const { rows } = await database.pool.query<{ name: string }>('select name from usage_source order by 1');
  const found: DueFiles[] = [];
  for (const { name } of rows) {
    if (own.has(name)) continue;
    const old = await removableFiles(database.pool, name, beforeMs * 1000);
    const going = neededMs >= beforeMs ? old : await removableFiles(database.pool, name, neededMs * 1000);
    found.push({ rule, going, kept: needed !== undefined && going.length < old.length ? [needed.why] : [] });
  }
  return found;
}

export async function archiveDue(home: Home, nowMs: number): Promise<Due> {
  const { rule, days } = ruleOf(home.settings, 'archiveDays', nowMs);
  const all = await dueFiles(home, nowMs);
  const going = all.flatMap((each) => each.going);
  const { rows } = await home.database.pool.query<{ first: string | null; last: string | null }>(
    `select min(finished_at at time zone 'UTC')::date::text as first, max(finished_at at time zone 'UTC')::date::text as last from usage_file where file_id = any($1::int[])`,
    [going.map(({ fileId }) => fileId)],
  );
  return {
    ...{ kind: 'archive', rule, days, records: going.length, bytes: going.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) },
    ...{ from: rows[0]?.first ?? undefined, to: rows[0]?.last ?? undefined, kept: all.flatMap(({ kept }) => kept).slice(0, 1) },
  };
}

/** Removes them, a hundred in a transaction; what their repetitions and discarded records said goes with them. */
export async function removeDueFiles(
  home: Home,
  nowMs: number,
  { by, onWait = () => undefined }: { readonly by: string; readonly onWait?: () => void },
): Promise<readonly { readonly rule: string; readonly files: number; readonly bytes: number; readonly kept: readonly Refusal[] }[]> {
  const all = await dueFiles(home, nowMs);
  if (!all.some(({ going }) => going.length > 0)) return all.map(({ rule, kept }) => ({ rule, files: 0, bytes: 0, kept }));
  return withUsageWriter(home.database, onWait, async (_, client) => {
    const done = [];
    for (const { rule, going, kept } of all) {
      for (let at = 0; at < going.length; at += FILES_AT_ONCE) {
        const some = going.slice(at, at + FILES_AT_ONCE);
        await inTransaction(client, async () => {
          const ids = some.map(({ fileId }) => fileId);
          const { rows } = await client.query<{ first: string; last: string }>(
            `select min(finished_at at time zone 'UTC')::date::text as first, max(finished_at at time zone 'UTC')::date::text as last from usage_file where file_id = any($1::int[])`,
            [ids],
          );
          const { first, last } = rows[0] ?? { first: dayOf(nowMs), last: dayOf(nowMs) };
          const bytes = some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
          const to = dayOf(Date.parse(last) + MILLIS_PER_DAY);
          await insertDeletion(client, { kind: 'archive', rule, from: first, to, records: some.length, bytes, by });
          await forgetOtherRecords(client, ids);
          await removeFromArchive(client, home.dataFolder, some);
        });
      }
      done.push({ rule, files: going.length, bytes: going.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0), kept });
    }
    return done;
  });
}
