/** Figures as people read them, from the exact texts of the API. No floating point: digits are moved, never computed. */
const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;
const MINUS = '\u2212';
/** As wide as a digit, and as wide as a point, in figures of one width. */
const NO_DIGIT = '\u2007';
const NO_POINT = '\u2008';

interface Marks {
  readonly group: string;
  readonly point: string;
}

const known = new Map<string, Marks>();

/** Digits are Latin in every language: invoices and switches write them so. */
function marksOf(language: string): Marks {
  const before = known.get(language);
  if (before !== undefined) return before;
  const parts = new Intl.NumberFormat(`${language}-u-nu-latn`).formatToParts(1_234_567.8);
  const find = (type: string, usual: string): string => parts.find((part) => part.type === type)?.value ?? usual;
  const marks = { group: find('group', ','), point: find('decimal', '.') };
  known.set(language, marks);
  return marks;
}

export interface Shape {
  readonly language: string;
  /** At least as many decimals. */
  readonly decimals?: number;
  /** Room is left for as many, so that points stand below each other. */
  readonly room?: number;
}

/** `-1234.5` as `−1,234.50`. What is not a plain decimal is shown as it is. */
export function formatFigure(value: string, { language, decimals = 0, room = 0 }: Shape): string {
  const [, sign, whole, fraction = ''] = PLAIN.exec(value) ?? [];
  if (whole === undefined) return value;
  const { group, point } = marksOf(language);
  const shown = fraction.replace(/0+$/, '').padEnd(decimals, '0');
  const missing = room - shown.length;
  const space = missing > 0 ? `${shown === '' ? NO_POINT : ''}${NO_DIGIT.repeat(missing)}` : '';
  return `${sign === '-' ? MINUS : ''}${whole.replaceAll(/\B(?=(\d{3})+$)/g, group)}${shown === '' ? '' : point + shown}${space}`;
}

/** Decimals that a figure really has. */
export function decimalsOf(value: string): number {
  const [, , , fraction = ''] = PLAIN.exec(value) ?? [];
  return fraction.replace(/0+$/, '').length;
}

const units = new Map<string, number>();

/** Decimals in which a currency is paid. */
export function decimalsOfCurrency(currency: string): number {
  const before = units.get(currency);
  if (before !== undefined) return before;
  let decimals = 2;
  try {
    decimals = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    // Not a code that a browser takes: two, as most have.
  }
  units.set(currency, decimals);
  return decimals;
}

const SCALES = [
  [12, 'T'],
  [9, 'bn'],
  [6, 'M'],
  [3, 'k'],
] as const;

/** For tiles only: `1,234,567.89` as `1.2 M`, and small ones with so many decimals; cut, not rounded up. */
export function shorten(value: string, language: string, decimals = 0): string {
  const [, sign, whole = '', fraction = ''] = PLAIN.exec(value) ?? [];
  for (const [digits, name] of SCALES) {
    // Four digits are as short as they would be otherwise.
    if (whole.length <= Math.max(digits, 4)) continue;
    const head = whole.slice(0, -digits);
    const tenth = head.length < 3 ? `.${whole.slice(-digits, -digits + 1)}` : '';
    return `${formatFigure(`${sign}${head}${tenth}`, { language, decimals: head.length < 3 ? 1 : 0 })}\u00a0${name}`;
  }
  const few = fraction.slice(0, decimals);
  return whole === '' ? value : formatFigure(`${sign}${whole}${few === '' ? '' : `.${few}`}`, { language, decimals });
}

/** Order of two plain decimals, exactly. */
export function compareFigures(a: string, b: string): number {
  const places = Math.max(decimalsOf(a), decimalsOf(b));
  const [first, second] = [unitsOf(a, places), unitsOf(b, places)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** The exact sum of plain decimals. */
export function sumFigures(values: readonly string[]): string {
  const places = Math.max(0, ...values.map(decimalsOf));
  const sum = values.reduce((total, value) => total + unitsOf(value, places), 0n);
  const text = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  return `${sum < 0n ? '-' : ''}${whole}${places === 0 ? '' : `.${text.slice(-places)}`}`;
}

function unitsOf(value: string, places: number): bigint {
  const [, sign, whole, fraction = ''] = PLAIN.exec(value) ?? [];
  if (whole === undefined) return 0n;
  const units = BigInt(whole + fraction.slice(0, places).padEnd(places, '0'));
  return sign === '-' ? -units : units;
}
