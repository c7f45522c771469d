/** Rated events as rows of a binary COPY, by UTC day, with what the rollup needs of them. */
import type { Charge } from '#core/rating/charge.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { FIXED_BYTES } from './event-layout.ts';
import { type DayRows, GrowingDay, type PlainRow, type RowPlace } from './growing-day.ts';
import { LineNumbers, NameNumbers } from './names.ts';
import { SpareMemory } from './spare-memory.ts';

export { type DayRows, dayNumber, type LargeAmount, type LegColumns, type RowPlace } from './growing-day.ts';

const MICROS_PER_DAY = 86_400_000_000;

/** Encodes rated events. Lines and trunks get numbers that are good in this encoder only. */
export class EventRows {
  readonly lines = new LineNumbers();
  readonly trunks = new NameNumbers();
  #days: GrowingDay[] = [];
  #last: GrowingDay | undefined;
  readonly #spare: SpareMemory;
  /** Rows that a day may get. */
  #expected = 0;

  constructor(spare = new SpareMemory(false)) {
    this.#spare = spare;
  }

  add(place: RowPlace, event: UsageEvent, charges: readonly Charge[]): void {
    this.#dayOf(event).add(place, event, charges, this.lines, this.trunks);
  }

  /** The same of a call that was priced without charges. */
  addPlain(place: RowPlace, call: PlainRow): void {
    this.#dayOf(call.event).addPlain(place, call, this.lines);
  }

  /** What was added since it was last taken. */
  take(): readonly DayRows[] {
    const days = this.#days;
    this.#days = [];
    this.#last = undefined;
    // What comes next is about as much: memory that is taken once need not be copied.
    this.#expected = days.reduce((most, { rows }) => Math.max(most, rows), 0);
    return days.map((rows) => rows.done());
  }

  #dayOf({ startMicros }: UsageEvent): GrowingDay {
    const day = Math.floor(startMicros / MICROS_PER_DAY);
    const last = this.#last;
    if (last?.day === day) return last;
    let rows = this.#days.find((each) => each.day === day);
    if (rows === undefined) {
      rows = new GrowingDay(day, this.#days.length === 0 ? this.#expected : 0, this.#spare);
      this.#days.push(rows);
    }
    this.#last = rows;
    return rows;
  }
}

/** The bytes of the source's key of a row. */
export function keyBytesOfRow({ bytes, starts }: DayRows, row: number): Uint8Array {
  const at = (starts[row] as number) + FIXED_BYTES; // the first of the columns behind the fixed ones
  const byte = (place: number): number => bytes[at + place] as number;
  const length = (byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3);
  return bytes.subarray(at + 4, at + 4 + length);
}
