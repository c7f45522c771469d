/** Service-Information (TS 32.299 §7.2.192) as far as scope and price depend on it: who calls whom, by what access, where. */
import type { AvpCursor } from '#codecs/diameter/avp-cursor.ts';
import { octetsText } from '#codecs/diameter/mobile-values.ts';
import { ntpToUnix } from '#codecs/diameter/values.ts';
import { KnownTexts, readUtf8 } from '#codecs/octet-texts.ts';
import type { ServiceFacts } from '#core/charging/request.ts';
import { numberOfUri } from '#core/numbering/uri-number.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { avp, avp3gpp, VENDOR_3GPP } from './codes.ts';

export interface ReadFacts {
  /** Of this request alone: whoever reads more of it adds to them. */
  readonly facts: FactsDraft;
  /** What the information is about. */
  readonly service: Service | undefined;
  /** When a call was answered, or a bearer began. */
  readonly usedSinceMicros: number | undefined;
  /** The subscriber is called, and not the one who calls. */
  readonly terminating: boolean;
  /** Advice of charge is to be told in money, and not in charging units or CAI elements (AoC-Format). */
  readonly advisesMoney: boolean;
}

export type FactsDraft = { -readonly [Key in keyof ServiceFacts]: ServiceFacts[Key] };
interface Reading {
  readonly facts: FactsDraft;
  service: Service | undefined;
  usedSinceMicros: number | undefined;
  terminating: boolean;
  advisesMoney: boolean;
}

/** 3GPP-RAT-Type (TS 29.061 §16.4.7.2, TS 29.274 §8.17) in the words of `ServiceFacts.rat`. */
const accesses: Readonly<Record<number, string>> = {
  1: 'UTRAN',
  2: 'GERAN',
  3: 'WLAN',
  6: 'EUTRAN',
  8: 'NB-IOT',
  9: 'LTE-M',
  10: 'NR',
  51: 'NR',
};

const TERMINATING_ROLE = 1;
/** AoC-Format (TS 32.299 §7.2.15A). */
const MONETARY = 0;
const MICROS = 1_000_000;

/** By a cursor in front of its AVPs. */
export function readServiceInformation(cursor: AvpCursor): ReadFacts {
  const reading: Reading = { facts: {}, service: undefined, usedSinceMicros: undefined, terminating: false, advisesMoney: true };
  while (cursor.next()) {
    if (cursor.vendor !== VENDOR_3GPP) continue;
    const inner = cursor.inside();
    if (cursor.code === avp3gpp.psInformation) readPacket(inner, reading);
    else if (cursor.code === avp3gpp.imsInformation) readIms(inner, reading);
    else if (cursor.code === avp3gpp.smsInformation) readSms(inner, reading);
    else if (cursor.code === avp3gpp.mmsInformation) readMms(inner, reading);
    else if (cursor.code === avp3gpp.aocInformation) readAdvice(inner, reading);
  }
  return reading;
}

/** Of access points and networks: many sessions have them. */
const names = new KnownTexts();

const text = ({ view, from, to }: AvpCursor): string | undefined => readUtf8(view, from, to);

function readPacket(cursor: AvpCursor, reading: Reading): void {
  const { facts } = reading;
  const { view } = cursor;
  reading.service ??= 'data';
  facts.called ??= '';
  while (cursor.next()) {
    if (cursor.vendor === 0) {
      if (cursor.code === avp.calledStation) put(facts, 'apn', names.read(view, cursor.from, cursor.to));
      continue;
    }
    if (cursor.vendor !== VENDOR_3GPP) continue;
    if (cursor.code === avp3gpp.networkOfSgsn) put(facts, 'visitedNetwork', names.read(view, cursor.from, cursor.to));
    else if (cursor.code === avp3gpp.ratType) put(facts, 'rat', cursor.to > cursor.from ? accesses[view.getUint8(cursor.from)] : undefined);
    else if (cursor.code === avp3gpp.userLocation) put(facts, 'location', octetsText('user-location', view, cursor.from, cursor.to));
    else if (cursor.code === avp3gpp.startTime) reading.usedSinceMicros = ntpToUnix(view.getUint32(cursor.from)) * MICROS;
  }
}

function readIms(cursor: AvpCursor, reading: Reading): void {
  const { facts } = reading;
  const { view } = cursor;
  reading.service ??= 'voice';
  let requested: string | undefined;
  while (cursor.next()) {
    if (cursor.vendor !== VENDOR_3GPP) continue;
    if (cursor.code === avp3gpp.callingParty) put(facts, 'calling', facts.calling ?? numberOfUri(text(cursor)));
    else if (cursor.code === avp3gpp.calledParty) put(facts, 'called', numberOfUri(text(cursor)));
    else if (cursor.code === avp3gpp.requestedParty) requested ??= numberOfUri(text(cursor));
    else if (cursor.code === avp3gpp.roleOfNode) reading.terminating = view.getInt32(cursor.from) === TERMINATING_ROLE;
    else if (cursor.code === avp3gpp.timeStamps) {
      const stamps = cursor.inside();
      while (stamps.next()) {
        if (stamps.vendor === VENDOR_3GPP && stamps.code === avp3gpp.sipResponse)
          reading.usedSinceMicros = ntpToUnix(view.getUint32(stamps.from)) * MICROS;
      }
    }
  }
  if (facts.called === undefined) put(facts, 'called', requested);
}

function readSms(cursor: AvpCursor, reading: Reading): void {
  reading.service ??= 'sms';
  while (cursor.next()) {
    if (cursor.vendor !== VENDOR_3GPP) continue;
    if (cursor.code === avp3gpp.recipientInfo) {
      const inner = cursor.inside();
      while (inner.next())
        if (inner.vendor === VENDOR_3GPP && inner.code === avp3gpp.recipientAddress)
          put(reading.facts, 'called', reading.facts.called ?? addressOf(inner));
    } else if (cursor.code === avp3gpp.originatorReceived) put(reading.facts, 'calling', addressOf(cursor));
  }
}

function readMms(cursor: AvpCursor, reading: Reading): void {
  reading.service ??= 'mms';
  while (cursor.next()) {
    if (cursor.vendor !== VENDOR_3GPP) continue;
    if (cursor.code === avp3gpp.recipientAddress) put(reading.facts, 'called', reading.facts.called ?? addressOf(cursor));
    else if (cursor.code === avp3gpp.originatorAddress) put(reading.facts, 'calling', addressOf(cursor));
    else if (cursor.code === avp3gpp.messageSize) reading.facts.sizeBytes = cursor.view.getUint32(cursor.from);
  }
}

/** AoC-Subscription-Information: how its subscriber is told. */
function readAdvice(cursor: AvpCursor, reading: Reading): void {
  while (cursor.next()) {
    if (cursor.vendor !== VENDOR_3GPP || cursor.code !== avp3gpp.aocSubscription) continue;
    const inner = cursor.inside();
    while (inner.next())
      if (inner.vendor === VENDOR_3GPP && inner.code === avp3gpp.aocFormat)
        reading.advisesMoney = inner.view.getUint32(inner.from) === MONETARY;
  }
}

function put<Key extends keyof FactsDraft>(facts: FactsDraft, key: Key, value: FactsDraft[Key] | undefined): void {
  if (value !== undefined) facts[key] = value;
}

/** Address-Data within an address (TS 32.299 §7.2.7). */
function addressOf(cursor: AvpCursor): string | undefined {
  const inner = cursor.inside();
  while (inner.next()) if (inner.vendor === VENDOR_3GPP && inner.code === avp3gpp.addressData) return numberOfUri(text(inner));
  return undefined;
}
