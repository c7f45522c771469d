import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BerForm } from '#core/usage/ber-form.ts';
import { BerSplitter } from './ber-splitter.ts';

const form: BerForm = {
  framing: 'concatenated',
  blockSize: 0,
  inside: [],
  record: 'Record',
  each: [],
  types: {
    Record: { choice: { call: '79 Call', other: '80 Call' } },
    Call: { set: { id: '0 integer', text: '1 ia5', parts: '2 list of Part' } },
    Part: { sequence: { id: '0 integer' } },
  },
};

const hex = (text: string): string => Buffer.from(text.replaceAll(' ', ''), 'hex').toString('latin1');
const call = (id: string): string => hex(`bf4f 06 8001${id} 810141`);
const framed = (record: string, encoding = 1): string =>
  String.fromCharCode(record.length >> 8, record.length & 255, 0xe9, (encoding << 5) | 7, 7) + record;

interface Seen {
  readonly from: number;
  readonly length: number;
  readonly ended: boolean;
  readonly tooLong: boolean;
  readonly text: string;
}

function split(text: string, piece = text.length, settings: Partial<BerForm> = {}, limit = 1000): readonly Seen[] {
  const splitter = new BerSplitter({ ...form, ...settings }, limit);
  const seen: Seen[] = [];
  const drain = (): void => {
    while (splitter.next()) {
      const { from, length, ended, tooLong, text: record } = splitter;
      seen.push({ from, length, ended, tooLong, text: record });
    }
  };
  for (let at = 0; at < text.length; at += piece) {
    splitter.push(text.slice(at, at + piece));
    drain();
  }
  splitter.finish();
  drain();
  return seen;
}

/** The same, whatever the pieces are. */
function splitAnyhow(text: string, settings: Partial<BerForm> = {}, limit = 1000): readonly Seen[] {
  const whole = split(text, Math.max(1, text.length), settings, limit);
  for (const piece of [1, 2, 3, 7, 16]) assert.deepEqual(split(text, piece, settings, limit), whole, `in pieces of ${piece}`);
  return whole;
}

const places = (seen: readonly Seen[]): readonly string[] =>
  seen.map(({ from, length, ended }) => `${from}+${length}${ended ? '' : ' cut'}`);

test('records follow each other, with padding between them or none', () => {
  assert.deepEqual(places(splitAnyhow(call('01') + call('02'))), ['0+9', '9+9']);
  assert.deepEqual(places(splitAnyhow(`${hex('ffff')}${call('01')}${hex('000000')}${call('02')}${hex('ffffff')}`)), ['2+9', '14+9']);
  assert.deepEqual(splitAnyhow(''), []);
  assert.deepEqual(splitAnyhow(hex('0000')), []);
});

test('a record of indefinite length ends with its end-of-contents octets', () => {
  assert.deepEqual(places(splitAnyhow(hex('bf4f80 800101 0000') + call('02'))), ['0+8', '8+9']);
});

test('a record that the file cuts is one without an end', () => {
  assert.deepEqual(places(splitAnyhow(call('01') + call('02').slice(0, 5))), ['0+9', '9+5 cut']);
  assert.deepEqual(places(splitAnyhow(call('01') + call('02').slice(0, 1))), ['0+9', '9+1 cut']);
});

test('damage does not swallow the records behind it', () => {
  const bad = hex('bf4f 06 8001aa 8109bb'); // its last element is longer than the record
  assert.deepEqual(places(splitAnyhow(call('01') + bad + call('02') + call('03'))), ['0+9', '9+9', '18+9', '27+9']);
  const longer = hex('bf4f 7f 800101 810141'); // the record says 127 bytes
  assert.deepEqual(places(splitAnyhow(longer + call('02') + call('03'))), ['0+9', '9+9', '18+9']);
  assert.deepEqual(places(splitAnyhow(`${hex('999999999999')}${call('02')}`)), ['0+6', '6+9']);
});

test('what looks like a record inside damage is none unless a record, padding or the end follows', () => {
  const inside = `${hex('aaaa')}${call('05')}${hex('01')}`;
  assert.deepEqual(places(splitAnyhow(inside + call('02'))), ['0+12', '12+9']);
});

test('a record longer than the limit is not kept, and the next one is found', () => {
  const long = hex(`bf4f 820400 80820400`) + 'x'.repeat(1020);
  const seen = splitAnyhow(long + call('02'), {}, 500);
  assert.deepEqual(places(seen), [`0+${long.length}`, `${long.length}+9`]);
  assert.deepEqual(
    seen.map(({ tooLong, text }) => [tooLong, text.length]),
    [
      [true, 0],
      [false, 9],
    ],
  );
});

test('damage longer than the limit is not kept either', () => {
  const seen = splitAnyhow('\u0099'.repeat(3000) + call('02'), {}, 500);
  assert.deepEqual(
    seen.map(({ from, length, tooLong }) => [from, length, tooLong]),
    [
      [0, 3000, true],
      [3000, 9, false],
    ],
  );
});

