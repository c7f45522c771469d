/** Pools of granted units that plans ask for: which rating groups draw from one, and why some cannot. */
import type { CompiledPool } from '../charging/plan.ts';
import type { Decimal } from '../money/decimal.ts';
import type { Terms } from '../rating/compile-book.ts';
import type { RateTerms, Tariff } from '../tariffs/tariff.ts';
import type { CatalogDefinition, PlanDefinition, PlanServiceDefinition, ScopeDefinition } from './plan.ts';

export interface PoolFault {
  readonly message: string;
  readonly value: string | undefined;
}

/** What keeps the groups of a pool from being one: prices that are not units × a number, and whatever tells the groups apart. */
export function poolFaults(
  plan: PlanDefinition,
  said: PlanServiceDefinition,
  tariff: Tariff | undefined,
  definition: CatalogDefinition,
): readonly PoolFault[] {
  const groups = said.pool?.groups;
  if (groups === undefined) return [];
  const faults: PoolFault[] = [];
  const fault = (message: string, value?: string): unknown => faults.push({ message, value });
  if (new Set(groups).size !== groups.length || groups.length < 2)
    fault('a pool is of at least two different rating groups', groups.join(', '));
  if (said.service === 'sms' || said.service === 'mms') fault(`${said.service} is paid by the message, without a pool`);
  if (said.tariff === undefined) fault('what costs nothing needs no pool');
  const free = groups.find((group) => said.freeGroups.includes(group));
  if (free !== undefined) fault(`rating group ${free} is free, and draws from no pool`, free);
  for (const other of plan.services)
    if (other.service === said.service && tellsApart(other.when, groups))
      fault(`its services tell rating groups ${groups.join(', ')} of a pool apart`);
  for (const { id, scope } of plan.controls)
    if (tellsApart(scope, groups)) fault(`control ${id} tells rating groups ${groups.join(', ')} of a pool apart`, id);
  for (const { id, scope } of definition.allowances)
    if (plan.allowances.includes(id) && tellsApart(scope, groups))
      fault(`allowance ${id} tells rating groups ${groups.join(', ')} of a pool apart`, id);
  const crooked = tariff && crookedTerms(tariff);
  if (crooked !== undefined) fault(`tariff ${tariff?.id} has ${crooked}: a pool is of groups that have one price a unit`, tariff?.id);
  return faults;
}

function tellsApart(scope: ScopeDefinition | undefined, groups: readonly string[]): boolean {
  const within = groups.filter((group) => scope?.ratingGroups?.includes(group));
  return scope?.ratingGroups !== undefined && within.length > 0 && within.length < groups.length;
}

/** What makes the price of a use another than units × price; undefined: nothing does. Rates that sheets keep are looked at when they price. */
function crookedTerms({ timeBands, volume, rates, service }: Tariff): string | undefined {
  if (timeBands !== undefined) return 'time bands';
  if (service === 'data' && volume.per === 'day') return 'volume by the day';
  if (service === 'data' && volume.roundUpToBytes > 1) return 'volume that is rounded up';
  for (const { terms } of rates) {
    const found = crookedRate(terms);
    if (found !== undefined) return found;
  }
  return undefined;
}

function crookedRate(terms: RateTerms): string | undefined {
  const isSome = (fee: Decimal | undefined): boolean => fee !== undefined && fee.units !== 0n;
  if ((terms.firstSeconds ?? 1) > 1 || (terms.nextSeconds ?? 1) > 1) return 'increments';
  if (isSome(terms.setupFee) || isSome(terms.disconnectFee) || isSome(terms.surcharge)) return 'fees';
  if (terms.minimumCharge !== undefined || terms.maximumCharge !== undefined) return 'a least or highest charge';
  if (terms.steps !== undefined || terms.tiers !== undefined || terms.sizeBands !== undefined) return 'steps, tiers or bands of size';
  if (terms.graceSeconds !== undefined || (terms.freeSeconds ?? 0) > 0) return 'free units';
  return terms.share === undefined ? undefined : 'shares of a price';
}

/** The unit of the pool is what the prices of the tariff have in common, so that multipliers are small whole numbers. */
export function compiledPool(groups: readonly string[], terms: Terms | undefined): CompiledPool {
  const unitPrice = (terms?.tariff.formulas ?? []).reduce((common, { price }) => divisor(common, price), 0n);
  return { groups: new Set(groups), unitPrice };
}

function divisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
