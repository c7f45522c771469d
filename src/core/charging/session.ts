/** Requests of sessions: initial, update, terminate. */
import type { ChargingSession, RunningUse } from './account.ts';
import { tariffOf } from './advice.ts';
import type { AdvisedTariff, AnswerItem, ChargingAnswer, ChargingResult } from './answer.ts';
import { debit, type UsedMore } from './debit.ts';
import type { ChangeCause } from './decision.ts';
import type { Draft } from './draft.ts';
import { answerItem, grant } from './grant.ts';
import type { GrantSession } from './held.ts';
import { grantedInAll, inAllNow, sinceLast, tooMany, unitOf, usedSum, wantedUnits } from './intake.ts';
import { least } from './least.ts';
import type { CompiledPlan, PlanService } from './plan.ts';
import { closeUse } from './record.ts';
import type { ChargingRequest, RequestItem, ServiceFacts, Units } from './request.ts';
import { release } from './reserve.ts';
import { sourcesOf } from './spread.ts';
import { lastOfPool, SessionPools, type TakenOut } from './unit-pools.ts';
import { beginUse, emptyUse, type SessionFrame, serviceFor, serviceOfUse, WorkingItem } from './working-item.ts';

const MICROS = 1_000_000;
/** Without quota there is no validity by which a peer must say that it lives: a day, and an hour for clocks that change. */
const OFFLINE_SECONDS = 90_000;

/** A session while a decision is made. */
export class WorkingSession {
  readonly draft: Draft;
  frame: SessionFrame;
  readonly known: ChargingSession | undefined;
  readonly items: WorkingItem[];
  #records: number;
  closedNanos: bigint;
  /** Undefined: its peer knows no pools of units, or the plan had none when it began. */
  readonly pools: SessionPools | undefined;
  /** Of each item that asks for quota, where the peer wants to be told. */
  tariffs: (AdvisedTariff | undefined)[] | undefined;

  constructor(draft: Draft, frame: SessionFrame, known: ChargingSession | undefined, pooling = known?.pooling) {
    this.draft = draft;
    this.frame = frame;
    this.known = known;
    this.items = (known?.items ?? []).map((item) => new WorkingItem(frame, item.unit, item.ratingGroup, item.services, item));
    this.#records = known?.records ?? 0;
    this.closedNanos = known?.closedNanos ?? 0n;
    this.pools = pooling && new SessionPools(pooling, this.items);
  }

  item(asked: RequestItem): WorkingItem {
    const known = this.items.find(({ ratingGroup, services }) => ratingGroup === asked.ratingGroup && sameTexts(services, asked.services));
    if (known !== undefined) return known;
    const item = new WorkingItem(this.frame, unitOf(asked, this.frame.service), asked.ratingGroup, asked.services, undefined);
    this.items.push(item);
    return item;
  }

  /** Facts that changed hold from here on: what was used before keeps its price. */
  restate(stated: ServiceFacts, at: number): void {
    const facts = mergedFacts(this.frame.facts, stated);
    if (facts === this.frame.facts) return;
    const isOther = pricingFacts.some((name) => facts[name] !== this.frame.facts[name]);
    this.frame = { ...this.frame, facts };
    if (isOther) this.pools?.close();
    for (const item of this.items) {
      const { use } = item;
      if (isOther && use !== undefined && use.used > 0n) {
        this.close(item);
        item.use = { ...emptyUse(use), startMicros: at };
      }
      item.reframe(this.frame);
    }
  }

  /** Price of the session so far. */
  get cost(): bigint {
    return this.items.reduce((sum, { use }) => sum + (use?.chargedNanos ?? 0n), this.closedNanos);
  }

  close(item: WorkingItem): void {
    this.closedNanos += item.use?.chargedNanos ?? 0n;
    closeUse(this.draft, item, () => `${this.frame.id}|${this.#records++}`);
  }

  /** Gives back all that is set aside. */
  release(): void {
    this.pools?.end(this.draft);
    for (const item of this.items) release(this.draft, item);
  }

  /** Gives all back and makes usage records of what was used. */
  end(): void {
    this.release();
    for (const item of this.items) this.close(item);
    const sessions = this.draft.own.get('sessions');
    const at = this.known === undefined ? -1 : sessions.indexOf(this.known);
    // One that never was there changes the account all the same: records are told apart by its version.
    this.draft.setSessions(at < 0 ? [...sessions] : sessions.toSpliced(at, 1));
    this.draft.own.recount = true;
  }

  /** Keeps the session as it now is. */
  keep(request: ChargingRequest, answer: ChargingAnswer, supervisionSeconds: number): void {
    const { draft, frame, known } = this;
    const { now, own } = draft;
    const validTo = this.items.reduce((latest, { grant: open }) => Math.max(latest, open?.validToMicros ?? 0), now);
    const session: ChargingSession = {
      id: frame.id,
      service: frame.service,
      identity: frame.identity,
      facts: frame.facts,
      startedMicros: known?.startedMicros ?? now,
      expiresMicros: validTo + (request.offline === true ? Math.max(OFFLINE_SECONDS, supervisionSeconds) : supervisionSeconds) * MICROS,
      lastNumber: request.number,
      lastAnswer: answer,
      items: this.items.map((item) => item.finish()),
      closedNanos: this.closedNanos,
      records: this.#records,
      ...(this.pools === undefined ? {} : { pooling: this.pools.finish() }),
    };
    const sessions = own.get('sessions');
    const at = known === undefined ? -1 : sessions.indexOf(known);
    draft.setSessions(at < 0 ? [...sessions, session] : sessions.with(at, session));
    if (session.expiresMicros < own.get('dueMicros')) own.next.dueMicros = session.expiresMicros;
  }
}

