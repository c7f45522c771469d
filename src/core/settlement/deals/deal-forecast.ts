/**
 * How far a deal has come at a moment, and where it will end if traffic goes on: as on the mean of the days so far, and as
 * on the mean of each weekday so far. A forecast is rounded to whole units; what is booked never comes from one.
 */
import type { Side } from '../../agreements/agreements.ts';
import { sidesOf, type TrafficDeal } from '../../agreements/deals.ts';
import { divideRounded } from '../../money/rounding.ts';
import type { Period } from '../../time/period.ts';
import type { DealUsage } from './deal-usage.ts';
import { windowOf } from './deal-windows.ts';
import { type DealBooks, outcomesIn, type RoundedOutcome } from './settle-deals.ts';

export interface DealProgress {
  readonly deal: TrafficDeal;
  readonly window: Period;
  /** Whole days that are over, of so many. */
  readonly daysOver: number;
  readonly days: number;
  readonly sides: readonly SideProgress[];
}

export interface SideProgress {
  readonly side: Side;
  /** As if the window ended now. */
  readonly soFar: RoundedOutcome;
  /** At its end; undefined while no day is over. */
  readonly linear: RoundedOutcome | undefined;
  readonly byWeekday: RoundedOutcome | undefined;
}

/** The deals that hold on the day. Days before it are over; usage of the day itself and later ones is left out. */
export function dealProgress(books: DealBooks, on: string): readonly DealProgress[] {
  const known = (usage: readonly DealUsage[]): readonly DealUsage[] => usage.filter(({ day }) => day < on);
  const now: DealBooks = { ...books, usage: known(books.usage), others: mapped(books.others, known) };
  return books.deals.flatMap((deal) => {
    const window = windowOf(deal, on);
    if (window === undefined) return [];
    const [days, daysOver] = [daysBetween(window.from, window.to), daysBetween(window.from, on)];
    const forecast = (grow: Grow): readonly RoundedOutcome[] => {
      const usage = (each: readonly DealUsage[]): readonly DealUsage[] => [...each, ...grow(each, window, on)];
      return outcomesIn({ ...now, usage: usage(now.usage), others: mapped(now.others, usage) }, deal, window);
    };
    const soFar = outcomesIn(now, deal, window);
    const linear = daysOver === 0 ? [] : forecast(growLinear);
    const byWeekday = daysOver === 0 ? [] : forecast(growByWeekday);
    const of = (outcomes: readonly RoundedOutcome[], side: Side) => outcomes.find((each) => each.side === side);
    const sides = sidesOf(deal).flatMap((side) => {
      const far = of(soFar, side);
      return far === undefined ? [] : [{ side, soFar: far, linear: of(linear, side), byWeekday: of(byWeekday, side) }];
    });
    return [{ deal, window, daysOver, days, sides }];
  });
}

/** Usage of the days to come, as one entry on the window's last day for each kind of usage there was. */
type Grow = (usage: readonly DealUsage[], window: Period, on: string) => readonly DealUsage[];

const growLinear: Grow = (usage, window, on) => {
  const [over, left] = [daysBetween(window.from, on), daysBetween(on, window.to)];
  return grown(usage, window, (parts) => scaled(totalOf(parts), BigInt(left), BigInt(over)));
};

const growByWeekday: Grow = (usage, window, on) => {
  const [over, left] = [weekdays(window.from, on), weekdays(on, window.to)];
  const daysOver = BigInt(daysBetween(window.from, on));
  return grown(usage, window, (parts) => {
    const all = totalOf(parts);
    return left.reduce<Amounts>((sum, days, weekday) => {
      if (days === 0) return sum;
      const had = over[weekday] ?? 0;
      // A weekday that has not come yet is like the mean of all days.
      const part =
        had === 0
          ? scaled(all, BigInt(days), daysOver)
          : scaled(totalOf(parts.filter(({ day }) => weekdayOf(day) === weekday)), BigInt(days), BigInt(had));
      return { billed: sum.billed + part.billed, amountNanos: sum.amountNanos + part.amountNanos };
    }, NO_AMOUNTS);
  });
};

type Amounts = Pick<DealUsage, 'billed' | 'amountNanos'>;
const NO_AMOUNTS: Amounts = { billed: 0n, amountNanos: 0n };

function grown(usage: readonly DealUsage[], window: Period, amounts: (parts: readonly DealUsage[]) => Amounts): readonly DealUsage[] {
  const within = usage.filter(({ day }) => day >= window.from && day < window.to);
  const kinds = Map.groupBy(within, ({ side, service, destination, bin }) => JSON.stringify([side, service, destination, bin ?? null]));
  const last = Temporal.PlainDate.from(window.to).subtract({ days: 1 }).toString();
  return [...kinds.values()].flatMap((parts) => {
    const [first] = parts;
    return first === undefined ? [] : [{ ...first, day: last, ...amounts(parts) }];
  });
}

function totalOf(parts: readonly DealUsage[]): Amounts {
  return parts.reduce<Amounts>(
    (sum, { billed, amountNanos }) => ({ billed: sum.billed + billed, amountNanos: sum.amountNanos + amountNanos }),
    NO_AMOUNTS,
  );
}

function scaled({ billed, amountNanos }: Amounts, times: bigint, over: bigint): Amounts {
  return { billed: divideRounded(billed * times, over, 'half-up'), amountNanos: divideRounded(amountNanos * times, over, 'half-up') };
}

function mapped(others: DealBooks['others'], change: (usage: readonly DealUsage[]) => readonly DealUsage[]): DealBooks['others'] {
  return new Map([...others].map(([id, usage]) => [id, change(usage)]));
}

function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
}

/** 0 is Monday. */
function weekdayOf(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek - 1;
}

/** How many Mondays, Tuesdays … lie between two days. */
function weekdays(from: string, to: string): readonly number[] {
  const days = daysBetween(from, to);
  const first = weekdayOf(from);
  return Array.from({ length: 7 }, (_, weekday) => Math.floor(days / 7) + ((((weekday - first) % 7) + 7) % 7 < days % 7 ? 1 : 0));
}
