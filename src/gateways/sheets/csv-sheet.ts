import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { CsvReader } from '#codecs/csv/csv.ts';
import { detectSeparator } from '#codecs/csv/separator.ts';
import { EncodingDetector, type EncodingFound } from '#codecs/text-encoding.ts';
import type { SheetRow } from '#core/tariffs/rate-sheets/sheet.ts';
import { type SheetFile, stop } from './sheet-file.ts';

const SAMPLE_CHARACTERS = 65_536;
const PIECE_BYTES = 256 * 1024;

/** Delimited text in any encoding and with any separator, both found from the file unless given. */
export async function openCsv(path: string, separator?: string): Promise<SheetFile> {
  const name = basename(path);
  const detector = new EncodingDetector();
  const hash = createHash('sha256');
  for await (const piece of pieces(path)) {
    hash.update(piece);
    detector.push(piece);
  }
  const found = detector.found();
  if (found.encoding === 'binary') stop('rate-sheet.not-a-sheet', 'the file is neither text nor a workbook', { file: name });
  const chosen = separator ?? detectSeparator(await beginning(path, found));
  return {
    name,
    sha256: hash.digest(),
    format: `CSV, ${found.encoding}, separator ${JSON.stringify(chosen)}`,
    sheets: [{ name: '', hidden: false }],
    rows: () => csvRows(path, name, found, chosen),
    close: async () => undefined,
  };
}

async function* csvRows(path: string, name: string, found: EncodingFound, separator: string): AsyncGenerator<readonly SheetRow[]> {
  const reader = new CsvReader({ separator });
  for await (const text of texts(path, found)) {
    const rows = taken(reader.push(text), name);
    if (rows.length > 0) yield rows;
  }
  yield taken(reader.end(), name);
}

function taken(rows: ReturnType<CsvReader['push']>, name: string): SheetRow[] {
  const batch: SheetRow[] = [];
  for (const { line, fields, fault } of rows) {
    if (fault !== undefined) stop('rate-sheet.csv', fault.message, { file: name, line: fault.line });
    if (line === 1 && /^sep=.?$/i.test(fields.join(' '))) continue;
    batch.push({ row: line, cells: fields });
  }
  return batch;
}

async function beginning(path: string, found: EncodingFound): Promise<string> {
  let text = '';
  for await (const piece of texts(path, found)) {
    text += piece;
    if (text.length >= SAMPLE_CHARACTERS) break;
  }
  return text.slice(0, SAMPLE_CHARACTERS);
}

async function* texts(path: string, { encoding, markBytes }: EncodingFound): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  let toSkip = markBytes;
  for await (const piece of pieces(path)) {
    const text = decoder.decode(toSkip > 0 ? piece.subarray(toSkip) : piece, { stream: true });
    toSkip = Math.max(0, toSkip - piece.length);
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

async function* pieces(path: string): AsyncGenerator<Buffer> {
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) yield piece as Buffer; // no encoding is set, so Buffers come
}
