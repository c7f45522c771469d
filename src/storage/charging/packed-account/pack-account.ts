/**
 * An account as octets: what memory and the log keep of it (rows have JSON, which SQL reads). A third of the length of JSON, and written and read in a third of the time:
 * docs/decisions/0018-charging-processor.md. The first octet is the form's number; `unpack-account.ts` reads every form that there ever was.
 */
import {
  type AccountCounter,
  type Bucket,
  type ChargingAccount,
  type ChargingSession,
  hasManySessions,
  type Pooling,
  type RunningUse,
  type SessionItem,
} from '#core/charging/account.ts';
import type { AnswerItem, ChargingAnswer, FinalUnit } from '#core/charging/answer.ts';
import type { Identity, MoneyUnits, ServiceFacts, Units } from '#core/charging/request.ts';
import { toExactJson } from '../exact-json.ts';
import { NOT_PACKABLE, OctetWriter } from './octet-writer.ts';

/** JSON begins with `{`: the two can be told apart. */
export const FORM = 1;
/** Of accounts with many sessions: each session begins as if it stood alone, so that those that a request did not touch are not written anew. */
export const FORM_OF_MANY = 2;

const writer = new OctetWriter();
/** What sessions of such accounts are packed as: a session never changes, another takes its place. */
const packedSessions = new WeakMap<ChargingSession, string>();

/** An octet for each character. Undefined: it has something that only JSON can say (a character beyond Latin-1, an amount beyond 64 bits). */
export function packAccount(account: ChargingAccount): string | undefined {
  try {
    if (hasManySessions(account)) return packMany(writer, account);
    writer.start(account.id);
    writer.octet(FORM);
    writeHead(writer, account);
    for (const session of account.sessions) writeSession(writer, session);
    writeRest(writer, account);
    return writer.finish();
  } catch (error) {
    if (error !== NOT_PACKABLE) throw error;
    return undefined;
  }
}

function packMany(to: OctetWriter, account: ChargingAccount): string {
  to.start(account.id);
  to.octet(FORM_OF_MANY);
  writeHead(to, account);
  const parts = [to.finish()];
  for (const session of account.sessions) parts.push(packSession(to, account.id, session));
  to.start(account.id);
  writeRest(to, account);
  parts.push(to.finish());
  return parts.join('');
}

function packSession(to: OctetWriter, own: string, session: ChargingSession): string {
  const known = packedSessions.get(session);
  if (known !== undefined) return known;
  to.start(own);
  writeSession(to, session);
  const packed = to.finish();
  packedSessions.set(session, packed);
  return packed;
}

/** Up to its sessions. */
function writeHead(to: OctetWriter, account: ChargingAccount): void {
  to.count(account.version);
  to.name(account.currency);
  to.name(account.status);
  to.name(account.plan);
  to.count(account.identities.length);
  for (const identity of account.identities) writeIdentity(to, identity);
  to.count(account.buckets.length);
  for (const bucket of account.buckets) writeBucket(to, bucket);
  to.count(account.counters.length);
  for (const counter of account.counters) writeCounter(to, counter);
  to.count(account.sessions.length);
}

/** Behind its sessions: what few accounts have, and what every one has. */
function writeRest(to: OctetWriter, { pools, controls, addOns, renewals, debtNanos, nextBucket, dueMicros }: ChargingAccount): void {
  to.count(pools.length);
  for (const { pool, caps } of pools) {
    to.name(pool);
    to.count(caps.length);
    for (const { definition, most } of caps) {
      to.name(definition);
      to.amount(most);
    }
  }
  to.count(controls.length);
  for (const { control, limit, agreedToMicros } of controls) {
    to.name(control);
    to.octet((limit === undefined ? 0 : 1) | (agreedToMicros === undefined ? 0 : 2));
    if (limit !== undefined) to.amount(limit);
    if (agreedToMicros !== undefined) to.instant(agreedToMicros);
  }
  to.count(addOns.length);
  for (const { addOn, renewsMicros } of addOns) {
    to.name(addOn);
    to.instant(renewsMicros);
  }
  to.count(renewals.length);
  for (const { allowance, givenToMicros } of renewals) {
    to.name(allowance);
    to.instant(givenToMicros);
  }
  to.amount(debtNanos);
  to.count(nextBucket);
  to.instant(dueMicros);
}

function writeIdentity(to: OctetWriter, { kind, value }: Identity): void {
  to.name(kind);
  to.repeated(value);
}

function writeBucket(to: OctetWriter, bucket: Bucket): void {
  to.count(bucket.id);
  to.name(bucket.definition);
  to.name(bucket.unit);
  to.amount(bucket.value);
  to.amount(bucket.filled);
  to.amount(bucket.reserved);
  to.count(bucket.holders);
  to.amount(bucket.limit);
  to.count(bucket.priority);
  to.instant(bucket.validFromMicros);
  to.instant(bucket.validToMicros);
  to.count(bucket.raised);
  to.count(bucket.rolled);
}

