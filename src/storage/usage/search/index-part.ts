/** Makes parts of the search index from what was written and is not indexed yet. See docs/decisions/0020-usage-search.md. */
import type pg from 'pg';
import { CHARGING_SOURCE } from '#core/usage/source.ts';
import type { Database } from '../../database.ts';
import { BLOCK_BITS, BLOCK_KINDS } from './block-kinds.ts';
import { writeBlocks } from './part-blocks.ts';
import { writeTraffic } from './part-traffic.ts';

/** Record numbers of a part at most, about: what one statement sorts in memory. */
const MOST_IDS = 1_000_000;
/** Entries of a row of `usage_search_number`: three rows fill a page. */
const ENTRIES = 200;
/** Any number; with a day it is a lock's name in the database: a day's parts are made by one process at a time. */
const INDEX_LOCK = 1_540_300_417;
/** Memory of the one statement that sorts. */
const WORK_MEMORY = '160MB';

/** A day of the books as it stands in SQL, so that the plan knows its partition. */
export function dayText(day: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new Error(`not a day: ${day}`);
  return day;
}

/** SQL: the key of a source's key, below those of all numbers. */
export function callIdKey(text: string): string {
  return `(hashtextextended(${text}, 0) | -9223372036854775808)`;
}

/** SQL: what the key of a record of online charging begins with, before the last line: its session. Records of a session are found together. */
const SESSION = String.raw`regexp_replace(source_key, '\|[^|]*$', '')`;
const OF_CHARGING = `array(select file_id from usage_file join usage_source using (source_id) where usage_source.name = '${CHARGING_SOURCE}')`;

export interface IndexedPart {
  readonly day: string;
  readonly records: number;
}

interface Stretch {
  readonly day: string;
  readonly ids: readonly number[];
  readonly first: number;
  readonly last: number;
}

/**
 * Indexes the next stretch that waits, with the small part before it, in a transaction of its own. Parts never overlap: one in which
 * something came later is made again. Undefined: nothing waits, or other processes are at every day of it. A process that dies leaves what waited.
 */
export function indexNextPart(database: Database): Promise<IndexedPart | undefined> {
  return database.transaction(async (client) => {
    const stretch = await nextStretch(client);
    if (stretch === undefined) return undefined;
    const { day, first } = stretch;
    const parts = await partsOver(client, stretch);
    const front = parts[0];
    // Up to the next part, or the whole of the part that it begins in; of a wide stretch one part is made. The rest waits on.
    const inside = front !== undefined && front.first <= first;
    const last = inside ? front.last : Math.min(stretch.last, first + MOST_IDS - 1, (front?.first ?? Number.MAX_SAFE_INTEGER) - 1);
    const own = { first: inside ? front.first : first, last };
    const small = await smallNeighbours(client, day, own);
    const part = { day, first: Math.min(small.first, own.first), last: Math.max(small.last, last) };
    const records = await makePart(client, part, [...small.ids, ...(inside ? [front.id] : [])]);
    await client.query('delete from usage_search_todo where todo_id = any($1::bigint[]) and last_id <= $2', [stretch.ids, part.last]);
    await client.query('update usage_search_todo set first_id = $2 where todo_id = any($1::bigint[]) and first_id < $2', [
      stretch.ids,
      part.last + 1,
    ]);
    return { day: part.day, records };
  });
}

interface Span {
  readonly first: number;
  readonly last: number;
}

/** Parts that the stretch touches, in their order. */
async function partsOver(client: pg.ClientBase, { day, first, last }: Stretch): Promise<readonly (Span & { readonly id: number })[]> {
  const { rows } = await client.query<{ part_id: number; first_id: bigint; last_id: bigint }>(
    'select part_id, first_id, last_id from usage_search_part where day = $1 and first_id <= $3 and last_id >= $2 order by first_id',
    [day, first, last],
  );
  return rows.map(({ part_id, first_id, last_id }) => ({ id: part_id, first: Number(first_id), last: Number(last_id) }));
}

/** What waits of the newest day at which nobody is, joined while it fits into a part. */
async function nextStretch(client: pg.ClientBase): Promise<Stretch | undefined> {
  const day = await freeDay(client);
  if (day === undefined) return undefined;
  const { rows } = await client.query<{ todo_id: bigint; day: string; first_id: bigint; last_id: bigint }>(
    'select todo_id, day, first_id, last_id from usage_search_todo where day = $1 order by first_id limit 1000',
    [day],
  );
  const [front] = rows;
  if (front === undefined) return undefined;
  const first = Number(front.first_id);
  let last = Number(front.last_id);
  const ids = [Number(front.todo_id)];
  for (const row of rows.slice(1)) {
    const to = Math.max(last, Number(row.last_id));
    if (to - first >= MOST_IDS || Number(row.first_id) > last + MOST_IDS / 10) break;
    last = to;
    ids.push(Number(row.todo_id));
  }
  return { day: front.day, ids, first, last };
}

