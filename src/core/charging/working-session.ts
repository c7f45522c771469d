/** A session while a decision is made. */
import type { ChargingSession, SessionItem } from './account.ts';
import type { AdvisedTariff, ChargingAnswer } from './answer.ts';
import type { Draft } from './draft.ts';
import type { GrantSession } from './held.ts';
import { unitOf } from './intake.ts';
import { added, NONE, withOneMore } from './lists.ts';
import { closeUse } from './record.ts';
import type { ChargingRequest, RequestItem, ServiceFacts } from './request.ts';
import { release } from './reserve.ts';
import { SessionPools } from './unit-pools.ts';
import { emptyUse, type SessionFrame, WorkingItem } from './working-item.ts';

const MICROS = 1_000_000;
/** Without quota there is no validity by which a peer must say that it lives: a day, and an hour for clocks that change. */
const OFFLINE_SECONDS = 90_000;

export class WorkingSession implements GrantSession {
  readonly draft: Draft;
  frame: SessionFrame;
  readonly known: ChargingSession | undefined;
  readonly items: WorkingItem[];
  #records: number;
  closedNanos: bigint;
  /** Undefined: its peer knows no pools of units, or the plan had none when it began. */
  readonly pools: SessionPools | undefined;
  /** Of each item that asks for quota, where the peer wants to be told. */
  tariffs: (AdvisedTariff | undefined)[] | undefined = undefined;
  later: readonly RequestItem[] = NONE;

  constructor(draft: Draft, frame: SessionFrame, known: ChargingSession | undefined, pooling = known?.pooling) {
    this.draft = draft;
    this.frame = frame;
    this.known = known;
    let items: WorkingItem[] | undefined;
    for (const item of known?.items ?? NONE) items = added(items, new WorkingItem(frame, item.unit, item.ratingGroup, item.services, item));
    this.items = items ?? [];
    this.#records = known?.records ?? 0;
    this.closedNanos = known?.closedNanos ?? 0n;
    this.pools = pooling && new SessionPools(pooling, this.items);
  }

  item(asked: RequestItem): WorkingItem {
    for (const known of this.items) if (known.ratingGroup === asked.ratingGroup && sameTexts(known.services, asked.services)) return known;
    const item = new WorkingItem(this.frame, unitOf(asked, this.frame.service), asked.ratingGroup, asked.services, undefined);
    this.items.push(item);
    return item;
  }

  /** Facts that changed hold from here on: what was used before keeps its price. */
  restate(stated: ServiceFacts, at: number): void {
    const facts = mergedFacts(this.frame.facts, stated);
    if (facts !== this.frame.facts) this.#restated(facts, at);
  }

  #restated(facts: ServiceFacts, at: number): void {
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
    let sum = this.closedNanos;
    for (const { use } of this.items) if (use !== undefined) sum += use.chargedNanos;
    return sum;
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
    let validTo = now;
    for (const { grant: open } of this.items) if (open !== undefined && open.validToMicros > validTo) validTo = open.validToMicros;
    const session: { -readonly [Name in keyof ChargingSession]: ChargingSession[Name] } = {
      id: frame.id,
      service: frame.service,
      identity: frame.identity,
      facts: frame.facts,
      startedMicros: known?.startedMicros ?? now,
      expiresMicros: validTo + (request.offline === true ? Math.max(OFFLINE_SECONDS, supervisionSeconds) : supervisionSeconds) * MICROS,
      lastNumber: request.number,
      lastAnswer: answer,
      items: this.items.map(finishItem),
      closedNanos: this.closedNanos,
      records: this.#records,
    };
    if (this.pools !== undefined) session.pooling = this.pools.finish();
    const sessions = own.get('sessions');
    const at = known === undefined ? -1 : sessions.indexOf(known);
    draft.setSessions(at < 0 ? withOneMore(sessions, session) : sessions.with(at, session));
    if (session.expiresMicros < own.get('dueMicros')) own.next.dueMicros = session.expiresMicros;
  }
}

const finishItem = (item: WorkingItem): SessionItem => item.finish();

function sameTexts(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && a.length === b.length && a.every((text, index) => text === b[index]);
}

export function frameOf(request: ChargingRequest, account: string, known: ChargingSession | undefined): SessionFrame {
  if (known !== undefined) return { id: known.id, account, service: known.service, identity: known.identity, facts: known.facts };
  return { id: request.session, account, service: request.service, identity: request.identities[0], facts: request.facts };
}

/** Facts by which rates are chosen; a plan's choice among its services is looked at again with every grant. */
const pricingFacts = ['calling', 'called', 'apn', 'serviceClass', 'sizeBytes'] as const;

/** The known ones, when nothing new is stated. */
function mergedFacts(known: ServiceFacts, stated: ServiceFacts): ServiceFacts {
  for (const name in stated) if (stated[name as keyof ServiceFacts] !== known[name as keyof ServiceFacts]) return { ...known, ...stated }; // keys of facts
  return known;
}
