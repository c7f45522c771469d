/** A table as a file in the reader's downloads. */
import type { Column } from './columns.ts';
import { csvOf, saveFile, sheetOf } from './export.ts';

export async function saveTable<Row>(
  kind: 'csv' | 'xlsx',
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<void> {
  if (kind === 'csv') return saveFile(`${name}.csv`, new Blob([csvOf(columns, rows)], { type: 'text/csv;charset=utf-8' }));
  // Loaded by those who want it.
  const { default: write } = await import('write-excel-file/browser');
  const data = sheetOf(columns, rows).map((row) =>
    row.map((cell) =>
      cell.type === 'number' ? { value: cell.value, type: Number, format: cell.format } : { value: cell.value, type: String },
    ),
  );
  saveFile(`${name}.xlsx`, await write([{ data, sheet: name.slice(0, 31), stickyRowsCount: 1 }]).toBlob());
}
