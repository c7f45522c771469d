import { DayCache } from './day-cache.ts';
import { MICROS_PER_DAY, microsOf, startOfLocalDay, toZoned } from './zoned.ts';

/** A local day, or the part of it that lies in one UTC day. */
export interface LocalDay {
  readonly fromMicros: number;
  readonly toMicros: number;
  readonly date: string;
}

/** Local dates of many instants in one zone. Remembers the days it has seen. */
export class DayClock {
  readonly #zone: string;
  readonly #days = new DayCache<readonly LocalDay[]>((utcDay) => this.#localDaysOf(utcDay));
  #last: LocalDay = { fromMicros: 0, toMicros: 0, date: '' };

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** The local date, `2026-10-01`. */
  date(micros: number): string {
    return this.day(micros).date;
  }

  day(micros: number): LocalDay {
    const last = this.#last;
    if (micros >= last.fromMicros && micros < last.toMicros) return last;
    const day = this.#find(micros);
    this.#last = day;
    return day;
  }

  #find(micros: number): LocalDay {
    for (const day of this.#days.get(Math.floor(micros / MICROS_PER_DAY))) if (micros < day.toMicros) return day;
    throw new RangeError(`no local day for ${micros} in ${this.#zone}`);
  }

  #localDaysOf(utcDay: number): readonly LocalDay[] {
    const end = (utcDay + 1) * MICROS_PER_DAY;
    const days: LocalDay[] = [];
    for (let at = utcDay * MICROS_PER_DAY; at < end; ) {
      const date = toZoned(this.#zone, at).toPlainDate();
      const toMicros = nextDayStart(this.#zone, date, at);
      days.push({ fromMicros: at, toMicros, date: date.toString() });
      at = toMicros;
    }
    return days;
  }
}

/** Start of the next local date that exists (Pacific/Apia skipped 2011-12-30). */
function nextDayStart(zone: string, date: Temporal.PlainDate, after: number): number {
  const start = startOfLocalDay(zone, date.add({ days: 1 }).toString());
  if (start > after) return start;
  const transition = toZoned(zone, after).getTimeZoneTransition('next');
  if (transition === null) throw new RangeError(`local days of ${zone} do not advance`);
  return microsOf(transition.toInstant());
}
