/** One item of a session while a decision is made about it. */
import type { CounterReader } from '../rating/charge.ts';
import type { CompiledBook, Terms } from '../rating/compile-book.ts';
import { type UseFrame, UsePricer } from '../rating/price-use.ts';
import type { RateChoice } from '../rating/select-rate.ts';
import { type CoveredUnits, NOTHING_COVERED } from '../rating/use-part.ts';
import { CHARGING_SOURCE } from '../usage/source.ts';
import type { Service, UsageEvent } from '../usage/usage-event.ts';
import type { CountedUnit, CounterReservation, Covered, OpenGrant, Paid, Reservation, RunningUse, SessionItem } from './account.ts';
import type { BalanceUnit } from './answer.ts';
import type { Draft } from './draft.ts';
import { NONE } from './lists.ts';
import type { CompiledPlan, PlanService } from './plan.ts';
import type { Identity, ServiceFacts, Units } from './request.ts';
import { fits, type UseContext } from './scope.ts';
import type { WorkingBucket } from './working-account.ts';

/** In what unit buckets of a service are kept. */
export function bucketUnit(service: Service, unit: CountedUnit): BalanceUnit {
  return unit === 'events' && (service === 'sms' || service === 'mms') ? 'messages' : unit;
}

/** In what a service is counted unless the peer has the price itself. */
export function countedUnit(service: Service): CountedUnit {
  return service === 'voice' ? 'seconds' : service === 'data' ? 'bytes' : 'events';
}

/** What all items of a session have in common. */
export interface SessionFrame {
  readonly id: string;
  readonly account: string;
  readonly service: Service;
  readonly identity: Identity | undefined;
  readonly facts: ServiceFacts;
}

export class WorkingItem implements UseContext {
  frame: SessionFrame;
  readonly ratingGroup: string | undefined;
  readonly services: readonly string[] | undefined;
  readonly unit: CountedUnit;
  readonly unitOfBuckets: BalanceUnit;
  use: RunningUse | undefined;
  grant: OpenGrant | undefined;
  reservations: readonly Reservation[];
  counted: readonly CounterReservation[];
  inAll: Units | undefined;
  multiplier: bigint | undefined;
  /** It reports or asks in the request that is decided: what it holds it got just now. */
  isAsking = false;
  #pricer: UsePricer | undefined;
  #pricedUse: RunningUse | undefined;

  constructor(
    frame: SessionFrame,
    unit: CountedUnit,
    ratingGroup: string | undefined,
    services: readonly string[] | undefined,
    known: SessionItem | undefined,
  ) {
    this.frame = frame;
    this.ratingGroup = ratingGroup;
    this.services = services;
    this.unit = unit;
    this.unitOfBuckets = bucketUnit(frame.service, unit);
    this.use = known?.use;
    this.grant = known?.grant;
    this.reservations = known?.reservations ?? NONE;
    this.counted = known?.counted ?? NONE;
    this.inAll = known?.inAll;
    this.multiplier = known?.multiplier;
  }

  get service(): Service {
    return this.frame.service;
  }

  get facts(): ServiceFacts {
    return this.frame.facts;
  }

  /** From here on it is used under other facts. */
  reframe(frame: SessionFrame): void {
    this.frame = frame;
    this.#pricer = undefined;
  }

  finish(): SessionItem {
    const { ratingGroup, services, unit, use, grant, reservations, counted, inAll, multiplier } = this;
    const item = { ratingGroup, services, unit, use, grant, reservations, counted };
    if (inAll === undefined && multiplier === undefined) return item;
    return { ...item, ...(inAll === undefined ? {} : { inAll }), ...(multiplier === undefined ? {} : { multiplier }) };
  }

  /** What prices a use of it; undefined where the peer has the price. */
  pricer(draft: Draft, use: RunningUse, terms: Terms | undefined): UsePricer | undefined {
    if (this.unit === 'money' || terms === undefined) return undefined;
    const known = this.#pricedUse;
    if (this.#pricer !== undefined && known?.startMicros === use.startMicros && known.counters === use.counters) return this.#pricer;
    this.#pricedUse = use;
    this.#pricer = this.newPricer(draft, use, terms);
    return this.#pricer;
  }

  newPricer(draft: Draft, use: RunningUse, terms: Terms | undefined): UsePricer | undefined {
    if (this.unit === 'money' || terms === undefined) return undefined;
    return new UsePricer(new PricedUse(draft, this, use, terms));
  }

  /** The usage event with nothing used yet. */
  bareEvent(startMicros: number): UsageEvent {
    return bareEvent(this.frame, this.ratingGroup, startMicros);
  }
}

/** What is priced of an item, as rating takes it. What it is asked for seldom is made when it is asked for. */
class PricedUse implements UseFrame, RateChoice {
  readonly terms: Terms;
  readonly ratingGroup: string | undefined;
  readonly #draft: Draft;
  readonly #frame: SessionFrame;
  readonly #use: RunningUse;

  constructor(draft: Draft, { frame, ratingGroup }: WorkingItem, use: RunningUse, terms: Terms) {
    this.terms = terms;
    this.ratingGroup = ratingGroup;
    this.#draft = draft;
    this.#frame = frame;
    this.#use = use;
  }

