/** Numbers for what usage rows do not say in words. New ones are entered: only the one writer of usage may ask. */
import type pg from 'pg';
import type { LineNames } from '#pipeline/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import { copyRows } from '../database.ts';
import { copyField } from './row-text.ts';

/** In their order. Those that are not there are numbered here, behind the last, and entered by COPY. */
export async function lineIds(client: pg.PoolClient, lines: readonly LineNames[]): Promise<readonly number[]> {
  if (lines.length === 0) return [];
  const { rows } = await client.query<{ place: bigint; line_id: number }>(
    `select place, line_id from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[])
        with ordinality as g(rate_id, version_id, role, band, tariff, destination, place)
       join rollup_line l using (rate_id, version_id, role, band, tariff, destination)`,
    [
      lines.map(({ rateId }) => rateId),
      lines.map(({ versionId }) => versionId),
      lines.map(({ role }) => role),
      lines.map(({ band }) => band),
      lines.map(({ tariff }) => tariff),
      lines.map(({ destination }) => destination),
    ],
  );
  const ids: (number | undefined)[] = lines.map(() => undefined);
  for (const { place, line_id } of rows) ids[Number(place) - 1] = line_id;
  if (rows.length < lines.length) await enter(client, lines, ids);
  return ids.map((id) => id as number); // all of them are entered
}

/** Numbers the lines that have none in `ids`. The same line may be there more than once. */
async function enter(client: pg.PoolClient, lines: readonly LineNames[], ids: (number | undefined)[]): Promise<void> {
  const { rows } = await client.query<{ last: number }>('select coalesce(max(line_id), 0) as last from rollup_line');
  let last = rows[0]?.last ?? 0;
  const entered = new Map<string, number>();
  const copied: string[] = [];
  for (const [index, { agreement, versionId, role, tariff, rateId, destination, band, currency }] of lines.entries()) {
    if (ids[index] !== undefined) continue;
    const named = [agreement, String(versionId), role, tariff, String(rateId), destination, band, currency].map(copyField).join('\t');
    let id = entered.get(named);
    if (id === undefined) {
      last += 1;
      id = last;
      entered.set(named, id);
      copied.push(`${id}\t${named}\n`);
    }
    ids[index] = id;
  }
  await copyRows(
    client,
    'copy rollup_line (line_id, agreement, version_id, role, tariff, rate_id, destination, band, currency) from stdin',
    [copied.join('')],
  );
}

/** In their order; of trunks over which calls in the books run. */
export async function trunkIds(client: pg.ClientBase, names: readonly string[]): Promise<readonly number[]> {
  if (names.length === 0) return [];
  await client.query(
    'insert into usage_trunk (name) select n from unnest($1::text[]) as n where not exists (select from usage_trunk where name = n)',
    [names],
  );
  const { rows } = await client.query<{ trunk_id: number }>(
    'select trunk_id from unnest($1::text[]) with ordinality as g(name, place) join usage_trunk using (name) order by place',
    [names],
  );
  return rows.map(({ trunk_id }) => trunk_id);
}

/** One for each instant of knowledge: runs that knew the same share a number. */
export async function runId(client: pg.ClientBase, knownAtMicros: number): Promise<number> {
  const at = [formatTimestamptz(knownAtMicros)];
  const { rows: known } = await client.query<{ run_id: number }>('select run_id from usage_run where known_at = $1 limit 1', at);
  if (known[0] !== undefined) return known[0].run_id;
  const { rows } = await client.query<{ run_id: number }>('insert into usage_run (known_at) values ($1) returning run_id', at);
  if (rows[0] === undefined) throw new Error('the run was not entered');
  return rows[0].run_id;
}
