/** Advice of charge (TS 32.280): what a session has cost, and what its next units cost. Worked out only where a request asks for it. */
import type { AdvisedCost, AdvisedTariff, ChargeAdvice, RateElement } from './answer.ts';
import { type Draft, planAt } from './draft.ts';
import type { PlanService } from './plan.ts';
import { rateElements } from './rate-elements.ts';
import type { ChargingRequest } from './request.ts';
import { nextScopeChange } from './scope.ts';
import { sourcesOf } from './spread.ts';
import { serviceFor, type WorkingItem } from './working-item.ts';

/** A change of tariff is told so long before. */
const AHEAD_MICROS = 86_400_000_000;

/** `tariffs`: of each item. Nothing says to which of them a tariff belongs, so it is told only where all have the same. */
export function adviceOf(
  { advice, operation }: ChargingRequest,
  currency: string,
  cost: AdvisedCost,
  tariffs: readonly (AdvisedTariff | undefined)[],
): ChargeAdvice | undefined {
  if (advice === undefined) return undefined;
  const [tariff] = tariffs;
  const isOne = tariff !== undefined && operation !== 'terminate' && tariffs.every((each) => each !== undefined && isSame(each, tariff));
  const told: { -readonly [Key in keyof ChargeAdvice]: ChargeAdvice[Key] } = { currency };
  if (advice !== 'tariff') told.cost = cost;
  if (advice !== 'cost' && isOne) told.tariff = tariff;
  return told.cost === undefined && told.tariff === undefined ? undefined : told;
}

/** Of an item that has a use and nothing set aside. Undefined: it has no price that could be told. */
export function tariffOf(draft: Draft, item: WorkingItem, service: PlanService, at: number): AdvisedTariff | undefined {
  const current = rateElements(draft, item, service, sourcesOf(draft, item, at, 'share'), at, 'now');
  if (current === undefined) return undefined;
  const until = at + AHEAD_MICROS;
  const used = current.filter(({ reason }) => reason === 'use');
  for (let from = nextChange(draft, item, service, at, until); from < until; from = nextChange(draft, item, service, from, until)) {
    const then = serviceAt(draft, item, service, from);
    const elements = then && rateElements(draft, item, then, sourcesOf(draft, item, from, 'share'), from, 'later');
    if (elements === undefined) break;
    if (!areSame(elements, used)) return { current, next: { fromMicros: from, elements } };
  }
  return { current };
}

/** When bands, counters, the plan's choice among its services, allowances or the plan itself may be others. */
function nextChange(draft: Draft, item: WorkingItem, { terms }: PlanService, from: number, until: number): number {
  const { plan } = draft.own;
  const { service } = item.frame;
  let change = until;
  if (terms?.bands !== undefined) change = Math.min(change, terms.bands.nextBoundary(from));
  if (terms !== undefined && service !== 'voice') change = Math.min(change, terms.days.day(from).toMicros); // tiers begin anew
  for (const { scope } of plan?.services.get(service) ?? []) change = nextScopeChange(scope, from, change);
  for (const { scope, base } of draft.order)
    if (scope !== undefined && base.unit === item.unitOfBuckets) change = nextScopeChange(scope, from, change);
  const end = plan?.validToMicros ?? until;
  return end > from && end < change ? end : change;
}

/** A call keeps the version of its plan; other use is priced by when it is used. */
function serviceAt(draft: Draft, item: WorkingItem, now: PlanService, at: number): PlanService | undefined {
  const plan = item.frame.service === 'voice' ? draft.own.plan : planAt(draft.catalog, draft.own.base.plan, at);
  const then = plan && serviceFor(plan, item, at);
  return then?.number === now.number && item.frame.service === 'voice' ? now : then;
}

function isSame(a: AdvisedTariff, b: AdvisedTariff): boolean {
  return (
    areSame(a.current, b.current) && a.next?.fromMicros === b.next?.fromMicros && areSame(a.next?.elements ?? [], b.next?.elements ?? [])
  );
}

function areSame(a: readonly RateElement[], b: readonly RateElement[]): boolean {
  return (
    a.length === b.length &&
    a.every((each, index) => {
      const other = b[index];
      return (
        other !== undefined &&
        each.reason === other.reason &&
        each.per?.unit === other.per?.unit &&
        each.lasts === other.lasts &&
        isSamePrice(each, other)
      );
    })
  );
}

/** 0.06 for 60 s and 0.10 for 100 s are one price. */
function isSamePrice(a: RateElement, b: RateElement): boolean {
  const scale = Math.max(a.price.scale, b.price.scale);
  const crossed = ({ price }: RateElement, { per }: RateElement): bigint =>
    price.units * 10n ** BigInt(scale - price.scale) * (per?.amount ?? 1n);
  return crossed(a, b) === crossed(b, a);
}