  get book(): CompiledBook {
    return this.#draft.catalog.book;
  }

  get trunk(): string {
    return trunkOf(this.terms);
  }

  get continues(): boolean {
    return this.#use.continues;
  }

  get counters(): CounterReader {
    return (key) => this.#use.counters.find((counter) => counter.key === key)?.before ?? this.#draft.tierCounter(key).value;
  }

  get event(): UsageEvent {
    return bareEvent(this.#frame, this.ratingGroup, this.startMicros);
  }

  get chosenBy(): RateChoice {
    return this;
  }

  get startMicros(): number {
    return this.#use.startMicros;
  }

  get called(): string {
    return this.#frame.facts.called ?? '';
  }

  get calling(): string | undefined {
    return callingOf(this.#frame);
  }

  get serviceClass(): string | undefined {
    return this.#frame.facts.serviceClass;
  }

  get apn(): string | undefined {
    return this.#frame.facts.apn;
  }
}

function callingOf({ facts, identity }: SessionFrame): string | undefined {
  return facts.calling ?? (identity?.kind === 'msisdn' || identity?.kind === 'imsi' ? identity.value : undefined);
}

function bareEvent(frame: SessionFrame, ratingGroup: string | undefined, startMicros: number): UsageEvent {
  const { service, facts, id } = frame;
  const calling = callingOf(frame);
  // Fields that are there are set one by one: spreading them conditionally took a tenth of a decision.
  const event: { -readonly [K in keyof UsageEvent]: UsageEvent[K] } = {
    id,
    source: CHARGING_SOURCE,
    service,
    startMicros,
    called: facts.called ?? '',
    answered: true,
    durationMicros: 0,
    quantity: 0,
    bytesUp: 0,
    bytesDown: facts.sizeBytes ?? 0,
  };
  if (calling !== undefined) event.calling = calling;
  if (facts.serviceClass !== undefined) event.serviceClass = facts.serviceClass;
  if (ratingGroup !== undefined) event.ratingGroup = ratingGroup;
  if (facts.apn !== undefined) event.apn = facts.apn;
  return event;
}

/** Stands in explanations where the bulk road names a trunk. */
export function trunkOf(terms: Terms): string {
  return terms.agreement.account;
}

/** A use of which nothing is used yet. */
export function beginUse(startMicros: number, plan: CompiledPlan, service: PlanService, continues: boolean): RunningUse {
  return {
    startMicros,
    planVersion: plan.version,
    planService: service.number,
    used: 0n,
    usedUp: 0n,
    usedDown: 0n,
    continues,
    covered: NONE,
    paid: NONE,
    chargedNanos: 0n,
    unpaidNanos: 0n,
    counters: NONE,
  };
}

/** A use of the same kind that goes on after it. */
export function emptyUse(use: RunningUse): RunningUse {
  return {
    ...use,
    used: 0n,
    usedUp: 0n,
    usedDown: 0n,
    continues: true,
    covered: [],
    paid: [],
    chargedNanos: 0n,
    unpaidNanos: 0n,
    counters: [],
  };
}

/** Covered units as rating takes them: whole numbers below 2^53, which requests are checked for. */
export function coveredUnits(covered: readonly Covered[]): readonly CoveredUnits[] {
  if (covered.length === 0) return NOTHING_COVERED;
  return covered.map(({ from, units }) => ({ from: Number(from), to: Number(from + units) }));
}

/** Adds what a bucket paid; neighbours of one bucket become one. */
export function addCovered(covered: readonly Covered[], added: Covered): readonly Covered[] {
  const last = covered.at(-1);
  if (last !== undefined && last.bucket === added.bucket && last.account === added.account && last.from + last.units === added.from) {
    return [...covered.slice(0, -1), { ...last, units: last.units + added.units }];
  }
  return [...covered, added];
}

export function addPaid(paid: readonly Paid[], { owner, base }: WorkingBucket, nanos: bigint): readonly Paid[] {
  const account = owner.base.id;
  const { id: bucket, definition } = base;
  const first = paid.length === 0 ? undefined : paid[0];
  if (first === undefined) return [{ account, bucket, definition, nanos }];
  if (paid.length === 1 && first.bucket === bucket && first.account === account)
    return [{ account, bucket, definition, nanos: first.nanos + nanos }];
  const index = paid.findIndex((each) => each.account === account && each.bucket === bucket);
  if (index < 0) return [...paid, { account, bucket, definition, nanos }];
  return paid.map((each, at) => (at === index ? { ...each, nanos: each.nanos + nanos } : each));
}

/** What prices a use: the service of the plan's version under which it was begun. */
export function serviceOfUse(draft: Draft, { planVersion, planService }: RunningUse, service: Service): PlanService | undefined {
  const { plan } = draft.own;
  const begun =
    plan?.version === planVersion ? plan : draft.catalog.plans.get(draft.own.base.plan)?.find(({ version }) => version === planVersion);
  return (begun ?? plan)?.services.get(service)?.find(({ number }) => number === planService);
}

/** The service of a plan that prices a use; undefined when the plan does not have it. */
export function serviceFor(plan: CompiledPlan, use: UseContext, micros: number): PlanService | undefined {
  return plan.services.get(use.service)?.find(({ scope }) => fits(scope, use, micros));
}