/** Parts right before and behind it that are no larger than twice what comes, so that many small loads do not make many parts. */
async function smallNeighbours(
  client: pg.ClientBase,
  day: string,
  { first, last }: Span,
): Promise<Span & { readonly ids: readonly number[] }> {
  const { rows } = await client.query<{ part_id: number; first_id: bigint; last_id: bigint }>(
    `(select part_id, first_id, last_id from usage_search_part where day = $1 and last_id < $2 order by first_id desc limit 8)
     union all (select part_id, first_id, last_id from usage_search_part where day = $1 and first_id > $3 order by first_id limit 1)`,
    [day, first, last],
  );
  const taken = { ids: [] as number[], first, last };
  for (const { part_id, first_id, last_id } of rows) {
    const [from, to] = [Number(first_id), Number(last_id)];
    const joined = Math.max(taken.last, to) - Math.min(taken.first, from);
    if (joined >= MOST_IDS || to - from > 2 * (taken.last - taken.first + 1)) {
      // Nothing may be jumped over.
      if (to < taken.first) break;
      continue;
    }
    taken.ids.push(part_id);
    taken.first = Math.min(taken.first, from);
    taken.last = Math.max(taken.last, to);
  }
  return taken;
}

/** Of the days that wait the newest that no other process has; this one has it to the end of the transaction. */
async function freeDay(client: pg.ClientBase): Promise<string | undefined> {
  const { rows: waiting } = await client.query<{ day: string; lock: number }>(
    `select day, day - date '2000-01-01' as lock from (select distinct day from usage_search_todo) as d order by day desc`,
  );
  for (const { day, lock } of waiting) {
    const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_xact_lock($1, $2) as free', [INDEX_LOCK, lock]);
    if (rows[0]?.free === true) return day;
  }
  return undefined;
}

async function makePart(
  client: pg.PoolClient,
  { day, first, last }: { readonly day: string; readonly first: number; readonly last: number },
  instead: readonly number[],
): Promise<number> {
  // What is read in it is unknown to the planner: joined row by row, a part took ten times as long.
  await client.query(`set local work_mem = '${WORK_MEMORY}'; set local jit = off; set local enable_nestloop = off`);
  await client.query(
    `with gone as (delete from usage_search_part where part_id = any($1::int[])) delete from usage_traffic where part_id = any($1::int[])`,
    [instead],
  );
  const { rows } = await client.query<{ part_id: number; records: number }>(
    `insert into usage_search_part (day, first_id, last_id, records)
       values ($1::date, $2::bigint, $3::bigint, (select count(*) from usage_event where day = $1 and event_id between $2 and $3))
       returning part_id, records`,
    [day, first, last],
  );
  const [part] = rows;
  if (part === undefined) throw new Error('the part was not entered');
  const of = `from usage_event where day = '${dayText(day)}' and event_id between ${first} and ${last}`;
  // Sorted once, then cut.
  await client.query(
    `insert into usage_search_number (part_id, first_key, place, keys, at)
       select ${part.part_id}, keys[1 + place * ${ENTRIES}], place, keys[1 + place * ${ENTRIES} : (place + 1) * ${ENTRIES}], at[1 + place * ${ENTRIES} : (place + 1) * ${ENTRIES}]
         from (select array_agg(key order by key, at) as keys, array_agg(at order by key, at) as at
                 from (select usage_search_key(called) as key, (event_id - ${first})::int as at ${of}
                       union all select usage_search_key(calling), (event_id - ${first})::int ${of} and calling is not null
                       union all select ${callIdKey('source_key')}, (event_id - ${first})::int ${of}
                       union all select ${callIdKey(SESSION)}, (event_id - ${first})::int ${of} and file_id = any(${OF_CHARGING})) as numbers) as sorted
           cross join generate_series(0, (cardinality(keys) - 1) / ${ENTRIES}) as place`,
  );
  const rowsOf = { partId: part.part_id, first, last, of };
  const lines = await writeBlocks(client, rowsOf);
  await client.query(blockTimes(String(part.part_id), day, String(first), of));
  await writeTraffic(client, rowsOf, day, lines);
  return part.records;
}

/** SQL: of each block the first and the last start, as seconds of the day: the blocks (key 0), and beside them the seconds (1, 2). */
function blockTimes(partId: string, day: string, first: string, of: string): string {
  const second = (which: 'min' | 'max'): string =>
    `floor(extract(epoch from ${which}(started_at) - timestamptz '${dayText(day)} 00:00:00+00'))::int`;
  return `insert into usage_search_block (part_id, kind, key, blocks)
    select ${partId}, ${BLOCK_KINDS.times}, key, list
      from (select array_agg(block order by block) as blocks, array_agg(earliest order by block) as firsts, array_agg(latest order by block) as lasts
              from (select ((event_id - ${first}) >> ${BLOCK_BITS})::int as block, ${second('min')} as earliest, ${second('max')} as latest ${of} group by 1) as b) as t
        cross join lateral (values (0, blocks), (1, firsts), (2, lasts)) as k(key, list) where list is not null`;
}