function writeCounter(to: OctetWriter, { key, value, reserved, fromMicros, toMicros, raised }: AccountCounter): void {
  to.name(key);
  to.amount(value);
  to.amount(reserved);
  to.instant(fromMicros);
  to.instant(toMicros);
  to.count(raised);
}

function writeSession(to: OctetWriter, session: ChargingSession): void {
  const { identity, items } = session;
  to.text(session.id);
  to.name(session.service);
  to.octet((identity === undefined ? 0 : 1) | (session.pooling === undefined ? 0 : 2));
  if (identity !== undefined) writeIdentity(to, identity);
  writeFacts(to, session.facts);
  to.instant(session.startedMicros);
  to.instant(session.expiresMicros);
  to.count(session.lastNumber);
  to.amount(session.closedNanos);
  to.count(session.records);
  to.count(items.length);
  for (const item of items) writeItem(to, item);
  writeAnswer(to, session.lastAnswer);
  if (session.pooling !== undefined) writePooling(to, session.pooling);
}

function writePooling(to: OctetWriter, { opened, pool }: Pooling): void {
  to.count(opened);
  to.octet(pool === undefined ? 0 : 1 | (pool.open ? 2 : 0) | (pool.over === 'units' ? 4 : 0));
  if (pool === undefined) return;
  to.count(pool.planVersion);
  to.count(pool.planService);
  to.amount(pool.worth.of);
  to.amount(pool.worth.by);
  to.amount(pool.roundingNanos);
  to.amount(pool.left);
  writeSetAside(to, pool);
}

/** Bits of an octet that says which facts there are, as far as they are no names. */
export const factBits = { sized: 1, answered: 2, roams: 4, isAtHome: 8, calling: 16, called: 32, location: 64 } as const;

function writeFacts(to: OctetWriter, facts: ServiceFacts): void {
  const { calling, called, location, sizeBytes, roaming } = facts;
  to.octet(
    (sizeBytes === undefined ? 0 : factBits.sized) |
      (facts.answered === true ? factBits.answered : 0) |
      (roaming === undefined ? 0 : roaming ? factBits.roams : factBits.isAtHome) |
      (calling === undefined ? 0 : factBits.calling) |
      (called === undefined ? 0 : factBits.called) |
      (location === undefined ? 0 : factBits.location),
  );
  if (sizeBytes !== undefined) to.count(sizeBytes);
  if (calling !== undefined) to.repeated(calling);
  if (called !== undefined) to.text(called);
  if (location !== undefined) to.text(location);
  to.name(facts.apn);
  to.name(facts.rat);
  to.name(facts.slice);
  to.name(facts.visitedNetwork);
  to.name(facts.serviceClass);
}

function writeItem(
  to: OctetWriter,
  { ratingGroup, services, unit, use, grant, reservations, counted, inAll, multiplier }: SessionItem,
): void {
  to.octet(
    (services === undefined ? 0 : 1) |
      (use === undefined ? 0 : 2) |
      (grant === undefined ? 0 : 4) |
      (inAll === undefined ? 0 : 8) |
      (multiplier === undefined ? 0 : 16),
  );
  to.name(ratingGroup);
  if (services !== undefined) writeNames(to, services);
  to.name(unit);
  if (use !== undefined) writeUse(to, use);
  if (grant !== undefined) {
    to.amount(grant.units);
    to.instant(grant.atMicros);
    to.instant(grant.validToMicros);
    to.instant(grant.tariffChangeMicros ?? Number.NaN);
  }
  writeSetAside(to, { reservations, counted });
  if (inAll !== undefined) writeUnits(to, inAll);
  if (multiplier !== undefined) to.amount(multiplier);
}

function writeSetAside(to: OctetWriter, { reservations, counted }: Pick<SessionItem, 'reservations' | 'counted'>): void {
  to.count(reservations.length);
  for (const { account, bucket, amount } of reservations) {
    to.text(account);
    to.count(bucket);
    to.amount(amount);
  }
  to.count(counted.length);
  for (const { key, amount } of counted) {
    to.name(key);
    to.amount(amount);
  }
}

