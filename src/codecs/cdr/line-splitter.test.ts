import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonSplitter, writesObjectPerLine } from './json-splitter.ts';
import { LineSplitter, type RecordSplitter } from './line-splitter.ts';

interface Piece {
  readonly text: string;
  readonly from: number;
  readonly length: number;
  readonly ended: boolean;
  readonly tooLong: boolean;
}

function split(splitter: RecordSplitter, pieces: readonly string[]): Piece[] {
  const found: Piece[] = [];
  const take = (): void => {
    while (splitter.next()) {
      const { text, from, length, ended, tooLong } = splitter;
      found.push({ text, from, length, ended, tooLong });
    }
  };
  for (const piece of pieces) {
    splitter.push(piece);
    take();
  }
  splitter.finish();
  take();
  return found;
}

function cut(text: string, sizes: readonly number[]): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (let index = 0; at < text.length; index++) {
    const size = Math.max(1, sizes[index % Math.max(1, sizes.length)] ?? text.length);
    pieces.push(text.slice(at, at + size));
    at += size;
  }
  return pieces;
}

test('lines come out the same wherever the stream is cut, with their places', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('', 'a', 'bc,d', '"x"', 'longer than the others'), { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 9 })),
      fc.boolean(),
      (lines, sizes, end) => {
        const text = lines.join('\n') + (end ? '\n' : '');
        const found = split(new LineSplitter(100), cut(text, sizes));
        assert.deepEqual(
          found.map((each) => each.text),
          lines.filter((line) => line !== ''),
        );
        for (const { text: record, from, length, ended } of found)
          assert.equal(text.slice(from, from + length), ended ? `${record}\n` : record);
      },
    ),
  );
});

test('a line end of CR LF belongs to the record but not to its text', () => {
  assert.deepEqual(split(new LineSplitter(10), ['a\r\nb']), [
    { text: 'a', from: 0, length: 3, ended: true, tooLong: false },
    { text: 'b', from: 3, length: 1, ended: false, tooLong: false },
  ]);
});

test('a line over the limit comes out empty with its place, and the next one is whole', () => {
  const found = split(new LineSplitter(10), ['ok\n', 'x'.repeat(8), 'y'.repeat(8), `${'z'.repeat(8)}\nnext\n`]);
  assert.deepEqual(found, [
    { text: 'ok', from: 0, length: 3, ended: true, tooLong: false },
    { text: '', from: 3, length: 25, ended: true, tooLong: true },
    { text: 'next', from: 28, length: 5, ended: true, tooLong: false },
  ]);
});

test('a line of 100 MB takes no more memory than a piece of it', () => {
  const splitter = new LineSplitter(1 << 20);
  const piece = 'x'.repeat(1 << 16);
  let records = 0;
  let longest = 0;
  for (let index = 0; index < 1_600; index++) {
    splitter.push(piece);
    while (splitter.next()) records += 1;
    longest = Math.max(longest, splitter.text.length);
  }
  splitter.push('\n');
  assert.ok(splitter.next());
  assert.deepEqual([records, longest, splitter.tooLong, splitter.length], [0, 0, true, 1_600 * (1 << 16) + 1]);
});

test('objects come out of lines, of one another and of arrays, wherever the stream is cut', () => {
  const objects = ['{"a":1}', '{"b":"}{"}', '{"c":{"d":["\\"{"]}}', '{}'];
  for (const text of [`${objects.join('\n')}\n`, objects.join(''), `[${objects.join(',')}]`, `[\n  ${objects.join(',\n  ')}\n]\n`]) {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 7 })), (sizes) => {
        const found = split(new JsonSplitter(100), cut(text, sizes));
        assert.deepEqual(
          found.map((each) => each.text),
          objects,
        );
        for (const { text: record, from, length } of found) assert.equal(text.slice(from, from + length), record);
      }),
      { numRuns: 20 },
    );
  }
});

test('a damaged object does not swallow the next', () => {
  const found = split(new JsonSplitter(100), ['{"a":{"b":1\n{"c":2}\nnonsense {here\n{"d":3}\n{"e":']);
  assert.deepEqual(
    found.map(({ text, ended }) => [text.trimEnd(), ended]),
    [
      ['{"a":{"b":1', true],
      ['{"c":2}', true],
      ['nonsense {here', true],
      ['{"d":3}', true],
      ['{"e":', false],
    ],
  );
});

test('an object over the limit comes out empty, and the next one is whole', () => {
  const found = split(new JsonSplitter(20), cut(`{"a":"${'x'.repeat(50)}"}\n{"b":1}\n`, [7]));
  assert.deepEqual(found, [
    { text: '', from: 0, length: 58, ended: true, tooLong: true },
    { text: '{"b":1}', from: 59, length: 7, ended: true, tooLong: false },
  ]);
});

test('a file with one object a line is told from others by its first object', () => {
  assert.equal(writesObjectPerLine('{"a":1}\n{"b"'), true);
  assert.equal(writesObjectPerLine('{"a":1}\r\n'), true);
  assert.equal(writesObjectPerLine('{"a":1}{"b":2}\n'), false);
  assert.equal(writesObjectPerLine('{\n "a":1}\n'), false);
  assert.equal(writesObjectPerLine('[{"a":1},\n{"b":2}]'), false);
});
