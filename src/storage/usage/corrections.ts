/** Writes corrections: rows of `usage_adjustment` and their part of the rollups, in the caller's transaction. */
import type pg from 'pg';
import type { Correction } from '#operations/usage/standing-charge.ts';
import { formatCounters } from '#pipeline/ports.ts';
import type { RollupMove } from '#pipeline/rollup-sums.ts';
import { copyField, copyRows } from '../database.ts';
import { utcDay } from './days.ts';
import { LineNumbers, runId } from './dictionaries.ts';
import { addRollup } from './rollup-rows.ts';

const COLUMNS = `event_id, day, leg, version_id, role, local_day, rate_id, band, billed, amount_nanos, counters, reason, line_id, events,
  answered, raw, whole, run_id, correction_run, original_day`;

export class CorrectionBooks {
  readonly #client: pg.PoolClient;
  readonly #correctionRun: number | undefined;
  readonly #closed = new Map<string, string>();
  readonly #lines = new LineNumbers();
  readonly #runs = new Map<number, number>();

  private constructor(client: pg.PoolClient, correctionRun: number | undefined) {
    this.#client = client;
    this.#correctionRun = correctionRun;
  }

  /** `correctionRun`: to which the rows belong, where one asked for them. */
  static async open(client: pg.PoolClient, correctionRun?: number): Promise<CorrectionBooks> {
    const books = new CorrectionBooks(client, correctionRun);
    const { rows } = await client.query<{ agreement: string; day: string }>(
      'select agreement, max(day) as day from usage_closed_until group by agreement',
    );
    for (const { agreement, day } of rows) books.#closed.set(agreement, day);
    return books;
  }

  /** What changes a closed day is booked with the first day that is open, and says to which day it belongs. */
  async book(corrections: readonly Correction[]): Promise<void> {
    if (corrections.length === 0) return;
    const client = this.#client;
    const ids = await this.#lines.of(client, distinctLines(corrections));
    const idOf = new Map(distinctLines(corrections).map((line, at) => [lineKey(line), ids[at] as number])); // one for each line
    const moves = new Map<string, Move>();
    const lines: string[] = [];
    for (const correction of corrections) {
      const { eventId, event, leg, line, events, raw, billed, amountNanos } = correction;
      const lineId = idOf.get(lineKey(line)) as number; // all were asked for
      const open = this.#closed.get(line.agreement);
      const day = open !== undefined && correction.day < open ? open : correction.day;
      const answered = event.answered ? events : 0;
      const fields = [
        ...[eventId, utcDay(event.startMicros), leg, line.versionId, line.role, day, line.rateId === 0 ? null : line.rateId],
        ...[line.band === '' ? null : line.band, billed, amountNanos, formatCounters(correction.moves) ?? '{}', correction.reason, lineId],
        ...[events, answered, raw, correction.wholeBilled, await this.#runOf(correction.knownAtMicros), this.#correctionRun ?? null],
        day === correction.day ? null : correction.day,
      ];
      lines.push(`${fields.map(copyField).join('\t')}\n`);
      const key = `${lineId}|${day}`;
      const sum = moves.get(key);
      moves.set(key, {
        lineId,
        day: Date.parse(day) / 86_400_000,
        events: (sum?.events ?? 0) + events,
        answered: (sum?.answered ?? 0) + answered,
        rawQuantity: (sum?.rawQuantity ?? 0n) + raw,
        billedQuantity: (sum?.billedQuantity ?? 0n) + billed,
        amountNanos: (sum?.amountNanos ?? 0n) + amountNanos,
      });
    }
    await copyRows(client, `copy usage_adjustment (${COLUMNS}) from stdin`, [lines.join('')]);
    await addRollup(client, moves.values());
  }

  async #runOf(knownAtMicros: number): Promise<number> {
    const known = this.#runs.get(knownAtMicros) ?? (await runId(this.#client, knownAtMicros));
    this.#runs.set(knownAtMicros, known);
    return known;
  }
}

type Move = RollupMove & Readonly<Record<'rawQuantity' | 'billedQuantity' | 'amountNanos', bigint>>;

function lineKey({ rateId, versionId, role, band, tariff, destination }: Correction['line']): string {
  return `${rateId}|${versionId}|${role}|${band}|${tariff}|${destination}`;
}

function distinctLines(corrections: readonly Correction[]): readonly Correction['line'][] {
  return [...new Map(corrections.map(({ line }) => [lineKey(line), line])).values()];
}
