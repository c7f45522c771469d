/** What the search index says of its parts: record numbers by the numbers of calls, and blocks by everything else. It is complete, not exact. */
import type pg from 'pg';
import { services } from '#core/usage/usage-event.ts';
import { BLOCK_BITS, BLOCK_KINDS } from './block-kinds.ts';
import { callIdKey } from './index-part.ts';
import { type KeyRange, keyRanges } from './number-key.ts';
import type { SearchFilter } from './search-filter.ts';

/** Rows of 200 entries of a part that are read: with more, so many of its calls fit that looking at them one after the other is as good. */
const MOST_CHUNKS = 40;

/** Record numbers, both included. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

export interface Part extends Stretch {
  /** Undefined: it is not indexed yet. */
  readonly id: number | undefined;
  readonly day: string;
}

/** What the index says of parts, by their numbers. */
export interface Hints {
  readonly listed: ReadonlyMap<number, readonly number[]>;
  readonly blocks: ReadonlyMap<number, ReadonlySet<number>> | undefined;
}

/** Of what is most likely the rarest. */
export async function keysOf(
  client: pg.ClientBase,
  { callId, session, called, calling, number }: SearchFilter,
): Promise<readonly KeyRange[] | undefined> {
  if (callId !== undefined || session !== undefined) {
    const { rows } = await client.query<{ key: bigint }>(`select ${callIdKey('$1::text')} as key`, [callId ?? session]);
    return rows.map(({ key }) => ({ from: key, to: key }));
  }
  const wanted = called ?? calling ?? number;
  return wanted === undefined ? undefined : keyRanges(wanted.text, wanted.exact);
}

