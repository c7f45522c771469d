/** On which days agreements have traffic, for those of which a day may be missing. */
import type pg from 'pg';
import type { LegRole } from '#core/agreements/agreements.ts';
import { IDLE_WEEKS } from '#core/settlement/idle-days.ts';
import type { Period } from '#core/time/period.ts';
import type { ActiveDays } from '#operations/periods/ports.ts';

/** Local days with events, from some weeks before the period to its end. */
export async function selectActiveDays(
  client: pg.ClientBase,
  versions: readonly number[],
  { from, to }: Period,
): Promise<ReadonlyMap<string, ActiveDays>> {
  if (versions.length === 0) return new Map();
  const { rows } = await client.query<{ agreement: string; role: LegRole; days: string[] }>(
    `select agreement, role, array_agg(distinct s.day::text) as days
       from rollup_line l cross join lateral (
         select day from rollup_sum s where s.line_id = l.line_id and s.day >= $2::date - ${7 * IDLE_WEEKS} and s.day < $3 and events <> 0) s
      where version_id = any($1) group by 1, 2`,
    [versions, from, to],
  );
  const active = new Map<string, Map<LegRole, ReadonlySet<string>>>();
  for (const { agreement, role, days } of rows) active.set(agreement, (active.get(agreement) ?? new Map()).set(role, new Set(days)));
  return active;
}

/** Whether anything at all, of any agreement, is charged on a day or after it. */
export async function isChargedFrom(client: pg.ClientBase, day: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (select from rollup_line l cross join lateral (
       select from rollup_sum s where s.line_id = l.line_id and s.day >= $1 limit 1) s) as found`,
    [day],
  );
  return rows[0]?.found === true;
}
