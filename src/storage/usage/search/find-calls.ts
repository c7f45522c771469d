/** Finds rated calls among very many: newest day first, in a day by the number of the record, the latest first. */
import type pg from 'pg';
import type { Database } from '../../database.ts';
import { utcDay } from '../days.ts';
import { BLOCK_BITS } from './block-kinds.ts';
import { dayText } from './index-part.ts';
import type { KeyRange } from './number-key.ts';
import { blocksOf, type Hints, keysOf, numbersIn, type Part, type Stretch } from './part-hints.ts';
import { type SearchFilter, searchCondition } from './search-filter.ts';

/** Parts that are asked at once: first few, since a page may be full with them. */
const PARTS_AT_ONCE = [6, 40, 1_000];
const IDS_AT_ONCE = 250;
const FIRST_BLOCKS = 8;
const MANY_BLOCKS = 48;
const MOST_BLOCKS = 256;
const BLOCK = 1 << BLOCK_BITS;
/** Lines of the rollup whose days are asked for. */
const MOST_LINES = 2_000;

export interface FoundCall {
  readonly day: string;
  readonly id: number;
}

export interface SearchPage {
  readonly limit: number;
  /** The last of the page before. */
  readonly after: FoundCall | undefined;
}

interface Looking {
  readonly client: pg.ClientBase;
  readonly filter: SearchFilter;
  readonly lines: readonly number[] | undefined;
  /** Where the index is entered; undefined: neither a number nor a call is asked for. */
  readonly keys: readonly KeyRange[] | undefined;
}

/** At most `limit` of them, behind `after`. What is not indexed yet is found, too. */
export function findCalls(database: Database, filter: SearchFilter, { limit, after }: SearchPage): Promise<readonly FoundCall[]> {
  return database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    // Compiling a plan takes longer than the search, and so does beginning processes for it. Of a day the summaries of record numbers are always
    // the way: planned by what a scan of it seems to cost, days were read whole (70 ms each of 333,333 calls).
    await client.query('set local jit = off; set local enable_seqscan = off; set local max_parallel_workers_per_gather = 0');
    const lines = await linesOf(client, filter);
    if (lines?.length === 0) return [];
    const looking = { client, filter, lines, keys: await keysOf(client, filter) };
    const parts = await partsOf(looking, after?.day);
    const found: FoundCall[] = [];
    let begun = 0;
    for (const many of PARTS_AT_ONCE.flatMap((size, at) => (at === PARTS_AT_ONCE.length - 1 ? Array<number>(1_000).fill(size) : [size]))) {
      if (begun >= parts.length) break;
      const some = withWholeDays(parts, begun, many);
      begun += some.length;
      const hints = { listed: await numbersIn(client, looking.keys, some), blocks: await blocksOf(client, filter, some) };
      for (const [day, of] of Map.groupBy(some, (part) => part.day)) {
        const below = day === after?.day ? after.id : Number.MAX_SAFE_INTEGER;
        for (const id of await ofDay(looking, day, of, hints, below, limit - found.length)) found.push({ day, id });
        if (found.length >= limit) return found;
      }
    }
    return found;
  });
}

/** Undefined: neither agreement nor destination is asked for. */
async function linesOf(client: pg.ClientBase, { agreements, destination }: SearchFilter): Promise<readonly number[] | undefined> {
  if (agreements === undefined && destination === undefined) return undefined;
  const { rows } = await client.query<{ line_id: number }>(
    `select line_id from rollup_line where ($1::text[] is null or agreement = any($1)) and ($2::text is null or destination = $2)`,
    [agreements ?? null, destination ?? null],
  );
  return rows.map(({ line_id }) => line_id);
}

/** Of the days that may have some, the newest first. */
async function partsOf({ client, filter, lines }: Looking, lastDay: string | undefined): Promise<readonly Part[]> {
  // What ends with a day has nothing of the next one.
  const [from, to] = [filter.from, filter.to === undefined ? undefined : filter.to - 1].map((micros) =>
    micros === undefined ? null : utcDay(micros),
  );
  const { rows } = await client.query<{ part_id: number | null; day: string; first_id: bigint; last_id: bigint }>(
    `select * from (select part_id, day, first_id, last_id from usage_search_part union all select null, day, first_id, last_id from usage_search_todo) as p
      where ($1::date is null or day >= $1) and ($2::date is null or day <= $2) and ($3::date is null or day <= $3)
      order by day desc, last_id desc`,
    [from, to, lastDay ?? null],
  );
  const parts = rows.map(({ part_id, day, first_id, last_id }) => ({
    ...{ id: part_id ?? undefined, day },
    ...{ first: Number(first_id), last: Number(last_id) },
  }));
  if (lines === undefined || lines.length > MOST_LINES) return parts;
  // The books say on which days anything was charged so. A day of the agreement's zone is two or three UTC days.
  const { rows: days } = await client.query<{ day: string }>(
    `select distinct day + near as day from rollup_sum, generate_series(-1, 1) as near where line_id = any($1::int[])`,
    [`{${lines.join(',')}}`],
  );
  const some = new Set(days.map(({ day }) => day));
  return parts.filter(({ day }) => some.has(day));
}

