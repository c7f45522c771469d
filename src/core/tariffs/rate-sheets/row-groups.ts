import type { ColumnsView } from './columns-view.ts';
import type { SheetField } from './fields.ts';
import type { SheetColumn } from './header.ts';
import type { SheetRow } from './sheet.ts';

/** A row that names a destination, with the rows below it that do not. */
export interface RowGroup {
  readonly row: SheetRow;
  /** Whether the row has codes of its own; otherwise it is a title with what its rows have in common. */
  readonly coded: boolean;
}

const FROM_GROUP: readonly SheetField[] = [
  'destination',
  'country',
  'countryCode',
  'price',
  'firstPrice',
  'nextPrice',
  'increments',
  'firstSeconds',
  'nextSeconds',
  'setupFee',
  'minimumCharge',
  'effective',
  'currency',
  'band',
];
const FROM_TITLE: readonly SheetField[] = [...FROM_GROUP, 'end', 'change'];

/** A row below its destination, with what it leaves empty taken from there. */
export function completedRow(row: SheetRow, group: RowGroup, view: ColumnsView): SheetRow {
  const fields = group.coded ? FROM_GROUP : FROM_TITLE;
  const columns = view.columns.filter(({ field }) => fields.includes(field));
  const cells = [...row.cells];
  const kinds =
    row.kinds === undefined && group.row.kinds === undefined ? undefined : cells.map((_, index) => row.kinds?.[index] ?? 'text');
  const take = ({ index }: SheetColumn) => {
    if ((cells[index] ?? '').trim() !== '') return;
    while (cells.length <= index) {
      cells.push('');
      kinds?.push('text');
    }
    cells[index] = group.row.cells[index] ?? '';
    if (kinds !== undefined) kinds[index] = group.row.kinds?.[index] ?? 'text';
  };
  columns.forEach(take);
  return { ...row, cells, ...(kinds === undefined ? {} : { kinds }) };
}
