/** How much a peer gets: at most what it wants, and never more than is there to pay for it. */
import type { NotPriced } from '../rating/finish.ts';
import type { UsePricer } from '../rating/price-use.ts';
import type { OpenGrant, RunningUse } from './account.ts';
import type { AnswerItem, ChargingResult, FinalUnit } from './answer.ts';
import { type ActiveControl, actionsOf, blockingOf, controlsOf, exhaust, leftOfControls, reserveControls } from './controls.ts';
import type { Draft } from './draft.ts';
import { type AfterChange, tariffChange, useAfter, validityOf } from './grant-time.ts';
import { askHolders, type GrantSession, isHeldByOthers } from './held.ts';
import { unitsIn } from './intake.ts';
import { greatest, least } from './least.ts';
import { NONE } from './lists.ts';
import type { PlanService, ThresholdAction } from './plan.ts';
import { grantFromPool, type PoolGrant } from './pool-grant.ts';
import { refuseUse, tellRefused, whatIsFree, whyStopped } from './refused-use.ts';
import type { Units } from './request.ts';
import { release, reserve } from './reserve.ts';
import { isAnythingFree, largest, type Source, type SourceKind, type Spread, sourcesOf, spread } from './spread.ts';
import type { WorkingItem } from './working-item.ts';

const MICROS = 1_000_000;

/**
 * Grants quota to an item whose reservations were given back. `at` is when the service is used, by the peer's clock. `already`: what it was granted before in
 * the same request; both are laid over the buckets as one, so that fees and increments are set aside once.
 */
export function grant(
  draft: Draft,
  session: GrantSession,
  item: WorkingItem,
  service: PlanService,
  wanted: bigint,
  at: number,
  already = 0n,
): AnswerItem {
  if (already > 0n) release(draft, item);
  const { use } = item;
  if (use === undefined) return answerItem(item, 'rating-failed');
  const controls = controlsOf(draft, item, at);
  const actions = actionsOf(controls);
  const blocking = blockingOf(controls);
  if (blocking !== undefined) return refuseUse(draft, item, 'service-denied', blocking);
  const finalUnit = finalUnitOf(service, actions);
  if (actions.some(isRedirect)) return { ...answerItem(item, 'granted'), finalUnit };

  const change = tariffChange(draft, item, service, at);
  const { pools } = session;
  const pooled =
    pools === undefined || change !== undefined
      ? undefined
      : grantFromPool(draft, pools, item, service, controls, wanted, at, session.later);
  const found = pooled ?? grantAlone(draft, item, service, controls, already, wanted, at, change);
  if ('reason' in found) return answerItem(item, 'rating-failed', found.detail);
  const { inAll, limitedByOthers } = found;
  const units = pooled === undefined ? (already === 0n ? inAll : inAll - already) : pooled.units;
  if (units <= 0n) {
    if (limitedByOthers) return nothingLeft(item, finalUnit, askHolders(draft, session, item));
    const stopping = stoppingControl(draft, item, service, controls, wanted, at);
    const detail = stopping === undefined ? `${whatIsFree(draft, item, at)} pay for nothing of it` : whyStopped(stopping);
    tellRefused(draft, item, stopping, detail);
    return nothingLeft(item, finalUnit, detail);
  }
  const isLast = units < wanted || (!isAnythingFree(draft, item, at) && !costsNothing(draft, item, service, inAll + wanted, at));
  const isFinal = isLast && !limitedByOthers && (pooled === undefined || isLastOf(pooled, draft, item, at));
  const reservations = item.multiplier === undefined ? item.reservations : (pools?.pool?.reservations ?? item.reservations);
  const validitySeconds = validityOf(draft, item, reservations, service, at, limitedByOthers);
  const validToMicros = draft.now + validitySeconds * MICROS;
  const announced = change !== undefined && change < at + validitySeconds * MICROS ? change : undefined;
  const grantOpen: OpenGrant = { units: inAll, atMicros: at, validToMicros, tariffChangeMicros: announced };
  item.grant = grantOpen;
  draft.trace?.push(`granted ${units} ${item.unit}${isFinal ? ', the last' : ''}`);
  const slow = actions.findLast(isSlower);
  const { currency } = draft.own.base;
  const isTold = service.thresholdPercent > 0 && !isFinal;
  const threshold = isTold ? unitsOf(item, (units * BigInt(service.thresholdPercent)) / 100n, currency) : undefined;
  const answer = grantedItem(item, unitsOf(item, units, currency), validitySeconds, threshold);
  if (item.multiplier !== undefined && pools !== undefined) answer.unitPool = { number: pools.opened, multiplier: item.multiplier };
  if (service.holdingSeconds !== undefined) answer.holdingSeconds = service.holdingSeconds;
  if (service.consumptionSeconds !== undefined && item.unit === 'seconds') answer.consumptionSeconds = service.consumptionSeconds;
  if (announced !== undefined) answer.tariffChangeMicros = announced;
  if (isFinal) answer.finalUnit = finalUnit;
  if (slow?.kind === 'slow-down') answer.slowTo = slow.to;
  return answer;
}

