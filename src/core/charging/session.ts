/** Requests of sessions: initial, update, terminate. */
import type { RunningUse } from './account.ts';
import { tariffOf } from './advice.ts';
import type { AnswerItem, ChargingResult } from './answer.ts';
import { debit, type UsedMore } from './debit.ts';
import type { ChangeCause } from './decision.ts';
import { answerItem, grant } from './grant.ts';
import { grantedInAll, inAllNow, sinceLast, tooMany, usedSum, wantedUnits } from './intake.ts';
import { least } from './least.ts';
import { added, NONE } from './lists.ts';
import type { CompiledPlan, PlanService } from './plan.ts';
import type { ChargingRequest, RequestItem, Units } from './request.ts';
import { release } from './reserve.ts';
import { sourcesOf } from './spread.ts';
import { lastOfPool, type TakenOut } from './unit-pools.ts';
import { beginUse, serviceFor, serviceOfUse, type WorkingItem } from './working-item.ts';
import type { WorkingSession } from './working-session.ts';

/** What a request of a running or new session comes to. `at`: its time by the peer's clock, made plausible. */
export function decideSession(session: WorkingSession, plan: CompiledPlan, request: ChargingRequest, at: number): readonly AnswerItem[] {
  const cause: ChangeCause = { kind: 'use', session: request.session, number: request.number };
  let all: Asked[] | undefined;
  for (const item of request.items) all = added(all, { item, working: session.item(item), fault: undefined });
  const asked = all ?? NONE;
  // One after the other: what the others have set aside is not there for this one.
  for (const each of asked) each.fault = takeReport(session, each, plan, request, at, cause);
  session.restate(request.facts, at);
  const given = asked.length < 2 ? undefined : new Map<WorkingItem, bigint>();
  let answers: AnswerItem[] | undefined;
  for (let index = 0; index < asked.length; index += 1) answers = added(answers, answerTo(session, plan, request, asked, index, at, given));
  return session.pools === undefined ? (answers ?? NONE) : lastOfPool(answers ?? NONE);
}

/** One of the items of a request, and why its report was not taken. */
interface Asked {
  readonly item: RequestItem;
  readonly working: WorkingItem;
  fault: ChargingResult | undefined;
}

function takeReport(
  session: WorkingSession,
  { item: asked, working }: Asked,
  plan: CompiledPlan,
  request: ChargingRequest,
  at: number,
  cause: ChangeCause,
): ChargingResult | undefined {
  const { draft, pools } = session;
  const item = sinceLast(asked, working, at);
  if (item === undefined) return WENT_BACK;
  let drawn: TakenOut | undefined;
  if (request.operation === 'terminate' || item.used.length > 0 || item.requested !== undefined) {
    release(draft, working);
    drawn = pools?.takeOut(draft, working);
    working.isAsking = true;
  }
  const fault = report(session, working, plan, item, request, at, cause);
  if (drawn !== undefined) pools?.putBack(draft, working, drawn, at);
  if (fault === undefined) working.inAll = inAllNow(asked, working.inAll, item.used);
  return fault;
}

/** A count of the session did: nothing else makes a report come out of order. */
const WENT_BACK = 'out-of-order';

/** `given`: what each item was granted, where the request has several. */
function answerTo(
  session: WorkingSession,
  plan: CompiledPlan,
  request: ChargingRequest,
  asked: readonly Asked[],
  index: number,
  at: number,
  given: Map<WorkingItem, bigint> | undefined,
): AnswerItem {
  const { item, working, fault } = asked[index] as Asked; // index is below the length
  if (fault !== undefined) {
    const wentBack = asked.some((each) => each.working === working && each.fault === WENT_BACK);
    return answerItem(working, fault, wentBack ? 'a count of the session went back' : undefined);
  }
  if (request.operation === 'terminate' || item.requested === undefined) return answerItem(working, 'granted');
  if (session.pools !== undefined) session.later = asked.slice(index + 1).flatMap((each) => (each.fault === undefined ? each.item : []));
  const already = given?.get(working) ?? 0n;
  const answered = grantAsked(session, plan, working, item.requested, request.usedSinceMicros ?? at, at, already);
  if (answered.granted === undefined) return answered;
  given?.set(working, working.grant?.units ?? 0n);
  return request.totals === undefined ? answered : { ...answered, grantedInAll: grantedInAll(answered.granted, working.inAll) };
}