/** `many` parts from `begun` on, and the rest of the last one's day. */
function withWholeDays(parts: readonly Part[], begun: number, many: number): readonly Part[] {
  let end = Math.min(parts.length, begun + many);
  while (end < parts.length && parts[end]?.day === parts[end - 1]?.day) end += 1;
  return parts.slice(begun, end);
}

/** Numbers of records of a day that fit, below `below`, the latest first. */
async function ofDay(
  looking: Looking,
  day: string,
  parts: readonly Part[],
  { listed, blocks }: Hints,
  below: number,
  limit: number,
): Promise<readonly number[]> {
  const ids = new Set<number>();
  const stretches: Stretch[] = [];
  for (const { id, first, last } of parts) {
    const own = id === undefined ? undefined : blocks?.get(id);
    if (id !== undefined && blocks !== undefined && own === undefined) continue;
    const list = id === undefined ? undefined : listed.get(id);
    if (list !== undefined) {
      for (const each of list) if (each < below && (own === undefined || own.has((each - first) >> BLOCK_BITS))) ids.add(each);
    } else if (own === undefined) stretches.push({ first, last: Math.min(last, below - 1) });
    else
      for (const block of own) {
        const from = first + block * BLOCK;
        stretches.push({ first: from, last: Math.min(from + BLOCK - 1, last, below - 1) });
      }
  }
  const sorted = [...ids].sort((a, b) => b - a);
  const found = new Set<number>([
    ...(await amongListed(looking, day, sorted, limit)),
    ...(await amongStretches(looking, day, joined(stretches), limit)),
  ]);
  return [...found].sort((a, b) => b - a).slice(0, limit);
}

async function amongListed(
  { client, filter, lines }: Looking,
  day: string,
  ids: readonly number[],
  limit: number,
): Promise<readonly number[]> {
  const found: number[] = [];
  const { sql, values } = searchCondition(filter, lines, 1);
  for (let at = 0; at < ids.length && found.length < limit; at += IDS_AT_ONCE) {
    const { rows } = await client.query<{ event_id: bigint }>(
      `select event_id from usage_event where day = '${dayText(day)}' and event_id = any($1::bigint[])${sql} order by event_id desc`,
      [`{${ids.slice(at, at + IDS_AT_ONCE).join(',')}}`, ...values],
    );
    for (const { event_id } of rows) found.push(Number(event_id));
  }
  return found;
}

/** More and more of them at once while little fits. `offset 0`: else PostgreSQL reads the whole day once and compares each row with each stretch. */
async function amongStretches(
  { client, filter, lines }: Looking,
  day: string,
  stretches: readonly Stretch[],
  limit: number,
): Promise<readonly number[]> {
  const found: number[] = [];
  const { sql, values } = searchCondition(filter, lines, 3);
  // Blocks in which something is are looked at many at once.
  const apart = stretches.length > FIRST_BLOCKS;
  let size = (apart ? MANY_BLOCKS : FIRST_BLOCKS) * BLOCK;
  for (const some of inPieces(stretches, () => size)) {
    const { rows } = await client.query<{ event_id: bigint }>(
      `select event_id from unnest($1::bigint[], $2::bigint[]) as s(first, last) cross join lateral (
         select event_id from usage_event where day = '${dayText(day)}' and event_id between s.first and s.last${sql} offset 0) as e order by event_id desc limit $3`,
      [`{${some.map(({ first }) => first).join(',')}}`, `{${some.map(({ last }) => last).join(',')}}`, limit - found.length, ...values],
    );
    for (const { event_id } of rows) found.push(Number(event_id));
    if (found.length >= limit) break;
    // As many as the rest of the page needs, going by these: the last two calls of it are not worth twice as many blocks.
    const needed = rows.length === 0 ? MOST_BLOCKS : Math.ceil(((limit - found.length) / rows.length) * 1.25 * (size / BLOCK));
    size = BLOCK * Math.min(Math.max(needed, FIRST_BLOCKS), (size / BLOCK) * 2, MOST_BLOCKS);
  }
  return found;
}

/** Pieces of `size()` numbers, the latest first. */
function* inPieces(stretches: readonly Stretch[], size: () => number): Generator<readonly Stretch[]> {
  let piece: Stretch[] = [];
  let room = size();
  for (const { first, last } of stretches) {
    for (let to = last; to >= first; ) {
      const from = Math.max(first, to - room + 1);
      piece.push({ first: from, last: to });
      room -= to - from + 1;
      to = from - 1;
      if (room > 0) continue;
      yield piece;
      piece = [];
      room = size();
    }
  }
  if (piece.length > 0) yield piece;
}

/** Without overlaps, the latest first. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const sorted = stretches.filter(({ first, last }) => first <= last).sort((a, b) => b.last - a.last);
  const apart: { first: number; last: number }[] = [];
  for (const { first, last } of sorted) {
    const before = apart.at(-1);
    if (before !== undefined && last >= before.first - 1) before.first = Math.min(before.first, first);
    else apart.push({ first, last });
  }
  return apart;
}
