/** Calls among very many, by what people and other systems search by; and the index that makes it quick. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '#core/usage/usage-event.ts';
import { loadSetupWithoutRates } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { foldDaySums } from '#storage/overview/day-sums.ts';
import { selectDeletedDays } from '#storage/retention/deletions.ts';
import { utcDay } from '#storage/usage/days.ts';
import { type CallRow, selectCallRows, selectOtherRows } from '#storage/usage/search/call-rows.ts';
import { findCalls } from '#storage/usage/search/find-calls.ts';
import { indexNextPart } from '#storage/usage/search/index-part.ts';
import type { NumberWanted, SearchFilter } from '#storage/usage/search/search-filter.ts';
import type { Installation } from '../installation.ts';
import { fileIdsOf } from './look-up.ts';

export type { CallRow } from '#storage/usage/search/call-rows.ts';

/** All that is given must fit. Numbers are what a number begins with; with `exact`, all of it. */
export interface CallQuestion {
  readonly number?: string;
  readonly calling?: string;
  readonly called?: string;
  readonly exact?: boolean;
  /** As the source keys it. */
  readonly callId?: string;
  readonly trunk?: string;
  readonly partner?: string;
  readonly agreement?: string;
  readonly destination?: string;
  readonly file?: string;
  /** UTC microseconds, `to` exclusive. */
  readonly from?: number;
  readonly to?: number;
  readonly service?: Service;
  readonly answered?: boolean;
  readonly reason?: string;
  /** What waits for the same, as listWaiting names it. */
  readonly group?: string;
  /** Rated and held ones when left out. */
  readonly status?: CallRow['status'];
}

export interface CallPage {
  readonly limit: number;
  /** The last of the page before. */
  readonly after: { readonly day: string; readonly id: number } | undefined;
}

/** The newest UTC day first, in a day by number of the record, the latest first; rejected ones and duplicates by number only. Throws RefusedError (`usage.file-unknown`). */
export async function searchCalls(database: Database, question: CallQuestion, { limit, after }: CallPage): Promise<readonly CallRow[]> {
  const { status, trunk, reason, group } = question;
  const filter = await filterOf(database, question);
  const inBooks = filter.agreements !== undefined || filter.destination !== undefined;
  const rows: CallRow[] = [];
  if (reason === undefined && group === undefined && (status === undefined || status === 'rated')) {
    rows.push(...(await selectCallRows(database.pool, await findCalls(database, filter, { limit, after }))));
  }
  // What is not priced has neither agreement nor destination.
  if (status !== 'rated' && !inBooks)
    rows.push(...(await selectOtherRows(database.pool, { status: status ?? 'held', filter, trunk, reason, group, after, limit })));
  return rows.sort((a, b) => (a.day === b.day ? b.id - a.id : a.day < b.day ? 1 : -1)).slice(0, limit);
}

/** What a search cannot find any more. */
export interface DeletedUsage {
  /** UTC days, both ends in them. */
  readonly days: readonly { readonly from: string; readonly to: string }[];
  /** How long records are kept now; 0: for ever. */
  readonly keptDays: number;
}

/** Days that are asked for, or all of them, whose records were deleted because their time was over; undefined: there are none. Held records stay. */
export async function deletedUsage(
  { database, settings }: Pick<Installation, 'database' | 'settings'>,
  { status, reason, group, from, to }: CallQuestion,
): Promise<DeletedUsage | undefined> {
  if ((status !== undefined && status !== 'rated') || reason !== undefined || group !== undefined) return undefined;
  const days = await selectDeletedDays(database, {
    from: from === undefined ? undefined : utcDay(from),
    to: to === undefined ? undefined : utcDay(to - 1 + DAY_MICROS),
  });
  return days.length === 0 ? undefined : { days, keptDays: settings.retention.usageDays };
}

async function filterOf(database: Database, question: CallQuestion): Promise<SearchFilter> {
  const {
    exact = false,
    trunk,
    partner,
    agreement,
    file,
    number,
    calling,
    called,
    callId,
    destination,
    from,
    to,
    service,
    answered,
  } = question;
  const wanted = (text: string): NumberWanted => ({ text: text.replace(/^\+/, ''), exact });
  const fileIds = await fileIdsOf(database, file);
  const agreements = partner === undefined ? undefined : await agreementsOf(database, partner);
  return {
    ...(number === undefined ? {} : { number: wanted(number) }),
    ...(calling === undefined ? {} : { calling: wanted(calling) }),
    ...(called === undefined ? {} : { called: wanted(called) }),
    ...(callId === undefined ? {} : { callId }),
    ...(trunk === undefined ? {} : { trunks: await trunkNumbers(database, trunk) }),
    ...(agreements === undefined && agreement === undefined
      ? {}
      : {
          agreements:
            agreement === undefined ? (agreements ?? []) : agreements === undefined || agreements.includes(agreement) ? [agreement] : [],
        }),
    ...(destination === undefined ? {} : { destination }),
    ...(fileIds === undefined ? {} : { fileIds }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(service === undefined ? {} : { service }),
    ...(answered === undefined ? {} : { answered }),
  };
}

async function agreementsOf(database: Database, partner: string): Promise<readonly string[]> {
  const { book } = await loadSetupWithoutRates(database);
  const accounts = new Set(book.accounts.filter(({ party }) => party === partner).map(({ id }) => id));
  return book.agreements.filter(({ account }) => accounts.has(account)).map(({ id }) => id);
}

async function trunkNumbers({ pool }: Database, name: string): Promise<readonly number[]> {
  const { rows } = await pool.query<{ trunk_id: number }>('select trunk_id from usage_trunk where name = $1', [name]);
  return rows.map(({ trunk_id }) => trunk_id);
}

/** Indexes what was written since, part by part. How many records it were. A search finds what is not indexed yet, too, but reads it row by row. */
export async function indexUsage(database: Database, onPart: (records: number) => void, stop?: AbortSignal): Promise<number> {
  let records = 0;
  while (stop?.aborted !== true) {
    const part = await indexNextPart(database);
    if (part === undefined) break;
    records += part.records;
    onPart(records);
  }
  return records;
}

const DAY_MICROS = 86_400_000_000;
/** How often it is looked whether there is something to index. */
const LOOK_MS = 5_000;

/** Indexes what is written, and folds the sums of days, until it is told to stop. */
export async function keepIndexing({ database, log }: Pick<Installation, 'database' | 'log'>, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    try {
      await foldDaySums(database);
      await indexUsage(database, () => undefined, stop);
    } catch (error) {
      log.warn({ err: error }, 'usage could not be indexed for searching; it is tried again');
    }
    await sleep(LOOK_MS, undefined, { signal: stop }).catch(() => undefined); // aborted: the loop ends
  }
}