/** `already`: granted to the same item in the same request, of a session with two user planes. */
function grantAsked(
  session: WorkingSession,
  plan: CompiledPlan,
  working: WorkingItem,
  requested: Units | 'any',
  since: number,
  at: number,
  already: bigint,
): AnswerItem {
  const { draft } = session;
  const status = draft.own.get('status');
  const service = serviceFor(plan, working, at);
  if (status !== 'active') return answerItem(working, 'service-denied', `the account is ${status}`);
  if (service === undefined) return answerItem(working, 'service-denied', `plan ${plan.id} does not have it`);
  if (isFree(service, working.ratingGroup)) return answerItem(working, 'no-charge');
  const wanted = wantedUnits(requested, working.unit, service, draft.own.base.currency);
  if (wanted === undefined) return answerItem(working, 'units-not-fitting', tooMany(requested, working.unit));
  if (wanted === 0n) return answerItem(working, 'granted');
  begin(session, working, plan, service, since);
  session.tariffs?.push(tariffOf(draft, working, service, at));
  return grant(draft, session, working, service, working.unit === 'money' ? wanted : least(wanted, service.mostGrant), at, already);
}

/** Costs nothing and is not controlled. */
export function isFree({ terms, freeGroups }: PlanService, ratingGroup: string | undefined): boolean {
  return terms === undefined || (ratingGroup !== undefined && freeGroups.has(ratingGroup));
}

/** Debits what an item reports as used; before and after a change of tariff as uses of their own. */
function report(
  session: WorkingSession,
  item: WorkingItem,
  plan: CompiledPlan,
  asked: RequestItem,
  request: ChargingRequest,
  at: number,
  cause: ChangeCause,
): ChargingResult | undefined {
  const { draft } = session;
  const { grant: granted } = item;
  // Told that the use begins now: until then it only rang.
  if (request.usedSinceMicros !== undefined && item.use?.used === 0n) item.use = { ...item.use, startMicros: request.usedSinceMicros };
  if (asked.used.length === 0) return undefined;
  const start = granted?.atMicros ?? at;
  const service = item.use === undefined ? serviceFor(plan, item, start) : serviceOfUse(draft, item.use, session.frame.service);
  if (service === undefined) return 'service-denied';
  item.use ??= beginUse(request.usedSinceMicros ?? start, plan, service, false);
  const { currency } = draft.own.base;
  const before = usedSum(asked.used, 'before', item.unit, service, currency);
  const after = usedSum(asked.used, 'after', item.unit, service, currency);
  if (before === undefined || after === undefined) return 'units-not-fitting';
  if (isFree(service, asked.ratingGroup)) return undefined;
  item.grant = undefined;
  const fitMicros = granted?.atMicros ?? at;
  if (pay(session, item, service, before, fitMicros, cause)) return 'rating-failed';
  const change = granted?.tariffChangeMicros;
  if (change === undefined || (after.units === 0n && at < change)) {
    return after.units > 0n && pay(session, item, service, after, fitMicros, cause) ? 'rating-failed' : undefined;
  }
  session.close(item);
  const next = serviceFor(plan, item, change) ?? service;
  item.use = beginUse(change, plan, next, true);
  return pay(session, item, next, after, change, cause) ? 'rating-failed' : undefined;
}
/** True when there is no price. */
function pay(
  { draft }: WorkingSession,
  item: WorkingItem,
  service: PlanService,
  more: UsedMore,
  fitMicros: number,
  cause: ChangeCause,
): boolean {
  if (item.use === undefined || more.units === 0n) return false;
  const pricer = item.pricer(draft, item.use, service.terms);
  draft.trace?.push(`${more.units} ${item.unit} used`);
  return debit(draft, item, pricer, more, sourcesOf(draft, item, fitMicros, 'debit'), fitMicros, cause) !== undefined;
}

/** The use that a grant is for: the running one, unless it must be priced anew from here. */
function begin(session: WorkingSession, item: WorkingItem, plan: CompiledPlan, service: PlanService, at: number): void {
  const { use } = item;
  if (use !== undefined && use.used > 0n && !isOtherPrice(item, use, plan, service, at)) return;
  const continues = use !== undefined && (use.continues || use.used > 0n);
  session.close(item);
  item.use = beginUse(at, plan, service, continues);
}

/** A call keeps its version and splits its bands; other use is priced by when it is used. */
function isOtherPrice({ unit }: WorkingItem, use: RunningUse, plan: CompiledPlan, { terms, number }: PlanService, at: number): boolean {
  if (number !== use.planService) return true;
  if (unit !== 'bytes' && unit !== 'events') return false;
  if (use.planVersion !== plan.version) return true;
  if (terms === undefined) return false;
  if (terms.bands !== undefined && terms.bands.at(use.startMicros) !== terms.bands.at(at)) return true;
  return use.counters.length > 0 && terms.days.date(use.startMicros) !== terms.days.date(at);
}
