/**
 * Tables for the terminal: columns aligned by what they hold, no colour, at most 100 columns wide.
 * When a table would be wider, its left-aligned columns (names) are cut with `…`, the widest first,
 * unless they say never; figures are never cut. Control characters in cells, which could drive the terminal, become `�`.
 */
export interface Column {
  readonly title: string;
  /** `right` for figures. Left when not given. */
  readonly align?: 'left' | 'right';
  /** Where a name that is too long loses characters: `start` for paths, whose end tells them apart. `end` when not given. */
  readonly cut?: 'start' | 'end' | 'never';
}

/** A row's cells in the order of the columns; `'rule'` draws a line, for example above totals. */
export type TableRow = readonly string[] | 'rule';

export interface TableOptions {
  /** Characters the table may take; 100 when not given. */
  readonly width?: number;
  /** Put before each line. */
  readonly indent?: string;
}

export const TABLE_WIDTH = 100;
const GAP = '  ';
const LEAST_NAME_WIDTH = 8;

/** Header, a rule, then the rows; without a newline at the end. */
export function formatTable(columns: readonly Column[], rows: readonly TableRow[], options: TableOptions = {}): string {
  const indent = options.indent ?? '';
  const lines: readonly TableRow[] = [
    columns.map((column) => column.title),
    'rule',
    ...rows.map((row) => (row === 'rule' ? row : columns.map((_, index) => printable(row[index] ?? '')))),
  ];
  const wanted = columns.map((_, index) => Math.max(...widthsOf(lines, index)));
  const widths = fit(columns, wanted, (options.width ?? TABLE_WIDTH) - indent.length);
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width, 0) + GAP.length * (columns.length - 1));
  return lines
    .map((line) => indent + (line === 'rule' ? rule : formatLine(columns, widths, line)))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Two columns without a header: `name  value`, for summaries. Values are aligned right when `align` says so. */
export function formatPairs(
  pairs: readonly (readonly [string, string])[],
  options: { align?: 'left' | 'right'; indent?: string } = {},
): string {
  const nameWidth = Math.max(0, ...pairs.map(([name]) => displayWidth(name)));
  const valueWidth = Math.max(0, ...pairs.map(([, value]) => displayWidth(value)));
  return pairs
    .map(([name, value]) => {
      const shown = options.align === 'right' ? pad(printable(value), valueWidth, 'right') : printable(value);
      return `${options.indent ?? ''}${pad(printable(name), nameWidth, 'left')}${GAP}${shown}`.trimEnd();
    })
    .join('\n');
}

function* widthsOf(lines: readonly TableRow[], index: number): Generator<number> {
  yield 0;
  for (const line of lines) if (line !== 'rule') yield displayWidth(line[index] ?? '');
}

function formatLine(columns: readonly Column[], widths: readonly number[], cells: readonly string[]): string {
  return columns
    .map((column, index) => pad(cut(cells[index] ?? '', widths[index] ?? 0, column.cut), widths[index] ?? 0, column.align ?? 'left'))
    .join(GAP);
}

/** Takes what is too much from the widest left-aligned column, one character at a time. */
function fit(columns: readonly Column[], wanted: readonly number[], width: number): number[] {
  const widths = [...wanted];
  let excess = widths.reduce((sum, each) => sum + each, 0) + GAP.length * (columns.length - 1) - width;
  while (excess > 0) {
    let widest = -1;
    for (const [index, each] of widths.entries()) {
      if (isCut(columns[index]) && each > LEAST_NAME_WIDTH && each > (widths[widest] ?? 0)) widest = index;
    }
    if (widest === -1) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

function isCut(column: Column | undefined): boolean {
  return column?.align !== 'right' && column?.cut !== 'never';
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const fill = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'right' ? fill + text : text + fill;
}

function cut(text: string, width: number, from: Column['cut']): string {
  if (displayWidth(text) <= width) return text;
  const segments = Array.from(graphemes.segment(text), ({ segment }) => segment);
  if (from === 'start') segments.reverse();
  const kept: string[] = [];
  let used = 1;
  for (const segment of segments) {
    used += displayWidth(segment);
    if (used > width) break;
    kept.push(segment);
  }
  return from === 'start' ? `…${kept.reverse().join('')}` : `${kept.join('')}…`;
}

/** A path in so many cells: what is too much is cut at its beginning. */
export function cutStart(path: string, width: number): string {
  return cut(path, width, 'start');
}

/** Without what could drive the terminal. A line break counts as that too. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

const graphemes = new Intl.Segmenter('en');
const PLAIN = /^[\x20-\x7e]*$/;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Cells a text takes in a terminal: a grapheme is one, East Asian wide characters and emoji are two. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}
