/** An account of the text that `accountToJson` writes, without objects and texts on the way. What is written otherwise is read by `accountFromJson`. */
import type { AccountCounter, Bucket, ChargingAccount } from '#core/charging/account.ts';
import { accountFromJson } from '../account-json.ts';
import { AsciiReader, NOT_AS_WRITTEN } from './ascii-reader.ts';
import { list } from './read-list.ts';
import { readIdentity, readSession } from './read-session.ts';
import { tokens } from './tokens.ts';

type Open<Type> = { -readonly [Name in keyof Type]: Type[Name] };

const reader = new AsciiReader();

/** Throws for a row of another shape. */
export function accountOfText(id: string, text: string): ChargingAccount {
  if (!reader.start(text, id)) return accountFromJson(id, text);
  try {
    return readAccount(reader, id);
  } catch (error) {
    if (error !== NOT_AS_WRITTEN) throw error;
    return accountFromJson(id, text);
  }
}

function readAccount(from: AsciiReader, id: string): ChargingAccount {
  from.octets(tokens.version);
  const version = from.integer();
  from.octets(tokens.currency);
  const currency = from.name();
  from.octets(tokens.status);
  const status = from.name() as ChargingAccount['status']; // our own row, here and wherever a name has few values
  from.octets(tokens.plan);
  const plan = from.name();
  from.octets(tokens.identities);
  const identities = list(from, id, readIdentity);
  from.octets(tokens.buckets);
  const buckets = list(from, id, readBucket);
  from.octets(tokens.counters);
  const counters = list(from, id, readCounter);
  from.octets(tokens.sessions);
  const sessions = list(from, id, readSession);
  from.octets(tokens.pools);
  const pools = list(from, id, readPool);
  from.octets(tokens.controls);
  const controls = list(from, id, readControl);
  from.octets(tokens.addOns);
  const addOns = list(from, id, readAddOn);
  from.octets(tokens.renewals);
  const renewals = list(from, id, readRenewal);
  from.octets(tokens.debt);
  const debtNanos = from.amount();
  from.octets(tokens.nextBucket);
  const nextBucket = from.integer();
  from.octets(tokens.due);
  const dueMicros = from.integer();
  from.octets(tokens.end);
  from.finish();
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

function readBucket(from: AsciiReader): Bucket {
  from.open();
  const id = from.integer();
  from.comma();
  const definition = from.name();
  from.comma();
  const unit = from.name() as Bucket['unit'];
  from.comma();
  const value = from.amount();
  from.comma();
  const reserved = from.amount();
  from.comma();
  const limit = from.amount();
  from.comma();
  const filled = from.amount();
  from.comma();
  const holders = from.integer();
  from.comma();
  const priority = from.integer();
  from.comma();
  const validFromMicros = from.integer();
  from.comma();
  const validToMicros = from.integer();
  from.comma();
  const raised = from.integer();
  from.comma();
  const rolled = from.integer();
  from.close();
  return {
    id,
    definition,
    unit,
    value,
    filled,
    reserved,
    holders,
    limit,
    priority,
    validFromMicros,
    validToMicros,
    raised,
    rolled,
  };
}

function readCounter(from: AsciiReader): AccountCounter {
  from.open();
  const key = from.name();
  from.comma();
  const value = from.amount();
  from.comma();
  const reserved = from.amount();
  from.comma();
  const fromMicros = from.integer();
  from.comma();
  const toMicros = from.integer();
  from.comma();
  const raised = from.integer();
  from.close();
  return { key, value, reserved, fromMicros, toMicros, raised };
}

function readPool(from: AsciiReader, id: string): ChargingAccount['pools'][number] {
  from.open();
  const pool = from.name();
  from.comma();
  const caps = list(from, id, readCap);
  from.close();
  return { pool, caps };
}

function readCap(from: AsciiReader): ChargingAccount['pools'][number]['caps'][number] {
  from.open();
  const definition = from.name();
  from.comma();
  const most = from.amount();
  from.close();
  return { definition, most };
}

function readControl(from: AsciiReader): ChargingAccount['controls'][number] {
  from.open();
  const setting: Open<ChargingAccount['controls'][number]> = { control: from.name() };
  from.comma();
  if (!from.isNothing()) setting.limit = from.amount();
  from.comma();
  if (!from.isNothing()) setting.agreedToMicros = from.integer();
  from.close();
  return setting;
}

function readAddOn(from: AsciiReader): ChargingAccount['addOns'][number] {
  from.octets(tokens.addOn);
  const addOn = from.name();
  from.octets(tokens.renews);
  const renewsMicros = from.integer();
  from.octets(tokens.end);
  return { addOn, renewsMicros };
}

function readRenewal(from: AsciiReader): ChargingAccount['renewals'][number] {
  from.octets(tokens.allowance);
  const allowance = from.name();
  from.octets(tokens.givenTo);
  const givenToMicros = from.integer();
  from.octets(tokens.end);
  return { allowance, givenToMicros };
}
