/** How much a peer gets: at most what it wants, and never more than is there to pay for it. */
import type { NotPriced } from '../rating/finish.ts';
import type { UsePricer } from '../rating/price-use.ts';
import type { OpenGrant, RunningUse } from './account.ts';
import type { AnswerItem, ChargingResult, FinalUnit } from './answer.ts';
import { type ActiveControl, actionsOf, blockingOf, controlsOf, exhaust, leftOfControls, reserveControls } from './controls.ts';
import type { Draft } from './draft.ts';
import { unitsIn } from './intake.ts';
import { greatest, least } from './least.ts';
import type { PlanService, ThresholdAction } from './plan.ts';
import { refuseUse, tellRefused, whatIsFree, whyStopped } from './refused-use.ts';
import type { Units } from './request.ts';
import { release, reserve } from './reserve.ts';
import { fits, nextScopeChange } from './scope.ts';
import { isOpen, largest, type Source, type SourceKind, type Spread, sourcesOf, spread } from './spread.ts';
import { beginUse, type WorkingItem } from './working-item.ts';

const MICROS = 1_000_000;
/** How soon a session asks again that could not get more because others hold what is there. */
const SHARED_VALIDITY_SECONDS = 60;

/**
 * Grants quota to an item whose reservations were given back. `at` is when the service is used, by the peer's clock. `already`: what it was granted before in
 * the same request; both are laid over the buckets as one, so that fees and increments are set aside once.
 */
export function grant(draft: Draft, item: WorkingItem, service: PlanService, wanted: bigint, at: number, already = 0n): AnswerItem {
  if (already > 0n) release(draft, item);
  const { use } = item;
  if (use === undefined) return answerItem(item, 'rating-failed');
  const controls = controlsOf(draft, item, at);
  const actions = actionsOf(controls);
  const blocking = blockingOf(controls);
  if (blocking !== undefined) return refuseUse(draft, item, 'service-denied', blocking);
  const finalUnit = finalUnitOf(service, actions);
  if (actions.some(({ kind }) => kind === 'redirect')) return { ...answerItem(item, 'granted'), finalUnit };

  const left = leftOfControls(controls);
  const most = left.units === undefined ? already + wanted : least(left.units, already + wanted);
  const change = tariffChange(draft, item, service, at);
  const after = change === undefined ? undefined : useAfter(draft, item, service, change);
  const search = new GrantSearch(draft, item, service, left.money, at, after);
  const found = search.best(most);
  if ('reason' in found) return answerItem(item, 'rating-failed', found.detail);
  const { units: inAll, laid, limitedByOthers } = found;
  const units = inAll - already;
  if (inAll > 0n) setAside(draft, item, laid, controls, inAll);
  if (units <= 0n) {
    if (limitedByOthers) return nothingLeft(draft, item, finalUnit, true, 'other sessions hold what could pay for it');
    const stopping = stoppingControl(draft, item, service, controls, wanted, at);
    const detail = stopping === undefined ? `${whatIsFree(draft, item, at)} pay for nothing of it` : whyStopped(stopping);
    tellRefused(draft, item, stopping, detail);
    return nothingLeft(draft, item, finalUnit, false, detail);
  }
  const isFinal = !limitedByOthers && (units < wanted || search.nothingMore());
  const validitySeconds = validityOf(draft, item, service, at, limitedByOthers);
  const validToMicros = draft.now + validitySeconds * MICROS;
  const announced = change !== undefined && change < at + validitySeconds * MICROS ? change : undefined;
  const grantOpen: OpenGrant = { units: inAll, atMicros: at, validToMicros, tariffChangeMicros: announced };
  item.grant = grantOpen;
  draft.trace?.push(`granted ${units} ${item.unit}${isFinal ? ', the last' : ''}`);
  const slow = actions.findLast(({ kind }) => kind === 'slow-down');
  const { currency } = draft.own.base;
  const answer = answerItem(item, 'granted');
  answer.granted = unitsOf(item, units, currency);
  answer.validitySeconds = validitySeconds;
  if (service.holdingSeconds !== undefined) answer.holdingSeconds = service.holdingSeconds;
  if (service.consumptionSeconds !== undefined && item.unit === 'seconds') answer.consumptionSeconds = service.consumptionSeconds;
  if (service.thresholdPercent > 0 && !isFinal)
    answer.threshold = unitsOf(item, (units * BigInt(service.thresholdPercent)) / 100n, currency);
  if (announced !== undefined) answer.tariffChangeMicros = announced;
  if (isFinal) answer.finalUnit = finalUnit;
  if (slow?.kind === 'slow-down') answer.slowTo = slow.to;
  return answer;
}

