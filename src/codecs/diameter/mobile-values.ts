/** Octets of 3GPP: networks, locations, time zones, digits. */

import { hexOf, ipv4Text, ipv6Text } from '../octet-texts.ts';
import type { OctetForm } from './dictionary.ts';

/** The octets in words; undefined when they are not in the form that the standard says. */
export function octetsText(form: OctetForm, view: DataView, from: number, to: number): string | undefined {
  const bytes = to - from;
  switch (form) {
    case 'ipv4':
      return bytes === 4 ? ipv4Text(view, from) : undefined;
    case 'ipv6':
      return bytes === 16 ? ipv6Text(view, from) : undefined;
    case 'ipv6-prefix':
      return prefixText(view, from, to);
    case 'plmn':
      return bytes === 3 ? plmnText(view, from) : undefined;
    case 'tbcd':
      return tbcdText(view, from, to);
    case 'ms-time-zone':
      return bytes === 2 ? timeZoneText(view, from) : undefined;
    case 'rat-type':
      return bytes === 1 ? (RAT_TYPES[view.getUint8(from)] ?? `${view.getUint8(from)}`) : undefined;
    case 'user-location':
      return locationText(view, from, to);
  }
}

/** TS 29.061 §16.4.7.2 (21), the values of TS 29.274 §8.17 among them. */
const RAT_TYPES: Readonly<Record<number, string>> = {
  0: 'reserved',
  1: 'UTRAN',
  2: 'GERAN',
  3: 'WLAN',
  4: 'GAN',
  5: 'HSPA Evolution',
  6: 'E-UTRAN',
  7: 'Virtual',
  8: 'E-UTRAN NB-IoT',
  9: 'LTE-M',
  10: 'NR',
  51: 'NR',
  101: 'IEEE 802.16e',
  102: '3GPP2 eHRPD',
  103: '3GPP2 HRPD',
  104: '3GPP2 1xRTT',
  105: '3GPP2 UMB',
};

/** Three octets of TS 24.008 §10.5.1.13 as `262-01`. */
export function plmnText(view: DataView, at: number): string | undefined {
  const [first, second, third] = [view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2)];
  const mcc = [first & 15, first >> 4, second & 15];
  const mnc = [third & 15, third >> 4, ...(second >> 4 === 15 ? [] : [second >> 4])];
  if ([...mcc, ...mnc].some((digit) => digit > 9)) return undefined;
  return `${mcc.join('')}-${mnc.join('')}`;
}

/** Digits of TS 29.002 TBCD-STRING, low half first; undefined when a half is no digit, or a filler before the end. */
export function tbcdText(view: DataView, from: number, to: number): string | undefined {
  let text = '';
  for (let at = from; at < to; at += 1) {
    const octet = view.getUint8(at);
    const [low, high] = [octet & 15, octet >> 4];
    if (low > 14 || (high > 14 && at + 1 < to)) return undefined;
    text += '0123456789*#abc'[low];
    if (high < 15) text += '0123456789*#abc'[high];
  }
  return text === '' ? undefined : text;
}

/** TS 23.040 §9.2.3.11 and TS 29.274 §8.44: `+02:00, daylight saving +1 h`. */
export function timeZoneText(view: DataView, at: number): string | undefined {
  const zone = view.getUint8(at);
  const saving = view.getUint8(at + 1) & 3;
  const quarters = (zone & 7) * 10 + (zone >> 4);
  if (zone >> 4 > 9 || saving === 3) return undefined;
  const hours = String(Math.floor(quarters / 4)).padStart(2, '0');
  const minutes = String((quarters % 4) * 15).padStart(2, '0');
  const sign = (zone & 8) === 0 ? '+' : '-';
  return `${sign}${hours}:${minutes}${saving === 0 ? '' : `, daylight saving +${saving} h`}`;
}

/** RFC 3162 §2.3: a reserved octet, the length in bits, as much of the prefix as it needs. */
function prefixText(view: DataView, from: number, to: number): string | undefined {
  const bytes = to - from;
  if (bytes < 2 || bytes > 18) return undefined;
  const bits = view.getUint8(from + 1);
  if (bits > 128 || Math.ceil(bits / 8) > bytes - 2) return undefined;
  const whole = new DataView(new ArrayBuffer(16));
  for (let octet = 0; octet < bytes - 2; octet += 1) whole.setUint8(octet, view.getUint8(from + 2 + octet));
  return `${ipv6Text(whole, 0)}/${bits}`;
}

interface LocationPart {
  readonly name: string;
  /** After the three octets of the network. */
  readonly fields: readonly (readonly [name: string, bytes: number])[];
}

const CGI: LocationPart = {
  name: 'CGI',
  fields: [
    ['LAC', 2],
    ['CI', 2],
  ],
};
const SAI: LocationPart = {
  name: 'SAI',
  fields: [
    ['LAC', 2],
    ['SAC', 2],
  ],
};
const RAI: LocationPart = {
  name: 'RAI',
  fields: [
    ['LAC', 2],
    ['RAC', 1],
  ],
};
const TAI: LocationPart = { name: 'TAI', fields: [['TAC', 2]] };
const ECGI: LocationPart = { name: 'ECGI', fields: [['ECI', 4]] };
const ENODEB: LocationPart = { name: 'eNodeB', fields: [['eNB', 3]] };
const TAI5: LocationPart = { name: '5GS TAI', fields: [['TAC', 3]] };
const NCGI: LocationPart = { name: 'NCGI', fields: [['NCI', 5]] };

/** TS 29.061 §16.4.7.2 (22): the geographic location types. */
const LOCATIONS: Readonly<Record<number, readonly LocationPart[]>> = {
  0: [CGI],
  1: [SAI],
  2: [RAI],
  128: [TAI],
  129: [ECGI],
  130: [TAI, ECGI],
  131: [ENODEB],
  132: [TAI, ENODEB],
  133: [ENODEB],
  134: [TAI, ENODEB],
  135: [NCGI],
  136: [TAI5],
  137: [TAI5, NCGI],
};

function locationText(view: DataView, from: number, to: number): string | undefined {
  if (from >= to) return undefined;
  const type = view.getUint8(from);
  const parts = LOCATIONS[type];
  if (parts === undefined) return `type ${type} 0x${hexOf(view, from + 1, to)}`;
  let at = from + 1;
  const texts: string[] = [];
  for (const { name, fields } of parts) {
    const bytes = fields.reduce((sum, [, field]) => sum + field, 3);
    if (at + bytes > to) return undefined;
    texts.push([name, plmnText(view, at) ?? `0x${hexOf(view, at, at + 3)}`, ...fieldTexts(view, at + 3, fields)].join(' '));
    at += bytes;
  }
  return texts.join(', ');
}

function* fieldTexts(view: DataView, start: number, fields: LocationPart['fields']): Generator<string> {
  let at = start;
  for (const [name, bytes] of fields) {
    yield `${name} ${Number.parseInt(hexOf(view, at, at + bytes), 16) % (name === 'ECI' ? 2 ** 28 : 2 ** 40)}`;
    at += bytes;
  }
}
