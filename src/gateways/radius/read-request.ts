/** Attributes in the words of charging: who, what, since when, how much in all. */
import { type RadiusPacket, octetsOf as valueOctets } from '#codecs/radius/packet.ts';
import { addressOf, integerOf, textOf } from '#codecs/radius/values.ts';
import type { Identity, RequestItem, ServiceFacts, Units } from '#core/charging/request.ts';
import { numberOfUri } from '#core/numbering/uri-number.ts';
import { attribute, freeswitch, threeGpp, vendor, wispr } from './attribute-codes.ts';
import type { SessionPlace } from './session-name.ts';
import type { RadiusClient } from './settings.ts';

const MICROS = 1_000_000;
const GIGAWORD = 1n << 32n;

/** What the NAS calls itself; a NAS that does not say it is its address. */
export function nasOf(packet: RadiusPacket, address: string): string {
  return (
    textOf(packet, attribute.nasIdentifier) ??
    addressOf(packet, attribute.nasIpAddress) ??
    addressOf(packet, attribute.nasIpv6Address) ??
    address
  );
}

export function placeOf(packet: RadiusPacket, address: string): SessionPlace {
  const found = {
    userName: textOf(packet, attribute.userName),
    acctSessionId: textOf(packet, attribute.acctSessionId),
    callingStation: textOf(packet, attribute.callingStation),
    framedIp: addressOf(packet, attribute.framedIpAddress),
    nasIdentifier: textOf(packet, attribute.nasIdentifier),
    nasIp: addressOf(packet, attribute.nasIpAddress) ?? addressOf(packet, attribute.nasIpv6Address),
  };
  const present = Object.entries(found).filter(([, value]) => value !== undefined && value !== '');
  return { address, ...Object.fromEntries(present) };
}

/** Class as we wrote it; undefined when there is none of ours. */
export function classOf(packet: RadiusPacket): string | undefined {
  for (const each of packet.attributes) {
    if (each.vendor !== 0 || each.code !== attribute.class) continue;
    const text = Buffer.from(valueOctets(packet, each)).toString('latin1');
    if (text.startsWith('radius/')) return text;
  }
  return undefined;
}

/** Names by which an account may be known, the likeliest first. A user name that is an address of a station is that too. */
export function identitiesOf(packet: RadiusPacket, { identity, authentication }: RadiusClient): readonly Identity[] {
  const user = textOf(packet, attribute.userName);
  const calling = textOf(packet, attribute.callingStation);
  const imsi = textOf(packet, threeGpp.imsi, vendor.threeGpp);
  const named = identity === 'user-name' ? (user ?? calling) : (textOf(packet, freeswitch.src, vendor.freeswitch) ?? calling ?? user);
  const found: Identity[] = [];
  if (named !== undefined && named !== '') {
    const number = numberIn(named);
    const station = stationOf(named);
    if (station !== undefined && authentication.includes('mac')) found.push(station);
    if (identity === 'calling-station-id' && number !== undefined) found.push({ kind: 'msisdn', value: number });
    if (/^sips?:/i.test(named)) found.push({ kind: 'sip-uri', value: named.toLowerCase() });
    found.push({ kind: 'nai', value: named }, { kind: 'private', value: named });
    if (identity === 'user-name' && number !== undefined) found.push({ kind: 'msisdn', value: number });
  }
  if (imsi !== undefined && /^\d{6,15}$/.test(imsi)) found.push({ kind: 'imsi', value: imsi });
  return found;
}

/** `aa-bb-cc-dd-ee-ff`, however the address of a station is written (`AA:BB:…`, `aabb.ccdd.eeff`, `AABBCCDDEEFF`). */
export function stationOf(text: string): Identity | undefined {
  const digits = text.replaceAll(/[:.-]/g, '').toLowerCase();
  if (!/^[0-9a-f]{12}$/.test(digits) || /^\d+$/.test(text)) return undefined;
  return { kind: 'private', value: (digits.match(/../g) ?? []).join('-') };
}

/** A NAS's clock is believed from a day behind ours to five minutes before it; otherwise ours counts. */
const MOST_BEHIND_MICROS = 86_400_000_000;
const MOST_AHEAD_MICROS = 300_000_000;

/** When it happened: as stated, or now less the time it has waited (RFC 2866 §5.2). UTC microseconds. */
export function eventMicros(packet: RadiusPacket, nowMicros: number): number {
  const stated = integerOf(packet, attribute.eventTimestamp);
  const micros = stated === undefined ? nowMicros - (integerOf(packet, attribute.delayTime) ?? 0) * MICROS : stated * MICROS;
  return micros < nowMicros - MOST_BEHIND_MICROS || micros > nowMicros + MOST_AHEAD_MICROS ? nowMicros : micros;
}

