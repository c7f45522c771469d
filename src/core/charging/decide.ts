/** What a request comes to. Pure: state, request and time in, everything that changes out. */
import type { ChargingAccount, ChargingSession, Pooling } from './account.ts';
import { adviceOf } from './advice.ts';
import type { AnswerItem, ChargingAnswer, ChargingResult, Cost } from './answer.ts';
import { chargeAttempt } from './attempt.ts';
import type { AccountState, Decision } from './decision.ts';
import { Draft } from './draft.ts';
import { fallDue } from './due.ts';
import { checkBalance, debitEvent, enquirePrice, refundEvent } from './events.ts';
import { NONE } from './lists.ts';
import { noteNetwork } from './networks.ts';
import type { CompiledCatalog, CompiledPlan } from './plan.ts';
import type { ChargingRequest } from './request.ts';
import { decideSession, isFree } from './session.ts';
import { serviceOfUse } from './working-item.ts';
import { frameOf, WorkingSession } from './working-session.ts';

/** A peer's clock is believed from a day behind ours to five minutes before it; otherwise ours counts. */
const MOST_BEHIND_MICROS = 86_400_000_000;
const MOST_AHEAD_MICROS = 300_000_000;

/** What an operator may set of decisions. */
export interface DecisionLimits {
  /** Running sessions of an account: each change of it writes them all. */
  readonly mostSessions: number;
}

export const usualDecisionLimits: DecisionLimits = { mostSessions: 1_000 };

export function decide(
  catalog: CompiledCatalog,
  state: AccountState | undefined,
  asked: ChargingRequest,
  now: number,
  { mostSessions }: DecisionLimits = usualDecisionLimits,
  trace?: string[],
): Decision {
  if (state === undefined) return refused(asked, 'user-unknown', undefined);
  const { account, pools } = state;
  const known = sessionOf(state, asked.session);
  const request = asked.totals === undefined ? asked : numbered(asked, known);
  // An event of that name would be numbered with the session's requests, and its repetition could not be told.
  if (known !== undefined && (request.operation === 'event-debit' || request.operation === 'event-refund'))
    return unchanged({ ...answer(request, account.id, 'service-denied', []), detail: 'a running session has this name' }, false);
  if (known === undefined && account.sessions.length >= mostSessions && opensSession(request)) {
    const detail = `account ${account.id} has ${account.sessions.length} running sessions, the most are ${mostSessions} (charging.mostSessions)`;
    return unchanged({ ...answer(request, account.id, 'service-denied', []), detail }, false);
  }
  if (known !== undefined && request.number <= known.lastNumber) {
    return request.number === known.lastNumber ? unchanged(known.lastAnswer, false) : refused(request, 'out-of-order', account.id, false);
  }
  const draft = new Draft(catalog, account, pools, now, trace);
  if (isDue(account, pools, now)) fallDue(draft, { keepSession: request.session });
  const { plan } = draft.own;
  const at = plausible(request.eventMicros, now);
  noteNetwork(draft, request);
  switch (request.operation) {
    case 'initial':
      if (account.status !== 'active') return finished(draft, answer(request, account.id, 'service-denied', []), true);
      break;
    case 'update':
    case 'terminate':
      if (known === undefined && request.totals !== 'opens')
        return finished(draft, answer(request, account.id, 'unknown-session', []), true);
      break;
    case 'event-debit':
      return finished(draft, debitEvent(draft, plan, request, at), true);
    case 'event-refund':
      return finished(draft, refundEvent(draft, plan, request, at), true);
    case 'balance-check':
      return finished(draft, checkBalance(draft, plan, request, at), true);
    case 'price-enquiry':
      return finished(draft, enquirePrice(draft, plan, request, at), true);
  }
  if (plan === undefined) return withoutPlan(draft, request, known);
  return inSession(draft, plan, request, known, at);
}

/** Others are not looked at where it is known where it stands: an account may have thousands. */
function sessionOf({ account: { sessions }, sessionPlace }: AccountState, session: string): ChargingSession | undefined {
  const last = sessions.length - 1;
  for (let at = sessionPlace === undefined ? last : Math.min(sessionPlace, last); at >= 0; at -= 1)
    if (sessions[at]?.id === session) return sessions[at];
  return undefined;
}

function isDue({ dueMicros }: ChargingAccount, pools: readonly ChargingAccount[], now: number): boolean {
  if (dueMicros <= now) return true;
  for (const pool of pools) if (pool.dueMicros <= now) return true;
  return false;
}

const opensSession = ({ operation, totals }: ChargingRequest): boolean =>
  operation === 'initial' || (totals === 'opens' && (operation === 'update' || operation === 'terminate'));

/** Updates and terminations of a peer that reports totals take the session's next number: a repetition of theirs reports nothing. */
function numbered(request: ChargingRequest, known: ChargingSession | undefined): ChargingRequest {
  return request.operation === 'initial' ? request : { ...request, number: known === undefined ? 0 : known.lastNumber + 1 };
}

