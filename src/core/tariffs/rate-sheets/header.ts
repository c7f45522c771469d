import type { FieldOfColumn, SheetField } from './fields.ts';
import { fieldOfHeader } from './fields.ts';
import type { Findings } from './findings.ts';
import type { Sheet, SheetRow } from './sheet.ts';
import { columnLetters, columnOfLetters } from './sheet.ts';
import { plainWords } from './words.ts';

/** One column that is read. */
export interface SheetColumn {
  /** From 0. */
  readonly index: number;
  readonly field: SheetField;
  readonly band?: string;
  /** As written in the header, '' when it has none. */
  readonly header: string;
}

export interface Header {
  /** Rows of `sheet.rows` that come before the data: the letterhead and the header itself. */
  readonly rowsBefore: number;
  /** Row number of the header in the sheet; 0 when there is none. */
  readonly row: number;
  readonly columns: readonly SheetColumn[];
  /** Headers that nothing is read from. */
  readonly unread: readonly string[];
  /** The header's cells, as written; none when there is no header. */
  readonly cells: readonly string[];
  /** Columns (from 0) that are left out on purpose: mapped to `ignore`, or weaker than another for the same field. */
  readonly ignored: readonly number[];
  /** Mapped columns that the sheet does not have and can do without. */
  readonly absent: readonly string[];
}

/** What the user says about columns: a header as written, or letters (`C`), to a field. */
export type ColumnMapping = ReadonlyMap<string, FieldOfColumn>;

/** A letterhead may be this long. */
export const HEADER_WITHIN_ROWS = 200;

/**
 * Finds the header under a letterhead: the first row in which the most fields are recognised, a destination or code and a
 * price among them. Headers over two rows (`Rate` above `Peak`, `Off-peak`) are read together. Undefined, with a fault, when
 * there is none, when a mapped column is missing (unless it is among `mayMiss`, or nothing would be read from it), or when two columns
 * could be the same field.
 */
export function findHeader(
  sheet: Sheet,
  mapping: ColumnMapping,
  findings: Findings,
  mayMiss: ReadonlySet<string> = new Set(),
): Header | undefined {
  const byLetters = [...mapping.keys()].every((key) => columnOfLetters(key) !== undefined) && mapping.size > 0;
  const best = bestCandidate(sheet.rows.slice(0, HEADER_WITHIN_ROWS), mapping);
  if (best !== undefined) return checked(best, sheet, mapping, findings, mayMiss);
  if (byLetters) return withoutHeader(mapping);
  const known = [...mapping.keys()].length === 0 ? '' : ' with the mapped columns';
  findings.fault(
    'rate-sheet.no-header',
    `no row within the first ${HEADER_WITHIN_ROWS} is a header${known}: a destination or code, and a price`,
    {
      file: sheet.name,
    },
  );
  return undefined;
}

/** Whether a sheet has a header at all: to choose among the sheets of a file. */
export function hasHeader(rows: readonly SheetRow[], mapping: ColumnMapping): boolean {
  return bestCandidate(rows.slice(0, HEADER_WITHIN_ROWS), mapping) !== undefined;
}

interface Candidate {
  readonly row: number;
  readonly rowsBefore: number;
  readonly cells: readonly string[];
  readonly fields: readonly (FieldOfColumn | undefined)[];
  readonly score: number;
}

function bestCandidate(rows: readonly SheetRow[], mapping: ColumnMapping): Candidate | undefined {
  let best: Candidate | undefined;
  rows.forEach((row, index) => {
    if (row.kinds?.includes('number') === true) return;
    const single = candidate(row.cells, row.row, index + 1, mapping);
    if (single !== undefined && (best === undefined || single.score > best.score)) best = single;
    const above = rows[index - 1];
    if (above === undefined || above.row !== row.row - 1) return;
    const joined = candidate(joinRows(above.cells, row.cells), row.row, index + 1, mapping);
    if (joined !== undefined && (best === undefined || joined.score > best.score)) best = joined;
  });
  return best;
}

/** A group header stands over the first of its columns and reaches to the next one. */
function joinRows(above: readonly string[], below: readonly string[]): readonly string[] {
  let group = '';
  return below.map((cell, index) => {
    if ((above[index] ?? '').trim() !== '') group = above[index] ?? '';
    else if (cell.trim() === '') group = '';
    return `${group} ${cell}`.trim();
  });
}

function candidate(cells: readonly string[], row: number, rowsBefore: number, mapping: ColumnMapping): Candidate | undefined {
  const filled = cells.filter((cell) => cell.trim() !== '').length;
  if (filled < 2) return undefined;
  const fields = cells.map((cell, index) => mappedField(cell, index, mapping) ?? fieldOfHeader(cell));
  const named = new Set(fields.map((field) => (field === undefined ? '' : `${field.field}:${field.band ?? ''}`)));
  named.delete('');
  const has = (...wanted: SheetField[]) => fields.some((field) => field !== undefined && wanted.includes(field.field));
  if (!has('destination', 'country', 'code', 'areaCode', 'countryCode', 'codeFrom') || !has('price', 'firstPrice')) return undefined;
  const mapped = cells.filter((cell, index) => mappedField(cell, index, mapping) !== undefined).length;
  return { row, rowsBefore, cells, fields, score: named.size + mapped * 100 };
}

