/**
 * Hostile files for every shipped format: nothing throws, hangs, or keeps more than a record. `FUZZ_RUNS=20000 npm test -- fuzz`
 * looks longer; a failure prints the seed with which it can be repeated.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FormatDeclaration } from '#core/usage/format.ts';
import { parseFormat } from '#operations/usage/formats/format.ts';
import { shippedFormats } from '#operations/usage/formats/shipped-formats.ts';
import { type DecodedRecord, decodeBytes } from '../support/decode-file.ts';
import { projectRoot } from '../support/project-files.ts';

const numRuns = Number(process.env.FUZZ_RUNS ?? 40);
const MEBIBYTE = 1 << 20;
/** Of a test with a megabyte that is meant to be slow; usual is a tenth. */
const MOST_MILLISECONDS = 5000;

const formats = shippedFormats.ids().flatMap((id) => {
  const format = shippedFormats.find(id);
  return format === undefined ? [] : [format];
});

/** What no shipped format uses, with a file in its form. */
const OWN: readonly (readonly [declaration: object, file: string])[] = [
  [
    { id: 'json-within', family: 'json', json: { within: 'cdrs' }, key: 'id', fields: { start: 'start', called: 'to' } },
    '{"count": 2, "cdrs": [{"id": 1, "start": "2026-10-05T10:00:00Z", "to": "44"}, {"id": 2, "to": {"a": ["]}"]}}], "tail": [1]}',
  ],
  [
    {
      id: 'fixed-blocks',
      family: 'fixed',
      columns: { id: '1-4', start: '5-18', to: '19-30' },
      fixed: { recordLength: 30 },
      key: 'id',
      fields: { start: { column: 'start', time: 'YYYYMMDDHHmmss' }, called: 'to' },
    },
    '000120261005100000442079460000000220261005100000442079460001',
  ],
  [
    {
      id: 'escaped',
      family: 'delimited',
      separator: '||',
      escape: 'backslash',
      columns: ['id', 'start', 'to'],
      extraColumns: 'ignore',
      key: 'id',
      fields: { start: 'start', called: { column: 'to', pattern: '^(.*)\\.(.*)$' } },
    },
    '1||2026-10-05T10:00:00Z||44\\||20\n"2\\""||2026-10-05T10:00:00Z||"4||4"\n',
  ],
];
const ownFormats = OWN.map(([declaration, file]) => {
  const parsed = parseFormat(declaration);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
  return { format: parsed.value, golden: Buffer.from(file) };
});

function goldenOf(id: string): Buffer {
  const [input] = globSync(join(projectRoot, 'test/golden/formats', id, 'input.*'));
  return input === undefined ? Buffer.from('1,2,3\n') : readFileSync(input);
}

/** What parsers have fallen over. */
const HOSTILE: readonly string[] = [
  '"',
  '""',
  '\\',
  '\u0000',
  '\r',
  '\n\n',
  '\t',
  ';;;;',
  '<cdr>',
  '</cdr>',
  '<cdr/>',
  '<!--',
  '<![CDATA[',
  ']]>',
  '<?',
  '&lt;&bomb;',
  '<!DOCTYPE a [<!ENTITY b "x">]>',
  '{"a":',
  '}',
  '[[[[',
  '\ufeff',
  '\u00ff\u00fe\u0000',
  '99999999999999999999999999',
  '-1',
  '1e999',
  '0x7fffffff',
  '2026-02-30 25:61:61',
  'NaN',
  '__proto__',
  'constructor',
  '𝟙',
  '%00%ff',
];

/** A golden file after somebody has been at it. */
function damaged(golden: Buffer): fc.Arbitrary<Buffer> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const change = fc.oneof(
    fc.record({ kind: fc.constant('byte' as const), at: place, value: fc.integer({ min: 0, max: 255 }) }),
    fc.record({ kind: fc.constant('cut' as const), at: place, length: fc.integer({ min: 1, max: 200 }) }),
    fc.record({
      kind: fc.constant('insert' as const),
      at: place,
      text: fc.constantFrom(...HOSTILE),
      times: fc.integer({ min: 1, max: 50 }),
    }),
    fc.record({ kind: fc.constant('repeat' as const), at: place, length: fc.integer({ min: 1, max: 500 }) }),
    fc.record({ kind: fc.constant('end' as const), at: place }),
  );
  return fc.array(change, { minLength: 1, maxLength: 12 }).map((changes) => {
    let bytes = golden;
    for (const one of changes) {
      const at = Math.floor(one.at * bytes.length);
      if (one.kind === 'byte') {
        bytes = Buffer.from(bytes);
        if (at < bytes.length) bytes[at] = one.value;
      } else if (one.kind === 'cut') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + one.length)]);
      else if (one.kind === 'insert')
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(one.text.repeat(one.times)), bytes.subarray(at)]);
      else if (one.kind === 'repeat') bytes = Buffer.concat([bytes.subarray(0, at + one.length), bytes.subarray(at)]);
      else bytes = bytes.subarray(0, at);
    }
    return bytes;
  });
}

