/** `carillon retention`: what is due, and deleting it; in small transactions, each of which may be the last. */
import { formatRefusal, type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import type { Deletion, Due, Hold, NewHold } from '#operations/retention/ports.ts';
import { sumOwners } from '#pipeline/keys/key-sums.ts';
import type { Database } from '#storage/database.ts';
import { type AgedRows, agedRows, countAged, deleteAged } from '#storage/retention/aged-rows.ts';
import { insertDeletion, insertHold, releaseHold, selectDeletions, selectHolds } from '#storage/retention/deletions.ts';
import { holdsOfDay, legalHoldsOf } from '#storage/retention/holds.ts';
import { deleteJournalDay, journalDaysBefore } from '#storage/retention/journal-days.ts';
import { deleteUsageDay, usageDaysBefore } from '#storage/retention/usage-days.ts';
import { inTransaction } from '#storage/usage/in-transaction.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import type { Installation } from '../installation.ts';
import { dropOldExports } from '../person/kept-exports.ts';
import { auditDay } from '../usage/audit.ts';
import { indexUsage } from '../usage/search.ts';
import { archiveDue, removeDueFiles } from './archive.ts';
import { dayOf, ruleOf } from './rules.ts';

export type { Deletion, Due, Hold };

export type RetentionHome = Pick<Installation, 'database' | 'dataFolder' | 'log' | 'settings'>;

const ROWS_AT_ONCE = 1_000;
/** Reasons shown of each kind. */
const MOST_KEPT = 50;

/** What the rules would delete now, kind by kind; nothing is changed. */
export async function retentionDue(home: RetentionHome, nowMs = Date.now()): Promise<readonly Due[]> {
  const { database, settings } = home;
  const found: Due[] = [await usageDue(home, nowMs), await archiveDue(home, nowMs), await journalDue(home, nowMs)];
  for (const kind of agedRows) {
    const { rule, days, beforeMs } = ruleOf(settings, kind.setting, nowMs);
    const nothing = { kind: kind.kind, rule, days, records: 0, bytes: 0, from: undefined, to: undefined, kept: [] };
    if (beforeMs === undefined) found.push(nothing);
    else {
      const due = await countAged(database.pool, kind, new Date(beforeMs).toISOString());
      const kept = due.from === undefined ? [] : await legalHoldsOf(database.pool, due.from, dayOf(beforeMs));
      found.push({ ...nothing, ...(kept.length === 0 ? due : {}), kept });
    }
  }
  return found;
}

interface DueDay {
  readonly day: string;
  readonly records: number;
  readonly bytes: number;
  readonly kept: readonly Refusal[];
}

function dueOf(kind: string, { rule, days }: { rule: string; days: number }, all: readonly DueDay[]): Due {
  const going = all.filter(({ kept }) => kept.length === 0);
  return {
    ...{ kind, rule, days, from: going[0]?.day, to: going.at(-1)?.day },
    records: going.reduce((sum, { records }) => sum + records, 0),
    bytes: going.reduce((sum, { bytes }) => sum + bytes, 0),
    kept: all.flatMap(({ kept }) => kept).slice(0, MOST_KEPT),
  };
}

async function usageDue({ database, settings }: RetentionHome, nowMs: number): Promise<Due> {
  const rule = ruleOf(settings, 'usageDays', nowMs);
  const days = rule.beforeMs === undefined ? [] : await usageDaysBefore(database.pool, dayOf(rule.beforeMs));
  const judged: DueDay[] = [];
  for (const day of days) judged.push({ ...day, kept: await holdsOfDay(database.pool, day.day, dayOf(nowMs)) });
  return dueOf('usage', rule, judged);
}

async function journalDue({ database, settings }: RetentionHome, nowMs: number): Promise<Due> {
  const rule = ruleOf(settings, 'journalDays', nowMs);
  const days = rule.beforeMs === undefined ? [] : await journalDaysBefore(database.pool, dayOf(rule.beforeMs));
  const judged: DueDay[] = [];
  for (const day of days)
    judged.push({ ...day, kept: await legalHoldsOf(database.pool, day.day, dayOf(Date.parse(day.day) + 86_400_000)) });
  return dueOf('journal', rule, judged);
}

export interface RetentionRun {
  readonly by: string;
  /** Days, files and portions of rows that were looked at, of so many; throws where it is to stop. */
  readonly progress?: (done: number, total: number | undefined) => void;
  readonly onWait?: () => void;
  readonly nowMs?: number;
}

export interface RetentionDone {
  readonly deleted: readonly { readonly kind: string; readonly rule: string; readonly records: number; readonly bytes: number }[];
  readonly kept: readonly Refusal[];
}

/** Deletes what is due. Killed anywhere it has deleted whole days and whole portions, and the next run goes on. */
export async function runRetention(home: RetentionHome, run: RetentionRun): Promise<RetentionDone> {
  const { database, settings } = home;
  const nowMs = run.nowMs ?? Date.now();
  const deleted: { kind: string; rule: string; records: number; bytes: number }[] = [];
  const kept: Refusal[] = [];
  const took = (kind: string, rule: string, records: number, bytes: number): void => {
    const known = deleted.find((each) => each.kind === kind && each.rule === rule);
    if (known === undefined) deleted.push({ kind, rule, records, bytes });
    else Object.assign(known, { records: known.records + records, bytes: known.bytes + bytes });
  };
  let done = 0;
  const step = (): void => {
    done += 1;
    run.progress?.(done, undefined);
  };

  await dropOldExports(home, nowMs);
  const usage = ruleOf(settings, 'usageDays', nowMs);
  if (usage.beforeMs !== undefined) {
    // Reports read of the index what stays when the records are gone.
    await indexUsage(database, () => undefined);
    const days = await usageDaysBefore(database.pool, dayOf(usage.beforeMs));
    if (days.length > 0)
      await withUsageWriter(database, run.onWait ?? (() => undefined), async (writer, client) => {
        for (const day of days) {
          const { held, records } = await inTransaction(client, async () => {
            const holds = [...(await holdsOfDay(client, day.day, dayOf(nowMs))), ...(await unprovenOf(client, day.day))];
            if (holds.length > 0) return { held: holds, records: 0 };
            return {
              held: [],
              ...(await deleteUsageDay(client, day, usage.rule, run.by, (owners) => sumOwners(writer.keys.seed, owners))),
            };
          }).catch(busyOf(day.day));
          if (held.length === 0) took('usage', usage.rule, records, day.bytes);
          kept.push(...held);
          step();
        }
      });
  }
  for (const { rule, files, bytes, kept: held } of await removeDueFiles(home, nowMs, run)) {
    if (files > 0) took('archive', rule, files, bytes);
    kept.push(...held);
    step();
  }
  const journal = ruleOf(settings, 'journalDays', nowMs);
  if (journal.beforeMs !== undefined)
    for (const day of await journalDaysBefore(database.pool, dayOf(journal.beforeMs))) {
      const held = await legalHoldsOf(database.pool, day.day, dayOf(Date.parse(day.day) + 86_400_000));
      kept.push(...held);
      if (held.length === 0)
        took(
          'journal',
          journal.rule,
          await database.transaction((client) => deleteJournalDay(client, day, journal.rule, run.by)),
          day.bytes,
        );
      step();
    }
  for (const kind of agedRows) {
    const { rule, beforeMs } = ruleOf(settings, kind.setting, nowMs);
    if (beforeMs === undefined) continue;
    const { records, held } = await deleteRows(database, kind, { rule, before: new Date(beforeMs).toISOString(), by: run.by, step });
    if (records > 0) took(kind.kind, rule, records, 0);
    kept.push(...held);
  }
  return { deleted, kept };
}

async function deleteRows(
  database: Database,
  kind: AgedRows,
  { rule, before, by, step }: { readonly rule: string; readonly before: string; readonly by: string; readonly step: () => void },
): Promise<{ readonly records: number; readonly held: readonly Refusal[] }> {
  const { records: due, from, to } = await countAged(database.pool, kind, before);
  if (due === 0 || from === undefined || to === undefined) return { records: 0, held: [] };
  const held = await legalHoldsOf(database.pool, from, before.slice(0, 10));
  if (held.length > 0) return { records: 0, held };
  let records = 0;
  for (;;) {
    const gone = await database.transaction(async (client) => {
      const some = await deleteAged(client, kind, before, ROWS_AT_ONCE);
      const behind = dayOf(Date.parse(to) + 86_400_000);
      if (some > 0) await insertDeletion(client, { kind: kind.kind, rule, from, to: behind, records: some, bytes: 0, by });
      return some;
    });
    records += gone;
    step();
    if (gone < ROWS_AT_ONCE) return { records, held: [] };
  }
}

/** Who reads usage for minutes is not waited for: everybody else would wait behind. */
function busyOf(day: string): (error: unknown) => { readonly held: readonly Refusal[]; readonly records: number } {
  return (error) => {
    if (!(error instanceof Error && 'code' in error && error.code === '55P03')) throw error; // lock_not_available
    return { held: [refuse('retention.busy', `${day}: somebody reads usage at the moment`, { value: day })], records: 0 };
  };
}

/** Nothing is deleted that would prove what does not add up. */
async function unprovenOf(client: Parameters<typeof auditDay>[0], day: string): Promise<readonly Refusal[]> {
  const [first] = await auditDay(client, day);
  return first === undefined ? [] : [refuse('retention.books-differ', `${day}: ${formatRefusal(first)}`, { value: day })];
}

/** Newest first. */
export function retentionDeletions(
  database: Database,
  filter: Parameters<typeof selectDeletions>[1],
  most: number,
): Promise<readonly Deletion[]> {
  return selectDeletions(database, filter, most);
}

export function retentionHolds(database: Database, isAll: boolean): Promise<readonly Hold[]> {
  return selectHolds(database.pool, isAll);
}

/** `to` is the first day behind it. Throws RefusedError: `retention.days-wrong`, `access.party-unknown`. */
export async function holdRetention(database: Database, hold: NewHold): Promise<bigint> {
  for (const day of [hold.from, hold.to])
    if (day !== undefined && !isDay(day))
      throw new RefusedError(refuse('retention.days-wrong', 'this is no day', { field: 'from', value: day }));
  if (hold.to !== undefined && hold.to <= hold.from)
    throw new RefusedError(refuse('retention.days-wrong', `it ends before ${hold.from}`, { field: 'to', value: hold.to }));
  return insertHold(database, hold);
}

/** Throws RefusedError (`retention.hold-unknown`). */
export async function releaseRetention(database: Database, id: bigint, why: string, by: string): Promise<void> {
  if (!(await releaseHold(database, id, why, by)))
    throw new RefusedError(refuse('retention.hold-unknown', `there is no hold ${id} in force`, { value: String(id) }));
}

/** The first day behind one. Throws RefusedError (`retention.days-wrong`). */
export function dayBehind(day: string): string {
  if (!isDay(day)) throw new RefusedError(refuse('retention.days-wrong', 'this is no day', { field: 'to', value: day }));
  return dayOf(Date.parse(day) + 86_400_000);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text;
}
