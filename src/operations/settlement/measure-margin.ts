import { type Result, refuse } from '#core/refusals.ts';
import { type Margin, marginOf } from '#core/settlement/margin.ts';
import { BY_DESTINATION, type MarginBy } from '#core/settlement/margin-by.ts';
import type { StatementPeriod } from '#core/settlement/statement-period.ts';
import { isZone, localDate, startOfLocalDay } from '#core/time/zoned.ts';
import type { SettlementBooks } from './books.ts';

export interface MarginRequest {
  readonly period: StatementPeriod;
  /** Zone in which the period's days are understood; the legal entities' when they agree, else UTC. */
  readonly zone?: string;
  readonly nowMicros: number;
  /** Left out: by destination. */
  readonly by?: MarginBy;
}

/** What events are added up under of which the set has no bin. */
const NONE = '(none)';

export interface MeasuredMargin extends Margin {
  readonly zone: string;
  readonly period: StatementPeriod;
  readonly by: MarginBy;
  /** Whether some of it was charged at rates with whole-volume tiers, whose adjustments are on statements only. */
  readonly volumeTiers: boolean;
}

/** Margin by destination over all agreements, of the events that began in the period. */
export async function measureMargin(books: SettlementBooks, request: MarginRequest): Promise<Result<MeasuredMargin>> {
  const { period } = request;
  const zone = request.zone ?? (await usualZone(books));
  if (!isZone(zone)) return refusal('margin.zone-unknown', 'not a time zone', { field: 'zone', value: zone.slice(0, 120) });
  const by = request.by ?? BY_DESTINATION;
  const margin = marginOf(await books.margins(startOfLocalDay(zone, period.from), startOfLocalDay(zone, period.to), by));
  if (by.kind === 'bin' && margin.lines.length > 0 && margin.lines.every(({ destination }) => destination === NONE)) {
    const message = `no event from ${period.from} to before ${period.to} is in a bin of a set of this name`;
    return refusal('margin.by-unknown', message, { field: '--by', value: `bin:${by.set}` });
  }
  if (margin.lines.length > 0)
    return { ok: true, value: { ...margin, zone, period, by, volumeTiers: await books.volumeTiersUsed(period) } };
  const today = localDate(zone, request.nowMicros);
  if (period.from > today) return refusal('statement.period-future', `the period begins on ${period.from}; in ${zone} it is ${today}`);
  return refusal('margin.no-usage', `nothing is booked from ${period.from} to before ${period.to}, ${zone}`);
}

async function usualZone(books: SettlementBooks): Promise<string> {
  const zones = new Set(await books.entityZones());
  const [first = 'UTC'] = zones;
  return zones.size === 1 ? first : 'UTC';
}

function refusal(...args: Parameters<typeof refuse>): Result<never> {
  return { ok: false, refusals: [refuse(...args)] };
}
