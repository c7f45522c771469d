/** How people write the numbers of documents and the names of companies. */

/** What one text of a payment says: its words, also joined, and the whole without signs. */
export interface Said {
  readonly tokens: ReadonlySet<string>;
  readonly plain: string;
}

export function saidOf(text: string): Said {
  return { tokens: tokensOf(text), plain: plainOf(text) };
}

/** Shorter numbers are found only as a word of their own. */
export const SHORTEST_INSIDE = 6;

/** Whether a document's number is told from other words: three signs and a digit at least. */
export function isTelling(plain: string): boolean {
  return plain.length >= 3 && /\d/.test(plain);
}

/** The digits at the end of a number, without its letters: people write `invoice 2026/17` for `INV-2026-17`. Undefined for fewer than six. */
export function figuresOf(plain: string): string | undefined {
  const figures = /^\p{L}+(\d{6,})$/u.exec(plain)?.[1];
  return figures;
}

/** Each stretch of text between spaces, and any two or three that follow each other, without signs: `INV 2026 17` is `INV202617`. */
function tokensOf(text: string): ReadonlySet<string> {
  const words = text
    .split(/[\s,;]+/)
    .map(plainOf)
    .filter((word) => word !== '');
  const tokens = new Set(words);
  for (let index = 0; index < words.length; index++) {
    tokens.add(words.slice(index, index + 2).join(''));
    tokens.add(words.slice(index, index + 3).join(''));
  }
  return tokens;
}

/** Whether the part of a text from `at` on is no piece of a longer number. */
export function standsAlone(text: string, at: number, length: number): boolean {
  const isDigit = (index: number): boolean => /\d/.test(text[index] ?? '');
  return !((isDigit(at - 1) && isDigit(at)) || (isDigit(at + length) && isDigit(at + length - 1)));
}

export function plainOf(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

const FORMS = /\b(AB|AG|AS|BV|BVBA|CO|CORP|GMBH|INC|KG|LDA|LIMITED|LLC|LLP|LTD|NV|OY|PLC|PTE|PTY|SA|SARL|SAS|SL|SPA|SRL)\b/g;

/** A name without its legal form, signs and accents. */
export function bareName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[.,]/g, '')
    .replace(FORMS, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Banks cut names: with so many letters, one may begin with the other. */
export const SHORTEST_CUT = 8;

/** Whether two bare names are of the same company. */
export function sameBareName(left: string, right: string): boolean {
  if (left === right) return left !== '';
  return Math.min(left.length, right.length) >= SHORTEST_CUT && (left.startsWith(right) || right.startsWith(left));
}
