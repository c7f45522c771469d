/** Files that are one element, with the records in a list inside it. */
import { Tlv } from './tlv.ts';

/** Where the list of records begins and ends; `to` is −1 when its length is not said (it ends with end-of-contents octets). */
export interface Enclosure {
  readonly from: number;
  readonly to: number;
}

/** Elements that may stand before the list on each level. */
const MOST_BEFORE = 16;

/** Goes into the elements with these tags, from the outside. Undefined: the text does not begin so. `more`: it is too short to say. */
export function findEnclosure(text: string, tags: readonly number[]): Enclosure | 'more' | undefined {
  const tlv = new Tlv();
  let at = 0;
  for (const [level, tag] of tags.entries()) {
    for (let before = 0; ; before++) {
      if (!tlv.header(text, at, text.length)) return tlv.fault === 'cut' ? 'more' : undefined;
      if (tlv.tag === tag) break;
      if (level === 0 || before === MOST_BEFORE) return undefined;
      if (!tlv.read(text, at, text.length)) return tlv.fault === 'cut' ? 'more' : undefined;
      at = tlv.next;
    }
    if (!tlv.constructed) return undefined;
    at = tlv.from;
  }
  return { from: at, to: tlv.to };
}
