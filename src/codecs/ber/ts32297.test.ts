import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BerForm } from '#core/usage/ber-form.ts';
import { BerSplitter } from './ber-splitter.ts';
import { readFileHeader } from './ts32297.ts';

const form: BerForm = {
  framing: 'ts-32297',
  blockSize: 0,
  inside: [],
  record: 'Record',
  each: [],
  types: { Record: { choice: { call: '79 Call' } }, Call: { set: { id: '0 integer' } } },
};
const record = Buffer.from('0006e92707bf4f03800101', 'hex').toString('latin1');

/** A header for this many bytes and records; lengths may lie. */
function header(bytes: number, records: number, more: { readonly filter?: string; readonly releases?: string } = {}): string {
  const { filter = '', releases = '0707' } = more;
  const middle = Buffer.from('e9e9 ba240840 ba280840'.replaceAll(' ', ''), 'hex');
  const behind = Buffer.from(`${(filter.length / 2).toString(16).padStart(4, '0')}${filter}0000${releases}`, 'hex');
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + 10 + 8 + 1 + 20 + 1 + behind.length, 4);
  const figures = Buffer.alloc(8);
  figures.writeUInt32BE(records, 0);
  figures.writeUInt32BE(41, 4);
  const all = Buffer.concat([
    head,
    middle,
    figures,
    Buffer.from([130]),
    Buffer.alloc(16, 0xff),
    Buffer.from([10, 20, 30, 40, 131]),
    behind,
  ]);
  all.writeUInt32BE(bytes < 0 ? 0xffffffff : all.length + bytes, 0);
  return all.toString('latin1');
}

function ends(text: string, head = '', from = 0): readonly string[] {
  const splitter = new BerSplitter(form, 1000, head, from);
  splitter.push(text);
  splitter.finish();
  const seen: string[] = [];
  while (splitter.next()) seen.push(`${splitter.from}+${splitter.length}${splitter.ended ? '' : ' cut'}`);
  return seen;
}

test('the header of a file says its lengths, releases, times, node and what was lost', () => {
  const read = readFileHeader(header(22, 2, { filter: '41424344' }));
  assert.deepEqual(read, {
    fileBytes: 80,
    headerBytes: 58,
    highRelease: '17.9',
    lowRelease: '17.9',
    openedAt: '11-20 09:00 +01:00',
    lastRecordAt: '11-20 10:00 +01:00',
    records: 2,
    sequenceNumber: 41,
    closeReason: 130,
    node: 'ffffffffffffffffffffffffffffffff0a141e28',
    lost: '3',
  });
});

test('a header is none when its lengths contradict each other', () => {
  const whole = header(22, 2);
  assert.equal(readFileHeader(whole.slice(0, 40)), undefined);
  assert.equal(readFileHeader(`\u0000\u0000\u0000\u0001${whole.slice(4)}`), undefined);
  assert.equal(readFileHeader(`${whole.slice(0, 48)}\u00ff\u00ff${whole.slice(50)}`), undefined);
});

test('a file is whole when its length and its number of records are those of its header', () => {
  assert.deepEqual(ends(header(22, 2) + record + record), ['54+11', '65+11']);
  assert.deepEqual(ends(header(-1, 2) + record + record), ['54+11', '65+11']);
  assert.deepEqual(ends(header(0, 0)), []);
});

test('a file that ends between two records, before its header says, has a record of nothing that is cut', () => {
  assert.deepEqual(ends(header(33, 3) + record + record), ['54+11', '65+11', '76+0 cut']);
  assert.deepEqual(ends(header(-1, 3) + record + record), ['54+11', '65+11', '76+0 cut']);
});

test('a file that ends inside a record is cut there, and this is said once', () => {
  assert.deepEqual(ends(header(33, 3) + record + record.slice(0, 8)), ['54+11', '65+8 cut']);
});

test('several files one after the other are read as one', () => {
  const one = header(11, 1) + record;
  assert.deepEqual(ends(one + one), ['54+11', '119+11']);
});

test('a load that goes on behind the header still knows where the file must end', () => {
  const head = header(33, 3);
  assert.deepEqual(ends(record + record, head, head.length + 11), ['0+11', '11+11']);
  assert.deepEqual(ends(record, head, head.length + 11), ['0+11', '11+0 cut']);
});

test('padding behind the announced end of a file is none of it; before that, or when no end is known, it is damage', () => {
  const whole = header(22, 2) + record + record;
  const records = ['54+11', '65+11'];
  assert.deepEqual(ends(whole), records);
  for (const padding of ['\0', '\xff'])
    for (const length of [1, 3, 8, 9, 1000]) {
      assert.deepEqual(ends(whole + padding.repeat(length)), records, `${length} of ${padding.charCodeAt(0)}`);
      assert.deepEqual(ends(`${record}${padding.repeat(length)}`, whole, 65), ['0+11']);
    }
  const second = ends(whole + '\0'.repeat(24) + whole);
  assert.deepEqual(second, [...records, '154+11', '165+11']);
  assert.deepEqual(ends(`${header(100, 2)}${record}${record}${'\0'.repeat(9)}`).slice(2), ['76+9', '85+0 cut']);
  assert.equal(ends(`${header(-1, 2)}${record}${record}${'\0'.repeat(9)}`).length, 3);
});
