/** Requests without a session: one event is paid or given back at once, a balance or a price is asked for. */

import { formatNanos } from '../money/amount.ts';
import { MOST_NANOS, mainBucket } from './add-ons.ts';
import { adviceOf, tariffOf } from './advice.ts';
import type { AdvisedCost, AdvisedTariff, AnswerItem, BalanceShown, ChargingAnswer, ChargingResult } from './answer.ts';
import { type ActiveControl, blockingOf, controlsOf, countUse, exhaust, leftOfControls } from './controls.ts';
import { take } from './debit.ts';
import { answer } from './decide.ts';
import type { ChangeCause } from './decision.ts';
import type { Draft } from './draft.ts';
import { answerItem, unitsOf } from './grant.ts';
import { tooMany, unitOf, wantedUnits } from './intake.ts';
import { least } from './least.ts';
import type { CompiledPlan, PlanService } from './plan.ts';
import { closeUse } from './record.ts';
import { debitNote, refundDebit } from './refund.ts';
import { refuseUse, whatIsFree } from './refused-use.ts';
import type { ChargingRequest, RequestItem } from './request.ts';
import { isFree } from './session.ts';
import { largest, type Source, type Spread, sourcesOf, spread } from './spread.ts';
import { resetBucket } from './thresholds.ts';
import type { WorkingBucket } from './working-account.ts';
import { beginUse, serviceFor, WorkingItem } from './working-item.ts';
import { frameOf } from './working-session.ts';

const HELD_OF_CONTROL = 'running sessions hold what a control of spending leaves';

/** Debits each item whole or not at all. */
export function debitEvent(draft: Draft, plan: CompiledPlan | undefined, request: ChargingRequest, at: number): ChargingAnswer {
  let nanos = 0n;
  const { session, number } = request;
  const tariffs: (AdvisedTariff | undefined)[] = [];
  const items = eventItems(request).map((asked, index): AnswerItem => {
    const event = openEvent(draft, plan, request, asked, at);
    if ('result' in event) return event;
    const { item, service, units } = event;
    if (request.advice !== undefined) tariffs.push(tariffOf(draft, item, service, at));
    const controls = controlsOf(draft, item, at);
    const blocking = blockingOf(controls);
    if (blocking !== undefined) return refuseUse(draft, item, 'service-denied', blocking);
    const left = leftOfControls(controls);
    const laid = lay(draft, item, service, units, sourcesOf(draft, item, at, 'reserve'), left.money);
    if (laid === undefined) return answerItem(item, 'rating-failed');
    if (laid.unpaid > 0n || (left.units !== undefined && units > left.units)) {
      const stopping = stoppingOf(draft, item, service, units, controls, at);
      const tooLittle = laid.unpaid > 0n ? mostPayable(draft, item, service, units, left.money, at) : HELD_OF_CONTROL;
      const detail = stopping === undefined ? tooLittle : undefined;
      return { ...refuseUse(draft, item, 'credit-limit-reached', stopping, detail), finalUnit: service.finalUnit };
    }
    const before = item.use;
    const cause: ChangeCause = {
      kind: 'use',
      session,
      number,
      note: debitNote({ item: index, units, unit: item.unit, account: draft.own.base.id }),
    };
    take(draft, item, before && item.pricer(draft, before, service.terms), laid, { units, up: 0n, down: 0n }, cause);
    if (before !== undefined && item.use !== undefined) countUse(draft, controls, before, item.use, request.session);
    nanos += laid.nanos;
    closeUse(draft, item, () => `${session}|e${number}.${index}`);
    const reference = { session, number, item: index, atMicros: draft.now };
    return { ...answerItem(item, 'granted'), granted: unitsOf(item, units, draft.own.base.currency), reference };
  });
  const given = answered(draft, request, items, nanos);
  return withAdvice(draft, request, given, { accumulatedNanos: nanos, incrementalNanos: nanos }, tariffs);
}

/**
 * Gives back: money to the account's own, units to the first bucket that fits and has room below what it was filled to, and
 * what has no such room as money at its price, as far as a balance may rise at all.
 */
