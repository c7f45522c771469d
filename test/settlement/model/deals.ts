/** What deals make due, as docs/reference/deals.md says it: slow, in exact fractions, sharing no arithmetic with `src`. */
import { type Agreement, legRoles, type Side } from '#core/agreements/agreements.ts';
import type { DealMeasure, TrafficDeal } from '#core/agreements/deals.ts';
import { decimal } from '#core/money/decimal.ts';
import type { Service } from '#core/usage/usage-event.ts';
import {
  compare,
  type Exact,
  exact,
  least,
  minus,
  nanosOf,
  ofDecimal,
  ofNanos,
  over,
  plus,
  roundTo,
  times,
  whole,
  ZERO,
} from '../../oracle/exact.ts';
import type { Charge } from './world.ts';

export interface Days {
  readonly from: string;
  readonly to: string;
}

/** Traffic of a scope: quantity in the measure, and money. */
interface Traffic {
  readonly quantity: Exact;
  readonly money: Exact;
}

const UNIT: Readonly<Record<DealMeasure, number>> = { minutes: 60, messages: 1, MB: 1e6, GB: 1e9, events: 1, money: 1 };
const COUNTED: Readonly<Record<DealMeasure, readonly Service[]>> = {
  minutes: ['voice'],
  messages: ['sms', 'mms'],
  MB: ['data'],
  GB: ['data'],
  events: ['content', 'event'],
  money: ['voice', 'sms', 'mms', 'data', 'content', 'event'],
};

const figure = (text: string): Exact => ofDecimal(decimal(text));

export const sidesOfDeal = (deal: TrafficDeal): readonly Side[] => (deal.kind === 'swap' ? ['receivable', 'payable'] : [deal.side]);

const measureOf = (deal: TrafficDeal): DealMeasure => (deal.kind === 'minimum-revenue' ? 'money' : (deal.measure ?? 'money'));

const servicesOf = (deal: TrafficDeal): readonly Service[] => (deal.service === undefined ? COUNTED[measureOf(deal)] : [deal.service]);

const named = (patterns: readonly string[], destination: string): boolean =>
  patterns.some((pattern) => (pattern.endsWith('*') ? destination.startsWith(pattern.slice(0, -1)) : pattern === destination));

function trafficOf(deal: TrafficDeal, side: Side, days: Days, charges: readonly Charge[]): Traffic {
  const counted = charges.filter(
    (charge) =>
      legRoles[charge.role] === side &&
      charge.day >= days.from &&
      charge.day < days.to &&
      servicesOf(deal).includes(charge.service) &&
      (deal.destinations === undefined || named(deal.destinations, charge.destination)),
  );
  const units = counted.reduce((sum, { billed }) => sum + billed, 0n);
  return {
    quantity: over(exact(units), whole(UNIT[measureOf(deal)])),
    money: ofNanos(counted.reduce((sum, { amountNanos }) => sum + amountNanos, 0n)),
  };
}

/** Whether all that the inner deal counts is counted by the outer one. */
function counts(outer: TrafficDeal, inner: TrafficDeal): boolean {
  if (inner.kind === 'share' || outer.kind === 'swap' || !sidesOfDeal(inner).includes(outer.side)) return false;
  if (!servicesOf(inner).every((service) => servicesOf(outer).includes(service))) return false;
  return (
    outer.destinations === undefined || (inner.destinations?.every((name) => outer.destinations?.some((each) => each === name)) ?? false)
  );
}

/** The windows of a deal, as far as they end by a day. */
export function windowsUntil(deal: TrafficDeal, until: string): readonly Days[] {
  const months = { once: 0, month: 1, quarter: 3, 'half-year': 6, year: 12 }[deal.every];
  if (months === 0) return deal.to !== undefined && deal.to <= until ? [{ from: deal.from, to: deal.to }] : [];
  const windows: Days[] = [];
  for (let at = 0; ; at++) {
    const from = Temporal.PlainDate.from(deal.from)
      .add({ months: at * months })
      .toString();
    const end = Temporal.PlainDate.from(deal.from)
      .add({ months: (at + 1) * months })
      .toString();
    if (deal.to !== undefined && from >= deal.to) return windows;
    const to = deal.to !== undefined && deal.to < end ? deal.to : end;
    if (to > until) return windows;
    windows.push({ from, to });
  }
}

