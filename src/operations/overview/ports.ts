/** What the overview shows, and where it comes from. Amounts are nanos without tax. */
import type { Side } from '#core/agreements/agreements.ts';

export interface DayOfTraffic {
  readonly day: string;
  readonly side: Side;
  readonly currency: string;
  readonly events: bigint;
  readonly answered: bigint;
  readonly nanos: bigint;
}

export interface OverviewBooks {
  /**
   * The last day with charges that is not after this one and that everybody has come to: where an agreement's day is hours ahead of the others',
   * its traffic alone would be a loss that is none. Agreements with nine tenths of the day before must have traffic of it.
   */
  lastDay(on: string): Promise<string | undefined>;
  /** Charges as they stand, by the local days of agreements, both ends included. */
  traffic(from: string, to: string): Promise<readonly DayOfTraffic[]>;
  /** Another text when files came, runs corrected, alarms were raised, periods closed or disputes went on: cheap, for asking again and again. */
  mark(): Promise<string>;
}
