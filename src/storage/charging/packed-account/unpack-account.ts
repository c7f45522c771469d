/** An account of the octets that `pack-account.ts` wrote. */
import type {
  AccountCounter,
  Bucket,
  ChargingAccount,
  ChargingSession,
  CounterReservation,
  Covered,
  OpenGrant,
  Paid,
  Pooling,
  Reservation,
  RunningUse,
  SessionItem,
} from '#core/charging/account.ts';
import type { AnswerItem, ChargeAdvice, ChargingAnswer, FinalUnit } from '#core/charging/answer.ts';
import type { Identity, MoneyUnits, ServiceFacts, Units } from '#core/charging/request.ts';
import type { TextOctets } from '#engine/ports.ts';
import { fromExactJson } from '../exact-json.ts';
import { MOST_BYTES, OctetReader } from './octet-reader.ts';
import { FORM, FORM_OF_MANY, factBits } from './pack-account.ts';

type Open<Type> = { -readonly [Name in keyof Type]: Type[Name] };

const reader = new OctetReader(MOST_BYTES);
const NONE: readonly never[] = [];

/** Throws for one of a form that this release does not know. */
export function unpackAccount(id: string, packed: string | TextOctets): ChargingAccount {
  const length = typeof packed === 'string' ? packed.length : packed.to - packed.from;
  const from = length > MOST_BYTES ? new OctetReader(length) : reader;
  from.start(packed, id);
  const form = from.octet();
  if (form !== FORM && form !== FORM_OF_MANY) throw new Error(`the account ${id} is packed in a form that this release does not know`);
  const account = readAccount(from, id, form === FORM ? readSession : readSessionAlone);
  from.finish();
  return account;
}

function readAccount(from: OctetReader, id: string, readOne: (from: OctetReader) => ChargingSession): ChargingAccount {
  const version = from.count();
  const currency = from.name();
  const status = from.name() as ChargingAccount['status']; // written by us, here and wherever a name has few values
  const plan = from.name();
  const identities = list(from, readIdentity);
  const buckets = list(from, readBucket);
  const counters = list(from, readCounter);
  const sessions = list(from, readOne);
  const pools = list(from, readPool);
  const controls = list(from, readControl);
  const addOns = list(from, readAddOn);
  const renewals = list(from, readRenewal);
  const debtNanos = from.amount();
  const nextBucket = from.count();
  const dueMicros = from.instant();
  return {
    id,
    version,
    currency,
    status,
    plan,
    identities,
    buckets,
    counters,
    sessions,
    pools,
    controls,
    addOns,
    renewals,
    debtNanos,
    nextBucket,
    dueMicros,
  };
}

function list<Member>(from: OctetReader, read: (from: OctetReader) => Member): readonly Member[] {
  const length = from.count();
  if (length === 0) return NONE;
  // What is pushed to a list of one takes room for seventeen.
  const members = length === 1 ? [read(from)] : [read(from), read(from)];
  while (members.length < length) members.push(read(from));
  return members;
}

function readIdentity(from: OctetReader): Identity {
  const kind = from.name() as Identity['kind'];
  return { kind, value: from.repeated() };
}

function readBucket(from: OctetReader): Bucket {
  const id = from.count();
  const definition = from.name();
  const unit = from.name() as Bucket['unit'];
  const value = from.amount();
  const filled = from.amount();
  const reserved = from.amount();
  const holders = from.count();
  const limit = from.amount();
  const priority = from.count();
  const validFromMicros = from.instant();
  const validToMicros = from.instant();
  const raised = from.count();
  const rolled = from.count();
  return { id, definition, unit, value, filled, reserved, holders, limit, priority, validFromMicros, validToMicros, raised, rolled };
}

function readCounter(from: OctetReader): AccountCounter {
  const key = from.name();
  const value = from.amount();
  const reserved = from.amount();
  const fromMicros = from.instant();
  const toMicros = from.instant();
  return { key, value, reserved, fromMicros, toMicros, raised: from.count() };
}

function readPool(from: OctetReader): ChargingAccount['pools'][number] {
  const pool = from.name();
  return { pool, caps: list(from, readCap) };
}

function readCap(from: OctetReader): ChargingAccount['pools'][number]['caps'][number] {
  const definition = from.name();
  return { definition, most: from.amount() };
}

function readControl(from: OctetReader): ChargingAccount['controls'][number] {
  const setting: Open<ChargingAccount['controls'][number]> = { control: from.name() };
  const bits = from.octet();
  if ((bits & 1) !== 0) setting.limit = from.amount();
  if ((bits & 2) !== 0) setting.agreedToMicros = from.instant();
  return setting;
}