function mappedField(cell: string, index: number, mapping: ColumnMapping): FieldOfColumn | undefined {
  if (mapping.size === 0) return undefined;
  const words = plainWords(cell);
  for (const [key, field] of mapping) {
    if (words !== '' && plainWords(key) === words) return field;
  }
  return mapping.get(columnLetters(index)) ?? mapping.get(columnLetters(index).toLowerCase());
}

function withoutHeader(mapping: ColumnMapping): Header {
  const columns = [...mapping].map(([letters, field]) => column(columnOfLetters(letters) ?? 0, field, ''));
  const read = columns.filter(({ field }) => field !== 'ignore');
  const ignored = columns.filter(({ field }) => field === 'ignore').map(({ index }) => index);
  return { rowsBefore: 0, row: 0, columns: read, unread: [], cells: [], ignored, absent: [] };
}

function column(index: number, field: FieldOfColumn, header: string): SheetColumn {
  return { index, field: field.field, header, ...(field.band === undefined ? {} : { band: field.band }) };
}

function checked(
  best: Candidate,
  sheet: Sheet,
  mapping: ColumnMapping,
  findings: Findings,
  mayMiss: ReadonlySet<string>,
): Header | undefined {
  const columns: SheetColumn[] = [];
  const unread: string[] = [];
  const ignored: number[] = [];
  let ambiguous = false;
  const taken = new Map<string, { column: SheetColumn; strength: number }>();
  best.fields.forEach((field, index) => {
    const header = (best.cells[index] ?? '').trim();
    if (field === undefined || field.field === 'ignore') {
      if (header !== '') unread.push(header);
      if (field !== undefined) ignored.push(index);
      return;
    }
    const here = column(index, field, header);
    const key = `${field.field}:${field.band ?? ''}`;
    const other = taken.get(key);
    if (other === undefined || other.strength < field.strength) {
      if (other !== undefined) {
        unread.push(other.column.header);
        ignored.push(other.column.index);
      }
      taken.set(key, { column: here, strength: field.strength });
    } else if (other.strength === field.strength && ['price', 'code', 'destination', 'effective'].includes(field.field)) {
      ambiguous = true;
      findings.fault(
        'rate-sheet.columns-ambiguous',
        `columns ${said(other.column)} and ${said(here)} could both be the ${field.field}: map one to ignore`,
        {
          file: sheet.name,
          line: best.row,
          field: said(here),
        },
      );
    } else {
      unread.push(header);
      if (other.strength > field.strength) ignored.push(index);
    }
  });
  columns.push(...[...taken.values()].map((entry) => entry.column));
  const notThere = [...mapping.keys()].filter((key) => !isPresent(key, best.cells) && mapping.get(key)?.field !== 'ignore');
  const missing = notThere.filter((key) => !mayMiss.has(key));
  const absent = notThere.filter((key) => mayMiss.has(key));
  for (const key of missing) {
    findings.fault('rate-sheet.column-missing', `the mapped column ${JSON.stringify(key)} is not in the header`, {
      file: sheet.name,
      line: best.row,
      field: key,
    });
  }
  if (ambiguous || missing.length > 0) return undefined;
  return { rowsBefore: best.rowsBefore, row: best.row, columns: settle(columns), unread, cells: best.cells, ignored, absent };
}

/** Fields that mean something else when their companion is missing. */
function settle(columns: readonly SheetColumn[]): readonly SheetColumn[] {
  const has = (field: SheetField) => columns.some((each) => each.field === field);
  const becomes = new Map<SheetField, SheetField>();
  // `Country Code` alone holds the codes; `Country` alone is the destination; `Increment` beside `Initial` is the next increment.
  if (!has('code') && !has('areaCode') && !has('codeFrom') && has('countryCode')) becomes.set('countryCode', 'code');
  if (!has('code') && !has('countryCode') && has('areaCode')) becomes.set('areaCode', 'code');
  if (!has('destination') && has('country')) becomes.set('country', 'destination');
  if (has('firstSeconds') && has('increments') && !has('nextSeconds')) becomes.set('increments', 'nextSeconds');
  if (has('firstPrice') && !has('nextPrice') && !has('price')) becomes.set('firstPrice', 'price');
  return columns.map((each) => ({ ...each, field: becomes.get(each.field) ?? each.field }));
}

function isPresent(key: string, cells: readonly string[]): boolean {
  const words = plainWords(key);
  if (words !== '' && cells.some((cell) => plainWords(cell) === words)) return true;
  return columnOfLetters(key) !== undefined;
}

/** How places name a column: `C "Rate"`. */
export function said(each: SheetColumn): string {
  return each.header === '' ? columnLetters(each.index) : `${columnLetters(each.index)} ${JSON.stringify(each.header)}`;
}
