/** What margins may be added up by: the destination, or what enriching found out about the events. */
import { type Result, refuse } from '../refusals.ts';

export const marginFields = ['callType', 'causeClass', 'country', 'owner', 'place', 'network', 'tadig', 'tag'] as const;
export type MarginField = (typeof marginFields)[number];

export type MarginBy =
  | { readonly kind: 'destination' }
  | { readonly kind: 'field'; readonly field: MarginField }
  | { readonly kind: 'bin'; readonly set: string };

export const BY_DESTINATION: MarginBy = { kind: 'destination' };

/** `destination`, `bin:circles`, `callType` … Refused: anything else (`margin.by-unknown`). */
export function readMarginBy(text: string): Result<MarginBy> {
  if (text === 'destination') return { ok: true, value: BY_DESTINATION };
  const field = marginFields.find((name) => name === text);
  if (field !== undefined) return { ok: true, value: { kind: 'field', field } };
  const set = /^bin:([A-Za-z0-9][A-Za-z0-9._-]{0,63})$/.exec(text)?.[1];
  if (set !== undefined) return { ok: true, value: { kind: 'bin', set } };
  const known = `destination, bin:<set>, ${marginFields.join(', ')}`;
  return {
    ok: false,
    refusals: [refuse('margin.by-unknown', `a margin is by one of ${known}`, { field: '--by', value: text.slice(0, 120) })],
  };
}

/** `bin of circles`, for titles. */
export function marginByWords(by: MarginBy): string {
  const words: Readonly<Partial<Record<MarginField, string>>> = {
    callType: 'call type',
    causeClass: 'cause class',
    tadig: 'TADIG',
    tag: 'technical prefix',
  };
  return by.kind === 'destination' ? 'destination' : by.kind === 'bin' ? `bin of ${by.set}` : (words[by.field] ?? by.field);
}