function readAddOn(from: OctetReader): ChargingAccount['addOns'][number] {
  const addOn = from.name();
  return { addOn, renewsMicros: from.instant() };
}

function readRenewal(from: OctetReader): ChargingAccount['renewals'][number] {
  const allowance = from.name();
  return { allowance, givenToMicros: from.instant() };
}

function readSessionAlone(from: OctetReader): ChargingSession {
  from.repeatOwn();
  return readSession(from);
}

function readSession(from: OctetReader): ChargingSession {
  const id = from.text();
  const service = from.name() as ChargingSession['service'];
  const bits = from.octet();
  const identity = (bits & 1) === 0 ? undefined : readIdentity(from);
  const facts = readFacts(from);
  const startedMicros = from.instant();
  const expiresMicros = from.instant();
  const lastNumber = from.count();
  const closedNanos = from.amount();
  const records = from.count();
  const items = list(from, readItem);
  const lastAnswer = readAnswer(from, id, lastNumber);
  const session = { id, service, identity, facts, startedMicros, expiresMicros, lastNumber, lastAnswer, items, closedNanos, records };
  return (bits & 2) === 0 ? session : { ...session, pooling: readPooling(from) };
}

function readPooling(from: OctetReader): Pooling {
  const opened = from.count();
  const bits = from.octet();
  if ((bits & 1) === 0) return { opened, pool: undefined };
  const planVersion = from.count();
  const planService = from.count();
  const of = from.amount();
  const by = from.amount();
  const roundingNanos = from.amount();
  const left = from.amount();
  const reservations = list(from, readReservation);
  const counted = list(from, readCounted);
  const [open, over] = [(bits & 2) !== 0, (bits & 4) === 0 ? ('money' as const) : ('units' as const)];
  return { opened, pool: { planVersion, planService, open, over, worth: { of, by }, roundingNanos, left, reservations, counted } };
}

function readFacts(from: OctetReader): ServiceFacts {
  const facts: Open<ServiceFacts> = {};
  const bits = from.octet();
  if ((bits & factBits.sized) !== 0) facts.sizeBytes = from.count();
  if ((bits & factBits.calling) !== 0) facts.calling = from.repeated();
  if ((bits & factBits.called) !== 0) facts.called = from.text();
  if ((bits & factBits.location) !== 0) facts.location = from.text();
  const apn = from.nameOrNothing();
  if (apn !== undefined) facts.apn = apn;
  const rat = from.nameOrNothing();
  if (rat !== undefined) facts.rat = rat;
  const slice = from.nameOrNothing();
  if (slice !== undefined) facts.slice = slice;
  const visitedNetwork = from.nameOrNothing();
  if (visitedNetwork !== undefined) facts.visitedNetwork = visitedNetwork;
  const serviceClass = from.nameOrNothing();
  if (serviceClass !== undefined) facts.serviceClass = serviceClass;
  if ((bits & factBits.answered) !== 0) facts.answered = true;
  if ((bits & (factBits.roams | factBits.isAtHome)) !== 0) facts.roaming = (bits & factBits.roams) !== 0;
  return facts;
}

function readItem(from: OctetReader): SessionItem {
  const bits = from.octet();
  const ratingGroup = from.nameOrNothing();
  const services = (bits & 1) === 0 ? undefined : readNames(from);
  const unit = from.name() as SessionItem['unit'];
  const use = (bits & 2) === 0 ? undefined : readUse(from);
  const grant = (bits & 4) === 0 ? undefined : readGrant(from);
  const reservations = list(from, readReservation);
  const counted = list(from, readCounted);
  const item: Open<SessionItem> = { ratingGroup, services, unit, use, grant, reservations, counted };
  if ((bits & 8) !== 0) item.inAll = readUnits(from);
  if ((bits & 16) !== 0) item.multiplier = from.amount();
  return item;
}

function readGrant(from: OctetReader): OpenGrant {
  const units = from.amount();
  const atMicros = from.instant();
  const validToMicros = from.instant();
  const change = from.instant();
  return { units, atMicros, validToMicros, tariffChangeMicros: Number.isNaN(change) ? undefined : change };
}

function readReservation(from: OctetReader): Reservation {
  const account = from.text();
  const bucket = from.count();
  return { account, bucket, amount: from.amount() };
}