export function refundEvent(draft: Draft, plan: CompiledPlan | undefined, request: ChargingRequest, at: number): ChargingAnswer {
  let nanos = 0n;
  const cause: ChangeCause = { kind: 'refund', session: request.session, number: request.number };
  const items = eventItems(request).map((asked): AnswerItem => {
    const event = openEvent(draft, plan, request, asked, at);
    if ('result' in event) return event;
    const { item, service } = event;
    if (asked.refundOf !== undefined) {
      const refunded = refundDebit(draft, request, asked, asked.refundOf, item, service);
      nanos += refunded.nanos;
      return refunded.answer;
    }
    let rest = event.units;
    const backs: { readonly bucket: WorkingBucket; readonly amount: bigint }[] = [];
    for (const bucket of draft.order) {
      const { base, scope, filled, value } = bucket;
      if (
        item.unit === 'money' ||
        base.unit !== item.unitOfBuckets ||
        scope === undefined ||
        base.validToMicros <= draft.now ||
        filled <= value
      )
        continue;
      const amount = least(rest, filled - value);
      backs.push({ bucket, amount });
      rest -= amount;
      if (rest === 0n) break;
    }
    const priced = rest === 0n ? undefined : lay(draft, item, service, rest, [], undefined);
    if (rest > 0n && priced === undefined) return answerItem(item, 'rating-failed');
    if (priced !== undefined) {
      const bucket = mainBucket(draft, draft.own);
      if (bucket.value + priced.nanos > MOST_NANOS) return answerItem(item, 'service-denied', 'the balance would be too high');
      backs.push({ bucket, amount: priced.nanos });
      nanos += priced.nanos;
    }
    for (const { bucket, amount } of backs) {
      draft.move(bucket, amount, cause);
      resetBucket(bucket);
    }
    return { ...answerItem(item, 'granted'), granted: unitsOf(item, event.units, draft.own.base.currency) };
  });
  return answered(draft, request, items, nanos);
}

/** The control that stops an event which could be paid; undefined: it could not. */
function stoppingOf(
  draft: Draft,
  item: WorkingItem,
  service: PlanService,
  units: bigint,
  controls: readonly ActiveControl[],
  at: number,
): ActiveControl | undefined {
  const { money, units: counted } = leftOfControls(controls);
  if (counted !== undefined && units > counted) return exhaust(draft, controls, 'units', item.frame.id);
  if (money === undefined) return undefined;
  const without = lay(draft, item, service, units, sourcesOf(draft, item, at, 'reserve'), undefined);
  return without === undefined || without.unpaid > 0n ? undefined : exhaust(draft, controls, 'money', item.frame.id);
}

/** What a use that is too large could be at most: `2 of 3 messages can be paid, by 0.15 EUR and 1 messages`. */
function mostPayable(
  draft: Draft,
  item: WorkingItem,
  service: PlanService,
  units: bigint,
  moneyMost: bigint | undefined,
  at: number,
): string {
  const sources = sourcesOf(draft, item, at, 'reserve');
  const isPayable = (some: number): boolean => lay(draft, item, service, BigInt(some), sources, moneyMost)?.unpaid === 0n;
  const most = item.unit === 'money' ? '' : `${largest(Number(units), isPayable)} of `;
  const asked = item.unit === 'money' ? formatNanos(units, 2) : `${units} ${item.unitOfBuckets}`;
  return `${most}${asked} can be paid: ${whatIsFree(draft, item, at)} are free for it`;
}

/** All balances; and whether what is asked for could be paid now. Sets nothing aside. */
export function checkBalance(draft: Draft, plan: CompiledPlan | undefined, request: ChargingRequest, at: number): ChargingAnswer {
  const items = request.items.map((asked): AnswerItem => {
    const event = openEvent(draft, plan, request, asked, at);
    if ('result' in event) return event;
    const { item, service, units } = event;
    const { money } = leftOfControls(controlsOf(draft, item, at));
    const laid = lay(draft, item, service, units, sourcesOf(draft, item, at, 'reserve'), money);
    if (laid === undefined) return answerItem(item, 'rating-failed');
    if (laid.unpaid === 0n) return answerItem(item, 'granted');
    return answerItem(item, 'credit-limit-reached', mostPayable(draft, item, service, units, money, at));
  });
  return { ...answer(request, draft.own.base.id, resultOf(items), items), balances: balancesOf(draft) };
}