function writeUse(to: OctetWriter, use: RunningUse): void {
  const { paid, covered, counters } = use;
  to.instant(use.startMicros);
  to.count(use.planVersion);
  to.count(use.planService);
  to.octet(use.continues ? 1 : 0);
  to.amount(use.used);
  to.amount(use.usedUp);
  to.amount(use.usedDown);
  to.amount(use.chargedNanos);
  to.amount(use.unpaidNanos);
  to.count(paid.length);
  for (const { account, bucket, definition, nanos } of paid) {
    to.text(account);
    to.count(bucket);
    to.name(definition);
    to.amount(nanos);
  }
  to.count(covered.length);
  for (const { account, bucket, definition, from, units } of covered) {
    to.text(account);
    to.count(bucket);
    to.name(definition);
    to.amount(from);
    to.amount(units);
  }
  to.count(counters.length);
  for (const { key, before, added } of counters) {
    to.name(key);
    to.amount(before);
    to.amount(added);
  }
}

/** Of the session: its name and number are said there. */
function writeAnswer(to: OctetWriter, { result, items, account, cost, balances, detail, fingerprint, advice }: ChargingAnswer): void {
  if (balances !== undefined) throw NOT_PACKABLE;
  to.octet(
    (account === undefined ? 0 : 1) |
      (cost === undefined ? 0 : 2) |
      (detail === undefined ? 0 : 4) |
      (fingerprint === undefined ? 0 : 8) |
      (advice === undefined ? 0 : 16),
  );
  to.name(result);
  to.count(items.length);
  for (const item of items) writeAnswerItem(to, item);
  if (account !== undefined) to.text(account);
  if (cost !== undefined) writeMoney(to, cost);
  if (detail !== undefined) to.text(detail);
  if (fingerprint !== undefined) to.text(fingerprint);
  if (advice !== undefined) to.text(toExactJson(advice));
}

function writeAnswerItem(to: OctetWriter, item: AnswerItem): void {
  const {
    services,
    granted,
    validitySeconds,
    holdingSeconds,
    threshold,
    tariffChangeMicros,
    finalUnit,
    detail,
    grantedInAll,
    consumptionSeconds,
    unitPool,
  } = item;
  to.octet(
    (services === undefined ? 0 : 1) |
      (granted === undefined ? 0 : 2) |
      (validitySeconds === undefined ? 0 : 4) |
      (holdingSeconds === undefined ? 0 : 8) |
      (threshold === undefined ? 0 : 16) |
      (tariffChangeMicros === undefined ? 0 : 32) |
      (finalUnit === undefined ? 0 : 64) |
      (grantedInAll === undefined ? 0 : 128),
  );
  to.name(item.ratingGroup);
  if (services !== undefined) writeNames(to, services);
  to.name(item.result);
  if (granted !== undefined) writeUnits(to, granted);
  if (validitySeconds !== undefined) to.count(validitySeconds);
  if (holdingSeconds !== undefined) to.count(holdingSeconds);
  if (threshold !== undefined) writeUnits(to, threshold);
  if (tariffChangeMicros !== undefined) to.instant(tariffChangeMicros);
  if (finalUnit !== undefined) writeFinalUnit(to, finalUnit);
  to.name(item.slowTo);
  to.octet((detail === undefined ? 0 : 1) | (consumptionSeconds === undefined ? 0 : 2) | (unitPool === undefined ? 0 : 4));
  if (detail !== undefined) to.text(detail);
  if (consumptionSeconds !== undefined) to.count(consumptionSeconds);
  if (grantedInAll !== undefined) writeUnits(to, grantedInAll);
  if (unitPool !== undefined) {
    to.count(unitPool.number);
    to.amount(unitPool.multiplier);
  }
}

function writeFinalUnit(to: OctetWriter, finalUnit: FinalUnit): void {
  switch (finalUnit.action) {
    case 'terminate':
      to.octet(0);
      break;
    case 'redirect':
      to.octet(1);
      to.name(finalUnit.to);
      break;
    case 'restrict':
      to.octet(2);
      to.name(finalUnit.filter);
      break;
  }
}

function writeUnits(to: OctetWriter, { seconds, bytes, bytesUp, bytesDown, events, money }: Units): void {
  to.octet(
    (seconds === undefined ? 0 : 1) |
      (bytes === undefined ? 0 : 2) |
      (bytesUp === undefined ? 0 : 4) |
      (bytesDown === undefined ? 0 : 8) |
      (events === undefined ? 0 : 16) |
      (money === undefined ? 0 : 32),
  );
  if (seconds !== undefined) to.amount(seconds);
  if (bytes !== undefined) to.amount(bytes);
  if (bytesUp !== undefined) to.amount(bytesUp);
  if (bytesDown !== undefined) to.amount(bytesDown);
  if (events !== undefined) to.amount(events);
  if (money !== undefined) writeMoney(to, money);
}

function writeMoney(to: OctetWriter, { nanos, currency }: MoneyUnits): void {
  to.amount(nanos);
  to.name(currency);
}

function writeNames(to: OctetWriter, names: readonly string[]): void {
  to.count(names.length);
  for (const name of names) to.name(name);
}
