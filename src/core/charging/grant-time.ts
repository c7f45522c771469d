/** How long a grant holds: when its price or its buckets are others, and when the peer asks again. */
import type { UsePricer } from '../rating/price-use.ts';
import type { Reservation, RunningUse } from './account.ts';
import type { Draft } from './draft.ts';
import type { PlanService } from './plan.ts';
import { nextScopeChange } from './scope.ts';
import { beginUse, type WorkingItem } from './working-item.ts';

const MICROS = 1_000_000;
/** How soon a session asks again that could not get more because others hold what is there. */
const SHARED_VALIDITY_SECONDS = 60;

/** When what is granted would have another price or other buckets: told to the peer, which then counts apart. Only for data: time of calls is split by its price. */
export function tariffChange(draft: Draft, item: WorkingItem, service: PlanService, at: number): number | undefined {
  if (item.unit !== 'bytes' || service.terms === undefined) return undefined;
  const until = at + service.validitySeconds * MICROS;
  const { terms } = service;
  let change = until;
  if (terms.bands !== undefined) {
    const band = terms.bands.at(at);
    for (let next = terms.bands.nextBoundary(at); next < change; next = terms.bands.nextBoundary(next)) {
      if (terms.bands.at(next) !== band) change = next;
    }
  }
  if (item.use !== undefined && item.use.counters.length > 0) {
    const day = terms.days.date(at);
    for (let next = terms.days.day(at).toMicros; next < change; next = terms.days.day(next).toMicros)
      if (terms.days.date(next) !== day) change = next;
  }
  for (const { scope, base } of draft.order)
    if (scope !== undefined && base.unit === item.unitOfBuckets) change = nextScopeChange(scope, at, change);
  const planEnd = draft.own.plan?.validToMicros ?? until;
  if (planEnd > at && planEnd < change) change = planEnd;
  return change < until ? change : undefined;
}

export interface AfterChange {
  readonly use: RunningUse;
  readonly atMicros: number;
  readonly pricer: UsePricer | undefined;
}

/** The use that would begin at a change of tariff. */
export function useAfter(draft: Draft, item: WorkingItem, service: PlanService, change: number): AfterChange | undefined {
  const { plan } = draft.own;
  if (plan === undefined) return undefined;
  const use = beginUse(change, plan, service, true);
  return { use, atMicros: change, pricer: item.newPricer(draft, use, service.terms) };
}

/** Seconds after which the peer asks again: the service's, or sooner where what pays for the grant ends. */
export function validityOf(
  draft: Draft,
  item: WorkingItem,
  reservations: readonly Reservation[],
  service: PlanService,
  at: number,
  limitedByOthers: boolean,
): number {
  let seconds = service.validitySeconds;
  if (limitedByOthers && seconds > SHARED_VALIDITY_SECONDS) seconds = SHARED_VALIDITY_SECONDS;
  for (const { account, bucket: id } of reservations) {
    const bucket = draft.bucket(account, id);
    if (bucket === undefined) continue;
    const ends = Math.ceil((bucket.base.validToMicros - draft.now) / MICROS);
    if (ends < seconds) seconds = ends;
    if (item.unit === 'bytes' || bucket.scope === undefined) continue;
    const until = at + seconds * MICROS;
    const change = nextScopeChange(bucket.scope, at, until);
    if (change < until) seconds = Math.ceil((change - at) / MICROS);
  }
  return Math.max(seconds, 1);
}
