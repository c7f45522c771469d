/** How records write the nature of an address. The same figures mean different things in ISUP and in MAP. */
import type { NumberNature } from './normalise.ts';

export const natureCodings = ['isup', 'ton'] as const;
export type NatureCoding = (typeof natureCodings)[number];

/** ITU-T Q.763 §3.9: nature of address indicator. */
const isup: Readonly<Record<string, NumberNature>> = {
  1: 'subscriber',
  2: 'unknown',
  3: 'national',
  4: 'international',
  5: 'network-specific',
};
/** 3GPP TS 29.002 §17.7.8 AddressString (type of number); abbreviated numbers mean something in their network only. */
const ton: Readonly<Record<string, NumberNature>> = {
  0: 'unknown',
  1: 'international',
  2: 'national',
  3: 'network-specific',
  4: 'subscriber',
  6: 'network-specific',
};
const words: Readonly<Record<string, NumberNature>> = {
  international: 'international',
  national: 'national',
  subscriber: 'subscriber',
  local: 'subscriber',
  unknown: 'unknown',
  'network-specific': 'network-specific',
  network: 'network-specific',
  abbreviated: 'network-specific',
};

/** What a record says of a number; `unknown` for a text that says nothing known, so that the number's own form decides. */
export function readNature(text: string, coding: NatureCoding | undefined): NumberNature {
  if (text === '') return 'unknown';
  const figures = coding === undefined ? undefined : coding === 'isup' ? isup : ton;
  const figure = figures !== undefined && /^\d{1,3}$/.test(text) ? String(Number(text) & (coding === 'isup' ? 0x7f : 0x07)) : undefined;
  if (figure !== undefined && figures !== undefined) return own(figures, figure) ?? 'unknown';
  return own(words, text.toLowerCase()) ?? 'unknown';
}

function own(table: Readonly<Record<string, NumberNature>>, key: string): NumberNature | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
