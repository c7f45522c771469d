/** A load that was broken off goes on behind a record: what the file is around its records is known from its head. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valueOrThrow } from '#core/refusals.ts';
import { parseSource } from '#operations/usage/source.ts';
import { RecordCutter } from '#pipeline/record-cutter.ts';

const fields = { start: { column: 'at', time: 'iso' }, duration: 's', called: 'to', trunkIn: 'by' };
const files = [
  [{ format: 'freeswitch-json', json: { within: 'cdrs' } }, '\ufeff{"cdrs":[{"a":1},\n{"a":2},{"a":3}],"more":[{"a":4}]}'],
  [{ format: 'freeswitch-json' }, '[{"a":1},\n{"a":2},{"a":3}]\n'],
  [{ format: 'freeswitch-xml' }, '<?xml version="1.0"?><cdrs><cdr>1</cdr><cdr>2</cdr>\n<cdr>3</cdr></cdrs>\n'],
] as const;

for (const [declaration, text] of files)
  test(`${JSON.stringify(declaration)}: from the end of each record on come the records behind it, and nothing else`, () => {
    const source = valueOrThrow(parseSource({ id: 's', ...declaration, fields }));
    const bytes = Buffer.from(text);
    const bodyFrom = text.startsWith('\ufeff') ? 3 : 0;
    const head = { text: bytes.subarray(bodyFrom).toString('latin1'), bodyFrom };
    const recordsFrom = (from: number): readonly (readonly [number, number])[] => {
      const cutter = new RecordCutter(source, head, from);
      cutter.push(bytes.subarray(from));
      cutter.finish();
      const found: (readonly [number, number])[] = [];
      while (cutter.splitter.next()) found.push([cutter.byteFrom, cutter.byteLength]);
      return found;
    };
    const all = recordsFrom(bodyFrom);
    assert.equal(all.length, 3);
    for (const [index, [from, length]] of all.entries()) assert.deepEqual(recordsFrom(from + length), all.slice(index + 1));
  });
