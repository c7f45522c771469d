/** How wide texts are in the documents' font, as Typst itself measures them: what tables need in order to put figures below each other. */
import { readFileSync } from 'node:fs';
import { askTypst } from './typst.ts';

const FOLDER = import.meta.dirname;

/** Letters of Latin, Greek and Cyrillic, punctuation, currencies; with the marks of direction and of breaks, which have no width. */
const RANGES: readonly (readonly [from: number, to: number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x386, 0x3ce],
  [0x400, 0x45f],
  [0x2010, 0x2026],
  [0x20ac, 0x20ac],
  [0x2212, 0x2212],
  [0x2066, 0x2069],
  [0x200b, 0x200b],
];

const letters = new Map<string, number>();

/**
 * Width in em at the regular weight with tabular figures. Exact for figures; pairs of letters that stand closer are not counted, so that
 * words are 3 per cent narrower at times. Infinite where a letter is of another script.
 */
export function widthOf(text: string): number {
  if (letters.size === 0) measureLetters();
  let width = 0;
  for (const letter of text) width += letters.get(letter) ?? Number.POSITIVE_INFINITY;
  return width;
}

export type Weight = 'regular' | 'semibold';

const words: Readonly<Record<Weight, Map<string, number>>> = { regular: new Map(), semibold: new Map() };
/** Labels and units come again; names of partners need not stay. */
const WORDS_KNOWN = 2000;

/** Exact widths in em of texts in any script. Those that come again cost nothing, others a millisecond together. */
export function widthsOf(texts: readonly string[], weight: Weight = 'regular'): readonly number[] {
  const known = words[weight];
  if (known.size > WORDS_KNOWN) known.clear();
  const unknown = [...new Set(texts)].filter((text) => !known.has(text));
  if (unknown.length > 0) {
    const measured = measure(unknown, weight);
    for (const [index, text] of unknown.entries()) known.set(text, measured[index] ?? 0);
  }
  return texts.map((text) => known.get(text) ?? 0);
}

function measureLetters(): void {
  const all = RANGES.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)));
  for (const [index, width] of measure(all, 'regular').entries()) letters.set(all[index] ?? '', width);
}

function measure(texts: readonly string[], weight: Weight): readonly number[] {
  const source = readFileSync(`${FOLDER}/text-widths.typ`, 'utf8');
  return askTypst({ folder: FOLDER, source, name: 'text-widths.typ', data: { weight, texts } }) as readonly number[]; // one for each text
}
