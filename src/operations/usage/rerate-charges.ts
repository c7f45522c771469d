/**
 * Charges in the books priced again. What is different is taken back and charged anew: nothing is edited. Charges whose
 * price depends on counters are only noted here, and priced when their counters are gone through in canonical order
 * (`settle-counters.ts`); those that move other counters than before are booked at once, at a place that is settled then.
 */
import type { CounterKey, CounterReader, RatedEvent } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import {
  type ChargeLine,
  type Correction,
  isSameCharge,
  type Leg,
  replacement,
  type StandingCharge,
  type StandingEvent,
  standingOf,
} from './standing-charge.ts';

/** Which legs are priced again: of events of these services and files, those whose charge fits. */
export interface LegFilter {
  readonly fits: (charge: StandingCharge) => boolean;
  /** Whether legs are meant, too, that are not charged now: if they would be charged on this local day. */
  readonly fitsUncharged: ((day: string) => boolean) | undefined;
}

/** An event that cannot be priced any more: its charges stay as they are. */
export interface Unratable {
  readonly eventId: number;
  readonly reason: string;
  readonly detail: string;
}

export interface RatedAgain {
  /** Legs looked at. */
  readonly legs: number;
  readonly corrections: readonly Correction[];
  /** Counters that must be gone through, with the last event met that moves them. */
  readonly counters: ReadonlyMap<CounterKey, UsageEvent>;
  readonly unratable: Unratable | undefined;
}

/** Legs of an event that are meant. */
function chosenLegs({ charges }: StandingEvent, filter: LegFilter): readonly Leg[] {
  return LEGS.filter((leg) => {
    const charge = charges.find((each) => each.leg === leg);
    return charge === undefined ? filter.fitsUncharged !== undefined : filter.fits(charge);
  });
}

const LEGS = ['in', 'out'] as const;

function rateStanding(book: CompiledBook, { event, charges }: StandingEvent): RatedEvent {
  const reader: CounterReader = (key) => {
    for (const { moves } of charges) for (const move of moves) if (move.key === key) return move.before;
    return 0n;
  };
  return rateEvent(book, event, reader);
}

/** Whether an event that is meant cannot be priced any more, and no more than that. */
export function findUnratable(book: CompiledBook, standing: StandingEvent, filter: LegFilter): Pick<RatedAgain, 'legs' | 'unratable'> {
  const { length: legs } = chosenLegs(standing, filter);
  const rated = legs === 0 ? undefined : rateStanding(book, standing);
  if (rated?.kind !== 'held') return { legs, unratable: undefined };
  return { legs, unratable: { eventId: standing.eventId, reason: rated.reason, detail: rated.detail } };
}

/** Looks at one event. */
export function rerateEvent(book: CompiledBook, knownAtMicros: number, standing: StandingEvent, filter: LegFilter): RatedAgain {
  const { event, charges } = standing;
  const chosen = chosenLegs(standing, filter);
  if (chosen.length === 0) return { ...NOTHING, legs: 0 };
  const rated = rateStanding(book, standing);
  if (rated.kind === 'held') {
    const { reason, detail } = rated;
    return { ...NOTHING, legs: chosen.length, unratable: { eventId: standing.eventId, reason, detail } };
  }
  const corrections: Correction[] = [];
  let counters: Map<CounterKey, UsageEvent> | undefined;
  for (const leg of chosen) {
    const before = charges.find((each) => each.leg === leg);
    const charge = rated.charges.find((each) => each.leg === leg);
    const after = charge === undefined ? undefined : standingOf(charge, knownAtMicros);
    if (before === undefined && (after === undefined || filter.fitsUncharged?.(after.day) !== true)) continue;
    const moves = (before?.moves.length ?? 0) + (after?.moves.length ?? 0) > 0;
    if (moves) {
      counters ??= new Map();
      for (const { key } of [...(before?.moves ?? []), ...(after?.moves ?? [])]) counters.set(key, event);
    }
    // Of the same counters: priced when their turn comes, wherever they stood when it was booked.
    if (before !== undefined && after !== undefined && moves && movesTheSame(before, after)) continue;
    if (before !== undefined && after !== undefined && isSameCharge(before, after)) continue;
    corrections.push(...replacement(standing, before, after, 're-rated'));
  }
  return { legs: chosen.length, corrections, counters: counters ?? NOTHING.counters, unratable: undefined };
}

const NOTHING: Omit<RatedAgain, 'legs'> = { corrections: [], counters: new Map(), unratable: undefined };

function movesTheSame(a: StandingCharge, b: StandingCharge): boolean {
  const keys = (charge: StandingCharge): string =>
    charge.moves
      .map(({ key }) => key)
      .sort()
      .join(' ');
  return keys(a) === keys(b);
}

/** What a run changes, by agreement, direction, destination and currency. */
export interface RerateDifference {
  readonly agreement: string;
  readonly role: string;
  readonly destination: string;
  readonly currency: string;
  /** Charges taken back, and booked. */
  readonly chargesBefore: number;
  readonly chargesAfter: number;
  readonly billedBefore: bigint;
  readonly billedAfter: bigint;
  readonly beforeNanos: bigint;
  readonly afterNanos: bigint;
}

type Sum = { -readonly [K in keyof RerateDifference]: RerateDifference[K] };

/** Adds corrections up. What the run itself had booked and takes back, when its counter's turn comes, is as if it had not. */
export class RerateSums {
  readonly #knownAtMicros: number;
  readonly #sums = new Map<string, Sum>();
  /** The same again, found without making a key of names. */
  readonly #byLine = new WeakMap<ChargeLine, Sum>();

  constructor(knownAtMicros: number) {
    this.#knownAtMicros = knownAtMicros;
  }

  add(corrections: readonly Correction[]): void {
    for (const { line, events, billed, amountNanos, knownAtMicros } of corrections) {
      const sum = this.#byLine.get(line) ?? this.#sumOf(line);
      if (events < 0 && knownAtMicros !== this.#knownAtMicros) {
        sum.chargesBefore += 1;
        sum.billedBefore -= billed;
        sum.beforeNanos -= amountNanos;
      } else {
        sum.chargesAfter += events;
        sum.billedAfter += billed;
        sum.afterNanos += amountNanos;
      }
    }
  }

  #sumOf(line: ChargeLine): Sum {
    const { agreement, role, destination, currency } = line;
    const key = `${agreement}\n${role}\n${destination}\n${currency}`;
    let sum = this.#sums.get(key);
    if (sum === undefined) {
      sum = {
        ...{ agreement, role, destination, currency, chargesBefore: 0, chargesAfter: 0 },
        ...{ billedBefore: 0n, billedAfter: 0n, beforeNanos: 0n, afterNanos: 0n },
      };
      this.#sums.set(key, sum);
    }
    this.#byLine.set(line, sum);
    return sum;
  }

  /** By agreement, role and destination. */
  list(): readonly RerateDifference[] {
    return [...this.#sums.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, sum]) => sum);
  }
}
