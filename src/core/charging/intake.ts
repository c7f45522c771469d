/** Amounts of a request in the unit in which an item is counted. */
import type { Service } from '../usage/usage-event.ts';
import type { CountedUnit } from './account.ts';
import type { UsedMore } from './debit.ts';
import type { PlanService } from './plan.ts';
import type { RequestItem, Units, UsedUnits } from './request.ts';
import { countedUnit } from './working-item.ts';

/** Beyond these nothing real is counted, and rating could not compute in safe integers. */
const MOST: Readonly<Record<CountedUnit, bigint>> = { seconds: 1_000_000_000n, bytes: 1n << 50n, events: 1_000_000_000n, money: 1n << 62n };

/** Money when the peer speaks of money, else the unit of the service. */
export function unitOf(item: RequestItem, service: Service): CountedUnit {
  const requested = item.requested === 'any' ? undefined : item.requested;
  return requested?.money !== undefined || item.used.some(({ money }) => money !== undefined) ? 'money' : countedUnit(service);
}

/** Units asked for; undefined when they are in a unit in which the item is not counted. */
export function wantedUnits(requested: Units | 'any', unit: CountedUnit, service: PlanService, currency: string): bigint | undefined {
  if (requested === 'any') return unit === 'money' ? undefined : service.usualGrant;
  const units = amountOf(requested, unit, service, currency);
  // A request that names no amount at all leaves it to us.
  if (units === undefined) return isEmpty(requested) && unit !== 'money' ? service.usualGrant : undefined;
  return units;
}

/** Sums reports of one side of a change of tariff; undefined when they are in a unit in which the item is not counted. */
export function usedSum(
  used: readonly UsedUnits[],
  change: 'before' | 'after',
  unit: CountedUnit,
  service: PlanService,
  currency: string,
): UsedMore | undefined {
  let units = 0n;
  let up = 0n;
  let down = 0n;
  for (const each of used) {
    if ((each.change ?? 'before') !== change) continue;
    const amount = amountOf(each, unit, service, currency);
    if (amount === undefined && !isEmpty(each)) return undefined;
    units += amount ?? 0n;
    up += within(each.bytesUp);
    down += within(each.bytesDown);
  }
  return units > MOST[unit] || up > MOST.bytes || down > MOST.bytes ? undefined : { units, up, down };
}

function amountOf(units: Units, unit: CountedUnit, { terms }: PlanService, currency: string): bigint | undefined {
  const amount = amountIn(units, unit, terms?.tariff.tariff.volume.count ?? 'both', currency);
  return amount === undefined || amount < 0n || amount > MOST[unit] ? undefined : amount;
}

function amountIn(
  { seconds, bytes, bytesUp, bytesDown, events, money }: Units,
  unit: CountedUnit,
  count: 'both' | 'up' | 'down',
  currency: string,
): bigint | undefined {
  switch (unit) {
    case 'seconds':
      return seconds;
    case 'bytes': {
      if (count === 'up') return bytesUp ?? bytes;
      if (count === 'down') return bytesDown ?? bytes;
      return bytes ?? (bytesUp === undefined && bytesDown === undefined ? undefined : within(bytesUp) + within(bytesDown));
    }
    case 'events':
      return events;
    case 'money':
      return money?.currency === currency ? money.nanos : undefined;
  }
}

function within(amount: bigint | undefined): bigint {
  return amount === undefined || amount < 0n ? 0n : amount;
}

function isEmpty({ seconds, bytes, bytesUp, bytesDown, events, money }: Units): boolean {
  return (seconds ?? bytes ?? bytesUp ?? bytesDown ?? events ?? money) === undefined;
}
