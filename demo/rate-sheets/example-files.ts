/**
 * All files of `examples/demo-operator` that are derived from the published price list. Run it to
 * write them again: `node demo/rate-sheets/example-files.ts`. A test holds that they are as they stand.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { atlanticSheet, blockedRows, rheinlandSheet } from './partner-sheets.ts';
import { priceTables } from './price-tables.ts';
import { readPublishedList } from './published-list.ts';
import { type Cell, workbook } from './workbook.ts';

export const exampleFolder = join(import.meta.dirname, '../../examples/demo-operator');
export const publishedListPath = join(exampleFolder, 'rate-sheets/published-caribbeano.csv');
export const rheinlandPath = 'rate-sheets/rheinland-2026-10.xlsx';
export const rheinlandSheetName = 'Preisliste';

export interface DerivedFiles {
  readonly texts: readonly { readonly path: string; readonly text: string }[];
  readonly rheinlandRows: readonly (readonly Cell[])[];
}

export function derivedFiles(): DerivedFiles {
  const list = readFileSync(publishedListPath, 'utf8');
  const published = readPublishedList(list);
  return {
    texts: [{ path: 'rate-sheets/atlantic-2026-10.csv', text: atlanticSheet(published, blockedRows(list)) }, ...priceTables(published)],
    rheinlandRows: rheinlandSheet(published),
  };
}

if (import.meta.main) {
  const { texts, rheinlandRows } = derivedFiles();
  for (const { path, text } of texts) {
    mkdirSync(dirname(join(exampleFolder, path)), { recursive: true });
    writeFileSync(join(exampleFolder, path), text);
  }
  writeFileSync(join(exampleFolder, rheinlandPath), workbook(rheinlandSheetName, rheinlandRows));
}
