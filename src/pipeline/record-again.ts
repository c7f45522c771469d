/** The text of a record that was read before, from its place in the archive. */
import type { Source } from '#core/usage/source.ts';
import { RecordCutter } from './record-cutter.ts';
import { recordText } from './record-stream.ts';

/**
 * Where a record is charged in several (`ber.each`), the stretch of each ends with its own part of the record: the records are
 * found again from there, and the one with this stretch is it.
 */
export async function textAgain(
  read: (from: number, length: number) => Promise<Uint8Array>,
  source: Source,
  from: number,
  length: number,
): Promise<string> {
  if (source.ber === undefined || source.ber.each.length === 0) return recordText(await read(from, length), source);
  const cutter = new RecordCutter(source, { text: '', bodyFrom: 0 }, from);
  cutter.push(await read(from, source.maximumRecordBytes));
  cutter.finish();
  const { splitter } = cutter;
  while (splitter.next() && cutter.byteFrom === from) if (cutter.byteLength === length && splitter.ended) return splitter.text;
  return recordText(await read(from, length), source);
}
