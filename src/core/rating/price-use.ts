/**
 * The price of use that grows: a session asks again and again what it comes to by now. The same law and the same rates as
 * `rateEvent`, for one row of one tariff that stays chosen. Plain formulas are priced in safe integers, all others on the exact road.
 */
import { type Formula, formulaOf, priceOf, shapeOf } from '../tariffs/compiled-tariff.ts';
import { MICROS_PER_SECOND } from '../time/zoned.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import type { CounterReader, LegOutcome } from './charge.ts';
import type { CompiledBook, Terms } from './compile-book.ts';
import { NOT_FAST, roundFast } from './fast-voice.ts';
import type { NotPriced } from './finish.ts';
import { rateUnder } from './rate-event.ts';
import { type RateChoice, selectRate } from './select-rate.ts';
import { type CoveredUnits, coveredCount, NOTHING_COVERED } from './use-part.ts';
import { billedSeconds, billedStretches, rawMicros } from './voice-quantity.ts';

/** What stays the same while the use grows. */
export interface UseFrame {
  readonly book: CompiledBook;
  readonly terms: Terms;
  /** Stands where the bulk road has a trunk. */
  readonly trunk: string;
  /** With nothing used yet. */
  readonly event: UsageEvent;
  /** The event, or what tells as much of it: an event is made only where it is asked for. */
  readonly chosenBy: RateChoice;
  /** Fees and limits belonged to a charge before. */
  readonly continues: boolean;
  readonly counters: CounterReader;
}

/** Seconds, bytes as the tariff counts them, parts or units; data also by direction. */
export interface UsedQuantity {
  readonly used: number;
  readonly up: number;
  readonly down: number;
}

export class UsePricer {
  readonly frame: UseFrame;
  /** Of the tariff; negative when there is none (select-rate.ts). */
  readonly row: number;
  readonly #formula: Formula | undefined;
  /** Price of a unit at the tariff's scale when plain numbers do, else -1. */
  readonly #plainPrice: number;

  constructor(frame: UseFrame) {
    const { terms, chosenBy } = frame;
    this.frame = frame;
    const band = terms.bands === undefined ? -1 : terms.bands.at(chosenBy.startMicros);
    this.row =
      terms.tariff.tariff.portability === undefined ? selectRate(frame.book, terms, chosenBy, frame.trunk, band) : this.#ported(band);
    const plain = this.row >= 0 && shapeOf(terms.tariff, this.row) >= 0 && isPlain(terms);
    this.#formula = this.row < 0 ? undefined : formulaOf(terms.tariff, this.row);
    this.#plainPrice = plain ? priceOf(terms.tariff, this.row) : -1;
  }