function inSession(draft: Draft, plan: CompiledPlan, asked: ChargingRequest, known: ChargingSession | undefined, at: number): Decision {
  const { base } = draft.own;
  const isAnswered = asked.usedSinceMicros !== undefined && asked.service === 'voice';
  const request = isAnswered ? { ...asked, facts: { ...asked.facts, answered: true as const } } : asked;
  const session = new WorkingSession(
    draft,
    frameOf(request, base.id, known),
    known,
    known === undefined ? poolingOf(plan, request) : known.pooling,
  );
  const before = request.advice === undefined ? 0n : session.cost;
  if (request.advice !== undefined) session.tariffs = [];
  const items = decideSession(session, plan, request, at);
  const isTold = request.advice !== undefined && isRated(session);
  // What a peer reports without having asked is charged all the same: its session is kept.
  const failed = known === undefined && request.totals !== 'opens' ? commonFailure(items) : undefined;
  if (request.operation === 'terminate') {
    chargeAttempt(session, plan, request);
    session.end();
  }
  const cost = { nanos: session.cost, currency: base.currency };
  const given = costed(request, base.id, failed ?? 'granted', items, cost);
  if (isTold && failed === undefined) {
    const costs = { accumulatedNanos: cost.nanos, incrementalNanos: cost.nanos - before };
    const advice = adviceOf(request, base.currency, costs, session.tariffs ?? []);
    if (advice !== undefined) given.advice = advice;
  }
  if (request.operation === 'terminate' || failed !== undefined) return finished(draft, given, true);
  session.keep(request, given, plan.supervisionSeconds);
  return finished(draft, given, false);
}

/** Whether anything of it has a price; what has none has no cost to tell. */
function isRated({ draft, items, frame, closedNanos, known }: WorkingSession): boolean {
  if (closedNanos > 0n || (known?.records ?? 0) > 0) return true;
  return items.some(({ use, ratingGroup }) => {
    const service = use && serviceOfUse(draft, use, frame.service);
    return service !== undefined && !isFree(service, ratingGroup);
  });
}

/** Peers that know pools are given them where the plan has some. */
function poolingOf(plan: CompiledPlan, { knowsPools, service }: ChargingRequest): Pooling | undefined {
  const isPooled = knowsPools === true && plan.services.get(service)?.some(({ pool }) => pool !== undefined) === true;
  return isPooled ? { opened: 0, pool: undefined } : undefined;
}

/** When nothing of a new session can be had, there is no session. */
function commonFailure(items: readonly AnswerItem[]): ChargingResult | undefined {
  const first = items[0];
  return first !== undefined && items.every(({ result }) => result !== 'granted') ? first.result : undefined;
}

/** The plan is gone from the catalog: running sessions end unpriced, new ones are denied. */
function withoutPlan(draft: Draft, request: ChargingRequest, known: ChargingSession | undefined): Decision {
  const { base } = draft.own;
  if (known !== undefined) new WorkingSession(draft, frameOf(request, base.id, known), known).end();
  const detail = `no version of plan ${base.plan} is in force`;
  return finished(draft, { ...answer(request, base.id, known === undefined ? 'service-denied' : 'rating-failed', []), detail }, true);
}

function plausible(eventMicros: number, now: number): number {
  return eventMicros < now - MOST_BEHIND_MICROS || eventMicros > now + MOST_AHEAD_MICROS ? now : eventMicros;
}

function finished(draft: Draft, given: ChargingAnswer, closed: boolean): Decision {
  return { accounts: draft.changed(), records: draft.records, changes: draft.changes, events: draft.events, answer: given, closed };
}

function unchanged(given: ChargingAnswer, closed: boolean): Decision {
  return { accounts: NONE, records: NONE, changes: NONE, events: NONE, answer: given, closed };
}

function refused(request: ChargingRequest, result: ChargingResult, account: string | undefined, closed = true): Decision {
  return unchanged(answer(request, account, result, []), closed);
}

/** An answer in the making. */
type OpenAnswer = { -readonly [Name in keyof ChargingAnswer]: ChargingAnswer[Name] };

/** Of a session. Its fields are there from the first: one that is added to an object lies outside of it. */
function costed(
  { session, number, fingerprint }: ChargingRequest,
  account: string,
  result: ChargingResult,
  items: readonly AnswerItem[],
  cost: Cost,
): OpenAnswer {
  const given: OpenAnswer = { session, number, result, items, account, cost };
  if (fingerprint !== undefined) given.fingerprint = fingerprint;
  return given;
}

export function answer(
  { session, number, fingerprint }: ChargingRequest,
  account: string | undefined,
  result: ChargingResult,
  items: readonly AnswerItem[],
): OpenAnswer {
  if (fingerprint !== undefined && account !== undefined) return { session, number, result, items, account, fingerprint };
  return account === undefined ? { session, number, result, items } : { session, number, result, items, account };
}
