/**
 * Numbers with their nature. AddressString (TS 29.002 §17.7.8): one octet of nature and plan, then digits. Numbers as
 * dialled (TS 24.008 §10.5.4.7): the same, with an octet of presentation and screening between when bit 8 of the first is 0.
 */
import type { BerValuePart } from '#core/usage/ber-path.ts';
import { packedText } from './gsm-alphabet.ts';
import { tbcdText } from './values.ts';

const NATURES = ['unknown', 'international', 'national', 'network-specific', 'subscriber', 'alphanumeric', 'abbreviated', 'reserved'];
const PLANS: Readonly<Record<number, string>> = {
  0: 'unknown',
  1: 'e164',
  3: 'x121',
  4: 'telex',
  6: 'land-mobile',
  8: 'national',
  9: 'private',
};
const PRESENTATIONS = ['allowed', 'restricted', 'unavailable', 'reserved'];
const INTERNATIONAL = 1;
const ALPHANUMERIC = 5;

/** An international number begins with `+`. Undefined when the digits are none. */
export function dialledText(
  text: string,
  from: number,
  to: number,
  kind: 'address' | 'bcd-number',
  part: BerValuePart | undefined,
): string | undefined {
  if (from >= to) return '';
  const first = text.charCodeAt(from);
  const nature = (first >> 4) & 7;
  const extended = kind === 'bcd-number' && first < 128;
  if (part === 'nature') return NATURES[nature];
  if (part === 'plan') return PLANS[first & 15] ?? String(first & 15);
  if (part === 'presentation') return extended && from + 1 < to ? PRESENTATIONS[(text.charCodeAt(from + 1) >> 5) & 3] : '';
  const at = from + (extended ? 2 : 1);
  if (at > to) return undefined;
  if (nature === ALPHANUMERIC) return packedText(text, at, to);
  const digits = tbcdText(text, at, to);
  return digits === undefined || digits === '' || part === 'digits' || nature !== INTERNATIONAL ? digits : `+${digits}`;
}
