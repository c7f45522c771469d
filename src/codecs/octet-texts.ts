/** Octets as texts: UTF-8, hexadecimal digits, addresses. */

/** Strict UTF-8 (RFC 3629) without NUL, which no text of ours can hold (PostgreSQL's); undefined when the octets are none. */
export function readUtf8(view: DataView, from: number, to: number): string | undefined {
  let text = '';
  let at = from;
  // Mostly it is ASCII: several octets at once are half the time, and leave fewer pieces to be put together when the text is looked up.
  for (; at + 16 <= to && isAsciiEight(view, at) && isAsciiEight(view, at + 8); at += 16) text += sixteenOf(view, at);
  if (at + 8 <= to && isAsciiEight(view, at)) {
    text += eightOf(view, at);
    at += 8;
  }
  if (at + 4 <= to && (view.getUint32(at) & 0x8080_8080) === 0) {
    text += String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
    at += 4;
  }
  while (at < to) {
    const first = view.getUint8(at);
    if (first < 0x80) {
      text += String.fromCharCode(first);
      at += 1;
      continue;
    }
    const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (first < 0xc2 || first > 0xf4 || at + more >= to) return undefined;
    let point = first & (0x3f >> more);
    for (let octet = 1; octet <= more; octet += 1) {
      const next = view.getUint8(at + octet);
      if ((next & 0xc0) !== 0x80) return undefined;
      point = (point << 6) | (next & 0x3f);
    }
    const tooShort = (more === 2 && point < 0x800) || (more === 3 && point < 0x1_0000);
    if (tooShort || point > 0x10_ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
    text += String.fromCodePoint(point);
    at += more + 1;
  }
  return text.includes('\0') ? undefined : text;
}

/** Places for texts where not more of them are expected. */
const FEW = 1_024;
/** Longer texts are made each time: what a peer sends must not be kept at any length. */
const MOST_OCTETS = 100;
/** What a place takes at most, with a text of so many octets in it: measured (Node 26), 124. */
const BYTES_OF_A_PLACE = 128;

/** Texts that many messages have, each made once: told by their octets, and forgotten when another of the same place comes. */
export class KnownTexts {
  readonly #texts: (string | undefined)[];

  /** As many places, a power of two, as take no more than so many bytes of memory whatever peers send. */
  static within(bytes: number): KnownTexts {
    return new KnownTexts(2 ** Math.floor(Math.log2(Math.max(1, bytes / BYTES_OF_A_PLACE))));
  }

  /** `places`: a power of two; twice as many as there are texts forgets few of them. */
  constructor(places = FEW) {
    this.#texts = new Array<string | undefined>(places).fill(undefined);
  }

  /** As `readUtf8`. */
  read(view: DataView, from: number, to: number): string | undefined {
    if (to - from > MOST_OCTETS) return readUtf8(view, from, to);
    let hash = to - from;
    for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + view.getUint8(at)) | 0;
    const place = (hash ^ (hash >>> 10)) & (this.#texts.length - 1);
    const known = this.#texts[place];
    if (known !== undefined && isAscii(known, view, from, to)) return known;
    const text = readUtf8(view, from, to);
    this.#texts[place] = text;
    return text;
  }
}

/** Whether the octets are this text, and all of it is ASCII. */
function isAscii(text: string, view: DataView, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let index = 0; index < text.length; index += 1) {
    const octet = view.getUint8(from + index);
    if (octet >= 0x80 || text.charCodeAt(index) !== octet) return false;
  }
  return true;
}

function isAsciiEight(view: DataView, at: number): boolean {
  return ((view.getUint32(at) | view.getUint32(at + 4)) & 0x8080_8080) === 0;
}

function sixteenOf(view: DataView, at: number): string {
  const [a, b, c, d] = [view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3)];
  const [e, f, g, h] = [view.getUint8(at + 4), view.getUint8(at + 5), view.getUint8(at + 6), view.getUint8(at + 7)];
  const [i, j, k, l] = [view.getUint8(at + 8), view.getUint8(at + 9), view.getUint8(at + 10), view.getUint8(at + 11)];
  const [m, n, o, p] = [view.getUint8(at + 12), view.getUint8(at + 13), view.getUint8(at + 14), view.getUint8(at + 15)];
  return String.fromCharCode(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
}

function eightOf(view: DataView, at: number): string {
  const [a, b, c, d] = [view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3)];
  return String.fromCharCode(a, b, c, d, view.getUint8(at + 4), view.getUint8(at + 5), view.getUint8(at + 6), view.getUint8(at + 7));
}

const DIGITS = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

export function hexOf(view: DataView, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += 1) text += DIGITS[view.getUint8(at)];
  return text;
}

/** The text when every octet is a printable character of ASCII, and there is one. */
export function printable(view: DataView, from: number, to: number): string | undefined {
  let text = '';
  for (let at = from; at < to; at += 1) {
    const octet = view.getUint8(at);
    if (octet < 0x20 || octet > 0x7e) return undefined;
    text += String.fromCharCode(octet);
  }
  return text === '' ? undefined : text;
}

export function ipv4Text(view: DataView, at: number): string {
  return `${view.getUint8(at)}.${view.getUint8(at + 1)}.${view.getUint8(at + 2)}.${view.getUint8(at + 3)}`;
}

/** RFC 5952: the longest run of two or more zero groups is `::`. */
export function ipv6Text(view: DataView, at: number): string {
  const groups = Array.from({ length: 8 }, (_, index) => view.getUint16(at + index * 2));
  let [best, length] = [-1, 1];
  for (let start = 0; start < 8; start += 1) {
    let end = start;
    while (end < 8 && groups[end] === 0) end += 1;
    if (end - start > length) [best, length] = [start, end - start];
  }
  const words = groups.map((group) => group.toString(16));
  if (best < 0) return words.join(':');
  return `${words.slice(0, best).join(':')}::${words.slice(best + length).join(':')}`;
}

/** The 4 octets of a dotted address; undefined when it is none. */
export function ipv4Octets(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.map(Number);
}

/** The 16 octets of an address; undefined when it is none. No embedded dotted form. */
export function ipv6Octets(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
}