/** What it would cost in money, after what allowances cover. */
export function enquirePrice(draft: Draft, plan: CompiledPlan | undefined, request: ChargingRequest, at: number): ChargingAnswer {
  let nanos = 0n;
  const tariffs: (AdvisedTariff | undefined)[] = [];
  const items = eventItems(request).map((asked): AnswerItem => {
    const event = openEvent(draft, plan, request, asked, at);
    if ('result' in event) return event;
    const { item, service, units } = event;
    if (request.advice !== undefined) tariffs.push(tariffOf(draft, item, service, at));
    const laid = lay(draft, item, service, units, sourcesOf(draft, item, at, 'reserve'), undefined);
    if (laid === undefined) return answerItem(item, 'rating-failed');
    nanos += laid.nanos;
    return answerItem(item, 'granted');
  });
  return withAdvice(draft, request, answered(draft, request, items, nanos), { accumulatedNanos: nanos }, tariffs);
}

export function balancesOf(draft: Draft): readonly BalanceShown[] {
  return draft.order
    .filter(({ removed }) => !removed)
    .map(({ owner, base, value, reserved, limit }) => ({
      account: owner.base.id,
      bucket: String(base.id),
      definition: base.definition,
      unit: base.unit,
      value,
      reserved,
      limit,
      validToMicros: base.validToMicros,
    }));
}

/** An event that names nothing is one of it. */
function eventItems({ items }: ChargingRequest): readonly RequestItem[] {
  return items.length === 0 ? [{ used: [], requested: 'any' }] : items;
}

interface OpenEvent {
  readonly item: WorkingItem;
  readonly service: PlanService;
  readonly units: bigint;
}

/** The item with a use of which nothing is used yet; or why it cannot be. */
function openEvent(
  draft: Draft,
  plan: CompiledPlan | undefined,
  request: ChargingRequest,
  asked: RequestItem,
  at: number,
): OpenEvent | AnswerItem {
  const { base } = draft.own;
  const item = new WorkingItem(
    frameOf(request, base.id, undefined),
    unitOf(asked, request.service),
    asked.ratingGroup,
    asked.services,
    undefined,
  );
  if (base.status !== 'active') return answerItem(item, 'service-denied', `the account is ${base.status}`);
  const service = plan === undefined ? undefined : serviceFor(plan, item, at);
  if (plan === undefined || service === undefined) return answerItem(item, 'service-denied', `plan ${base.plan} does not have it`);
  if (isFree(service, asked.ratingGroup)) return answerItem(item, 'no-charge');
  const units = wantedUnits(asked.requested ?? asked.used[0] ?? 'any', item.unit, service, base.currency);
  if (units === undefined) return answerItem(item, 'units-not-fitting', tooMany(asked.requested ?? asked.used[0] ?? 'any', item.unit));
  item.use = beginUse(request.usedSinceMicros ?? at, plan, service, false);
  return { item, service, units };
}

/** Undefined when it has no price. */
function lay(
  draft: Draft,
  item: WorkingItem,
  service: PlanService,
  units: bigint,
  sources: readonly Source[],
  moneyMost: bigint | undefined,
): Spread | undefined {
  if (item.use === undefined) return undefined;
  const laid = spread(item.pricer(draft, item.use, service.terms), item.use, units, sources, moneyMost);
  return 'reason' in laid ? undefined : laid;
}

function answered(draft: Draft, request: ChargingRequest, items: readonly AnswerItem[], nanos: bigint): ChargingAnswer {
  const { id, currency } = draft.own.base;
  return { ...answer(request, id, resultOf(items), items), cost: { nanos, currency } };
}

function withAdvice(
  draft: Draft,
  request: ChargingRequest,
  given: ChargingAnswer,
  cost: AdvisedCost,
  tariffs: readonly (AdvisedTariff | undefined)[],
): ChargingAnswer {
  const advice = given.result === 'granted' ? adviceOf(request, draft.own.base.currency, cost, tariffs) : undefined;
  return advice === undefined ? given : { ...given, advice };
}

function resultOf(items: readonly AnswerItem[]): ChargingResult {
  const first = items[0];
  return first === undefined || items.some(({ result }) => result === 'granted') ? 'granted' : first.result;
}
