/** Workbooks that people open: sheets of texts and figures, the first row fixed and bold. */
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';

/** Texts, and figures as exact decimals. */
export type WorkbookCell = string | { readonly figure: string };

export interface WorkbookSheet {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly WorkbookCell[])[];
}

/**
 * A figure stands as a number where a spreadsheet holds it exactly (15 digits), else as its text: nothing is rounded. Text that looks like a
 * formula stays text.
 */
export async function writeWorkbook(sheets: readonly WorkbookSheet[]): Promise<Buffer> {
  const pages = sheets.map(({ name, header, rows }) => {
    const data: SheetData = [
      header.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
      ...rows.map((row) => row.map(cellOf)),
    ];
    return { data, sheet: name, stickyRowsCount: 1, columns: header.map((title, at) => ({ width: widthOf(title, rows, at) })) };
  });
  return writeXlsxFile(pages).toBuffer();
}

function cellOf(cell: WorkbookCell) {
  if (typeof cell === 'string') return { value: fitting(cell), type: String };
  const { figure } = cell;
  const plain = figure.includes('.') ? figure.replace(/\.?0+$/, '') : figure;
  return String(Number(plain)) === plain ? { value: Number(plain), type: Number } : { value: figure, type: String };
}

/** Of a cell, in UTF-16: with more a spreadsheet takes the file for damaged. */
const LONGEST = 32_767;

/** What is too long ends in an ellipsis. Half of a pair is made whole first: of one alone the library takes the letter before it along. */
function fitting(text: string): string {
  return (text.length > LONGEST ? `${text.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, '')}…` : text).toWellFormed();
}

const WIDEST = 60;

function widthOf(title: string, rows: WorkbookSheet['rows'], at: number): number {
  const lengths = rows.slice(0, 1_000).map((row) => {
    const cell = row[at] ?? '';
    return (typeof cell === 'string' ? cell : cell.figure).length;
  });
  return Math.min(WIDEST, Math.max(title.length, ...lengths) + 2);
}
