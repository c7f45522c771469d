import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { type Line, readLines } from './lines.ts';

async function linesOf(chunks: readonly string[], maxBytes?: number): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of readLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), maxBytes)) lines.push(line);
  return lines;
}

test('lines are found across chunks, with their numbers, the last one without its end', async () => {
  assert.deepEqual(await linesOf(['a\r\nb', 'c\n\nd']), [
    { number: 1, text: 'a' },
    { number: 2, text: 'bc' },
    { number: 4, text: 'd' },
  ]);
});

test('a line beyond the limit is skipped in fixed memory and the next one is read', async () => {
  assert.deepEqual(await linesOf(['x'.repeat(50), 'x'.repeat(50), '\nshort\n'], 60), [
    { number: 1, text: undefined },
    { number: 2, text: 'short' },
  ]);
});
