import type { ColumnsView } from './columns-view.ts';
import { parseSheetDate } from './dates.ts';
import type { SheetField } from './fields.ts';
import type { Findings } from './findings.ts';
import type { Header, SheetColumn } from './header.ts';
import { parseIncrements } from './increments.ts';
import type { SheetRow } from './sheet.ts';

/** Rows looked at, and the share of their filled cells (in percent) that must look alike. */
const SAMPLE_ROWS = 2_000;
const MOSTLY = 80;
const SAMPLES_SHOWN = 3;

const PAIR = /^\d{1,5}\s*(?:s|sec|secs)?\s*[/+|\\]\s*\d{1,5}\s*(?:s|sec|secs)?\.?$/i;
/** A figure alone is an increment when the whole column has such ones only, and not 1 alone. */
const USUAL_SECONDS = new Set(['1', '6', '10', '12', '15', '18', '20', '30', '60']);
const PRICE = /^(?:[A-Z]{3}|[$€£¥])?\s*\d{1,4}[.,]\d{1,12}\s*(?:[A-Z]{3}|[$€£¥])?$/;

interface Looks {
  readonly what: string;
  /** What it is probably to be mapped to. */
  readonly field: SheetField;
}

/** Warns of columns that nothing is read from although their values look like increments, prices or dates. */
export function checkUnread(rows: readonly SheetRow[], header: Header, view: ColumnsView, findings: Findings): void {
  const sample = rows.slice(0, SAMPLE_ROWS);
  const settled = new Set([...header.columns.map(({ index }) => index), ...header.ignored]);
  const width = sample.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  for (let index = 0; index < width; index += 1) {
    if (settled.has(index)) continue;
    const column: SheetColumn = { index, field: 'ignore', header: header.cells[index]?.trim() ?? '' };
    const { looks, samples } = lookAt(sample, column, view);
    if (looks === undefined) continue;
    const name = view.name(column);
    const mapped = column.header === '' ? name : column.header;
    findings.warn(
      'rate-sheet.column-unread',
      `column ${name} is not read, and its values look like ${looks.what} (${samples.join(', ')}): --map "${mapped}=${looks.field}" reads it, --map "${mapped}=ignore" leaves it out`,
      view.place({ row: header.row, cells: [] }, undefined),
    );
  }
}

function lookAt(
  rows: readonly SheetRow[],
  column: SheetColumn,
  view: ColumnsView,
): { readonly looks: Looks | undefined; readonly samples: readonly string[] } {
  const counts = { pairs: 0, seconds: 0, prices: 0, dates: 0 };
  const samples = new Set<string>();
  let filled = 0;
  for (const row of rows) {
    const text = view.textAt(row, column);
    if (text === '' || text === '-') continue;
    filled += 1;
    if (samples.size < SAMPLES_SHOWN) samples.add(text.slice(0, 20));
    if (view.kindAt(row, column) === 'date' || parseSheetDate(text, 'dmy') !== undefined || parseSheetDate(text, 'mdy') !== undefined)
      counts.dates += 1;
    else if (PAIR.test(text) && parseIncrements(text) !== undefined) counts.pairs += 1;
    else if (USUAL_SECONDS.has(text)) counts.seconds += 1;
    else if (PRICE.test(text)) counts.prices += 1;
  }
  return { looks: looksLike(counts, filled, samples), samples: [...samples] };
}

function looksLike(
  { pairs, seconds, prices, dates }: Readonly<Record<'pairs' | 'seconds' | 'prices' | 'dates', number>>,
  filled: number,
  samples: ReadonlySet<string>,
): Looks | undefined {
  const mostly = (count: number): boolean => count > 0 && count * 100 >= filled * MOSTLY;
  if (mostly(dates)) return { what: 'dates', field: 'effective' };
  if (mostly(pairs)) return { what: 'increments', field: 'increments' };
  if (seconds === filled && filled > 0 && [...samples].some((text) => text !== '1')) return { what: 'increments', field: 'increments' };
  return mostly(prices) ? { what: 'prices', field: 'price' } : undefined;
}
