/** A file's content in pieces that readers can take. */
import type { FileToRead, Piece } from './batch-reader.ts';
import type { ArchivedContent } from './ports.ts';
import { endsWithLines } from './record-cutter.ts';

const LINE_FEED = 10;

/**
 * The pieces from a byte position on. Where records are lines a piece ends with one, so that the next can be read by another
 * reader; of a line longer than a piece, and of other formats, each piece is continued by the next.
 */
export async function* piecesOf(content: ArchivedContent, { source, head }: FileToRead, from: number): AsyncGenerator<Piece> {
  const lines = endsWithLines(source, head);
  let at = from;
  let continues = false;
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of content.stream(from)) {
    const end = lines ? chunk.lastIndexOf(LINE_FEED) + 1 : 0;
    const bytes = end > 0 ? joined(rest, chunk.subarray(0, end)) : joined(rest, chunk);
    rest = end > 0 ? Uint8Array.from(chunk.subarray(end)) : new Uint8Array(0); // `slice` of a Buffer is no copy
    const begins = at;
    at += bytes.length; // before the memory is handed over
    yield { bytes, from: begins, continues, closed: end > 0, last: false };
    continues = end === 0;
  }
  yield { bytes: joined(rest, new Uint8Array(0)), from: at, continues, closed: true, last: true };
}

/** In memory of its own, which can be handed over. */
function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
