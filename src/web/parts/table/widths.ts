/** How wide columns are: figures always whole, texts as wide as there is room for. */
import { decimalsOf, decimalsOfCurrency } from '../figures.ts';
import { type Column, isFigure, isSummed, textOf, totalsOf } from './columns.ts';

/** Of 14 px text in the table's font: a digit, a capital or a sign, and on average another letter. */
const DIGIT_PX = 8.8;
const LETTER_PX = 7.3;
const BROAD = /[0-9A-Z*_+@%—…-]/g;
/** Of the 12 px header, with room for its arrow. */
const HEADER_PX = 6.8;
const ARROW_PX = 18;
const PADDING_PX = 20;
const LEAST_PX = 64;
const MOST_TEXT_PX = 440;
const USUAL_PX = 140;
const INSTANT_PX = 216;
const DAY_PX = 112;
/** Looked at for their lengths: the rest of a long list is like them. */
const MOST_ROWS = 2_000;

export interface Width {
  /** Below which what is in it would be cut, or its given width where that may be. */
  readonly least: number;
  /** With all that is in it. */
  readonly whole: number;
}

export function widthOf<Row>(column: Column<Row>, rows: readonly Row[], currency: string | undefined): Width {
  const header = `${column.header}${currency === undefined ? '' : `, ${currency}`}`.length * HEADER_PX + ARROW_PX + PADDING_PX;
  const wide = (px: number): number => Math.ceil(Math.max(LEAST_PX, header, px));
  if (isFigure(column.kind)) {
    // A cell of its own may add a unit, which nobody counts here: it has at least the width that was given for it.
    const own = column.cell === undefined ? 0 : (column.width ?? 0);
    const px = wide(Math.max(own, figureChars(column, rows.slice(0, MOST_ROWS), currency) * DIGIT_PX + PADDING_PX));
    return { least: px, whole: px };
  }
  if (column.kind === 'instant' || column.kind === 'day') {
    // What nobody has yet, such as when keys were used, takes no room from names.
    const isEmpty = rows.length > 0 && rows.slice(0, MOST_ROWS).every((row) => textOf(column, row) === '');
    const px = column.kind === 'day' ? DAY_PX : INSTANT_PX;
    return isEmpty ? { least: wide(0), whole: wide(px) } : { least: px, whole: wide(px) };
  }
  const given = column.width ?? USUAL_PX;
  if (column.cell !== undefined) return { least: given, whole: wide(given) };
  const longest = Math.max(0, ...rows.slice(0, MOST_ROWS).map((row) => textPx(textOf(column, row))));
  const whole = Math.min(MOST_TEXT_PX, wide(longest + PADDING_PX));
  return { least: Math.min(given, whole), whole };
}

function textPx(text: string): number {
  const broad = text.match(BROAD)?.length ?? 0;
  return broad * DIGIT_PX + (text.length - broad) * LETTER_PX;
}

/** Grouped by thousands, with as many decimals as the column has room for, and the currency where the header does not say it. */
function figureChars<Row>(column: Column<Row>, rows: readonly Row[], currency: string | undefined): number {
  const texts = rows.map((row) => textOf(column, row)).filter((text) => text !== '');
  const sums = totalsOf(rows, column);
  const currencies = new Set(rows.flatMap((row) => column.currency?.(row) ?? []));
  const decimals = Math.max(
    0,
    ...[...currencies].map(decimalsOfCurrency),
    ...[...texts, ...sums.map(({ value }) => value)].map(decimalsOf),
  );
  const whole = Math.max(0, ...[...texts, ...sums.map(({ value }) => value)].map((text) => text.replace(/\..*$/, '').length));
  const unit = currency === undefined && currencies.size > 0 ? Math.max(...[...currencies].map((each) => each.length)) + 1 : 0;
  return whole + Math.floor(Math.max(0, whole - 1) / 3) + (decimals === 0 ? 0 : decimals + 1) + unit;
}

/** Widths that fill the room if they can: what is beyond it is taken from texts, down to their least. */
export function fitted(widths: readonly Width[], room: number): readonly number[] {
  const whole = widths.reduce((sum, each) => sum + each.whole, 0);
  const spare = widths.reduce((sum, each) => sum + each.whole - each.least, 0);
  if (room === 0 || whole <= room || spare === 0) return widths.map((each) => each.whole);
  const share = Math.min(1, (whole - room) / spare);
  return widths.map((each) => Math.floor(each.whole - share * (each.whole - each.least)));
}

/** On a narrow screen: what a row is about, then money, then the rest. */
export function narrowOrder<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  const [first, ...rest] = columns;
  if (first === undefined) return columns;
  const place = (column: Column<Row>): number =>
    column.leads === true || (column.kind === 'amount' && isSummed(column)) ? 0 : column.kind === 'amount' ? 1 : 2;
  return [first, ...rest.toSorted((a, b) => place(a) - place(b))];
}
