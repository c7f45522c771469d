/**
 * The octets of primitive values as texts, for the shared rules of fields. What does not have the form that the schema
 * declares comes out as `0x` and its octets, which no rule takes for a number or a time. Encodings: 3GPP TS 32.298 §5.1,
 * TS 29.002 (TBCD, AddressString), TS 24.008 (numbers as dialled), TS 23.040 (time zone), X.690 §8.
 */

import type { BerValuePart } from '#core/usage/ber-path.ts';
import type { BerValue } from '#core/usage/ber-schema.ts';
import { textOfBytes } from '../cdr/text-of-bytes.ts';
import { dialledText } from './dialled.ts';
import { Tlv } from './tlv.ts';

/** Octets shown of a value that is only shown. */
const MOST_TEXT = 65_536;

export function valueText(text: string, from: number, to: number, leaf: BerValue, part?: BerValuePart): string {
  switch (leaf.kind) {
    case 'integer':
    case 'enumerated': {
      const number = integerText(text, from, to);
      return leaf.names?.get(number) ?? number;
    }
    case 'boolean':
      return to - from === 1 ? String(text.charCodeAt(from) !== 0) : hexText(text, from, to);
    case 'null':
      return 'true';
    case 'bits':
      return bitsText(text, from, to, leaf.names);
    case 'tbcd':
      return tbcdText(text, from, to) ?? hexText(text, from, to);
    case 'address':
    case 'bcd-number':
      return dialledText(text, from, to, leaf.kind, part) ?? hexText(text, from, to);
    case 'timestamp':
      return timestampText(text, from, to) ?? hexText(text, from, to);
    case 'time-zone':
      return timeZoneText(text, from, to) ?? hexText(text, from, to);
    case 'ip':
      return ipText(text, from, to) ?? hexText(text, from, to);
    case 'plmn':
      return plmnText(text, from, to) ?? hexText(text, from, to);
    case 'utf8':
    case 'ia5':
      return plainText(text, from, to);
    case 'utc-time':
    case 'generalized-time':
      return asnTimeText(plainText(text, from, to), leaf.kind === 'utc-time') ?? hexText(text, from, to);
    case 'oid':
      return oidText(text, from, to) ?? hexText(text, from, to);
    case 'octets':
    case 'any':
      return hexDigits(text, from, to);
  }
}

/** Two's complement; undefined for none or more than 6 octets, which a plain number does not surely hold. */
export function smallInteger(text: string, from: number, to: number): number | undefined {
  if (to === from || to - from > 6) return undefined;
  let value = text.charCodeAt(from);
  if (value > 127) value -= 256;
  for (let at = from + 1; at < to; at++) value = value * 256 + text.charCodeAt(at);
  return value;
}

export function bigInteger(text: string, from: number, to: number): bigint | undefined {
  if (to === from || to - from > 64) return undefined;
  return BigInt.asIntN((to - from) * 8, BigInt(`0x${hexDigits(text, from, to)}`));
}

function integerText(text: string, from: number, to: number): string {
  const value = smallInteger(text, from, to) ?? bigInteger(text, from, to);
  return value === undefined ? hexText(text, from, to) : String(value);
}

export function hexDigits(text: string, from: number, to: number): string {
  const end = Math.min(to, from + MOST_TEXT);
  let hex = '';
  for (let at = from; at < end; at++) hex += HEX[text.charCodeAt(at) & 255];
  return hex;
}

function hexText(text: string, from: number, to: number): string {
  return `0x${hexDigits(text, from, to)}`;
}

const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));
const TBCD = '0123456789*#abc';

/** Digits, the lower half of an octet first; the filler 15 ends them. */
export function tbcdText(text: string, from: number, to: number): string | undefined {
  if (to - from > 64) return undefined;
  let digits = '';
  for (let at = from; at < to; at++) {
    const octet = text.charCodeAt(at);
    const low = octet & 15;
    const high = octet >> 4;
    if (low === 15) return fillersFrom(text, at, to, digits);
    digits += TBCD[low];
    if (high === 15) return fillersFrom(text, at + 1, to, digits);
    digits += TBCD[high];
  }
  return digits;
}

/** Some write whole octets of filler behind a short number. */
function fillersFrom(text: string, at: number, to: number, digits: string): string | undefined {
  for (let rest = at; rest < to; rest++) if (text.charCodeAt(rest) !== 255) return undefined;
  return digits;
}

/** YYMMDDhhmmss, sign as a character, hhmm, in BCD: the local time and how far it is from UTC. */
function timestampText(text: string, from: number, to: number): string | undefined {
  if (to - from !== 9) return undefined;
  const sign = text.charCodeAt(from + 6);
  if (sign !== 43 && sign !== 45) return undefined;
  for (let at = from; at < to; at++) if (at !== from + 6 && !isBcd(text.charCodeAt(at))) return undefined;
  const pair = (at: number): string => HEX[text.charCodeAt(from + at)] ?? '';
  return `20${pair(0)}-${pair(1)}-${pair(2)}T${pair(3)}:${pair(4)}:${pair(5)}${sign === 43 ? '+' : '-'}${pair(7)}:${pair(8)}`;
}

function isBcd(octet: number): boolean {
  return (octet & 15) < 10 && octet >> 4 < 10;
}

