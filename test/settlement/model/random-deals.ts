/** Random deals of an agreement, near what its traffic comes to, so that promises are kept as often as not. */
import { type Agreement, legRoles, type Side } from '#core/agreements/agreements.ts';
import type { DealScope, QuantityMeasure, TrafficDeal } from '#core/agreements/deals.ts';
import type { Service } from '#core/usage/usage-event.ts';
import type { Charge, Dice } from './world.ts';

const MEASURES: Readonly<Partial<Record<Service, readonly QuantityMeasure[]>>> = {
  voice: ['minutes'],
  sms: ['messages'],
  data: ['MB', 'GB'],
};
const UNITS: Readonly<Record<QuantityMeasure, number>> = { minutes: 60, messages: 1, MB: 1_000_000, GB: 1_000_000_000, events: 1 };

export function randomDeals(
  dice: Dice,
  agreement: Agreement,
  sides: ReadonlySet<Side>,
  others: readonly Agreement[],
  charges: readonly Charge[],
): TrafficDeal[] {
  const own = charges.filter((charge) => charge.agreement === agreement.id);
  const deals: TrafficDeal[] = [];
  const swapped = new Set<Service>();
  for (const side of sides) {
    for (const { service, role } of agreement.services.filter((each) => legRoles[each.role] === side)) {
      if (!dice.chance(60) || swapped.has(service)) continue;
      const measure = dice.pick<QuantityMeasure>(MEASURES[service] ?? ['events']);
      const traffic = own.filter((charge) => charge.role === role && charge.service === service);
      // About a month of it, in the measure, and what one unit was charged.
      const monthly = Math.max(traffic.reduce((sum, { billed }) => sum + Number(billed), 0) / UNITS[measure] / 3, 1);
      const each = traffic.reduce((sum, { amountNanos }) => sum + Number(amountNanos), 0) / 1e9 / (monthly * 3);
      const quantity = (share: number): string => Math.max(monthly * share, 0.01).toFixed(dice.pick([0, 1, 2]));
      const price = (share: number): string => (each * share).toFixed(dice.pick([4, 6]));
      const scope: DealScope = {
        service,
        ...(dice.chance(30) ? { destinations: dice.pick([['Germany*'], ['France'], ['Germany', 'France']]) } : {}),
      };
      const base = { id: `${service}-${side}`, ...scope, ...randomWindow(dice) };
      const tiers = [dice.pick(['0', quantity(0.3)]), quantity(0.8), quantity(1.3)].filter(
        (from, at, all) => at === 0 || Number(from) > Number(all[at - 1]),
      );
      switch (dice.whole(6)) {
        case 0:
          deals.push({ ...base, kind: 'commitment', side, measure, quantity: quantity(0.4 + dice.whole(12) / 10), price: price(1) });
          break;
        case 1:
          deals.push({
            ...base,
            kind: 'send-or-pay',
            side,
            measure,
            quantity: quantity(0.4 + dice.whole(12) / 10),
            price: price(0.9),
            excessPrice: price(0.7),
          });
          break;
        case 2:
          if (sides.size < 2 || deals.some((deal) => deal.service === service)) break;
          swapped.add(service);
          deals.push({ ...base, kind: 'swap', service, measure, price: price(0.5), excessPrice: price(1.1) });
          break;
        case 3:
          deals.push({ ...base, kind: 'graduated', side, measure, tiers: tiers.map((from, at) => ({ from, price: price(1 - at / 5) })) });
          break;
        case 4:
          deals.push({ ...base, kind: 'retroactive', side, measure, tiers: tiers.map((from, at) => ({ from, price: price(1 - at / 5) })) });
          break;
        default:
          deals.push({
            ...base,
            kind: 'discount',
            side,
            measure,
            applies: dice.pick(['all', 'slices'] as const),
            tiers: tiers.map((from, at) => ({ from, percent: String(at * 5 + 2.5) })),
          });
      }
    }
    if (dice.chance(25)) {
      const base = { id: `whole-${side}`, ...randomWindow(dice) };
      const money = own.filter(({ role }) => legRoles[role] === side).reduce((sum, { amountNanos }) => sum + Number(amountNanos), 0) / 3e9;
      const amount = (share: number): string => (money * share).toFixed(2);
      if (dice.chance(50)) deals.push({ ...base, kind: 'minimum-revenue', side, amount: amount(dice.pick([0.5, 1, 1.5])) });
      else
        deals.push({
          ...{ ...base, kind: 'discount', side, measure: 'money', applies: dice.pick(['all', 'slices'] as const) },
          tiers: [
            { from: amount(0.5), percent: '1.25' },
            { from: amount(1), percent: '3' },
          ],
        });
    }
    const shared = others.filter(({ currency, settlement }) => currency === agreement.currency && settlement?.lateDays === undefined);
    if (shared.length > 0 && dice.chance(20)) {
      const of = dice.pick(shared);
      const ofSide = dice.pick(['receivable', 'payable'] as const);
      const base = { id: `share-${side}`, ...randomWindow(dice), kind: 'share', side, of: of.id, ofSide } as const;
      deals.push(dice.chance(50) ? { ...base, percent: '2.5' } : { ...base, service: 'voice', price: '0.0007', measure: 'minutes' });
    }
  }
  return deals;
}

function randomWindow(dice: Dice): { from: string; to?: string; every: TrafficDeal['every'] } {
  switch (dice.whole(5)) {
    case 0:
      return { from: '2026-01-01', every: 'quarter' };
    case 1:
      return { from: '2026-01-16', to: '2026-03-08', every: 'month' };
    case 2:
      return { from: '2026-01-05', to: '2026-02-17', every: 'once' };
    default:
      return { from: '2026-01-01', every: 'month' };
  }
}