/** By part the record numbers of the calls with the number that is asked for; none where so many fit that a list is of no use. */
export async function numbersIn(
  client: pg.ClientBase,
  keys: readonly KeyRange[] | undefined,
  parts: readonly Part[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const indexed = new Map(parts.flatMap((part) => (part.id === undefined ? [] : [[part.id, part] as const])));
  if (keys === undefined || indexed.size === 0) return new Map();
  const found = new Map<number, Set<number>>([...indexed.keys()].map((id) => [id, new Set()]));
  for (const { from, to } of keys) {
    const { rows } = await client.query<{ part_id: number; at: readonly number[]; chunks: bigint }>(
      `select part_id, count(*) over (partition by part_id) as chunks, array(select u.at from unnest(c.keys, c.at) as u(key, at) where u.key between $2 and $3) as at
         from unnest($1::int[]) as w(part_id) cross join lateral (
           (select keys, at from usage_search_number n where n.part_id = w.part_id and first_key < $2 order by first_key desc, place desc limit 1)
           union all
           (select keys, at from usage_search_number n where n.part_id = w.part_id and first_key between $2 and $3 order by first_key, place limit ${MOST_CHUNKS})) as c`,
      [`{${[...indexed.keys()].join(',')}}`, from, to],
    );
    for (const { part_id, at, chunks } of rows) {
      if (Number(chunks) > MOST_CHUNKS) found.delete(part_id);
      const first = indexed.get(part_id)?.first ?? 0;
      const ids = found.get(part_id);
      if (ids !== undefined) for (const each of at) ids.add(first + each);
    }
  }
  return new Map([...found].map(([id, ids]) => [id, [...ids]]));
}

/** By part the blocks in which all that is asked for may be; undefined: nothing of it is known of blocks. */
export async function blocksOf(
  client: pg.ClientBase,
  filter: SearchFilter,
  parts: readonly Part[],
): Promise<ReadonlyMap<number, ReadonlySet<number>> | undefined> {
  const { trunks, agreements, destination, fileIds } = filter;
  const hashed = 'array(select hashtextextended(name, 0) from unnest($2::text[]) as t(name))';
  const both = agreements !== undefined && destination !== undefined;
  const wanted: readonly (readonly [kind: number, keys: readonly (string | number)[] | undefined, sql: string])[] = [
    [BLOCK_KINDS.trunk, trunks, '$2::bigint[]'],
    [BLOCK_KINDS.file, fileIds, '$2::bigint[]'],
    [BLOCK_KINDS.agreement, both ? undefined : agreements, hashed],
    [BLOCK_KINDS.destination, both || destination === undefined ? undefined : [destination], hashed],
    [BLOCK_KINDS.both, both ? agreements.map((agreement) => `${agreement}\n${destination}`) : undefined, hashed],
  ];
  const indexed = parts.flatMap(({ id }) => (id === undefined ? [] : [id]));
  let known: Map<number, ReadonlySet<number>> | undefined;
  for (const [kind, keys, sql] of wanted) {
    if (keys === undefined) continue;
    const { rows } = await client.query<{ part_id: number; blocks: readonly number[] }>(
      `select part_id, blocks from usage_search_block where part_id = any($1::int[]) and kind = ${kind} and key = any(${sql})`,
      [indexed, keys],
    );
    const of = new Map<number, Set<number>>();
    for (const { part_id, blocks } of rows) {
      const all = of.get(part_id) ?? new Set();
      for (const block of blocks) if (known === undefined || known.get(part_id)?.has(block) === true) all.add(block);
      of.set(part_id, all);
    }
    known = of;
  }
  const timed = filter.from === undefined && filter.to === undefined ? known : await withTimes(client, filter, parts, known);
  return filter.service === undefined ? timed : withService(client, services.indexOf(filter.service), parts, timed);
}

/** Parts of before services were known of blocks have no block of any: all of theirs may be right. */
async function withService(
  client: pg.ClientBase,
  service: number,
  parts: readonly Part[],
  known: ReadonlyMap<number, ReadonlySet<number>> | undefined,
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const { rows } = await client.query<{ part_id: number; blocks: readonly number[] | null }>(
    // The one that is wanted last.
    `select part_id, case when key = $2 then blocks end as blocks from usage_search_block
      where part_id = any($1::int[]) and kind = ${BLOCK_KINDS.service} order by key = $2`,
    [parts.flatMap(({ id }) => (id === undefined ? [] : [id])), service],
  );
  const named = new Map(rows.map(({ part_id, blocks }) => [part_id, blocks ?? []]));
  const of = new Map<number, ReadonlySet<number>>();
  for (const { id, first, last } of parts) {
    if (id === undefined) continue;
    const blocks = named.get(id) ?? Array.from({ length: ((last - first) >> BLOCK_BITS) + 1 }, (_, block) => block);
    const both = blocks.filter((block) => known === undefined || known.get(id)?.has(block) === true);
    if (both.length > 0) of.set(id, new Set(both));
  }
  return of;
}

/** Blocks with something of the time. Of parts of before times were known all that is known already. */
async function withTimes(
  client: pg.ClientBase,
  { from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER }: SearchFilter,
  parts: readonly Part[],
  known: ReadonlyMap<number, ReadonlySet<number>> | undefined,
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const { rows } = await client.query<{ part_id: number; key: bigint; blocks: readonly number[] }>(
    `select part_id, key, blocks from usage_search_block where part_id = any($1::int[]) and kind = ${BLOCK_KINDS.times}`,
    [parts.flatMap(({ id }) => (id === undefined ? [] : [id]))],
  );
  const listOf = new Map(rows.map(({ part_id, key, blocks }) => [`${part_id} ${key}`, blocks]));
  const of = new Map<number, ReadonlySet<number>>();
  for (const { id, day, first, last } of parts) {
    if (id === undefined) continue;
    const begin = Date.parse(day) * 1_000;
    const [blocks, firsts = [], lasts = []] = [0, 1, 2].map((key) => listOf.get(`${id} ${key}`));
    const timed =
      blocks?.filter((_, at) => begin + (firsts[at] ?? 0) * 1e6 < to && begin + ((lasts[at] ?? 0) + 1) * 1e6 > from) ??
      Array.from({ length: ((last - first) >> BLOCK_BITS) + 1 }, (_, block) => block);
    const both = timed.filter((block) => known === undefined || known.get(id)?.has(block) === true);
    if (both.length > 0) of.set(id, new Set(both));
  }
  return of;
}