/** TS 23.040 §9.2.3.11: quarters of an hour, digits swapped, the sign in bit 4; a second octet tells the summer time in it. */
function timeZoneText(text: string, from: number, to: number): string | undefined {
  if (to - from < 1 || to - from > 2) return undefined;
  const octet = text.charCodeAt(from);
  const quarters = (octet & 7) * 10 + (octet >> 4);
  if (octet >> 4 > 9 || quarters > 79) return undefined;
  return `${(octet & 8) === 0 ? '+' : '-'}${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;
}

/** Mobile country code and network code, 5 or 6 digits. */
function plmnText(text: string, from: number, to: number): string | undefined {
  if (to - from !== 3) return undefined;
  const first = text.charCodeAt(from);
  const second = text.charCodeAt(from + 1);
  const third = text.charCodeAt(from + 2);
  const last = second >> 4;
  if (!isBcd(first) || (second & 15) > 9 || !isBcd(third) || (last > 9 && last !== 15)) return undefined;
  const digits = `${first & 15}${first >> 4}${second & 15}${third & 15}${third >> 4}`;
  return last === 15 ? digits : `${digits}${last}`;
}

function ipText(text: string, from: number, to: number): string | undefined {
  if (to - from === 4)
    return `${text.charCodeAt(from)}.${text.charCodeAt(from + 1)}.${text.charCodeAt(from + 2)}.${text.charCodeAt(from + 3)}`;
  if (to - from !== 16) return undefined;
  const words = Array.from({ length: 8 }, (_, index) => text.charCodeAt(from + 2 * index) * 256 + text.charCodeAt(from + 2 * index + 1));
  return shortest(words);
}

/** RFC 5952: the longest run of zeros, the first of equals, is `::`. */
function shortest(words: readonly number[]): string {
  let [best, length] = [-1, 1];
  for (let at = 0; at < words.length; at++) {
    let run = 0;
    while (words[at + run] === 0) run += 1;
    if (run > length) [best, length] = [at, run];
  }
  const written = words.map((word) => word.toString(16));
  if (best < 0) return written.join(':');
  return `${written.slice(0, best).join(':')}::${written.slice(best + length).join(':')}`;
}

function bitsText(text: string, from: number, to: number, names: ReadonlyMap<string, string> | undefined): string {
  const unused = to > from ? text.charCodeAt(from) : 8;
  const count = (to - from - 1) * 8 - unused;
  if (unused > 7 || count < 0 || count > 512) return hexText(text, from, to);
  const bits = Array.from({ length: count }, (_, bit) => (text.charCodeAt(from + 1 + (bit >> 3)) >> (7 - (bit & 7))) & 1);
  if (names === undefined) return bits.join('');
  return bits.flatMap((bit, index) => (bit === 1 ? [names.get(String(index)) ?? String(index)] : [])).join(' ');
}

function oidText(text: string, from: number, to: number): string | undefined {
  if (to === from || to - from > 64) return undefined;
  const arcs: number[] = [];
  let arc = 0;
  for (let at = from; at < to; at++) {
    const octet = text.charCodeAt(at);
    arc = arc * 128 + (octet & 127);
    if (arc > Number.MAX_SAFE_INTEGER / 128) return undefined;
    if (octet > 127) continue;
    if (arcs.length === 0) arcs.push(Math.min(Math.floor(arc / 40), 2), arc - Math.min(Math.floor(arc / 40), 2) * 40);
    else arcs.push(arc);
    arc = 0;
  }
  return text.charCodeAt(to - 1) > 127 ? undefined : arcs.join('.');
}

/** UTF-8, or Latin-1 where it is not; without the NULs that fill fields up, which no text of the books may have. */
export function plainText(text: string, from: number, to: number): string {
  const bytes = text.slice(from, Math.min(to, from + MOST_TEXT));
  const read = textOfBytes(bytes, 'utf-8') ?? bytes;
  if (!read.includes('\u0000')) return read;
  let end = read.length;
  while (end > 0 && read.charCodeAt(end - 1) === 0) end -= 1;
  return read.slice(0, end).replaceAll('\u0000', '\ufffd');
}

/** `YYMMDDhhmm[ss](Z|±hhmm)` or `YYYYMMDDhh[mm[ss[.f]]][Z|±hhmm]` as ISO 8601. Two digits of a year: 1950 to 2049 (X.680). */
function asnTimeText(written: string, short: boolean): string | undefined {
  const year = short ? /^\d\d/.exec(written)?.[0] : /^\d{4}/.exec(written)?.[0];
  const match = /^(\d\d)(\d\d)(\d\d)(?:(\d\d)(?:(\d\d)([.,]\d{1,9})?)?)?(Z|[+-]\d{4})?$/.exec(written.slice(short ? 2 : 4));
  if (year === undefined || match === null) return undefined;
  const [, month, day, hour, minute = '00', second = '00', fraction = '', zone = ''] = match;
  const full = short ? `${Number(year) < 50 ? 20 : 19}${year}` : year;
  return `${full}-${month}-${day}T${hour}:${minute}:${second}${fraction}${zone}`;
}

/** A string type may be written in pieces (X.690 §8.7.3.2). The pieces joined; undefined when they are damaged. */
export function joinedPieces(text: string, from: number, to: number, nesting = 0): string | undefined {
  if (nesting > 8) return undefined;
  const tlv = new Tlv();
  let joined = '';
  for (let at = from; at < to; at = tlv.next) {
    if (!tlv.read(text, at, to)) return undefined;
    const { constructed, next } = tlv;
    const piece = constructed ? joinedPieces(text, tlv.from, tlv.to, nesting + 1) : text.slice(tlv.from, tlv.to);
    if (piece === undefined) return undefined;
    joined += piece;
    tlv.next = next;
  }
  return joined;
}
