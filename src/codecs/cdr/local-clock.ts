import { MICROS_PER_SECOND, microsOf } from '#core/time/zoned.ts';

const MICROS_PER_HOUR = 3600 * MICROS_PER_SECOND;
/** Hours remembered at most: some 11 years. A source with more than that is damaged. */
const MOST_HOURS = 100_000;

/** What a local time can mean: one instant, two in a repeated hour, or none in a skipped one (then where the clock had gone to). */
export type LocalMeaning =
  | { readonly kind: 'one'; readonly micros: number }
  | { readonly kind: 'two'; readonly earlier: number; readonly later: number }
  | { readonly kind: 'none'; readonly shifted: number };

/**
 * Local times of one zone to instants. Remembers the offset of every hour it has seen, because a
 * conversion with Temporal costs some 5 µs and a load makes three per record; a remembered one costs 20 ns.
 */
export class LocalClock {
  readonly #zone: string;
  readonly #offsets = new Map<number, number>();
  #lastHour = Number.NaN;
  #lastOffset = Number.NaN;

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** The instant of a local time, both in microseconds; NaN in an hour in which the zone's clock changes: ask `meaning` then. */
  instant(local: number): number {
    const hour = Math.floor(local / MICROS_PER_HOUR);
    if (hour !== this.#lastHour) {
      this.#lastOffset = this.#offsetOf(hour);
      this.#lastHour = hour;
    }
    return local - this.#lastOffset;
  }

  meaning(local: number): LocalMeaning {
    const simple = this.instant(local);
    if (!Number.isNaN(simple)) return { kind: 'one', micros: simple };
    const plain = plainOf(local);
    const earlier = this.#as(plain, 'earlier');
    const later = this.#as(plain, 'later');
    if (earlier === later) return { kind: 'one', micros: earlier };
    return localOf(this.#zone, earlier) === local ? { kind: 'two', earlier, later } : { kind: 'none', shifted: later };
  }

  #offsetOf(hour: number): number {
    if (Number.isNaN(hour)) return Number.NaN;
    const known = this.#offsets.get(hour);
    if (known !== undefined) return known;
    if (this.#offsets.size >= MOST_HOURS) this.#offsets.clear();
    const from = hour * MICROS_PER_HOUR;
    const to = from + MICROS_PER_HOUR - 1;
    const offsets = [from, to].flatMap((at) => {
      const plain = plainOf(at);
      return [at - this.#as(plain, 'earlier'), at - this.#as(plain, 'later')];
    });
    const offset = offsets.every((other) => other === offsets[0]) ? (offsets[0] ?? Number.NaN) : Number.NaN;
    this.#offsets.set(hour, offset);
    return offset;
  }

  #as(plain: Temporal.PlainDateTime, disambiguation: 'earlier' | 'later'): number {
    return microsOf(plain.toZonedDateTime(this.#zone, { disambiguation }).toInstant());
  }
}

function plainOf(local: number): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochNanoseconds(BigInt(local) * 1000n)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime();
}

function localOf(zone: string, micros: number): number {
  const zoned = Temporal.Instant.fromEpochNanoseconds(BigInt(micros) * 1000n).toZonedDateTimeISO(zone);
  return micros + Math.floor(zoned.offsetNanoseconds / 1000);
}
