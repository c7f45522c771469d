/** A text as the short messages that carry it: in the default alphabet of GSM or in UCS-2, and in parts where it is long (TS 23.040 §9.2.3.24.1). */
import { gsm7Septets } from './gsm7.ts';

export interface MessagePart {
  /** 0: the default alphabet, 8: UCS-2 (SMPP 3.4 §5.2.19). */
  readonly dataCoding: 0 | 8;
  /** Whether it begins with a header that says which part it is. */
  readonly hasHeader: boolean;
  readonly content: Uint8Array;
}

/** Septets or octets of a message alone, and of one that is a part. */
const GSM7 = { alone: 160, part: 153 };
const UCS2 = { alone: 140, part: 134 };

/** At most so many: 8 bits number them. */
export const MOST_PARTS = 255;

/** `reference` (0 to 255) tells the parts of one message from those of others. Undefined: it has too many parts. */
export function messageParts(text: string, reference: number): readonly MessagePart[] | undefined {
  const septets = gsm7Septets(text);
  const dataCoding = septets === undefined ? 8 : 0;
  const characters = septets ?? ucs2Octets(text);
  const sizes = septets === undefined ? UCS2 : GSM7;
  const length = characters.reduce((sum, each) => sum + each.length, 0);
  if (length <= sizes.alone) return [{ dataCoding, hasHeader: false, content: Uint8Array.from(characters.flat()) }];
  const parts = packed(characters, sizes.part);
  if (parts.length > MOST_PARTS) return undefined;
  return parts.map((octets, index) => ({
    dataCoding,
    hasHeader: true,
    content: Uint8Array.from([5, 0, 3, reference & 0xff, parts.length, index + 1, ...octets]),
  }));
}

/** No character is torn in two: an escape stays with what it escapes, a surrogate with its other half. */
function packed(characters: readonly (readonly number[])[], most: number): readonly (readonly number[])[] {
  const parts: number[][] = [[]];
  for (const octets of characters) {
    const last = parts.at(-1) ?? [];
    if (last.length + octets.length <= most) last.push(...octets);
    else parts.push([...octets]);
  }
  return parts;
}

/** UTF-16 with the higher octet first, of each character. */
function ucs2Octets(text: string): readonly (readonly number[])[] {
  return [...text].map((character) => {
    const octets: number[] = [];
    for (let at = 0; at < character.length; at += 1) octets.push(character.charCodeAt(at) >> 8, character.charCodeAt(at) & 0xff);
    return octets;
  });
}