  #ported(band: number): number {
    const { book, terms, event, trunk } = this.frame;
    const routing = event.enriched?.routing;
    return selectRate(book, terms, routing === undefined ? event : { ...event, called: routing }, trunk, band);
  }

  /** Whether what is charged moves counters of tiers or of a day's volume. */
  get movesCounters(): boolean {
    return this.#formula?.tiers !== undefined || this.frame.terms.tariff.tariff.volume.per === 'day';
  }

  /**
   * Price of a unit at the tariff's scale where so many units cost so many times as much whatever was used before, but for rounding; undefined where fees, limits,
   * increments, steps, tiers, bands or free units make it another.
   */
  get straightPrice(): bigint | undefined {
    const { terms } = this.frame;
    const { tariff, scale } = terms.tariff;
    const formula = this.#formula;
    if (formula === undefined || this.#plainPrice < 0 || terms.bands !== undefined || scale < 0 || !isStraight(formula)) return undefined;
    if (tariff.volume.roundUpToBytes > 1 && terms.service.service === 'data') return undefined;
    if (terms.service.service === 'sms' || terms.service.service === 'mms') return undefined;
    return formula.price;
  }

  /** Units billed when so much is used: increments, free seconds and rounding applied. Never fewer when more is used. */
  billed(used: number): number {
    const formula = this.#formula;
    const { agreement, service, tariff } = this.frame.terms;
    if (formula === undefined) return used;
    switch (service.service) {
      case 'voice': {
        const raw = rawMicros(used * MICROS_PER_SECOND, agreement.seconds);
        if (used === 0 || raw <= formula.graceSeconds * MICROS_PER_SECOND) return 0;
        const chargeable = raw - formula.freeSeconds * MICROS_PER_SECOND;
        if (formula.steps.length === 0) return billedSeconds(chargeable, formula.firstSeconds, formula.nextSeconds);
        return billedStretches(formula, Math.max(0, chargeable)).reduce((sum, { seconds }) => sum + seconds, 0);
      }
      case 'data': {
        const { per, roundUpToBytes } = tariff.tariff.volume;
        return per === 'day' || roundUpToBytes === 1 ? used : Math.ceil(used / roundUpToBytes) * roundUpToBytes;
      }
      case 'sms':
      case 'mms':
        return tariff.tariff.messageUnit === 'message' ? Math.min(used, 1) : used;
      case 'content':
      case 'event':
        return used;
    }
  }

  /** What the use comes to without the covered part, in nanos; or why there is no price. Nothing used costs nothing. */
  nanos(used: number, covered: readonly CoveredUnits[]): bigint | NotPriced {
    if (used === 0) return 0n;
    const plain = this.#plainPrice < 0 ? NOT_FAST : this.#plainNanos(used, covered);
    if (plain !== NOT_FAST) return BigInt(plain);
    const outcome = this.charge({ used, up: 0, down: 0 }, covered, false);
    return outcome.kind === 'charged' ? outcome.charge.amountNanos : outcome;
  }

  #plainNanos(used: number, covered: readonly CoveredUnits[]): number {
    const { terms, continues } = this.frame;
    const fast = this.#formula?.fast;
    if (fast === undefined || this.#formula === undefined) return NOT_FAST;
    if (terms.service.service === 'voice' && used <= this.#formula.graceSeconds) return 0;
    const billed = this.billed(used);
    if (!this.#inOneBand(billed)) return NOT_FAST;
    const priced = covered === NOTHING_COVERED ? billed : billed - coveredCount(covered, billed);
    const { per } = terms.tariff.tariff;
    let sum = priced * this.#plainPrice;
    if (!continues && (priced > 0 || billed === 0)) {
      sum += fast.fees * per;
      if (fast.minimum >= 0 && priced > 0 && sum < fast.minimum * per) sum = fast.minimum * per;
      if (fast.maximum >= 0 && sum > fast.maximum * per) sum = fast.maximum * per;
    }
    return roundFast(terms, sum, per);
  }

  /** Whether billed time ends before another time band could price it. */
  #inOneBand(billedSeconds: number): boolean {
    const { terms, chosenBy } = this.frame;
    if (terms.bands === undefined || terms.agreement.bands === 'start' || terms.service.service !== 'voice') return true;
    const begin = chosenBy.startMicros + (this.#formula?.freeSeconds ?? 0) * MICROS_PER_SECOND;
    return (
      terms.bands.at(begin) === terms.bands.at(chosenBy.startMicros) &&
      terms.bands.nextBoundary(begin) >= begin + billedSeconds * MICROS_PER_SECOND
    );
  }

  /** The charge as the bulk road makes it, of all that is used. */
  charge(quantity: UsedQuantity, covered: readonly CoveredUnits[], explain: boolean): LegOutcome {
    return this.chargeOf(this.eventOf(quantity), covered, explain);
  }

  /** The same of an event that `eventOf` has made. */
  chargeOf(event: UsageEvent, covered: readonly CoveredUnits[], explain: boolean): LegOutcome {
    const { book, terms, trunk, continues, counters } = this.frame;
    const part = covered.length === 0 && !continues ? undefined : { covered, continues };
    return rateUnder({ book, terms, trunk, end: 'in', counters, explain }, event, part);
  }

  /** The charge of a whole event of its kind, with the steps by which it comes about. */
  explain(event: UsageEvent, covered: readonly CoveredUnits[]): LegOutcome {
    const { book, terms, trunk, continues, counters } = this.frame;
    return rateUnder({ book, terms, trunk, end: 'in', counters, explain: true }, event, { covered, continues });
  }

  /** The usage event when so much is used. */
  eventOf({ used, up, down }: UsedQuantity): UsageEvent {
    const { event, terms } = this.frame;
    switch (terms.service.service) {
      case 'voice':
        return { ...event, durationMicros: used * MICROS_PER_SECOND };
      case 'data': {
        const { count } = terms.tariff.tariff.volume;
        if (count === 'both') return { ...event, bytesUp: up, bytesDown: used - up };
        return count === 'up' ? { ...event, bytesUp: used, bytesDown: down } : { ...event, bytesUp: up, bytesDown: used };
      }
      case 'sms':
      case 'mms':
      case 'content':
      case 'event':
        return { ...event, quantity: used };
    }
  }
}

/** Nothing but a price, and increments of one second. */
function isStraight(formula: Formula): boolean {
  const { fast, firstSeconds, nextSeconds, graceSeconds, freeSeconds } = formula;
  const isLimited = fast === undefined || fast.fees !== 0 || fast.minimum >= 0 || fast.maximum >= 0;
  return !isLimited && firstSeconds <= 1 && nextSeconds <= 1 && graceSeconds < 0 && freeSeconds === 0;
}

/** Whether a shape says all: no sum over a day. */
function isPlain({ service, tariff }: Terms): boolean {
  return service.service !== 'data' || tariff.tariff.volume.per === 'session';
}
