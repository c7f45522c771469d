/** The stretches of days over which a deal is counted and settled. */
import type { DealCycle, TrafficDeal } from '../../agreements/deals.ts';
import type { Period } from '../../time/period.ts';

const MONTHS: Readonly<Record<Exclude<DealCycle, 'once'>, number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

type Windowed = Pick<TrafficDeal, 'from' | 'to' | 'every'>;

/** The window that a local day lies in; undefined before the deal begins and after it ended. The last one ends with the deal. */
export function windowOf(deal: Windowed, day: string): Period | undefined {
  if (day < deal.from || (deal.to !== undefined && day >= deal.to)) return undefined;
  if (deal.every === 'once') return deal.to === undefined ? undefined : { from: deal.from, to: deal.to };
  const first = Temporal.PlainDate.from(deal.from);
  const { months } = first.until(Temporal.PlainDate.from(day), { largestUnit: 'months' });
  const length = MONTHS[deal.every];
  let from = months - (months % length);
  // The 31st has no counterpart in each month: steps are counted from the first day, and so is the window of a day.
  if (first.add({ months: from + length }).toString() <= day) from += length;
  const end = first.add({ months: from + length }).toString();
  return { from: first.add({ months: from }).toString(), to: deal.to !== undefined && deal.to < end ? deal.to : end };
}

/** Windows whose last day lies in the period: those that it settles. Ascending. */
export function windowsEndingIn(deal: Windowed, period: Period): readonly Period[] {
  const ending: Period[] = [];
  let window = windowOf(deal, [period.from, deal.from].sort()[1] ?? deal.from);
  while (window !== undefined && window.to <= period.to) {
    ending.push(window);
    window = windowOf(deal, window.to);
  }
  return ending;
}

/** Windows that have one of these days. Ascending. */
export function windowsOver(deal: Windowed, days: Period): readonly Period[] {
  const over: Period[] = [];
  let window = windowOf(deal, [days.from, deal.from].sort()[1] ?? deal.from);
  while (window !== undefined && window.from < days.to) {
    over.push(window);
    window = windowOf(deal, window.to);
  }
  return over;
}