/** Places are in order and inside the file, and only what tells of a cut list has no characters. */
function checkPlaces(records: readonly DecodedRecord[], length: number): void {
  let at = 0;
  for (const record of records) {
    const { decoded } = record;
    const cut = decoded !== 'too-long' && decoded.kind === 'rejected' && decoded.reason === 'usage.truncated-record';
    // A record is written out for who reads of a failure, and not for the millions that are well.
    const isInPlace = (record.length > 0 || cut) && record.from >= at && record.from + record.length <= length;
    if (!isInPlace) assert.fail(JSON.stringify(record));
    at = record.from + record.length;
  }
}

/** The verdicts, without details that quote the record. */
function verdicts(records: readonly DecodedRecord[]): readonly string[] {
  return records.map(({ from, length, decoded }) => {
    const what =
      decoded === 'too-long' ? decoded : decoded.kind === 'draft' ? `${decoded.draft.key} ${decoded.draft.startMicros}` : decoded.kind;
    return `${from}+${length} ${what}`;
  });
}

for (const { format, golden } of [...formats.map((shipped) => ({ format: shipped, golden: goldenOf(shipped.id) })), ...ownFormats]) {
  // What bytes of no format mean may depend on the piece; texts are cut the same way always.
  if (format.family !== 'ber')
    test(`${format.id}: a damaged file is decoded to its end, the same however its bytes arrive`, () => {
      fc.assert(
        fc.property(
          damaged(golden),
          fc.integer({ min: 1, max: 97 }),
          fc.constantFrom(300, 4000, MEBIBYTE),
          (bytes, piece, maximumRecordBytes) => {
            const source = { maximumRecordBytes };
            const whole = decodeBytes(format, bytes, { source });
            checkPlaces(whole, bytes.length);
            assert.deepEqual(verdicts(decodeBytes(format, bytes, { source, piece })), verdicts(whole));
          },
        ),
        { numRuns },
      );
    });

  test(`${format.id}: any bytes at all are decoded to their end`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => checkPlaces(decodeBytes(format, bytes), bytes.length)),
      { numRuns },
    );
  });

  test(`${format.id}: a megabyte of one thing takes no time to speak of`, () => {
    for (const [name, bytes] of megabytes(golden)) {
      const started = performance.now();
      checkPlaces(decodeBytes(format, bytes, { piece: 65_536 }), bytes.length);
      const took = performance.now() - started;
      assert.ok(took < MOST_MILLISECONDS, `${name} took ${Math.round(took)} ms`);
    }
  });
}

function megabytes(golden: Buffer): readonly (readonly [string, Buffer])[] {
  const head = golden.subarray(0, Math.floor(golden.length / 2));
  const fill = (unit: string): Buffer => Buffer.concat([head, Buffer.alloc(MEBIBYTE, unit)]);
  return [
    ...[
      'a',
      '"',
      '\\',
      ',',
      ';',
      '{',
      '[',
      '}',
      '<',
      '<a>',
      '</a>',
      '<cdr>',
      '&amp;',
      '&',
      '<!--',
      ' ',
      '\n',
      '\t',
      '\r',
      '0',
      ':=',
      '\u0000',
    ].map((unit) => [JSON.stringify(unit), fill(unit)] as const),
    [
      'one field',
      Buffer.from(
        golden.toString('latin1').replace(/\d{6,}/, (digits) => digits + '7'.repeat(MEBIBYTE - 5000)),
        'latin1',
      ),
    ],
    [
      'one text',
      Buffer.from(
        golden.toString('latin1').replace(/[A-Za-z]{5,}/, (text) => text + 'sip:a@b-;1'.repeat(MEBIBYTE / 10 - 5000)),
        'latin1',
      ),
    ],
  ];
}

test('an entity that stands for others is never put in', () => {
  const xml = shippedFormats.find('freeswitch-xml');
  assert.ok(xml !== undefined);
  const bomb = `<!DOCTYPE cdr [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, at) => `<!ENTITY a${at} "&a;&a;&a;&a;&a;&a;&a;&a;">`).join('')}]>`;
  for (const text of [
    `<cdr>${bomb}<variables><uuid>&a29;</uuid></variables></cdr>`,
    `${bomb}<cdr><variables><uuid>&a29;</uuid></variables></cdr>`,
  ]) {
    const decoded: DecodedRecord['decoded'] | undefined = decodeBytes(xml, Buffer.from(text))[0]?.decoded;
    assert.ok(typeof decoded === 'object' && decoded.kind === 'rejected');
    assert.equal(decoded.reason, 'usage.xml-damaged');
  }
});

test('elements and objects nested as deeply as a record allows are refused, not followed', () => {
  const deep: readonly (readonly [string, string, string])[] = [
    ['freeswitch-xml', `<cdr>${'<a>'.repeat(100_000)}`, 'usage.truncated-record'],
    ['freeswitch-xml', `<cdr>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</cdr>`, 'usage.xml-damaged'],
    ['freeswitch-json', `{"variables":${'['.repeat(200_000)}\n`, 'usage.truncated-record'],
    ['freeswitch-json', `{"variables":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}\n`, 'usage.key-missing'],
  ];
  for (const [id, text, reason] of deep) {
    const format: FormatDeclaration | undefined = shippedFormats.find(id);
    assert.ok(format !== undefined);
    const decoded: DecodedRecord['decoded'] | undefined = decodeBytes(format, Buffer.from(text))[0]?.decoded;
    assert.ok(typeof decoded === 'object');
    assert.equal(decoded.kind === 'rejected' ? decoded.reason : decoded.kind, reason, text.slice(0, 40));
  }
});
