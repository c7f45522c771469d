/** Some columns of a source's records as they are written, for totals that a file states of itself. */
import { type Result, refuse } from '#core/refusals.ts';
import type { Source } from '#core/usage/source.ts';
import { families } from './families.ts';
import { SlotTable } from './row-reader.ts';
import { textOfBytes } from './text-of-bytes.ts';

export interface ColumnReader {
  /** The file's header line, where the source has one. Refused: a column that it lacks (`usage.header-differs`). */
  header(line: string): Result<undefined>;
  /** The texts of the columns in their order; undefined for a record whose form is damaged. `bytes` as one character a byte. */
  read(bytes: string, ended: boolean): readonly string[] | undefined;
}

/** Throws RangeError when no column is named. */
export function makeColumnReader(source: Source, columns: readonly string[]): ColumnReader {
  if (columns.length === 0) throw new RangeError('no columns');
  const table = new SlotTable();
  const slots = columns.map((column) => table.slot(column));
  const { reader, binary } = families[source.family];
  const row = reader(source, table, source.fields.start?.[0]?.columns[0]);
  const textOf = (bytes: string): string | undefined => (binary ? bytes : textOfBytes(bytes, source.encoding));
  return {
    header(line) {
      const text = textOf(line);
      if (text === undefined) return { ok: false, refusals: [refuse('usage.file-encoding', `the header is not ${source.encoding}`)] };
      return row.header?.(text) ?? { ok: true, value: undefined };
    },
    read(bytes, ended) {
      const text = textOf(bytes);
      return text === undefined || row.take(text, ended) !== undefined ? undefined : slots.map((slot) => row.value(slot));
    },
  };
}
