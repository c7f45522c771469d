import { localDate, parseInstant, parseLocalDateTime, startOfLocalDay } from '../../time/zoned.ts';
import type { DateOrder } from './dates.ts';
import { parseSheetDate } from './dates.ts';

/** Databases write the year 9999 where there is no end. */
const NO_END = '9999';
/** A year that is read in its place, in all the forms of a date. */
const ANY_LEAP_YEAR = '2096';

/** Turns date cells into instants: midnight in the zone, or the time that the cell gives. Remembers, since few dates fill a sheet. */
export class DateReader {
  readonly #zone: string;
  readonly #order: DateOrder;
  readonly #starts = new Map<string, number | undefined>();
  readonly #ends = new Map<string, number | undefined>();

  constructor(zone: string, order: DateOrder) {
    this.#zone = zone;
    this.#order = order;
  }

  /** The instant from which a date counts. Undefined when the text is no date. */
  start(text: string): number | undefined {
    return remembered(this.#starts, text, () => this.#instant(text));
  }

  /** The instant at which an end date is over: the next local midnight, because end dates are the last valid day. Infinity in the year 9999. */
  end(text: string): number | undefined {
    return remembered(this.#ends, text, () => {
      if (text.includes(NO_END) && parseSheetDate(text.replace(NO_END, ANY_LEAP_YEAR), this.#order) !== undefined)
        return Number.POSITIVE_INFINITY;
      const read = parseSheetDate(text, this.#order);
      if (read === undefined) return undefined;
      const at = this.#instant(text);
      // 23:59 and later is how sheets write the end of the day.
      if (at === undefined || (read.time !== undefined && read.time < '23:59:00')) return at;
      const date = read.offset === undefined ? read.date : localDate(this.#zone, at);
      return startOfLocalDay(this.#zone, Temporal.PlainDate.from(date).add({ days: 1 }).toString());
    });
  }

  #instant(text: string): number | undefined {
    const read = parseSheetDate(text, this.#order);
    if (read === undefined) return undefined;
    const time = read.time ?? '00:00:00';
    if (read.offset !== undefined) return parseInstant(`${read.date}T${time}${read.offset}`);
    return read.time === undefined ? startOfLocalDay(this.#zone, read.date) : parseLocalDateTime(`${read.date} ${time}`, this.#zone);
  }
}

function remembered(memory: Map<string, number | undefined>, text: string, read: () => number | undefined): number | undefined {
  if (memory.has(text)) return memory.get(text);
  const value = read();
  memory.set(text, value);
  return value;
}