function setAside(draft: Draft, item: WorkingItem, laid: readonly Spread[], controls: readonly ActiveControl[], units: bigint): void {
  reserve(draft, item, laid);
  if (controls.length === 0) return;
  const dearest = laid.reduce((nanos, { nanos: each }) => greatest(nanos, each), 0n);
  item.counted = [...item.counted, ...reserveControls(controls, units, dearest)];
}

/** Quota in the unit in which the item is counted. */
export function unitsOf(item: WorkingItem, units: bigint, currency: string): Units {
  return unitsIn(item.unit, units, currency);
}

/** An answer in the making. */
export type OpenAnswerItem = { -readonly [K in keyof AnswerItem]: AnswerItem[K] };

export function answerItem(
  { ratingGroup, services }: Pick<WorkingItem, 'ratingGroup' | 'services'>,
  result: ChargingResult,
  detail?: string,
): OpenAnswerItem {
  const answer: OpenAnswerItem = { result };
  if (ratingGroup !== undefined) answer.ratingGroup = ratingGroup;
  if (services !== undefined) answer.services = services;
  if (detail !== undefined) answer.detail = detail;
  return answer;
}

function finalUnitOf(service: PlanService, actions: readonly ThresholdAction[]): FinalUnit {
  const redirect = actions.findLast(({ kind }) => kind === 'redirect');
  return redirect?.kind === 'redirect' ? { action: 'redirect', to: redirect.to } : service.finalUnit;
}

/** The control without which something could be granted. */
function stoppingControl(
  draft: Draft,
  item: WorkingItem,
  service: PlanService,
  controls: readonly ActiveControl[],
  wanted: bigint,
  at: number,
): ActiveControl | undefined {
  const { money, units } = leftOfControls(controls);
  if (units === 0n) return exhaust(draft, controls, 'units', item.frame.id);
  if (money === undefined) return undefined;
  const found = new GrantSearch(draft, item, service, undefined, at, undefined).best(wanted);
  return 'reason' in found || found.units <= 0n ? undefined : exhaust(draft, controls, 'money', item.frame.id);
}

/** Nothing can be granted: told to end, or to go where more can be bought. Others that hold what is there are asked to report. */
function nothingLeft(draft: Draft, item: WorkingItem, finalUnit: FinalUnit, limitedByOthers: boolean, detail: string): AnswerItem {
  if (limitedByOthers) {
    const others = draft.own
      .get('sessions')
      .filter(({ id, items }) => id !== item.frame.id && items.some(({ reservations }) => reservations.length > 0));
    if (others.length > 0) {
      draft.events.push({ kind: 'reauthorise', account: draft.own.base.id, sessions: others.map(({ id }) => id) });
    }
  }
  if (finalUnit.action === 'terminate') return { ...answerItem(item, 'credit-limit-reached', detail), finalUnit };
  return { ...answerItem(item, 'granted', detail), finalUnit };
}

