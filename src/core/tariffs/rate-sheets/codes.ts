import { expandCodeRange } from '../../numbering/code-range.ts';

/** A called prefix cannot be longer than an E.164 number. */
export const MAX_CODE_DIGITS = 15;
const MOST_CODES = 20_000;

export type CodeProblem = 'not-digits' | 'scientific' | 'too-long' | 'range' | 'ambiguous' | 'too-many';

export type CodesRead =
  | { readonly codes: readonly string[]; readonly problem?: undefined }
  | { readonly problem: CodeProblem; readonly part: string };

export interface CodeContext {
  /** Digits that stand before every code: the country code from a column of its own. */
  readonly base?: string;
  /** Whether digits are exactly a country calling code. */
  readonly isCountryCode: (digits: string) => boolean;
}

class Unreadable extends Error {
  readonly problem: CodeProblem;
  readonly part: string;
  constructor(problem: CodeProblem, part: string) {
    super(problem);
    this.problem = problem;
    this.part = part;
  }
}

/**
 * Reads one cell of codes: one code (`447700`, `+44 7700`, `0044 7700`, `44-7700`), a list (`44 7700, 7701-7709`,
 * `44-7700;7701`, `447700/447701`), or ranges, which become the fewest prefixes.
 *
 * The first element may be split by a space or hyphen into country code and area code; the elements behind it are then area
 * codes of that country, unless they are written in full. `44-45` is country and area, because 44 is a country code;
 * `7701-7709` is a range. A range whose end is written short (`7701-09`) is ambiguous and refused.
 */
export function parseCodes(text: string, context: CodeContext): CodesRead {
  try {
    return { codes: readList(text, context) };
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.problem, part: error.part };
    throw error;
  }
}

function readList(text: string, context: CodeContext): string[] {
  if (/^\s*\d(?:[.,]\d+)?E\+?\d+\s*$/i.test(text)) throw new Unreadable('scientific', text.trim());
  const elements = text
    .replace(/\s+(?:and|und|et|y|e|to|bis|a)\s+/gi, (word) => (/to|bis|\ba\b/i.test(word) ? '-' : ','))
    .split(/[,;/|&\n\r\t]+/)
    .map((element) => element.trim())
    .filter((element) => element !== '');
  const found = new Set<string>();
  let base = context.base;
  let fullLength = 0;
  for (const element of elements) {
    const parts = readElement(element, base, context, fullLength);
    if (base === undefined && parts.base !== undefined) base = parts.base;
    for (const code of parts.codes) {
      if (code.length > MAX_CODE_DIGITS) throw new Unreadable('too-long', element);
      found.add(code);
    }
    if (fullLength === 0) fullLength = parts.codes[0]?.length ?? 0;
    if (found.size > MOST_CODES) throw new Unreadable('too-many', element);
  }
  return [...found];
}

interface Element {
  readonly codes: readonly string[];
  /** The country code that this element is split at. */
  readonly base?: string;
}

function readElement(element: string, base: string | undefined, context: CodeContext, fullLength: number): Element {
  // Behind a country code, 009 is an area code.
  const international = (base === undefined ? /^(?:\+|00(?=[1-9]))/ : /^\+/).exec(element);
  const rest = (international === null ? element : element.slice(international[0].length)).replace(/[()]/g, ' ').trim();
  if (!/^\d[\d\s.\-–—]*$/.test(rest)) throw new Unreadable('not-digits', element);
  const ends = rest.split(/\s*[-–—]\s*/);
  if (ends.some((end) => end === '')) throw new Unreadable('range', element);
  const outer = international === null ? base : undefined;
  if (ends.length === 1) return readPlain(rest, outer, context, fullLength, element);
  const [from = '', to = ''] = ends.map(digitsOf);
  if (ends.length === 2) {
    if (context.isCountryCode(from) && isCountryAndArea(from, to, outer, context)) return { codes: [from + to], base: from };
    return readRange(ends[0] ?? '', to, outer, context, fullLength, element);
  }
  // 44-7700-7709 is the range 7700 to 7709 in country 44; 1-242-357 is one code, as North America writes its numbers.
  if (outer === undefined && context.isCountryCode(from)) {
    const [low = '', high = ''] = ends.slice(1).map(digitsOf);
    if (ends.length === 3 && from !== '1' && low.length === high.length && low < high)
      return { codes: expanded(from + low, from + high, element), base: from };
    return { codes: [ends.map(digitsOf).join('')], base: from };
  }
  throw new Unreadable('ambiguous', element);
}

/** `44-843` rather than a range: nothing stands before it, it repeats the country of the list, or its ends differ in length. */
function isCountryAndArea(from: string, to: string, base: string | undefined, context: CodeContext): boolean {
  return base === undefined || (from === base && context.base === undefined) || from.length !== to.length;
}

function readPlain(rest: string, base: string | undefined, context: CodeContext, fullLength: number, element: string): Element {
  const groups = rest.split(/[\s.]+/).filter((group) => group !== '');
  const [first = '', ...others] = groups;
  if (others.length === 0) return { codes: [withBase(first, base, fullLength)] };
  if (base === undefined || (first === base && fullLength > 0)) {
    if (context.isCountryCode(first)) return { codes: [groups.join('')], base: first };
  }
  // Groups of one length, each long enough to be a code: `447700 447701`, a list without commas.
  if (first.length >= 3 && others.every((group) => group.length === first.length)) {
    return { codes: groups.map((group) => withBase(group, base, fullLength)) };
  }
  throw new Unreadable('ambiguous', element);
}

function readRange(
  fromText: string,
  to: string,
  base: string | undefined,
  context: CodeContext,
  fullLength: number,
  element: string,
): Element {
  const groups = fromText.trim().split(/[\s.]+/);
  const [country = '', ...area] = groups;
  if (area.length > 0) {
    // `44 7701-7709`: the end repeats the area code or the whole.
    if (!context.isCountryCode(country)) throw new Unreadable('ambiguous', element);
    const low = area.join('');
    const end = to.length === low.length ? country + to : to;
    return { codes: expanded(country + low, end, element), base: country };
  }
  const from = withBase(country, base, fullLength);
  const end = from === country ? to : base + to;
  return { codes: expanded(from, end, element) };
}

function expanded(from: string, to: string, element: string): readonly string[] {
  const codes = from.length === to.length ? expandCodeRange(from, to) : undefined;
  if (codes === undefined) throw new Unreadable('range', element);
  return codes;
}

/** Area codes get the country before them; an element that repeats the country in full length does not. */
function withBase(digits: string, base: string | undefined, fullLength: number): string {
  if (base === undefined) return digits;
  if (fullLength > 0 && digits.startsWith(base) && digits.length >= fullLength) return digits;
  return base + digits;
}

function digitsOf(text: string): string {
  return text.replace(/[\s.]/g, '');
}
