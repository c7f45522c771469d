/** What a template is told besides the texts: how far figures stand from the left of their columns, which descriptions fit on a line. */
import { widthOf, widthsOf } from '../text-widths.ts';
import type { InvoiceLayout, LineLayout, Pair } from './lay-out-invoice.ts';

/** All widths in em of the type that a template sets its table in. */
export interface PlacedLayout extends Omit<InvoiceLayout, 'groups' | 'payment' | 'seller' | 'buyer'> {
  readonly seller: PlacedParty;
  readonly buyer: PlacedParty;
  /** All letters are of Latin, one character each: nothing depends on what stands beside it, or on the language. */
  readonly plain: boolean;
  readonly table: {
    /** Whether any line says a price; else there is no such column. */
    readonly price: boolean;
    /** Width of each column of figures: number, quantity, price, amount. */
    readonly columns: readonly number[];
    /** The widest unit of a price, with what stands before it. */
    readonly unitEm: number;
    /** What stands above them, and how wide that is in semibold. */
    readonly heads: readonly string[];
    readonly headEms: readonly number[];
  };
  readonly groups: readonly (Omit<InvoiceLayout['groups'][number], 'lines'> & {
    /** Of the total. */
    readonly em: number;
    readonly lines: readonly PlacedLine[];
  })[];
  /** Of the names and of the values. */
  readonly factEms: readonly number[];
  readonly payment?: Omit<NonNullable<InvoiceLayout['payment']>, 'transfer'> & { readonly ems: readonly number[] };
}

export interface PlacedParty {
  readonly label: string;
  readonly name: string;
  readonly lines: readonly string[];
  /** At most as wide is the name in semibold, and each line. */
  readonly ems: readonly [name: number, lines: number];
}

export interface PlacedLine extends LineLayout {
  /** What the line lacks to the width of each column. */
  readonly gaps: readonly number[];
  /** Of the description; so wide that it fits nowhere where it has lines below it or letters of unknown width. */
  readonly em: number;
}

/** JSON knows no infinity. */
const TOO_WIDE = 10_000;
/** Figures of the total are semibold: at most so much wider. */
const SEMIBOLD = 1.04;
/** Words, with what their letters may be wider. */
const SEMIBOLD_WORDS = 1.12;
/** Latin, punctuation, currencies, marks of breaks; in JSON. */
const PLAIN = /^[\x20-\x7e\u00a0-\u024f\u200b\u2010-\u2026\u20ac\u2212]*$/u;

export function placeFigures(layout: InvoiceLayout): PlacedLayout {
  const lines = layout.groups.flatMap((group) => group.lines);
  const price = lines.some((line) => line.price !== '');
  const units = [...new Set(lines.flatMap(({ unit }) => (unit === '' ? [] : [` ${unit}`, ` / ${unit}`])))];
  const unitWidths = new Map(widthsOf(units).map((width, index) => [units[index], width]));
  const cells = new Map(lines.map((line) => [line, cellWidths(line, price, unitWidths)]));
  const priced = lines.filter((line) => line.price !== '');
  const unitEm = Math.max(0, ...priced.map(({ unit }) => unitWidths.get(` / ${unit}`) ?? 0));
  const columns = Array.from({ length: price ? 4 : 3 }, (_, index) => {
    let widest = 0;
    for (const widths of cells.values()) widest = Math.max(widest, widths[index] ?? 0);
    return widest;
  });
  // Units stand below each other.
  if (price) columns[2] = unitEm + Math.max(0, ...priced.map((line) => widthOf(line.price)));
  const { headings, currency } = layout;
  const heads = ['#', headings.quantity, ...(price ? [headings.price] : []), `${headings.amount} ${currency}`];
  const { payment, ...others } = layout;
  return {
    ...others,
    seller: placedParty(layout.seller),
    buyer: placedParty(layout.buyer),
    plain: PLAIN.test(JSON.stringify(layout)),
    table: { price, columns, unitEm, heads, headEms: widthsOf(heads, 'semibold') },
    factEms: widest(layout.facts),
    ...(payment === undefined ? {} : { payment: placedPayment(payment) }),
    groups: layout.groups.map((group) => ({
      ...group,
      em: widthOf(group.total) * SEMIBOLD,
      lines: group.lines.map((line) => ({
        ...line,
        gaps: (cells.get(line) ?? []).map((width, index) => (columns[index] ?? 0) - width),
        em: line.details.length > 0 ? TOO_WIDE : Math.min(TOO_WIDE, widthOf(line.description)),
      })),
    })),
  };
}

function placedParty(party: InvoiceLayout['seller']): PlacedParty {
  const lines = Math.max(0, ...party.lines.map(widthOf));
  return { ...party, ems: [Math.min(TOO_WIDE, widthOf(party.name) * SEMIBOLD_WORDS), Math.min(TOO_WIDE, lines)] };
}

function placedPayment({ transfer: _, ...shown }: NonNullable<InvoiceLayout['payment']>): NonNullable<PlacedLayout['payment']> {
  return { ...shown, ems: widest(shown.rows) };
}

function cellWidths(line: LineLayout, price: boolean, units: ReadonlyMap<string | undefined, number>): readonly number[] {
  const { number, quantity, unit, price: shown, amount } = line;
  return [
    widthOf(number),
    widthOf(quantity) + (units.get(` ${unit}`) ?? 0),
    ...(price ? [widthOf(shown) + (shown === '' ? 0 : (units.get(` / ${unit}`) ?? 0))] : []),
    widthOf(amount),
  ];
}

/** Latin is added up letter by letter; what is written otherwise is measured. */
function widest(pairs: readonly Pair[]): readonly number[] {
  return [0, 1].map((side) => {
    const texts = pairs.map((pair) => pair[side] ?? '');
    const added = texts.map(widthOf);
    const others = texts.filter((_, index) => added[index] === Number.POSITIVE_INFINITY);
    return Math.max(0, ...added.filter(Number.isFinite), ...widthsOf(others));
  });
}
