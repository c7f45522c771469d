import { columnOfLetters } from '#core/tariffs/rate-sheets/sheet.ts';
import { stop } from '../sheet-file.ts';
import type { WorkbookPackage } from './package.ts';

/** Cells that are shown as one: the value stands in the first row. Columns from 0, rows from 1. */
export interface Merge {
  readonly column: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

const MERGE = /mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"/g;
const MOST_MERGES = 500_000;
const OVERLAP = 300;

/**
 * Merges that reach over several rows, by their first row. They stand in the file behind all rows, so they are looked for
 * before the rows are read: a search of the unpacked text, which is much faster than parsing it twice.
 */
export async function readMerges(workbook: WorkbookPackage, part: string): Promise<ReadonlyMap<number, readonly Merge[]>> {
  const merges = new Map<number, Merge[]>();
  let tail = '';
  let count = 0;
  for await (const piece of workbook.text(part)) {
    const text = tail + piece;
    tail = text.slice(-OVERLAP);
    if (!text.includes('mergeCell')) continue;
    let end = 0;
    for (const match of text.matchAll(MERGE)) {
      end = match.index + match[0].length;
      const [, letters = '', first = '', last = ''] = match;
      const [firstRow, lastRow] = [Number(first), Number(last)];
      if (lastRow <= firstRow) continue;
      count += 1;
      if (count > MOST_MERGES)
        stop('rate-sheet.file-too-large', `${part} has more than ${MOST_MERGES} merged cells`, { file: workbook.name });
      const merge = { column: columnOfLetters(letters) ?? 0, firstRow, lastRow };
      const list = merges.get(firstRow);
      if (list === undefined) merges.set(firstRow, [merge]);
      else list.push(merge);
    }
    // What was matched must not be found again in the next piece.
    tail = text.slice(Math.max(end, text.length - OVERLAP));
  }
  return merges;
}
