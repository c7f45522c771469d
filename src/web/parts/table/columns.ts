/** What a column of a table is, and what follows from it: order, filters, sums, what is exported. */
import type { LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { compareFigures, sumFigures } from '../figures.ts';

/** `figure`: a count or another plain number; `amount`: money. Both stand at the end of their cell and can be summed. */
export type Kind = 'text' | 'figure' | 'amount' | 'day' | 'instant';

export interface Column<Row> {
  /** In the address and the kept widths; stays. */
  readonly id: string;
  readonly header: string;
  /** What is sorted, filtered, summed and exported. */
  readonly value: (row: Row) => string | number | undefined;
  readonly kind?: Kind;
  /** Of an amount. */
  readonly currency?: (row: Row) => string;
  /** Shown instead of the value. */
  readonly cell?: (row: Row) => ReactNode;
  /** A click on a cell shows only rows with the same value. */
  readonly filter?: boolean;
  /** Summed below the table, each currency for itself. What says of a row what it adds up with: no sum where rows differ in it, as invoices and credit notes. */
  readonly total?: boolean | ((row: Row) => string);
  /** A long text: in as many lines as it needs, where there are not too many rows. */
  readonly wraps?: boolean;
  /** On a narrow screen right behind the first, as money is. */
  readonly leads?: boolean;
  /** Pixels. */
  readonly width?: number;
  /** Not shown until somebody asks for it. */
  readonly isHidden?: boolean;
}

/** Where a row leads. */
export type Target = LinkProps;

export const isFigure = (kind: Kind | undefined): boolean => kind === 'figure' || kind === 'amount';

export function textOf<Row>({ value }: Column<Row>, row: Row): string {
  return String(value(row) ?? '');
}

/** Rows that have these values, and the text somewhere. */
export function filtered<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  values: Readonly<Record<string, string>>,
  find: string,
): readonly Row[] {
  const wanted = columns.flatMap((column) => {
    const value = values[column.id];
    return value === undefined ? [] : [{ column, value }];
  });
  const text = find.trim().toLowerCase();
  return rows.filter(
    (row) =>
      wanted.every(({ column, value }) => textOf(column, row) === value) &&
      (text === '' || columns.some((column) => textOf(column, row).toLowerCase().includes(text))),
  );
}

/** `amount` and `-amount`; without an order as they came. Equal ones keep theirs. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: string): readonly Row[] {
  const isDown = order.startsWith('-');
  const column = columns.find(({ id }) => id === order.replace(/^-/, ''));
  if (column === undefined) return rows;
  const compare = isFigure(column.kind) ? compareFigures : compareTexts;
  return rows.toSorted((a, b) => (isDown ? -1 : 1) * compare(textOf(column, a), textOf(column, b)));
}

const collator = new Intl.Collator(undefined, { numeric: true });

function compareTexts(a: string, b: string): number {
  return collator.compare(a, b);
}

export interface Sum {
  /** Undefined: not money. */
  readonly currency: string | undefined;
  readonly value: string;
}

export const isSummed = <Row>({ total = false }: Column<Row>): boolean => total !== false;

/** Exact; amounts of different currencies are not added, nor what does not add up. */
export function totalsOf<Row>(rows: readonly Row[], column: Column<Row>): readonly Sum[] {
  const { total } = column;
  if (!isSummed(column) || (typeof total === 'function' && new Set(rows.map(total)).size > 1)) return [];
  const byCurrency = new Map<string | undefined, string[]>();
  for (const row of rows) {
    const value = textOf(column, row);
    if (value === '') continue;
    const currency = column.currency?.(row);
    const list = byCurrency.get(currency);
    if (list === undefined) byCurrency.set(currency, [value]);
    else list.push(value);
  }
  return [...byCurrency].map(([currency, values]) => ({ currency, value: sumFigures(values) }));
}

/** The one currency that all rows have: it is said in the header then, not in each cell. */
export function commonCurrency<Row>(rows: readonly Row[], { currency }: Column<Row>): string | undefined {
  if (currency === undefined) return undefined;
  const [first] = rows;
  if (first === undefined) return undefined;
  const one = currency(first);
  return rows.every((row) => currency(row) === one) ? one : undefined;
}
