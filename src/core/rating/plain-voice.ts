/** The price of plain voice on one leg without making an object: the same functions as `rateEvent`, into fields that are used again. */
import type { UsageEvent } from '../usage/usage-event.ts';
import { chooseTerms } from './choose-terms.ts';
import type { CompiledBook, CompiledTrunk, Terms } from './compile-book.ts';
import { fastLeg, NOT_FAST, type VoiceQuantities } from './fast-voice.ts';
import type { Leg } from './leg.ts';
import { selectRate } from './select-rate.ts';

/** One side of a trunk's voice, with the terms last found in force. */
export class PlainSide {
  readonly trunk: string;
  readonly #candidates: readonly Terms[];
  /** All count the same days, so that what is in force holds for a day. */
  readonly #sameDays: boolean;
  #terms: Terms | 'ambiguous' | undefined;
  #from = 0;
  #to = 0;
  /** Local day of the last start, counted from 1970-01-01. */
  day = 0;
  date = '';

  constructor({ id, receivable, payable }: CompiledTrunk, end: Leg['end']) {
    this.trunk = id;
    this.#candidates = (end === 'in' ? receivable : payable).get('voice') ?? [];
    this.#sameDays = this.#candidates.every(({ days }) => days === this.#candidates[0]?.days);
  }

  /** The terms in force at an instant; undefined where there are none or not one alone. */
  at(micros: number): Terms | undefined {
    if (micros < this.#from || micros >= this.#to) this.#choose(micros);
    return this.#terms === 'ambiguous' ? undefined : this.#terms;
  }

  #choose(micros: number): void {
    this.#terms = chooseTerms(this.#candidates, micros);
    this.#to = this.#from;
    if (this.#terms === undefined || this.#terms === 'ambiguous') return;
    const { fromMicros, toMicros, date } = this.#terms.days.day(micros);
    if (date !== this.date) this.day = Date.parse(date) / 86_400_000;
    this.date = date;
    if (!this.#sameDays) return;
    this.#from = fromMicros;
    this.#to = toMicros;
  }
}

/** A leg that is used again for every call: what it came to when it was last priced. */
export class PlainLeg implements Leg, VoiceQuantities {
  readonly book: CompiledBook;
  readonly end: Leg['end'];
  readonly dialled = undefined;
  // Set by `price`, before which nobody looks at them.
  event!: UsageEvent;
  terms!: Terms;
  trunk = '';
  day = '';
  band = -1;
  row = -1;
  raw = 0;
  billed = 0;
  nanos = 0;
  /** `day` counted from 1970-01-01. */
  dayNumber = 0;

  constructor(book: CompiledBook, end: Leg['end']) {
    this.book = book;
    this.end = end;
  }

  /** False when `rateEvent` must price the event, or say why it cannot. */
  price(event: UsageEvent, side: PlainSide): boolean {
    const terms = side.at(event.startMicros);
    if (terms === undefined) return false;
    this.event = event;
    this.terms = terms;
    this.trunk = side.trunk;
    this.day = side.date;
    this.dayNumber = side.day;
    this.band = terms.bands === undefined ? -1 : terms.bands.at(event.startMicros);
    this.row = selectRate(this.book, terms, event, side.trunk, this.band);
    if (this.row < 0) return false;
    this.nanos = fastLeg(this, this);
    return this.nanos !== NOT_FAST;
  }
}
