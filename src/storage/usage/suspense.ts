/** What waits in suspense, added up, and what like usage was charged lately. */
import type pg from 'pg';
import type { LegRole } from '#core/agreements/agreements.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { groupName, groupParts, moreCondition, type WaitingFilter, waitingCondition } from './waiting.ts';

/** Held records that are alike. */
export interface HeldUsage {
  /** The group of what is alike, where that is asked for; else empty. */
  readonly group: string;
  readonly reason: string;
  readonly source: string;
  readonly trunkIn: string | undefined;
  readonly trunkOut: string | undefined;
  readonly service: Service;
  /** The first digits of the called number. */
  readonly called: string;
  readonly records: number;
  readonly answered: bigint;
  readonly micros: bigint;
  readonly firstSeenMicros: number;
  readonly lastSeenMicros: number;
}

interface HeldRow {
  readonly group: string;
  readonly reason: string;
  readonly source: string;
  readonly trunk_in: string | null;
  readonly trunk_out: string | null;
  readonly service: Service;
  readonly called: string;
  readonly records: bigint;
  readonly answered: bigint;
  readonly micros: string;
  readonly first: number;
  readonly last: number;
}

/** How many digits of a called number tell records apart: `least`, and `more` where it begins so, by its first `head` digits. */
export interface DigitsTold {
  readonly least: number;
  readonly head: number;
  readonly more: ReadonlyMap<string, number>;
}

/** Not more rows than tell records apart: each is sent, and looked at. */
export async function selectHeldUsage(
  client: pg.ClientBase | pg.Pool,
  filter: WaitingFilter,
  isByGroup: boolean,
  { least, head, more: lengths }: DigitsTold,
): Promise<readonly HeldUsage[]> {
  const more = moreCondition('held', filter, 6);
  const { rows } = await client.query<HeldRow>(
    // Groups are named when records are added up, as lists of groups are. Lengths are looked up in one value: joined with, they cost a sort of all records.
    `select g.*, s.name as source, ${isByGroup ? groupName('writer', 'about') : "''"} as "group" from (
       select reason, source_id, trunk_in, trunk_out, service, left(called, coalesce(($5::jsonb ->> left(called, $4))::int, $3)) as called,
           ${isByGroup ? groupParts('held') : "'' as writer, '' as about"}, count(*) as records,
           count(*) filter (where answered) as answered, coalesce(sum(duration_micros) filter (where answered), 0)::text as micros,
           min(held_at) as first, max(held_at) as last
         from usage_held w join usage_source s using (source_id)
        where ${waitingCondition(1)} ${more.sql} group by 1, 2, 3, 4, 5, 6, 7, 8) as g join usage_source s using (source_id)`,
    [filter.reason ?? null, filter.fileIds ?? null, least, head, JSON.stringify(Object.fromEntries(lengths)), ...more.values],
  );
  return rows.map(({ trunk_in, trunk_out, records, micros, first, last, reason, source, service, called, answered, group }) => ({
    ...{ reason, source, service, called, answered, group },
    trunkIn: trunk_in ?? undefined,
    trunkOut: trunk_out ?? undefined,
    records: Number(records),
    micros: BigInt(micros),
    firstSeenMicros: first,
    lastSeenMicros: last,
  }));
}

export interface LateCharges {
  readonly agreement: string;
  readonly role: LegRole;
  readonly tariff: string;
  readonly currency: string;
  /** Undefined: the rate is one of a destination. */
  readonly code: string | undefined;
  readonly destination: string;
  readonly answered: bigint;
  readonly raw: bigint;
  readonly nanos: bigint;
}

type Figures = 'answered' | 'raw' | 'nanos';

/** Of the last days that have charges, by line of the rollup. */
export async function selectLateCharges(client: pg.ClientBase | pg.Pool, days: number): Promise<readonly LateCharges[]> {
  const { rows } = await client.query<Omit<LateCharges, 'code' | Figures> & Record<Figures, string> & { code: string | null }>(
    // Added up by line first: the names of lines are texts, and a line has a sum for each day.
    `select l.agreement, l.role, l.tariff, l.currency, r.code, l.destination, s.answered, s.raw, s.nanos
       from (select line_id, sum(answered)::text as answered, trim_scale(sum(raw_quantity))::text as raw, trim_scale(sum(amount_nanos))::text as nanos
               from rollup_sum where day > (select max(day) from rollup_day) - $1::int group by line_id) s
         join rollup_line l using (line_id) join rate r on r.rate_id = l.rate_id`,
    [days],
  );
  return rows.map(({ code, answered, raw, nanos, ...rest }) => ({
    ...rest,
    ...{ code: code ?? undefined, answered: BigInt(answered), raw: BigInt(raw), nanos: BigInt(nanos) },
  }));
}

/** Held records whose called number begins with the code, of those that wait for a rate of the tariff. */
export async function countWithoutRate(client: pg.ClientBase | pg.Pool, tariff: string, code: string): Promise<number> {
  const { rows } = await client.query<{ records: bigint }>(
    `select count(*) as records from usage_held
      where reason in ('rating.no-rate', 'rating.no-rate-in-band') and starts_with(detail, format('tariff %s has no rate for ', $1::text))
        and starts_with(called, $2)`,
    [tariff, code],
  );
  return Number(rows[0]?.records ?? 0);
}
