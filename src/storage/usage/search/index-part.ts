/** Makes parts of the search index from what was written and is not indexed yet. See docs/decisions/0020-usage-search.md. */
import type pg from 'pg';
import type { Database } from '../../database.ts';

/** Record numbers of a part at most, about: what one statement sorts in memory. */
const MOST_IDS = 1_000_000;
/** Entries of a row of `usage_search_number`: three rows fill a page. */
const ENTRIES = 200;
/** 1 << BLOCK_BITS record numbers are a block. */
export const BLOCK_BITS = 10;
/** Any number; it is this lock's name in the database. */
const INDEX_LOCK = 732_110_944;
/** Memory of the one statement that sorts. */
const WORK_MEMORY = '160MB';

/** What blocks are known of. */
export const BLOCK_KINDS = { trunk: 1, agreement: 2, destination: 3, file: 4 } as const;

/** A day of the books as it stands in SQL, so that the plan knows its partition. */
export function dayText(day: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new Error(`not a day: ${day}`);
  return day;
}

/** SQL: the key of a source's key, below those of all numbers. */
export function callIdKey(text: string): string {
  return `(hashtextextended(${text}, 0) | -9223372036854775808)`;
}

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
 * Indexes the next stretch that waits, with the small part before it, in a transaction of its own. Undefined: nothing waits, or another
 * process is at it. A process that dies leaves what waited.
 */
export function indexNextPart(database: Database): Promise<IndexedPart | undefined> {
  return database.transaction(async (client) => {
    const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_xact_lock($1) as free', [INDEX_LOCK]);
    if (rows[0]?.free !== true) return undefined;
    const stretch = await nextStretch(client);
    if (stretch === undefined) return undefined;
    // Of a wide stretch one part is made, the rest waits on.
    const last = Math.min(stretch.last, stretch.first + MOST_IDS - 1);
    const small = last === stretch.last ? await smallNeighbours(client, stretch) : { ids: [], first: stretch.first, last };
    const part = { day: stretch.day, first: Math.min(small.first, stretch.first), last: Math.max(small.last, last) };
    const records = await makePart(client, part, small.ids);
    if (last === stretch.last) await client.query('delete from usage_search_todo where todo_id = any($1::bigint[])', [stretch.ids]);
    else await client.query('update usage_search_todo set first_id = $2 where todo_id = any($1::bigint[])', [stretch.ids, last + 1]);
    return { day: part.day, records };
  });
}

/** What waits of the newest day, joined while it fits into a part. */
async function nextStretch(client: pg.ClientBase): Promise<Stretch | undefined> {
  const { rows } = await client.query<{ todo_id: bigint; day: string; first_id: bigint; last_id: bigint }>(
    `select todo_id, day, first_id, last_id from usage_search_todo where day = (select max(day) from usage_search_todo) order by first_id limit 1000`,
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

/** Parts next to it or over it that are no larger than twice what comes, so that many small loads do not make many parts. */
async function smallNeighbours(client: pg.ClientBase, { day, first, last }: Stretch): Promise<Omit<Stretch, 'day'>> {
  const { rows } = await client.query<{ part_id: number; first_id: bigint; last_id: bigint }>(
    `select part_id, first_id, last_id from usage_search_part where day = $1 order by first_id desc`,
    [day],
  );
  const taken = { ids: [] as number[], first, last };
  for (const { part_id, first_id, last_id } of rows) {
    const [from, to] = [Number(first_id), Number(last_id)];
    const joined = Math.max(taken.last, to) - Math.min(taken.first, from);
    if (joined >= MOST_IDS || to - from > 2 * (taken.last - taken.first + 1)) continue;
    taken.ids.push(part_id);
    taken.first = Math.min(taken.first, from);
    taken.last = Math.max(taken.last, to);
  }
  return taken;
}

async function makePart(
  client: pg.ClientBase,
  { day, first, last }: { readonly day: string; readonly first: number; readonly last: number },
  instead: readonly number[],
): Promise<number> {
  await client.query(`set local work_mem = '${WORK_MEMORY}'`);
  await client.query('delete from usage_search_part where part_id = any($1::int[])', [instead]);
  const { rows } = await client.query<{ part_id: number; records: number }>(
    `insert into usage_search_part (day, first_id, last_id, records)
       values ($1::date, $2::bigint, $3::bigint, (select count(*) from usage_event where day = $1 and event_id between $2 and $3))
       returning part_id, records`,
    [day, first, last],
  );
  const [part] = rows;
  if (part === undefined) throw new Error('the part was not entered');
  const of = `from usage_event where day = '${dayText(day)}' and event_id between ${first} and ${last}`;
  await client.query(
    `insert into usage_search_number (part_id, first_key, place, keys, at)
       select ${part.part_id}, min(key), place, array_agg(key order by key, at), array_agg(at order by key, at)
         from (select key, at, (row_number() over (order by key, at) - 1) / ${ENTRIES} as place
                 from (select usage_search_key(called) as key, (event_id - ${first})::int as at ${of}
                       union all select usage_search_key(calling), (event_id - ${first})::int ${of} and calling is not null
                       union all select ${callIdKey('source_key')}, (event_id - ${first})::int ${of}) as numbers) as placed
        group by place`,
  );
  await client.query(
    `insert into usage_search_block (part_id, kind, key, blocks)
       with seen as materialized (
         select (event_id - ${first}) >> ${BLOCK_BITS} as block, trunk_in, trunk_out, in_line, out_line, file_id ${of}),
       lines as materialized (
         select distinct block, line from (select block, in_line as line from seen union all select block, out_line from seen) as l where line <> 0),
       named as (select block, agreement, destination from lines join rollup_line on line_id = line),
       found as (
         select distinct ${BLOCK_KINDS.trunk} as kind, trunk::bigint as key, block
             from (select trunk_in as trunk, block from seen union all select trunk_out, block from seen) as t where trunk <> 0
         union all select distinct ${BLOCK_KINDS.agreement}, hashtextextended(agreement, 0), block from named
         union all select distinct ${BLOCK_KINDS.destination}, hashtextextended(destination, 0), block from named
         union all select distinct ${BLOCK_KINDS.file}, file_id::bigint, block from seen)
       select ${part.part_id}, kind, key, array_agg(block::int order by block) from found group by kind, key`,
  );
  return part.records;
}