function readCounted(from: OctetReader): CounterReservation {
  const key = from.name();
  return { key, amount: from.amount() };
}

function readUse(from: OctetReader): RunningUse {
  const startMicros = from.instant();
  const planVersion = from.count();
  const planService = from.count();
  const continues = from.octet() === 1;
  const used = from.amount();
  const usedUp = from.amount();
  const usedDown = from.amount();
  const chargedNanos = from.amount();
  const unpaidNanos = from.amount();
  const paid = list(from, readPaid);
  const covered = list(from, readCovered);
  const counters = list(from, readUseCounter);
  return {
    startMicros,
    planVersion,
    planService,
    used,
    usedUp,
    usedDown,
    continues,
    covered,
    paid,
    chargedNanos,
    unpaidNanos,
    counters,
  };
}

function readPaid(from: OctetReader): Paid {
  const account = from.text();
  const bucket = from.count();
  const definition = from.name();
  return { account, bucket, definition, nanos: from.amount() };
}

function readCovered(from: OctetReader): Covered {
  const account = from.text();
  const bucket = from.count();
  const definition = from.name();
  const start = from.amount();
  return { account, bucket, definition, from: start, units: from.amount() };
}

function readUseCounter(from: OctetReader): RunningUse['counters'][number] {
  const key = from.name();
  const before = from.amount();
  return { key, before, added: from.amount() };
}

function readAnswer(from: OctetReader, session: string, number: number): ChargingAnswer {
  const bits = from.octet();
  const result = from.name() as ChargingAnswer['result'];
  const answer: Open<ChargingAnswer> = { session, number, result, items: list(from, readAnswerItem) };
  if ((bits & 1) !== 0) answer.account = from.text();
  if ((bits & 2) !== 0) answer.cost = readMoney(from);
  if ((bits & 4) !== 0) answer.detail = from.text();
  if ((bits & 8) !== 0) answer.fingerprint = from.text();
  if ((bits & 16) !== 0) answer.advice = fromExactJson<ChargeAdvice>(from.text());
  return answer;
}

function readAnswerItem(from: OctetReader): AnswerItem {
  const bits = from.octet();
  const ratingGroup = from.nameOrNothing();
  const services = (bits & 1) === 0 ? undefined : readNames(from);
  const item: Open<AnswerItem> = { result: from.name() as AnswerItem['result'] };
  if (ratingGroup !== undefined) item.ratingGroup = ratingGroup;
  if (services !== undefined) item.services = services;
  if ((bits & 2) !== 0) item.granted = readUnits(from);
  if ((bits & 4) !== 0) item.validitySeconds = from.count();
  if ((bits & 8) !== 0) item.holdingSeconds = from.count();
  if ((bits & 16) !== 0) item.threshold = readUnits(from);
  if ((bits & 32) !== 0) item.tariffChangeMicros = from.instant();
  if ((bits & 64) !== 0) item.finalUnit = readFinalUnit(from);
  const slowTo = from.nameOrNothing();
  if (slowTo !== undefined) item.slowTo = slowTo;
  const more = from.octet();
  if ((more & 1) !== 0) item.detail = from.text();
  if ((more & 2) !== 0) item.consumptionSeconds = from.count();
  if ((bits & 128) !== 0) item.grantedInAll = readUnits(from);
  if ((more & 4) !== 0) {
    const number = from.count();
    item.unitPool = { number, multiplier: from.amount() };
  }
  return item;
}

function readFinalUnit(from: OctetReader): FinalUnit {
  switch (from.octet()) {
    case 0:
      return { action: 'terminate' };
    case 1:
      return { action: 'redirect', to: from.name() };
    default:
      return { action: 'restrict', filter: from.name() };
  }
}

function readUnits(from: OctetReader): Units {
  const bits = from.octet();
  if (bits === 2) return { bytes: from.amount() }; // mostly
  const units: Open<Units> = {};
  if ((bits & 1) !== 0) units.seconds = from.amount();
  if ((bits & 2) !== 0) units.bytes = from.amount();
  if ((bits & 4) !== 0) units.bytesUp = from.amount();
  if ((bits & 8) !== 0) units.bytesDown = from.amount();
  if ((bits & 16) !== 0) units.events = from.amount();
  if ((bits & 32) !== 0) units.money = readMoney(from);
  return units;
}

function readMoney(from: OctetReader): MoneyUnits {
  const nanos = from.amount();
  return { nanos, currency: from.name() };
}

function readNames(from: OctetReader): readonly string[] {
  return list(from, (each) => each.name());
}
