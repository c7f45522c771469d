/** Events with their charges as they stand now: rows of `usage_event`, what was adjusted of them, and names for their numbers. */
import type pg from 'pg';
import type { LegRole } from '#core/agreements/agreements.ts';
import { type Service, services } from '#core/usage/usage-event.ts';
import type { ChargeLine, Leg, StandingCharge, StandingEvent } from '#operations/usage/standing-charge.ts';
import { countersOf } from './row-text.ts';
import { type EventDetail, eventOf } from './stored-events.ts';

/** What is read of `usage_event e`, in the order of `StandingRow`: numbers, without a join. Names are looked up once, not for each event. */
export const STANDING_COLUMNS = `e.event_id, e.file_id, e.run_id, e.source_key, e.service, e.started_at, e.duration_micros, e.answered,
  e.calling, e.called, e.trunk_in, e.trunk_out, e.cause, e.detail,
  e.in_line, coalesce(e.in_day, e.day), e.in_raw, e.in_billed, e.in_amount_nanos, e.in_counters,
  e.out_line, coalesce(e.out_day, e.day), e.out_raw, e.out_billed, e.out_amount_nanos, e.out_counters`;

type LegColumns = [line: number, day: string, raw: bigint | null, billed: bigint, amountNanos: bigint, counters: unknown];

/** As an array: rows with names take twice as long to make. */
export type StandingRow = [
  ...[eventId: bigint, fileId: number, runId: number, sourceKey: string, service: number, startedAt: number, durationMicros: bigint],
  ...[answered: boolean, calling: string | null, called: string, trunkIn: number, trunkOut: number, cause: string | null],
  detail: EventDetail | null,
  ...LegColumns,
  ...LegColumns,
];

const FILE = 1;
const RUN = 2;
const TRUNKS = [10, 11] as const;
const LINES = [14, 20] as const;

interface AdjustedLeg {
  readonly leg: Leg;
  readonly events: number;
  readonly lineId: number;
  readonly day: string;
  readonly raw: bigint;
  readonly billed: bigint;
  readonly amountNanos: bigint;
  readonly runId: number | null;
  readonly counters: unknown;
}

type AdjustedRow = [bigint, Leg, bigint, number, string, string, string, string, number | null, unknown];

/**
 * Reads what rows say, in the transaction of `client`. Keeps the names of files, runs, trunks and lines that it meets: some 200 bytes
 * for each line, however many events there are.
 */
export class StandingReader {
  readonly #client: pg.ClientBase;
  /** Whether there are adjustments at all: asking for those of each event is most of the reading where there are none. */
  readonly #adjusted: boolean;
  readonly #sources = new Map<number, string>();
  readonly #runs = new Map<number, number>();
  readonly #trunks = new Map<number, string>();
  readonly #lines = new Map<number, ChargeLine>();

  private constructor(client: pg.ClientBase, adjusted: boolean) {
    this.#client = client;
    this.#adjusted = adjusted;
  }

  /** Adjustments that are entered afterwards are seen when there were some before. */
  static async open(client: pg.ClientBase): Promise<StandingReader> {
    const { rows } = await client.query<{ some: boolean }>('select exists (select from usage_adjustment) as some');
    return new StandingReader(client, rows[0]?.some === true);
  }

  /** All queries for these rows are made when it returns; the events are made when they are asked for. */
  async learn(rows: readonly StandingRow[]): Promise<() => Generator<StandingEvent>> {
    const adjusted = this.#adjusted && rows.length > 0 ? await this.#adjustments(rows) : NONE;
    await this.#learnNames(rows, adjusted);
    return () => this.#events(rows, adjusted);
  }

