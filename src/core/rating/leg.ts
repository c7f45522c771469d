import type { UsageEvent } from '../usage/usage-event.ts';
import type { CompiledBook, Terms } from './compile-book.ts';
import type { UsePart } from './use-part.ts';

/** One leg of one event on its way to a price. */
export interface Leg {
  readonly book: CompiledBook;
  /** As it is priced: where the tariff follows portability, a ported number is replaced by what it routes to. */
  readonly event: UsageEvent;
  /** The number that was called, where another is priced. */
  readonly dialled: string | undefined;
  /** Which end of the event. */
  readonly end: 'in' | 'out';
  /** The configured trunk on that end. */
  readonly trunk: string;
  readonly terms: Terms;
  /** Local date of the start in the agreement's zone. */
  readonly day: string;
  /** Index of the time band at the start; -1 when the tariff has none. */
  readonly band: number;
  /** Row of the rate at the start; a negative number of select-rate.ts when there is none. */
  readonly row: number;
  /** Charging: the part of the use that is priced. Undefined: all of it, as on the bulk road. */
  readonly part?: UsePart;
}
