/** Events with their charges as they stand now, from rows of `usage_rated` with what was adjusted of them. */
import type pg from 'pg';
import type { LegRole } from '#core/agreements/agreements.ts';
import type { ChargeLine, Leg, StandingCharge, StandingEvent } from '#operations/usage/standing-charge.ts';
import { parseTimestamptz } from '../column-types.ts';
import { countersOf } from './row-text.ts';
import { EVENT_SELECT, type EventRow, storedEventOf } from './stored-events.ts';

/** To be followed by `where`. */
export const STANDING_SELECT = `adjusted.legs as adjusted, ${EVENT_SELECT}
  left join lateral (select jsonb_object_agg(a.leg, jsonb_build_object('events', a.events, 'line', a.line_id, 'day', a.local_day,
      'raw', a.raw::text, 'billed', a.billed::text, 'amount', a.amount_nanos::text, 'known', r.known_at, 'counters', a.counters)) as legs
    from usage_adjusted a left join usage_run r on r.run_id = a.run_id where a.event_id = e.event_id) adjusted on true`;

interface AdjustedLeg {
  readonly events: number;
  readonly line: number;
  readonly day: string;
  readonly raw: string;
  readonly billed: string;
  readonly amount: string;
  readonly known: string | null;
  readonly counters: unknown;
}

export interface StandingRow extends EventRow {
  readonly adjusted: Readonly<Partial<Record<Leg, AdjustedLeg>>> | null;
}

const LEGS = ['in', 'out'] as const;

/** Lines of the rollup by their numbers, read when they are first met. */
export class ChargeLines {
  readonly #lines = new Map<number, ChargeLine>();

  /** Reads those of these rows that are not known yet. */
  async learn(client: pg.ClientBase, rows: readonly StandingRow[]): Promise<void> {
    const wanted = new Set<number>();
    for (const row of rows)
      for (const leg of LEGS)
        for (const id of [row[`${leg}_line`], row.adjusted?.[leg]?.line]) {
          if (typeof id === 'number' && !this.#lines.has(id)) wanted.add(id);
        }
    if (wanted.size === 0) return;
    const { rows: lines } = await client.query<LineRow>(
      `select line_id, agreement, version_id, role, tariff, rate_id, destination, band, currency from rollup_line where line_id = any($1)`,
      [[...wanted]],
    );
    for (const { line_id, version_id: versionId, rate_id: rateId, ...rest } of lines)
      this.#lines.set(line_id, { ...rest, versionId, rateId });
  }

  get(id: number): ChargeLine {
    const line = this.#lines.get(id);
    if (line === undefined) throw new Error(`line ${id} of the rollup is not there`);
    return line;
  }
}

interface LineRow {
  readonly line_id: number;
  readonly agreement: string;
  readonly version_id: number;
  readonly role: LegRole;
  readonly tariff: string;
  readonly rate_id: number;
  readonly destination: string;
  readonly band: string;
  readonly currency: string;
}

/** Undefined when there is no such event. */
export async function selectStandingEvent(client: pg.ClientBase, eventId: number): Promise<StandingEvent | undefined> {
  const { rows } = await client.query<StandingRow>(`select ${STANDING_SELECT} where e.event_id = $1`, [eventId]);
  const [row] = rows;
  if (row === undefined) return undefined;
  const lines = new ChargeLines();
  await lines.learn(client, rows);
  return standingEventOf(row, lines);
}

/** Lines must have been learnt. */
export function standingEventOf(row: StandingRow, lines: ChargeLines): StandingEvent {
  const stored = storedEventOf(row);
  const charges = LEGS.flatMap((leg): StandingCharge[] => {
    const base = stored.charges.find((each) => each.leg === leg);
    const adjusted = row.adjusted?.[leg];
    if ((base === undefined ? 0 : 1) + (adjusted?.events ?? 0) < 1) return [];
    const lineId = adjusted?.line ?? row[`${leg}_line`];
    if (typeof lineId !== 'number') throw new Error(`event ${stored.eventId} has no line on leg ${leg}`);
    return [
      {
        leg,
        line: lines.get(lineId),
        day: adjusted?.day ?? base?.day ?? '',
        raw: (base?.raw ?? 0n) + BigInt(adjusted?.raw ?? 0),
        billed: (base?.billed ?? 0n) + BigInt(adjusted?.billed ?? 0),
        amountNanos: (base?.amountNanos ?? 0n) + BigInt(adjusted?.amount ?? 0),
        moves: adjusted === undefined ? (base?.moves ?? []) : countersOf(adjusted.counters),
        knownAtMicros: adjusted?.known == null ? stored.knownAtMicros : parseJsonInstant(adjusted.known),
      },
    ];
  });
  return { eventId: stored.eventId, fileId: stored.fileId, event: stored.event, charges };
}

/** JSON has `2026-10-05T08:00:01.25+00:00` where a column has a blank. */
function parseJsonInstant(text: string): number {
  return text.endsWith('infinity') ? Number(text.replace('infinity', 'Infinity')) : parseTimestamptz(text.replace('T', ' '));
}