/** What is due beyond the charges on each side, in nanos, rounded once as the agreement says. `all` are the charges of all agreements that are there. */
export function adjustmentsOf(
  agreement: Agreement,
  deals: readonly TrafficDeal[],
  deal: TrafficDeal,
  window: Days,
  all: readonly Charge[],
): ReadonlyMap<Side, bigint> {
  const own = all.filter((charge) => charge.agreement === agreement.id);
  const { decimals, mode } = agreement.rounding;
  return new Map(
    sidesOfDeal(deal).map((side) => [side, nanosOf(roundTo(beyond(agreement, deals, deal, side, window, own, all), decimals, mode))]),
  );
}

function beyond(
  agreement: Agreement,
  deals: readonly TrafficDeal[],
  deal: TrafficDeal,
  side: Side,
  window: Days,
  own: readonly Charge[],
  all: readonly Charge[],
): Exact {
  if (deal.kind === 'share') {
    const of = trafficOf(
      deal,
      deal.ofSide,
      window,
      all.filter((charge) => charge.agreement === deal.of),
    );
    return deal.percent === undefined
      ? times(of.quantity, figure(deal.price ?? '0'))
      : times(of.money, over(figure(deal.percent), whole(100)));
  }
  const traffic = trafficOf(deal, side, window, own);
  switch (deal.kind) {
    case 'commitment': {
      const missing = minus(figure(deal.quantity), traffic.quantity);
      return compare(missing, ZERO) > 0 ? times(missing, figure(deal.price)) : ZERO;
    }
    case 'send-or-pay': {
      const above = minus(traffic.quantity, figure(deal.quantity));
      const fixed = times(figure(deal.quantity), figure(deal.price));
      return minus(plus(fixed, compare(above, ZERO) > 0 ? times(above, figure(deal.excessPrice)) : ZERO), traffic.money);
    }
    case 'swap': {
      const even = least(trafficOf(deal, 'receivable', window, own).quantity, trafficOf(deal, 'payable', window, own).quantity);
      return minus(plus(times(even, figure(deal.price)), times(minus(traffic.quantity, even), figure(deal.excessPrice))), traffic.money);
    }
    case 'graduated': {
      // Each slice at its own price; below the first tier the part of the charges that those units are.
      const first = figure(deal.tiers[0]?.from ?? '0');
      const slices = deal.tiers.map(({ from, price }, at) => {
        const next = deal.tiers[at + 1];
        const end = next === undefined ? traffic.quantity : least(traffic.quantity, figure(next.from));
        const slice = minus(end, figure(from));
        return compare(slice, ZERO) > 0 ? times(slice, figure(price)) : ZERO;
      });
      const below = least(traffic.quantity, first);
      const charged = compare(traffic.quantity, ZERO) === 0 ? traffic.money : times(traffic.money, over(below, traffic.quantity));
      return minus(slices.reduce(plus, charged), traffic.money);
    }
    case 'retroactive': {
      const reached = deal.tiers.findLast(({ from }) => compare(traffic.quantity, figure(from)) >= 0);
      return reached === undefined ? ZERO : minus(times(traffic.quantity, figure(reached.price)), traffic.money);
    }
    case 'discount': {
      const money = plus(traffic.money, earlier(agreement, deals, deal, window, all));
      const counter = deal.measure === 'money' ? money : traffic.quantity;
      const reached = deal.tiers.filter(({ from }) => compare(counter, figure(from)) >= 0);
      if (reached.length === 0 || compare(counter, ZERO) <= 0) return ZERO;
      if (deal.applies === 'all') return minus(ZERO, times(money, over(figure(reached.at(-1)?.percent ?? '0'), whole(100))));
      const off = reached.map(({ from, percent }, at) => {
        const next = deal.tiers[at + 1];
        const slice = minus(next === undefined ? counter : least(counter, figure(next.from)), figure(from));
        return times(times(money, over(slice, counter)), over(figure(percent), whole(100)));
      });
      return minus(ZERO, off.reduce(plus, ZERO));
    }
    case 'minimum-revenue': {
      const missing = minus(figure(deal.amount), plus(traffic.money, earlier(agreement, deals, deal, window, all)));
      return compare(missing, ZERO) > 0 ? missing : ZERO;
    }
  }
}

/** What deals before this one made due for traffic that it counts, of windows that lie in its own. */
function earlier(
  agreement: Agreement,
  deals: readonly TrafficDeal[],
  deal: TrafficDeal & { readonly side: Side },
  window: Days,
  all: readonly Charge[],
): Exact {
  return deals
    .slice(0, deals.indexOf(deal))
    .filter((before) => counts(deal, before))
    .flatMap((before) =>
      windowsUntil(before, window.to)
        .filter(({ from }) => from >= window.from)
        .map((inner) => ofNanos(adjustmentsOf(agreement, deals, before, inner, all).get(deal.side) ?? 0n)),
    )
    .reduce(plus, ZERO);
}