test('records of a type that the schema does not know are records where others follow them', () => {
  const unknown = hex('bf55 03 800101');
  assert.deepEqual(places(splitAnyhow(call('01') + unknown + call('02') + unknown + unknown)), ['0+9', '9+6', '15+9', '24+6', '30+6']);
});

test('a record does not cross the end of a block', () => {
  const block = (text: string): string => text.padEnd(20, '\u00ff');
  assert.deepEqual(places(splitAnyhow(block(call('01')) + block(call('02') + call('03')), { blockSize: 20 })), ['0+9', '20+9', '29+9']);
  assert.deepEqual(places(splitAnyhow(`${'\u0099'.repeat(14)}${call('01')}${call('02')}`, { blockSize: 20 })), ['0+23', '23+9']);
});

test('each element of a list that is charged on its own has a stretch from the record to its end', () => {
  const text = hex('bf4f 0f 800107 a20a 3003800101 3003800102') + call('02');
  const seen = splitAnyhow(text, { each: ['call.parts'] });
  assert.deepEqual(places(seen), ['0+13', '0+18', '18+9']);
  assert.deepEqual(
    seen.map(({ text: one }) => one.charCodeAt(one.length - 1)),
    [0x100, 0x101, 0x41],
  );
});

test('records of TS 32.297 are found by their headers, with and without the octet of later releases', () => {
  const early = `${String.fromCharCode(0, 9, 0xc0, 0x27)}${call('01')}`;
  assert.deepEqual(places(splitAnyhow(framed(call('01')) + early, { framing: 'ts-32297' })), ['0+14', '14+13']);
});

test('a damaged record of TS 32.297 ends where its header says', () => {
  const bad = hex('bf4f 06 8001aa 8109bb');
  assert.deepEqual(places(splitAnyhow(framed(call('01')) + framed(bad) + framed(call('02')), { framing: 'ts-32297' })), [
    '0+14',
    '14+14',
    '28+14',
  ]);
});

test('a damaged header of TS 32.297 costs its record, not those behind it', () => {
  const wrong = `\u0003\u0099${framed(call('09')).slice(2)}`;
  const text = framed(call('01')) + wrong + framed(call('02')) + framed(call('03'));
  assert.deepEqual(places(splitAnyhow(text, { framing: 'ts-32297' })), ['0+14', '14+14', '28+14', '42+14']);
});

test('a file may be one element with a header, the list of records and a trailer, which are passed over', () => {
  const settings = { inside: ['universal 16', '1'] };
  const list = call('01') + call('02');
  const inner = `${hex('a003 800101')}${hex('a1')}${String.fromCharCode(list.length)}${list}${hex('a203 800102')}`;
  const file = `${hex('30')}${String.fromCharCode(inner.length)}${inner}`;
  assert.deepEqual(places(splitAnyhow(file, settings)), ['9+9', '18+9']);
  const open = `${hex('3080 a003800101 a180')}${list}${hex('0000 a203800102 0000')}`;
  assert.deepEqual(places(splitAnyhow(open, settings)), ['9+9', '18+9']);
  assert.deepEqual(places(splitAnyhow(list, settings)), ['0+9', '9+9'], 'a file without them is read too');
  assert.deepEqual(places(splitAnyhow(file.slice(0, 20), settings)), ['9+9', '18+2 cut']);
});

test('a load that goes on inside the list still knows where it ends', () => {
  const list = call('01') + call('02');
  const inner = `${hex('a1')}${String.fromCharCode(list.length)}${list}${hex('a203 800102')}`;
  const file = `${hex('30')}${String.fromCharCode(inner.length)}${inner}`;
  const splitter = new BerSplitter({ ...form, inside: ['universal 16', '1'] }, 1000, file, 13);
  splitter.push(file.slice(13));
  splitter.finish();
  assert.ok(splitter.next());
  assert.deepEqual([splitter.from, splitter.length], [0, 9]);
  assert.equal(splitter.next(), false);
});

test('what is in the books may end behind a record only, also behind one that is charged in several', () => {
  const splitter = new BerSplitter({ ...form, each: ['call.parts'] }, 1000);
  splitter.push(hex('bf4f 0f 800107 a20a 3003800101 3003800102') + call('02'));
  splitter.finish();
  const inside: boolean[] = [];
  while (splitter.next()) inside.push(splitter.inside);
  assert.deepEqual(inside, [true, false, false]);
});

test('a record with more charges than can be is one, and is rejected by its reader', () => {
  const parts = '3000'.repeat(1001);
  const list = Buffer.from(parts, 'hex').toString('latin1');
  const record = `${hex('bf4f 82')}${String.fromCharCode((list.length + 4) >> 8, (list.length + 4) & 255)}${hex('a2 82')}${String.fromCharCode(list.length >> 8, list.length & 255)}${list}`;
  assert.deepEqual(places(split(record, record.length, { each: ['call.parts'] }, 10_000)), [`0+${record.length}`]);
});