/** When what is granted would have another price or other buckets: told to the peer, which then counts apart. Only for data: time of calls is split by its price. */
function tariffChange(draft: Draft, item: WorkingItem, service: PlanService, at: number): number | undefined {
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

interface AfterChange {
  readonly use: RunningUse;
  readonly atMicros: number;
  readonly pricer: UsePricer | undefined;
}

/** The use that would begin at a change of tariff. */
function useAfter(draft: Draft, item: WorkingItem, service: PlanService, change: number): AfterChange | undefined {
  const { plan } = draft.own;
  if (plan === undefined) return undefined;
  const use = beginUse(change, plan, service, true);
  return { use, atMicros: change, pricer: item.newPricer(draft, use, service.terms) };
}

interface Found {
  readonly units: bigint;
  readonly laid: readonly Spread[];
  readonly limitedByOthers: boolean;
}

/** Looks for the most that can be paid. */
class GrantSearch {
  readonly #draft: Draft;
  readonly #item: WorkingItem;
  readonly #service: PlanService;
  readonly #moneyMost: bigint | undefined;
  readonly #at: number;
  readonly #after: AfterChange | undefined;
  readonly #pricer: UsePricer | undefined;
  readonly #use: RunningUse;
  #sources: readonly Source[] = [];
  #sourcesAfter: readonly Source[] = [];
  #fault: NotPriced | undefined;

  constructor(
    draft: Draft,
    item: WorkingItem,
    service: PlanService,
    moneyMost: bigint | undefined,
    at: number,
    after: AfterChange | undefined,
  ) {
    this.#draft = draft;
    this.#item = item;
    this.#service = service;
    this.#moneyMost = moneyMost;
    this.#at = at;
    this.#after = after;
    this.#use = item.use as RunningUse; // the caller has looked
    this.#pricer = item.pricer(draft, this.#use, service.terms);
  }

  /** First within the share of what sessions share; where that is too little to be of use, within all that is free. */
  best(wanted: bigint): Found | NotPriced {
    if (wanted <= 0n) return { units: 0n, laid: [], limitedByOthers: false };
    this.#look('share');
    const whole = this.#lay(wanted);
    if (whole !== undefined) return { units: wanted, laid: whole, limitedByOthers: false };
    if (this.#fault !== undefined) return this.#fault;
    const limitedByOthers = isHeldByOthers(this.#draft, this.#item, this.#at);
    let units = this.#largest(wanted);
    const { leastGrant } = this.#service;
    const useful = least(leastGrant, wanted);
    if (limitedByOthers && units < useful) {
      this.#look('reserve');
      units = this.#largest(useful);
    }
    if (this.#fault !== undefined) return this.#fault;
    return { units, laid: units > 0n ? (this.#lay(units) ?? []) : [], limitedByOthers };
  }

  /** After reserving: whether every bucket that could pay is empty. */
  nothingMore(): boolean {
    return sourcesOf(this.#draft, this.#item, this.#at, 'reserve').length === 0;
  }

  #look(kind: SourceKind): void {
    this.#sources = sourcesOf(this.#draft, this.#item, this.#at, kind);
    if (this.#after !== undefined) this.#sourcesAfter = sourcesOf(this.#draft, this.#item, this.#after.atMicros, kind);
  }

  #largest(most: bigint): bigint {
    return BigInt(largest(Number(most), (units) => this.#lay(BigInt(units)) !== undefined));
  }

  /** How so many units are paid, before and after the change of tariff; undefined when they are not. */
  #lay(units: bigint): readonly Spread[] | undefined {
    const before = spread(this.#pricer, this.#use, this.#use.used + units, this.#sources, this.#moneyMost);
    if ('reason' in before) return this.#fail(before);
    if (before.unpaid > 0n) return undefined;
    if (this.#after === undefined) return [before];
    const after = spread(this.#after.pricer, this.#after.use, units, this.#sourcesAfter, this.#moneyMost);
    if ('reason' in after) return this.#fail(after);
    return after.unpaid > 0n ? undefined : [before, after];
  }

  #fail(fault: NotPriced): undefined {
    this.#fault = fault;
    return undefined;
  }
}

/** Whether others have set aside something that this item could use. */
function isHeldByOthers(draft: Draft, { unitOfBuckets, context }: WorkingItem, at: number): boolean {
  return draft.order.some(
    (bucket) =>
      bucket.holders > 0 &&
      !bucket.removed &&
      bucket.scope !== undefined &&
      (bucket.base.unit === 'money' || bucket.base.unit === unitOfBuckets) &&
      isOpen(draft, bucket) &&
      fits(bucket.scope, context, at),
  );
}

/** Seconds after which the peer asks again: the service's, or sooner where what pays for the grant ends. */
function validityOf(draft: Draft, item: WorkingItem, service: PlanService, at: number, limitedByOthers: boolean): number {
  let seconds = service.validitySeconds;
  if (limitedByOthers && seconds > SHARED_VALIDITY_SECONDS) seconds = SHARED_VALIDITY_SECONDS;
  for (const { account, bucket: id } of item.reservations) {
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
