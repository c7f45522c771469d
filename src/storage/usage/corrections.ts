/** Writes corrections: rows of `usage_adjustment` and their part of the rollups, in the caller's transaction. */
import type pg from 'pg';
import type { ChargeLine, Correction } from '#operations/usage/standing-charge.ts';
import { formatCounters } from '#pipeline/ports.ts';
import type { RollupMove } from '#pipeline/rollup-sums.ts';
import { copyAtOnce } from '../copy-at-once.ts';
import { utcDay } from './days.ts';
import { LineNumbers, runId } from './dictionaries.ts';
import { addRollup } from './rollup-rows.ts';
import { copyField } from './row-text.ts';

const COLUMNS = `event_id, day, leg, version_id, role, local_day, rate_id, band, billed, amount_nanos, counters, reason, line_id, events,
  answered, raw, whole, run_id, correction_run, original_day`;

const ROWS_PER_PIECE = 2_000;

/** Good for one transaction after the other. Remembers the numbers of lines: after one that was rolled back it must not be used. */
export class CorrectionBooks {
  readonly #client: pg.PoolClient;
  readonly #correctionRun: string;
  readonly #numbers = new LineNumbers();
  readonly #lines = new Map<string, Line>();
  readonly #runs = new Map<number, number>();

  /** `correctionRun`: to which the rows belong, where one asked for them. */
  constructor(client: pg.PoolClient, correctionRun?: number) {
    this.#client = client;
    this.#correctionRun = correctionRun === undefined ? NULL : String(correctionRun);
  }

  /** What changes a closed day is booked with the first day that is open, and says to which day it belongs. */
  async book(corrections: readonly Correction[]): Promise<void> {
    if (corrections.length === 0) return;
    const client = this.#client;
    const closed = await this.#closedDays();
    const lines = await this.#linesOf(corrections);
    await this.#learnRuns(corrections);
    const sums = new Map<number, Sum>();
    const pieces: Buffer[] = [];
    let text = '';
    for (const [index, correction] of corrections.entries()) {
      const line = lines[index] as Line; // one for each
      const open = closed.get(correction.line.agreement);
      const day = open !== undefined && correction.day < open ? open : correction.day;
      text += this.#row(correction, line, day);
      add(sums, line.id, day, correction);
      if ((index + 1) % ROWS_PER_PIECE !== 0) continue;
      pieces.push(Buffer.from(text));
      text = '';
    }
    pieces.push(Buffer.from(text));
    await copyAtOnce(client, `copy usage_adjustment (${COLUMNS}) from stdin`, pieces);
    // In the order of the index: neighbours are on the same page.
    await addRollup(
      client,
      [...sums.values()].sort((a, b) => a.lineId - b.lineId || a.day - b.day),
    );
  }

  #row(correction: Correction, line: Line, day: string): string {
    const { eventId, event, leg, events, raw, billed, amountNanos, moves, wholeBilled, reason, knownAtMicros } = correction;
    const counters = moves.length === 0 ? '{}' : copyField(formatCounters(moves));
    const about = `${eventId}\t${utcDay(event.startMicros)}\t${leg}\t${line.before}\t${day}\t${line.after}\t${billed}\t${amountNanos}\t${counters}`;
    const answered = event.answered ? events : 0;
    const more = `${reason}\t${line.id}\t${events}\t${answered}\t${raw}\t${wholeBilled}\t${this.#runs.get(knownAtMicros)}`;
    return `${about}\t${more}\t${this.#correctionRun}\t${day === correction.day ? NULL : correction.day}\n`;
  }

  /** Read each time: a day may have been closed since the last. */
  async #closedDays(): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.#client.query<{ agreement: string; day: string }>(
      'select agreement, max(day) as day from usage_closed_until group by agreement',
    );
    return new Map(rows.map(({ agreement, day }) => [agreement, day]));
  }

  /** In their order. */
  async #linesOf(corrections: readonly Correction[]): Promise<readonly Line[]> {
    const keys = corrections.map(({ line }) => lineKey(line));
    const missing = new Map<string, ChargeLine>();
    for (const [index, { line }] of corrections.entries()) {
      const key = keys[index] as string; // one for each
      if (!this.#lines.has(key)) missing.set(key, line);
    }
    const wanted = [...missing];
    const ids = wanted.length === 0 ? [] : await this.#numbers.of(this.#client, [...missing.values()]);
    for (const [index, [key, { versionId, role, rateId, band }]] of wanted.entries()) {
      const id = ids[index] as number; // all were asked for
      const after = `${rateId === 0 ? NULL : rateId}\t${band === '' ? NULL : copyField(band)}`;
      this.#lines.set(key, { id, before: `${versionId}\t${role}`, after });
    }
    return keys.map((key) => this.#lines.get(key) as Line); // all are there now
  }

  async #learnRuns(corrections: readonly Correction[]): Promise<void> {
    for (const { knownAtMicros } of corrections)
      if (!this.#runs.has(knownAtMicros)) this.#runs.set(knownAtMicros, await runId(this.#client, knownAtMicros));
  }
}

const NULL = '\\N';

/** A line's number, and what its rows say before and after their day. */
interface Line {
  readonly id: number;
  readonly before: string;
  readonly after: string;
}

type Sum = { -readonly [K in keyof RollupMove]: K extends 'rawQuantity' | 'billedQuantity' | 'amountNanos' ? bigint : RollupMove[K] };

function add(sums: Map<number, Sum>, lineId: number, date: string, { event, events, raw, billed, amountNanos }: Correction): void {
  const day = dayOf(date);
  const key = lineId * DAYS + day;
  let sum = sums.get(key);
  if (sum === undefined) {
    sum = { lineId, day, events: 0, answered: 0, rawQuantity: 0n, billedQuantity: 0n, amountNanos: 0n };
    sums.set(key, sum);
  }
  sum.events += events;
  if (event.answered) sum.answered += events;
  sum.rawQuantity += raw;
  sum.billedQuantity += billed;
  sum.amountNanos += amountNanos;
}

/** More than there are from 1970-01-01 to the last day of a period. */
const DAYS = 2 ** 20;

/** The date that was read last, and what it says: calls stand in the order of their days. */
let lastDate = '';
let lastDay = 0;

/** Counted from 1970-01-01. */
function dayOf(date: string): number {
  if (date !== lastDate) {
    lastDay = Date.parse(date) / 86_400_000;
    lastDate = date;
  }
  return lastDay;
}

function lineKey({ rateId, versionId, role, band, tariff, destination }: ChargeLine): string {
  return `${rateId}|${versionId}|${role}|${band}|${tariff}|${destination}`;
}
