import { BandReader } from './band-reader.ts';
import { checkHeader } from './check-header.ts';
import { CodeReader, codeText, hasCodes } from './code-reader.ts';
import { ColumnsView } from './columns-view.ts';
import { DateReader } from './date-reader.ts';
import type { Findings } from './findings.ts';
import type { Header } from './header.ts';
import { datesIn, readLetterhead } from './letterhead.ts';
import { PriceReader } from './price-reader.ts';
import { completedRow, type RowGroup } from './row-groups.ts';
import { isCutOff, RowKinds } from './row-kinds.ts';
import { RowReader } from './row-reader.ts';
import type { Sheet, SheetRow } from './sheet.ts';
import { findHabits } from './sheet-habits.ts';
import type { SheetContext, SheetRate } from './sheet-rate.ts';
import { checkUnread } from './unread-columns.ts';

export interface SheetRead {
  /** Below the header, blank ones not counted. */
  readonly rowsRead: number;
  readonly rates: readonly SheetRate[];
  /** Rows with data that say nothing of a rate: titles, notes, repeated headers. */
  readonly passedOver: readonly number[];
  /** Rows that the user leaves out. */
  readonly skipped: readonly number[];
  /** From when, unless a row says otherwise; undefined when nobody says. */
  readonly effectiveMicros: number | undefined;
  /** Whether codes are given, or destinations only. */
  readonly byCode: boolean;
}

/**
 * Reads all rates of a sheet. What it cannot read is a fault in `findings` with its row and column; nothing is
 * guessed that could change a price. Rows without a destination belong to the one above them, and take from it what they leave empty.
 */
export function readSheet(sheet: Sheet, header: Header, context: SheetContext, findings: Findings): SheetRead {
  const view = new ColumnsView(sheet.name, header);
  const byCode = hasCodes(view);
  const above = sheet.rows.slice(0, Math.max(0, header.rowsBefore - 1));
  const rows = sheet.rows.slice(header.rowsBefore);
  const letterhead = readLetterhead(above);
  checkHeader(view, header, letterhead, byCode, context, findings);
  checkUnread(rows, header, view, findings);
  const bands = new BandReader(view, header.row, context.bands, findings);
  const habits = findHabits(rows, view, context.given, datesIn(above), findings);
  if (habits === undefined) return { rowsRead: rows.length, rates: [], passedOver: [], skipped: [], effectiveMicros: undefined, byCode };
  const dates = new DateReader(context.zone, habits.dateOrder);
  const effective = context.given.effective ?? letterhead.effective?.value;
  const effectiveMicros = effective === undefined ? undefined : dates.start(effective);
  const prices = new PriceReader(view, context, habits.decimal, findings);
  const codes = new CodeReader(view, context, habits.codesInFull, findings);
  const reader = new RowReader(view, context, { dates, prices, codes, bands, byCode, effectiveMicros }, findings);
  const walk = new RowWalk(view, reader, byCode, context.given.skipRows ?? new Set(), findings);
  for (const row of rows) walk.row(row);
  walk.end();
  const last = rows.at(-1);
  if (last !== undefined && isCutOff(rows)) {
    const message = `the last row has ${last.cells.length} cells and all others ${rows[0]?.cells.length}: the file seems cut off`;
    findings.fault('rate-sheet.truncated', message, view.place(last, undefined));
  }
  return { rowsRead: rows.length, rates: walk.rates, passedOver: walk.passedOver, skipped: walk.skipped, effectiveMicros, byCode };
}

/** Goes through the rows from top to bottom and tells rates from titles, notes and rows that belong to the one above. */
class RowWalk {
  readonly rates: SheetRate[] = [];
  readonly passedOver: number[] = [];
  readonly skipped: number[] = [];
  readonly #view: ColumnsView;
  readonly #reader: RowReader;
  readonly #kinds: RowKinds;
  readonly #byCode: boolean;
  readonly #skipRows: ReadonlySet<number>;
  readonly #findings: Findings;
  /** The last row that names a destination, and how many rows below it have codes. */
  #group: (RowGroup & { children: number }) | undefined;

  constructor(view: ColumnsView, reader: RowReader, byCode: boolean, skipRows: ReadonlySet<number>, findings: Findings) {
    this.#view = view;
    this.#reader = reader;
    this.#kinds = new RowKinds(view, findings);
    this.#byCode = byCode;
    this.#skipRows = skipRows;
    this.#findings = findings;
  }

  row(row: SheetRow): void {
    if (row.cells.every((cell) => cell.trim() === '')) return;
    if (this.#skipRows.has(row.row)) this.skipped.push(row.row);
    else if (this.#kinds.isHeaderAgain(row) || this.#kinds.isNote(row, this.#byCode)) this.passedOver.push(row.row);
    else if (this.#kinds.isSound(row)) this.#read(row);
  }

  end(): void {
    this.#endGroup();
    this.#reader.end();
  }

  #read(row: SheetRow): void {
    const named = this.#view.text(row, 'destination') !== '';
    const coded = this.#byCode ? codeText(row, this.#view) !== '' : named;
    if (named) {
      this.#endGroup();
      this.#group = { row, coded, children: 0 };
    } else if (!coded) {
      this.#withoutCode(row);
    }
    if (!coded) return;
    if (named || this.#group === undefined) this.#reader.read(row, this.rates);
    else {
      this.#group.children += 1;
      this.#reader.read(completedRow(row, this.#group, this.#view), this.rates);
    }
  }

  /** A destination with a price but no code, and no code rows below it, is at fault; without a price it is a title. */
  #endGroup(): void {
    const group = this.#group;
    this.#group = undefined;
    if (group !== undefined && !group.coded && group.children === 0) this.#withoutCode(group.row);
  }

  #withoutCode(row: SheetRow): void {
    const priced = this.#view.prices.find((column) => this.#view.textAt(row, column) !== '');
    if (priced === undefined) {
      this.passedOver.push(row.row);
      return;
    }
    const place = this.#view.place(row, priced, this.#view.textAt(row, priced));
    this.#findings.fault('rate-sheet.code-missing', 'a price without a code or destination', place);
  }
}
