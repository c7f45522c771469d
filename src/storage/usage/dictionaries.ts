/** Numbers for what usage rows do not say in words. New ones are entered: only the one writer of usage may ask. */
import type pg from 'pg';
import type { LineNames } from '#pipeline/ports.ts';
import { formatTimestamptz } from '../column-types.ts';

/** In their order. Looked up before they are entered, so that the sequence of numbers is not used up by conflicts. */
export async function lineIds(client: pg.ClientBase, lines: readonly LineNames[]): Promise<readonly number[]> {
  if (lines.length === 0) return [];
  const values = [
    lines.map(({ agreement }) => agreement),
    lines.map(({ versionId }) => versionId),
    lines.map(({ role }) => role),
    lines.map(({ tariff }) => tariff),
    lines.map(({ rateId }) => rateId),
    lines.map(({ destination }) => destination),
    lines.map(({ band }) => band),
    lines.map(({ currency }) => currency),
  ];
  const given = `unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[])
    with ordinality as g(agreement, version_id, role, tariff, rate_id, destination, band, currency, place)`;
  const same =
    '(l.rate_id, l.version_id, l.role, l.band, l.tariff, l.destination) = (g.rate_id, g.version_id, g.role, g.band, g.tariff, g.destination)';
  await client.query(
    `insert into rollup_line (agreement, version_id, role, tariff, rate_id, destination, band, currency)
     select agreement, version_id, role, tariff, rate_id, destination, band, currency
       from ${given} where not exists (select from rollup_line l where ${same}) order by place on conflict do nothing`,
    values,
  );
  const { rows } = await client.query<{ line_id: number }>(
    `select line_id from ${given} join rollup_line l on ${same} order by place`,
    values,
  );
  if (rows.length !== lines.length) throw new Error(`${lines.length} lines have ${rows.length} numbers`);
  return rows.map(({ line_id }) => line_id);
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