  /** One after the other, so that each can be forgotten before the next is made. */
  *#events(rows: readonly StandingRow[], adjusted: ReadonlyMap<bigint, readonly AdjustedLeg[]>): Generator<StandingEvent> {
    for (const row of rows) yield this.#eventOf(row, adjusted.get(row[0]) ?? NO_LEGS);
  }

  async #adjustments(rows: readonly StandingRow[]): Promise<ReadonlyMap<bigint, readonly AdjustedLeg[]>> {
    // One event after the other, so that the plan is a look into the index for each, however large the table has become.
    const { rows: legs } = await this.#client.query<AdjustedRow>({
      text: `select a.event_id, a.leg, a.events, a.line_id, a.local_day, a.raw, a.billed, a.amount_nanos, a.run_id, a.counters
               from unnest($1::bigint[]) as wanted(id) cross join lateral (select * from usage_adjusted u where u.event_id = wanted.id) a`,
      values: [`{${rows.map(([id]) => id).join(',')}}`],
      rowMode: 'array',
    });
    const found = new Map<bigint, AdjustedLeg[]>();
    for (const [id, leg, events, lineId, day, raw, billed, amountNanos, runId, counters] of legs) {
      const of = found.get(id) ?? [];
      of.push({
        ...{ leg, events: Number(events), lineId, day, runId, counters },
        ...{ raw: BigInt(raw), billed: BigInt(billed), amountNanos: BigInt(amountNanos) },
      });
      found.set(id, of);
    }
    return found;
  }

  async #learnNames(rows: readonly StandingRow[], adjusted: ReadonlyMap<bigint, readonly AdjustedLeg[]>): Promise<void> {
    const files = new Set<number>();
    const runs = new Set<number>();
    const trunks = new Set<number>();
    const lines = new Set<number>();
    const want = (known: ReadonlyMap<number, unknown>, wanted: Set<number>, id: number): void => {
      if (id !== 0 && !known.has(id)) wanted.add(id);
    };
    for (const row of rows) {
      want(this.#sources, files, row[FILE]);
      want(this.#runs, runs, row[RUN]);
      for (const at of TRUNKS) want(this.#trunks, trunks, row[at]);
      for (const at of LINES) want(this.#lines, lines, row[at]);
    }
    for (const legs of adjusted.values())
      for (const { lineId, runId } of legs) {
        want(this.#lines, lines, lineId);
        if (runId !== null) want(this.#runs, runs, runId);
      }
    await this.#learn(this.#sources, files, 'select f.file_id, s.name from usage_file f join usage_source s using (source_id)', 'file_id');
    await this.#learn(this.#runs, runs, 'select run_id, known_at from usage_run', 'run_id');
    await this.#learn(this.#trunks, trunks, 'select trunk_id, name from usage_trunk', 'trunk_id');
    await this.#learnLines(lines);
  }

  async #learn<T extends string | number>(into: Map<number, T>, wanted: ReadonlySet<number>, select: string, key: string): Promise<void> {
    if (wanted.size === 0) return;
    const { rows } = await this.#client.query<[number, T]>({
      text: `${select} where ${key} = any($1)`,
      values: [[...wanted]],
      rowMode: 'array',
    });
    for (const [id, value] of rows) into.set(id, value);
  }

  async #learnLines(wanted: ReadonlySet<number>): Promise<void> {
    if (wanted.size === 0) return;
    const { rows } = await this.#client.query<LineRow>(
      `select line_id, agreement, version_id, role, tariff, rate_id, destination, band, currency from rollup_line where line_id = any($1)`,
      [[...wanted]],
    );
    for (const { line_id, version_id: versionId, rate_id: rateId, ...rest } of rows)
      this.#lines.set(line_id, { ...rest, versionId, rateId });
  }

  #eventOf(row: StandingRow, adjusted: readonly AdjustedLeg[]): StandingEvent {
    const [id, fileId, runId, sourceKey, service, startedAt, durationMicros, answered, calling, called, trunkIn, trunkOut, cause, detail] =
      row;
    const [, , , , , , , , , , , , , , inLine, inDay, inRaw, inBilled, inNanos, inCounters, outLine, outDay, outRaw, outBilled, outNanos] =
      row;
    const eventId = Number(id);
    const event = eventOf({
      ...{
        source_key: sourceKey,
        source: name(this.#sources, fileId),
        service: serviceOf(service),
        started_at: startedAt,
        calling,
        called,
      },
      ...{ trunk_in: trunkIn === 0 ? null : name(this.#trunks, trunkIn), trunk_out: trunkOut === 0 ? null : name(this.#trunks, trunkOut) },
      ...{ answered, duration_micros: durationMicros, cause, detail },
    });
    const known = name(this.#runs, runId);
    const charges: StandingCharge[] = [];
    this.#add(charges, 'in', inLine, inDay, inRaw ?? durationMicros, inBilled, inNanos, inCounters, known, adjusted);
    this.#add(charges, 'out', outLine, outDay, outRaw ?? durationMicros, outBilled, outNanos, row[25], known, adjusted);
    return { eventId, fileId, event, charges };
  }

  /** The leg as it was booked, with what was adjusted of it; nothing where it is not charged. */
  #add(
    charges: StandingCharge[],
    leg: Leg,
    lineId: number,
    day: string,
    raw: bigint,
    billed: bigint,
    amountNanos: bigint,
    counters: unknown,
    knownAtMicros: number,
    adjustedLegs: readonly AdjustedLeg[],
  ): void {
    const adjusted = adjustedLegs.find((each) => each.leg === leg);
    const booked = lineId !== 0;
    if (adjusted === undefined) {
      if (booked)
        charges.push({ leg, line: name(this.#lines, lineId), day, raw, billed, amountNanos, moves: countersOf(counters), knownAtMicros });
      return;
    }
    if ((booked ? 1 : 0) + adjusted.events < 1) return;
    charges.push({
      leg,
      line: name(this.#lines, adjusted.lineId),
      day: adjusted.day,
      raw: (booked ? raw : 0n) + adjusted.raw,
      billed: (booked ? billed : 0n) + adjusted.billed,
      amountNanos: (booked ? amountNanos : 0n) + adjusted.amountNanos,
      moves: countersOf(adjusted.counters),
      knownAtMicros: adjusted.runId === null ? knownAtMicros : name(this.#runs, adjusted.runId),
    });
  }
}

const NONE: ReadonlyMap<bigint, readonly AdjustedLeg[]> = new Map();
const NO_LEGS: readonly AdjustedLeg[] = [];

function name<T>(names: ReadonlyMap<number, T>, id: number): T {
  const found = names.get(id);
  if (found === undefined) throw new Error(`number ${id} has no name in the books`);
  return found;
}

function serviceOf(place: number): Service {
  const service = services[place];
  if (service === undefined) throw new Error(`no service has number ${place}`);
  return service;
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
  const { rows } = await client.query<StandingRow>({
    text: `select ${STANDING_COLUMNS} from usage_event e where e.event_id = $1`,
    values: [eventId],
    rowMode: 'array',
  });
  if (rows.length === 0) return undefined;
  const reader = await StandingReader.open(client);
  const [event] = (await reader.learn(rows))();
  return event;
}

/**
 * Events of a cursor that is open in the transaction of `client`, some thousand at once. The server makes the next ones ready while
 * these are looked at: what is in memory is twice that many.
 */
export async function* fetchStanding(client: pg.ClientBase, cursor: string): AsyncGenerator<Iterable<StandingEvent>> {
  const reader = await StandingReader.open(client);
  const fetch = (): Promise<pg.QueryArrayResult<StandingRow>> => {
    const rows = client.query<StandingRow>({ text: `fetch ${ROWS_PER_FETCH} from ${cursor}`, rowMode: 'array' });
    // Whoever breaks off does not wait for it.
    rows.catch(() => undefined);
    return rows;
  };
  for (let next = fetch(); ; ) {
    const { rows } = await next;
    const events = await reader.learn(rows);
    if (rows.length === ROWS_PER_FETCH) next = fetch();
    yield events();
    if (rows.length < ROWS_PER_FETCH) break;
  }
  await client.query(`close ${cursor}`);
}

/** So few that they are let go before V8 takes them for something that stays. */
const ROWS_PER_FETCH = 1_000;
