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
  readonly #lines = new Map<ChargeLine, Line>();
  readonly #named = new Map<string, Line>();
  readonly #runs = new Map<number, number>();
  /** Of the transaction under way: agreements with their first open day, what goes into the rollup by day and line, rows on their way. */
  #closed: ReadonlyMap<string, string> | undefined;
  readonly #sums = new Map<number, Map<number, Sum>>();
  #copying: Promise<unknown> = Promise.resolve();

  /** `correctionRun`: to which the rows belong, where one asked for them. */
  constructor(client: pg.PoolClient, correctionRun?: number) {
    this.#client = client;
    this.#correctionRun = correctionRun === undefined ? NULL : String(correctionRun);
  }

  /** All that one transaction books. */
  async book(corrections: readonly Correction[]): Promise<void> {
    await this.add(corrections);
    await this.end();
  }

  /**
   * Some of what a transaction books; `end` comes in the same one. Rows may be on their way when it returns.
   * What changes a closed day is booked with the first day that is open, and says to which day it belongs.
   */
  async add(corrections: readonly Correction[]): Promise<void> {
    if (corrections.length === 0) return;
    this.#closed ??= await this.#closedDays();
    await this.#learnLines(corrections);
    await this.#learnRuns(corrections);
    const pieces: Buffer[] = [];
    let text = '';
    for (const [index, correction] of corrections.entries()) {
      const line = this.#lines.get(correction.line) as Line; // all are known now
      const open = this.#closed.get(correction.line.agreement);
      const day = open !== undefined && correction.day < open ? open : correction.day;
      text += this.#row(correction, line, day);
      this.#sum(line.id, day, correction);
      if ((index + 1) % ROWS_PER_PIECE !== 0) continue;
      pieces.push(Buffer.from(text));
      text = '';
    }
    pieces.push(Buffer.from(text));
    await this.#copying;
    this.#copying = copyAtOnce(this.#client, `copy usage_adjustment (${COLUMNS}) from stdin`, pieces);
    this.#copying.catch(() => undefined); // reported where it is awaited
  }

  /** The last of a transaction: what was added is written, and is in the rollup. */
  async end(): Promise<void> {
    await this.#copying;
    this.#closed = undefined;
    const sums = [...this.#sums.values()].flatMap((ofDay) => [...ofDay.values()]);
    this.#sums.clear();
    // In the order of the index: neighbours are on the same page.
    await addRollup(
      this.#client,
      sums.sort((a, b) => a.lineId - b.lineId || a.day - b.day),
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

  #sum(lineId: number, date: string, { event, events, raw, billed, amountNanos }: Correction): void {
    const day = dayOf(date);
    let ofDay = this.#sums.get(day);
    if (ofDay === undefined) {
      ofDay = new Map();
      this.#sums.set(day, ofDay);
    }
    let sum = ofDay.get(lineId);
    if (sum === undefined) {
      sum = { lineId, day, events: 0, answered: 0, rawQuantity: 0n, billedQuantity: 0n, amountNanos: 0n };
      ofDay.set(lineId, sum);
    }
    sum.events += events;
    if (event.answered) sum.answered += events;
    sum.rawQuantity += raw;
    sum.billedQuantity += billed;
    sum.amountNanos += amountNanos;
  }

  /** Read in each transaction: a day may have been closed since the last. */
  async #closedDays(): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.#client.query<{ agreement: string; day: string }>(
      'select agreement, max(day) as day from usage_closed_until group by agreement',
    );
    return new Map(rows.map(({ agreement, day }) => [agreement, day]));
  }

  /** By the object first: of most charges it is the same again and again, and comparing seven fields of each takes longer than all the rest. */
  async #learnLines(corrections: readonly Correction[]): Promise<void> {
    const missing = new Map<ChargeLine, string>();
    for (const { line } of corrections) {
      if (this.#lines.has(line) || missing.has(line)) continue;
      const key = lineKey(line);
      const named = this.#named.get(key);
      if (named === undefined) missing.set(line, key);
      else this.#lines.set(line, named);
    }
    if (missing.size === 0) return;
    const ids = await this.#numbers.of(this.#client, [...missing.keys()]);
    for (const [index, [line, key]] of [...missing].entries()) {
      const { versionId, role, rateId, band } = line;
      const id = ids[index] as number; // all were asked for
      const after = `${rateId === 0 ? NULL : rateId}\t${band === '' ? NULL : copyField(band)}`;
      const known = this.#named.get(key) ?? { id, before: `${versionId}\t${role}`, after };
      this.#named.set(key, known);
      this.#lines.set(line, known);
    }
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
