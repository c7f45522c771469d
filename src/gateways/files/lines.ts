import type { Readable } from 'node:stream';

/** A line without its end; `text` is undefined when the line is longer than the limit and was skipped. */
export interface Line {
  /** 1-based. */
  readonly number: number;
  readonly text: string | undefined;
}

/** Lines of a UTF-8 stream in fixed memory: a longer line than `maxBytes` is skipped, not collected. Empty lines are left out. */
export async function* readLines(stream: Readable, maxBytes = 1024 * 1024): AsyncGenerator<Line> {
  let number = 0;
  let parts: Buffer[] = [];
  let bytes = 0;
  const take = (): Line | undefined => {
    number += 1;
    const text = bytes > maxBytes ? undefined : Buffer.concat(parts).toString('utf8').replace(/\r$/, '');
    parts = [];
    bytes = 0;
    return text?.trim() === '' ? undefined : { number, text };
  };
  const keep = (piece: Buffer): void => {
    bytes += piece.length;
    if (bytes <= maxBytes) parts.push(piece);
    else parts = [];
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, end));
      from = end + 1;
      const line = take();
      if (line !== undefined) yield line;
    }
    keep(chunk.subarray(from));
  }
  if (bytes > 0) {
    const line = take();
    if (line !== undefined) yield line;
  }
}
