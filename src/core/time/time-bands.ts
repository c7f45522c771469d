/** Dates on which a calendar's country or network has a holiday, as local dates `2026-12-25`. */
export interface HolidayCalendar {
  readonly id: string;
  /** Sorted, without repetition. */
  readonly dates: readonly string[];
}

export const dayKinds = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'] as const;
export type DayKind = (typeof dayKinds)[number];

/** Local times on kinds of days. With from > to it is the two ends of each day: 18:00–08:00 is 00:00–08:00 and 18:00–24:00. */
export interface TimeBandRange {
  readonly days: readonly DayKind[];
  /** Minutes of the local day, 0 to 1,440; `to` is exclusive. */
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface TimeBand {
  readonly name: string;
  readonly ranges: readonly TimeBandRange[];
  /** Covers what no other band covers. At most one band of a set. */
  readonly otherwise: boolean;
}

/**
 * A set of bands that together cover every local time once. A holiday counts as kind `holiday`
 * when any band of the set names that kind, else as its weekday.
 */
export interface TimeBandSet {
  readonly id: string;
  readonly calendar?: string;
  readonly bands: readonly TimeBand[];
}