/** When a call that has ended was answered; undefined when its length is not stated, or longer than a call is. */
export function answeredMicros(packet: RadiusPacket, endMicros: number): number | undefined {
  const { seconds } = usedInAll(packet);
  return seconds === undefined || seconds > LONGEST_CALL_SECONDS ? undefined : endMicros - Number(seconds) * MICROS;
}

const LONGEST_CALL_SECONDS = 2_678_400n;

/** All that the session has used; what the packet does not count is left out. */
export function usedInAll(packet: RadiusPacket): Units {
  const billMicros = integerOf(packet, freeswitch.billMicros, vendor.freeswitch);
  const time = integerOf(packet, attribute.sessionTime) ?? (billMicros === undefined ? undefined : Math.floor(billMicros / MICROS));
  const up = octets(packet, attribute.inputOctets, attribute.inputGigawords);
  const down = octets(packet, attribute.outputOctets, attribute.outputGigawords);
  return {
    ...(time === undefined ? {} : { seconds: BigInt(time) }),
    ...(up === undefined ? {} : { bytesUp: up }),
    ...(down === undefined ? {} : { bytesDown: down }),
  };
}

/** The same, and whether the NAS leaves it to us to tell how often its octets went round. */
export function countedBy(packet: RadiusPacket): Pick<RequestItem, 'usedInAll' | 'octetsGoRound'> {
  const counted = { usedInAll: usedInAll(packet) };
  const told = integerOf(packet, attribute.inputGigawords) ?? integerOf(packet, attribute.outputGigawords);
  return told === undefined ? { ...counted, octetsGoRound: true } : counted;
}

/** RFC 2869 §5.1: how often the counter of 32 bits went round. */
function octets(packet: RadiusPacket, low: number, high: number): bigint | undefined {
  const [rest, rounds] = [integerOf(packet, low), integerOf(packet, high)];
  if (rest === undefined && rounds === undefined) return undefined;
  return BigInt(rounds ?? 0) * GIGAWORD + BigInt(rest ?? 0);
}

/** NAS-Port-Type (RFC 2865 §5.41) and 3GPP-RAT-Type (TS 29.061 §16.4.7.2) in the words of `ServiceFacts.rat`. */
const portTypes: Readonly<Record<number, string>> = { 15: 'ETHERNET', 16: 'XDSL', 17: 'CABLE', 18: 'WLAN', 19: 'WLAN' };
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

export function factsOf(packet: RadiusPacket, client: RadiusClient, homeNetworks: readonly string[]): ServiceFacts {
  const facts: { -readonly [Name in keyof ServiceFacts]: ServiceFacts[Name] } = {};
  const calling = textOf(packet, freeswitch.src, vendor.freeswitch) ?? textOf(packet, attribute.callingStation);
  const called = textOf(packet, freeswitch.dst, vendor.freeswitch) ?? textOf(packet, attribute.calledStation);
  if (client.service === 'voice') {
    const [from, to] = [numberIn(calling ?? ''), numberIn(called ?? '')];
    if (from !== undefined) facts.calling = from;
    facts.called = client.called ?? to ?? called ?? '';
    return facts;
  }
  facts.called = client.called ?? '';
  // `AA-BB-CC-DD-EE-FF:network` (RFC 3580 §3.20), or the name of an APN.
  const apn = /^(?:[0-9a-f]{2}[:-]?){6}:(.+)$/i.exec(called ?? '')?.[1] ?? (stationOf(called ?? '') === undefined ? called : undefined);
  if (apn !== undefined && apn !== '') facts.apn = apn;
  const access =
    accesses[integerOf(packet, threeGpp.ratType, vendor.threeGpp) ?? -1] ?? portTypes[integerOf(packet, attribute.nasPortType) ?? -1];
  if (access !== undefined) facts.rat = access;
  const visited = textOf(packet, threeGpp.networkOfSgsn, vendor.threeGpp);
  if (visited !== undefined) {
    facts.visitedNetwork = visited;
    if (homeNetworks.length > 0) facts.roaming = !homeNetworks.includes(visited);
  }
  const location = textOf(packet, wispr.locationName, vendor.wispr) ?? textOf(packet, attribute.nasPortId);
  if (location !== undefined) facts.location = location;
  return facts;
}

/** Digits of a number, a tel: or sip: address. */
function numberIn(text: string): string | undefined {
  const number = stationOf(text) === undefined ? numberOfUri(text) : undefined;
  return number !== undefined && /^\d{3,18}$/.test(number) ? number : undefined;
}
