import { createReadStream, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { ArchivedContent } from '#pipeline/ports.ts';
import { refuseOtherThanFile } from '#storage/usage/archive-writer.ts';

/** A file to look at as the pipeline reads archived ones, unpacked when it is gzipped. */
export function openContent(file: string): ArchivedContent {
  const stream = (from: number): AsyncIterable<Uint8Array> => unpacked(file, from);
  const content = {
    stream,
    length: statSync(file, { throwIfNoEntry: false })?.size ?? 0,
    async read(from: number, length: number): Promise<Uint8Array> {
      const pieces: Uint8Array[] = [];
      let read = 0;
      for await (const piece of stream(from)) {
        pieces.push(piece);
        read += piece.length;
        if (read >= length) break;
      }
      return Buffer.concat(pieces).subarray(0, length);
    },
    close: async () => undefined,
  };
  return content;
}

async function* unpacked(file: string, from: number): AsyncGenerator<Uint8Array> {
  await refuseOtherThanFile(file);
  const raw = createReadStream(file, { highWaterMark: 1 << 16 });
  try {
    const pieces = raw[Symbol.asyncIterator]();
    const first = await pieces.next();
    const isGzip = first.done !== true && first.value[0] === 0x1f && first.value[1] === 0x8b;
    const whole = async function* (): AsyncGenerator<Uint8Array> {
      if (first.done !== true) yield first.value;
      for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
    };
    let skip = from;
    for await (const piece of isGzip ? gunzipped(whole()) : whole()) {
      if (skip >= piece.length) skip -= piece.length;
      else {
        yield piece.subarray(skip);
        skip = 0;
      }
    }
  } catch (error) {
    throw new RefusedError(refuse('usage.file-unreadable', error instanceof Error ? error.message : String(error), { file }));
  } finally {
    raw.destroy();
  }
}

async function* gunzipped(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const fed = (async () => {
    try {
      for await (const piece of pieces) if (!gunzip.write(piece)) await new Promise((resolve) => gunzip.once('drain', resolve));
      gunzip.end();
    } catch (error) {
      gunzip.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  })();
  fed.catch(() => undefined); // what is wrong comes out of the stream below
  try {
    for await (const piece of gunzip) yield piece as Uint8Array; // a stream of bytes gives bytes
  } finally {
    gunzip.destroy();
  }
}