function sameTexts(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && a.length === b.length && a.every((text, index) => text === b[index]);
}

/** What a request of a running or new session comes to. `at`: its time by the peer's clock, made plausible. */
export function decideSession(session: WorkingSession, plan: CompiledPlan, request: ChargingRequest, at: number): readonly AnswerItem[] {
  const { draft } = session;
  const cause: ChangeCause = { kind: 'use', session: request.session, number: request.number };
  const isEnd = request.operation === 'terminate';
  const asked = request.items.map((item) => ({ item, working: session.item(item), fault: undefined as ChargingResult | undefined }));
  const asking = new Set<WorkingItem>();
  let wentBack: Set<WorkingItem> | undefined;
  // One after the other: what the others have set aside is not there for this one.
  for (const each of asked) {
    const { working } = each;
    const item = sinceLast(each.item, working, at);
    if (item === undefined) {
      wentBack ??= new Set();
      wentBack.add(working);
      each.fault = 'out-of-order';
      continue;
    }
    let drawn: TakenOut | undefined;
    if (isEnd || item.used.length > 0 || item.requested !== undefined) {
      release(draft, working);
      drawn = session.pools?.takeOut(draft, working);
      asking.add(working);
    }
    each.fault = report(session, working, plan, item, request, at, cause);
    if (drawn !== undefined) session.pools?.putBack(draft, working, drawn, at);
    if (each.fault === undefined) working.inAll = inAllNow(each.item, working.inAll, item.used);
  }
  session.restate(request.facts, at);
  const given = asked.length === 1 ? undefined : new Map<WorkingItem, bigint>();
  const { items, pools } = session;
  const answers = asked.map(({ item, working, fault }, index) => {
    if (fault !== undefined)
      return answerItem(working, fault, wentBack?.has(working) === true ? 'a count of the session went back' : undefined);
    if (isEnd || item.requested === undefined) return answerItem(working, 'granted');
    const later = pools === undefined ? [] : asked.slice(index + 1).flatMap((each) => (each.fault === undefined ? each.item : []));
    const answered = grantAsked(
      session,
      { items, pools, asking, later },
      plan,
      working,
      item.requested,
      request.usedSinceMicros ?? at,
      at,
      given?.get(working) ?? 0n,
    );
    if (answered.granted === undefined) return answered;
    given?.set(working, working.grant?.units ?? 0n);
    return request.totals === undefined ? answered : { ...answered, grantedInAll: grantedInAll(answered.granted, working.inAll) };
  });
  return lastOfPool(answers);
}

/** `already`: granted to the same item in the same request, of a session with two user planes. */
function grantAsked(
  session: WorkingSession,
  around: GrantSession,
  plan: CompiledPlan,
  working: WorkingItem,
  requested: Units | 'any',
  since: number,
  at: number,
  already: bigint,
): AnswerItem {
  const { draft } = session;
  const status = draft.own.get('status');
  const service = serviceFor(plan, working.context, at);
  if (status !== 'active') return answerItem(working, 'service-denied', `the account is ${status}`);
  if (service === undefined) return answerItem(working, 'service-denied', `plan ${plan.id} does not have it`);
  if (isFree(service, working.ratingGroup)) return answerItem(working, 'no-charge');
  const wanted = wantedUnits(requested, working.unit, service, draft.own.base.currency);
  if (wanted === undefined) return answerItem(working, 'units-not-fitting', tooMany(requested, working.unit));
  if (wanted === 0n) return answerItem(working, 'granted');
  begin(session, working, plan, service, since);
  session.tariffs?.push(tariffOf(draft, working, service, at));
  return grant(draft, around, working, service, working.unit === 'money' ? wanted : least(wanted, service.mostGrant), at, already);
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
  const service = item.use === undefined ? serviceFor(plan, item.context, start) : serviceOfUse(draft, item.use, session.frame.service);
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
  const next = serviceFor(plan, item.context, change) ?? service;
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

export function frameOf(request: ChargingRequest, account: string, known: ChargingSession | undefined): SessionFrame {
  if (known !== undefined) return { id: known.id, account, service: known.service, identity: known.identity, facts: known.facts };
  return { id: request.session, account, service: request.service, identity: request.identities[0], facts: request.facts };
}

/** Facts by which rates are chosen; a plan's choice among its services is looked at again with every grant. */
const pricingFacts = ['calling', 'called', 'apn', 'serviceClass', 'sizeBytes'] as const;

/** The known ones, when nothing new is stated. */
function mergedFacts(known: ServiceFacts, stated: ServiceFacts): ServiceFacts {
  for (const name of Object.keys(stated) as (keyof ServiceFacts)[]) if (stated[name] !== known[name]) return { ...known, ...stated }; // keys of facts
  return known;
}