const isRedirect = ({ kind }: ThresholdAction): boolean => kind === 'redirect';
const isSlower = ({ kind }: ThresholdAction): boolean => kind === 'slow-down';

/** A pool is over money or units: what is left of the other is there for the next grant. */
function isLastOf({ isShared, over }: PoolGrant, draft: Draft, item: WorkingItem, at: number): boolean {
  return !isShared && !sourcesOf(draft, item, at, 'reserve').some(({ isMoney }) => isMoney !== (over === 'money'));
}

/** Whether so much is to be had by who has nothing: a call that is free (an emergency, a number of our own) must not be cut after its first grant. */
function costsNothing(draft: Draft, item: WorkingItem, service: PlanService, units: bigint, at: number): boolean {
  if (item.reservations.length > 0 || item.multiplier !== undefined) return false;
  const found = mostOf(draft, item, service, undefined, at, undefined, units);
  return !('reason' in found) && found.inAll === units;
}

/** A quota of its own: what is granted is set aside for the item. */
function grantAlone(
  draft: Draft,
  item: WorkingItem,
  service: PlanService,
  controls: readonly ActiveControl[],
  already: bigint,
  wanted: bigint,
  at: number,
  change: number | undefined,
): Found | NotPriced {
  const left = leftOfControls(controls);
  const inAll = already === 0n ? wanted : already + wanted;
  const most = left.units === undefined ? inAll : least(left.units, inAll);
  const after = change === undefined ? undefined : useAfter(draft, item, service, change);
  const found = mostOf(draft, item, service, left.money, at, after, most);
  if ('reason' in found) return found;
  if (found.inAll > 0n) setAside(draft, item, found.laid, controls, found.inAll);
  return found;
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

/** As `answerItem`, with what every grant has: fields that are there from the first lie in the object itself. */
function grantedItem(
  { ratingGroup, services }: WorkingItem,
  granted: Units,
  validitySeconds: number,
  threshold: Units | undefined,
): OpenAnswerItem {
  if (services === undefined && ratingGroup !== undefined && threshold !== undefined)
    return { result: 'granted', ratingGroup, granted, validitySeconds, threshold };
  const answer: OpenAnswerItem = { result: 'granted', granted, validitySeconds };
  if (ratingGroup !== undefined) answer.ratingGroup = ratingGroup;
  if (threshold !== undefined) answer.threshold = threshold;
  if (services !== undefined) answer.services = services;
  return answer;
}

function finalUnitOf(service: PlanService, actions: readonly ThresholdAction[]): FinalUnit {
  const redirect = actions.findLast(isRedirect);
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
  const found = mostOf(draft, item, service, undefined, at, undefined, wanted);
  return 'reason' in found || found.inAll <= 0n ? undefined : exhaust(draft, controls, 'money', item.frame.id);
}

/** Nothing can be granted: told to end, or to go where more can be bought. */
function nothingLeft(item: WorkingItem, finalUnit: FinalUnit, detail: string): AnswerItem {
  if (finalUnit.action === 'terminate') return { ...answerItem(item, 'credit-limit-reached', detail), finalUnit };
  return { ...answerItem(item, 'granted', detail), finalUnit };
}

interface Found {
  /** With what was granted before. */
  readonly inAll: bigint;
  readonly laid: readonly Spread[];
  readonly limitedByOthers: boolean;
}

/** Nearly always all that is wanted is there, in a share and without a change of tariff: only otherwise it is searched for. */
function mostOf(
  draft: Draft,
  item: WorkingItem,
  service: PlanService,
  moneyMost: bigint | undefined,
  at: number,
  after: AfterChange | undefined,
  wanted: bigint,
): Found | NotPriced {
  const { use } = item;
  if (use === undefined || wanted <= 0n) return NOTHING;
  if (after === undefined) {
    const pricer = item.pricer(draft, use, service.terms);
    const whole = spread(pricer, use, use.used + wanted, sourcesOf(draft, item, at, 'share'), moneyMost);
    if ('reason' in whole) return whole;
    if (whole.unpaid === 0n) return { inAll: wanted, laid: [whole], limitedByOthers: false };
  }
  return new GrantSearch(draft, item, service, moneyMost, at, after).best(wanted);
}

const NOTHING: Found = { inAll: 0n, laid: NONE, limitedByOthers: false };

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
    this.#look('share');
    const whole = this.#lay(wanted);
    if (whole !== undefined) return { inAll: wanted, laid: whole, limitedByOthers: false };
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
    return { inAll: units, laid: units > 0n ? (this.#lay(units) ?? NONE) : NONE, limitedByOthers };
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
