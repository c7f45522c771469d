import { readFile } from 'node:fs/promises';
import { type CsvRow, readCsv } from '#codecs/csv/csv.ts';
import { detectSeparator } from '#codecs/csv/separator.ts';
import { RefusedError, refuse } from '#core/refusals.ts';

/** A small CSV file that a person wrote, whatever its separator. Throws RefusedError (`table.unreadable`). */
export async function readTable(file: string): Promise<readonly CsvRow[]> {
  const fail = (said: string, line?: number): never => {
    throw new RefusedError(refuse('table.unreadable', said, { file, ...(line === undefined ? {} : { line }) }));
  };
  const bytes = await readFile(file).catch((error: Error) => fail(error.message));
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    fail('it is not UTF-8 text');
  }
  const { rows, fault } = readCsv(text, { separator: detectSeparator(text.slice(0, 65_536)) });
  if (fault !== undefined) fail(fault.message, fault.line);
  return rows;
}
