/** Running sessions of an account's text. */
import type {
  ChargingSession,
  CounterReservation,
  Covered,
  OpenGrant,
  Paid,
  Pooling,
  Reservation,
  RunningUse,
  SessionItem,
  UnitPool,
} from '#core/charging/account.ts';
import type { Identity, ServiceFacts } from '#core/charging/request.ts';
import { type AsciiReader, NOT_AS_WRITTEN } from './ascii-reader.ts';
import { readAnswer, readUnits } from './read-answer.ts';
import { integerOrNothing, list, nameOrNothing, readName } from './read-list.ts';
import { tokens } from './tokens.ts';

type Open<Type> = { -readonly [Name in keyof Type]: Type[Name] };

export function readIdentity(from: AsciiReader): Identity {
  from.octets(tokens.kind);
  const kind = from.name() as Identity['kind']; // one of few, as read-account.ts says
  from.octets(tokens.value);
  const value = from.repeated();
  from.octets(tokens.end);
  return { kind, value };
}

export function readSession(from: AsciiReader, account: string): ChargingSession {
  from.open();
  const id = from.own('');
  from.comma();
  const service = from.name() as ChargingSession['service'];
  from.comma();
  const identity = from.isNothing() ? undefined : readIdentity(from);
  from.comma();
  const facts = readFacts(from);
  from.comma();
  const startedMicros = from.integer();
  from.comma();
  const expiresMicros = from.integer();
  from.comma();
  const lastNumber = from.integer();
  from.comma();
  const closedNanos = from.amount();
  from.comma();
  const records = from.integer();
  from.comma();
  const items = list(from, account, readItem);
  from.comma();
  const lastAnswer = readAnswer(from, id, lastNumber, account);
  const pooling = from.more() ? readPooling(from, account) : undefined;
  if (pooling !== undefined) from.close();
  return {
    id,
    service,
    identity,
    facts,
    startedMicros,
    expiresMicros,
    lastNumber,
    lastAnswer,
    items,
    closedNanos,
    records,
    ...(pooling === undefined ? {} : { pooling }),
  };
}

function readPooling(from: AsciiReader, account: string): Pooling {
  from.open();
  const opened = from.integer();
  from.comma();
  const pool = from.isNothing() ? undefined : readPool(from, account);
  from.close();
  return { opened, pool };
}

function readPool(from: AsciiReader, id: string): UnitPool {
  from.open();
  const planVersion = from.integer();
  from.comma();
  const planService = from.integer();
  from.comma();
  const open = from.integer() === 1;
  from.comma();
  const over = from.name() as UnitPool['over']; // one of two, as read-account.ts says
  from.comma();
  const of = from.amount();
  from.comma();
  const by = from.amount();
  from.comma();
  const roundingNanos = from.amount();
  from.comma();
  const left = from.amount();
  from.comma();
  const reservations = list(from, id, readReservation);
  from.comma();
  const counted = list(from, id, readCounted);
  from.close();
  return { planVersion, planService, open, over, worth: { of, by }, roundingNanos, left, reservations, counted };
}

function readFacts(from: AsciiReader): ServiceFacts {
  const facts: Open<ServiceFacts> = {};
  from.begin();
  while (!from.isEnd()) {
    const name = from.name();
    from.colon();
    switch (name) {
      case 'calling':
        facts.calling = from.repeated();
        break;
      case 'called':
        facts.called = from.own('');
        break;
      case 'location':
        facts.location = from.own('');
        break;
      case 'apn':
        facts.apn = from.name();
        break;
      case 'rat':
        facts.rat = from.name();
        break;
      case 'slice':
        facts.slice = from.name();
        break;
      case 'visitedNetwork':
        facts.visitedNetwork = from.name();
        break;
      case 'serviceClass':
        facts.serviceClass = from.name();
        break;
      case 'roaming':
        facts.roaming = from.flag();
        break;
      case 'answered':
        if (!from.flag()) throw NOT_AS_WRITTEN;
        facts.answered = true;
        break;
      case 'sizeBytes':
        facts.sizeBytes = from.integer();
        break;
      default:
        throw NOT_AS_WRITTEN;
    }
  }
  return facts;
}

function readItem(from: AsciiReader, id: string): SessionItem {
  from.open();
  const ratingGroup = nameOrNothing(from);
  from.comma();
  const services = from.isNothing() ? undefined : list(from, id, readName);
  from.comma();
  const unit = from.name() as SessionItem['unit'];
  from.comma();
  const use = from.isNothing() ? undefined : readUse(from, id);
  from.comma();
  const grant = from.isNothing() ? undefined : readGrant(from);
  from.comma();
  const reservations = list(from, id, readReservation);
  from.comma();
  const counted = list(from, id, readCounted);
  if (!from.more()) return { ratingGroup, services, unit, use, grant, reservations, counted };
  const item: Open<SessionItem> = { ratingGroup, services, unit, use, grant, reservations, counted };
  if (!from.isNothing()) item.inAll = readUnits(from);
  if (from.more()) {
    item.multiplier = from.amount();
    from.close();
  }
  return item;
}

function readGrant(from: AsciiReader): OpenGrant {
  from.open();
  const units = from.amount();
  from.comma();
  const atMicros = from.integer();
  from.comma();
  const validToMicros = from.integer();
  from.comma();
  const tariffChangeMicros = integerOrNothing(from);
  from.close();
  return { units, atMicros, validToMicros, tariffChangeMicros };
}

function readReservation(from: AsciiReader, id: string): Reservation {
  from.open();
  const account = from.own(id);
  from.comma();
  const bucket = from.integer();
  from.comma();
  const amount = from.amount();
  from.close();
  return { account, bucket, amount };
}

function readCounted(from: AsciiReader): CounterReservation {
  from.open();
  const key = from.name();
  from.comma();
  const amount = from.amount();
  from.close();
  return { key, amount };
}

function readUse(from: AsciiReader, id: string): RunningUse {
  from.open();
  const startMicros = from.integer();
  from.comma();
  const planVersion = from.integer();
  from.comma();
  const used = from.amount();
  from.comma();
  const usedUp = from.amount();
  from.comma();
  const usedDown = from.amount();
  from.comma();
  const continues = from.integer() === 1;
  from.comma();
  const chargedNanos = from.amount();
  from.comma();
  const unpaidNanos = from.amount();
  from.comma();
  const paid = list(from, id, readPaid);
  from.comma();
  const covered = list(from, id, readCovered);
  from.comma();
  const counters = list(from, id, readUseCounter);
  from.comma();
  const planService = from.integer();
  from.close();
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

function readPaid(from: AsciiReader, id: string): Paid {
  from.open();
  const account = from.own(id);
  from.comma();
  const bucket = from.integer();
  from.comma();
  const definition = from.name();
  from.comma();
  const nanos = from.amount();
  from.close();
  return { account, bucket, definition, nanos };
}

function readCovered(from: AsciiReader, id: string): Covered {
  from.open();
  const account = from.own(id);
  from.comma();
  const bucket = from.integer();
  from.comma();
  const definition = from.name();
  from.comma();
  const start = from.amount();
  from.comma();
  const units = from.amount();
  from.close();
  return { account, bucket, definition, from: start, units };
}

function readUseCounter(from: AsciiReader): RunningUse['counters'][number] {
  from.open();
  const key = from.name();
  from.comma();
  const before = from.amount();
  from.comma();
  const added = from.amount();
  from.close();
  return { key, before, added };
}
