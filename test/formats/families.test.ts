/** Each family of formats, by declarations as users write them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FormatDeclaration } from '#core/usage/format.ts';
import { parseFormat } from '#operations/usage/formats/format.ts';
import { decodeBytes, goldenLine } from '../support/decode-file.ts';

interface Line {
  readonly verdict: string;
  readonly reason?: string;
  readonly type?: string;
  readonly draft?: Readonly<Record<string, unknown>>;
}

function format(declaration: object): FormatDeclaration {
  const parsed = parseFormat({ id: 'test', ...declaration });
  assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.refusals));
  return parsed.value;
}

function decode(declaration: object, text: string, piece?: number): readonly Line[] {
  const records = decodeBytes(format(declaration), Buffer.from(text), piece === undefined ? {} : { piece });
  return records.map((record): Line => JSON.parse(goldenLine(record)));
}

/** Verdicts, with the reason or the type beside them. */
const verdicts = (lines: readonly Line[]): readonly string[] =>
  lines.map(({ verdict, reason, type }) => [verdict, reason ?? type].filter((part) => part !== undefined).join(' '));

/** Types of records, as a declaration has them. */
const types = (column: string | number, take: readonly string[], skip: readonly string[]): object => ({ column, take, skip });
const start = { column: 'start', time: 'iso' };

describe('delimited', () => {
  const typed = {
    family: 'delimited',
    records: types(1, ['CALL', 'SMS'], ['HEAD', 'TAIL']),
    layouts: [
      { types: 'CALL', columns: ['type', 'id', 'start', 'b', 'seconds'] },
      { types: 'SMS', columns: ['type', 'id', 'b', 'start', 'parts'] },
    ],
    ignore: ['^#'],
    key: 'id',
    answeredBy: 'duration',
    fields: {
      service: { column: 'type', map: { CALL: 'voice', SMS: 'sms' } },
      start,
      called: 'b',
      duration: { column: 'seconds', unit: 's' },
      quantity: { column: 'parts', when: { column: 'type', is: 'SMS' } },
    },
  };

  test('several types of records in one file, with lines that are none', () => {
    const lines = decode(
      typed,
      'HEAD,x\n# a comment\nCALL,1,2026-10-05T10:00:00Z,44,5\nSMS,2,44,2026-10-05T10:00:00Z,3\nTAIL,2\nCALX,3\nCALL,4,5\n',
    );
    assert.deepEqual(verdicts(lines), [
      'passed over HEAD',
      'passed over ',
      'good',
      'good',
      'passed over TAIL',
      'rejected usage.type-unknown',
      'rejected usage.columns-missing',
    ]);
    assert.deepEqual([lines[2]?.draft?.seconds, lines[3]?.draft?.service, lines[3]?.draft?.quantity], [5, 'sms', 3]);
  });

  test('a star passes over all other types', () => {
    const lines = decode({ ...typed, records: types('type', ['CALL'], ['*']) }, 'HEAD\nwhatever,1,2\nCALL,1,2026-10-05T10:00:00Z,44,5\n');
    assert.deepEqual(verdicts(lines), ['passed over HEAD', 'passed over whatever', 'good']);
  });

  test('texts that mean nothing, joined and sorted columns, points that are not written, second choices', () => {
    const declaration = {
      family: 'delimited',
      separator: '||',
      columns: ['id', 'date', 'time', 'a', 'b', 'c', 'tenths', 'x', 'y'],
      key: 'id',
      answeredBy: 'duration',
      fields: {
        start: { column: ['date', 'time'], join: '', time: 'YYYYMMDDHHmmss', utc: true },
        calling: { column: 'a', empty: ['-', 'NULL'] },
        called: [
          { column: 'b', pattern: '^tel:(\\d+)$', mustFit: true },
          { column: 'c', convert: ['digits', 'trim-zeros'] },
        ],
        duration: { column: 'tenths', decimals: 1 },
        trunkIn: { column: ['y', 'x'], sorted: true, join: '~' },
      },
    };
    const [one, two] = decode(
      { ...declaration, zone: 'Asia/Tokyo' },
      '1||20261005||100000||-||tel:44||0049||0605||p||q\n2||20261005||100000||49||sip:x||00(49) 30||5||q||p\n',
    );
    assert.deepEqual(
      [one?.draft?.start, one?.draft?.calling, one?.draft?.called, one?.draft?.seconds, one?.draft?.trunkIn],
      ['2026-10-05T10:00:00Z', undefined, '44', 60.5, 'p~q'],
    );
    assert.deepEqual([two?.draft?.calling, two?.draft?.called, two?.draft?.seconds, two?.draft?.trunkIn], ['49', '4930', 0.5, 'p~q']);
  });

  test('times with names of days and zones', () => {
    const at = (time: string, written: string): unknown =>
      decode(
        {
          family: 'delimited',
          separator: ';',
          columns: ['id', 'start', 'b'],
          key: 'id',
          answeredBy: 'duration',
          fields: { start: { column: 'start', time }, called: 'b' },
        },
        `1;${written};44\n`,
      )[0]?.draft?.start;
    assert.equal(at('ddd MMM D HH:mm:ss YYYY', 'Mon Oct  5 10:00:00 2026'), '2026-10-05T10:00:00Z');
    assert.equal(at('HH:mm:ss zzz MMM DD YYYY', '10:00:00.5 PDT OCT 05 2026'), '2026-10-05T17:00:00.5Z');
    assert.equal(at('YYYY-MM-DD HH:mm:ss [GMT]Z', '2026-10-05 10:00:00 GMT-05:00'), '2026-10-05T15:00:00Z');
    assert.equal(at('HH:mm:ss zzz MMM DD YYYY', '10:00:00 IST OCT 05 2026'), undefined);
  });

  test('a header may lack a column of a field that has a second choice, and not of one that has none', () => {
    const declaration = {
      family: 'delimited',
      header: true,
      key: 'id',
      answeredBy: 'duration',
      fields: { start, called: ['b', 'dialled'] },
    };
    assert.equal(decode(declaration, 'id,start,dialled\n1,2026-10-05T10:00:00Z,44\n')[0]?.draft?.called, '44');
    assert.deepEqual(decode(declaration, 'id,b,dialled\n1,44,44\n'), []);
  });
});

describe('fixed width', () => {
  const declaration = {
    family: 'fixed',
    columns: { id: '1-4', start: '5-18', b: '19-30', seconds: '31-36' },
    key: 'id',
    answeredBy: 'duration',
    fields: {
      start: { column: 'start', time: 'YYYYMMDDHHmmss' },
      called: { column: 'b', convert: 'trim-zeros' },
      duration: { column: 'seconds', unit: 'hhmmss' },
    },
  };
  const one = '0001202610051000000044207946  000105';

  test('lines, with what is short or long', () => {
    const lines = decode(declaration, `${one}\r\n${one}   \n${one}x\n0001\n`);
    assert.deepEqual(verdicts(lines), ['good', 'good', 'rejected usage.columns-surplus', 'rejected usage.columns-missing']);
    assert.deepEqual([lines[0]?.draft?.called, lines[0]?.draft?.seconds], ['44207946', 65]);
    assert.deepEqual(
      verdicts(decode({ ...declaration, extraColumns: 'ignore', fixed: { shortRecords: 'take' } }, `${one}x\n${one.slice(0, 30)}\n`)),
      ['good', 'good'],
    );
  });

  test('records without line ends, of which the last may be cut', () => {
    const blocks = { ...declaration, fixed: { recordLength: 36 } };
    for (const piece of [1, 5, 1000]) {
      assert.deepEqual(verdicts(decode(blocks, one + one.replace('0001', '0002'), piece)), ['good', 'good']);
      assert.deepEqual(verdicts(decode(blocks, `${one}${one.slice(0, 20)}`, piece)), ['good', 'rejected usage.truncated-record']);
      assert.deepEqual(verdicts(decode(blocks, `${one}\n`, piece)), ['good']);
    }
  });
});

describe('JSON', () => {
  const declaration = {
    family: 'json',
    records: types('kind', ['call'], ['ping']),
    key: ['id'],
    fields: { start: { column: 'times.start', time: 'epoch-ms' }, called: 'to', answered: 'ok', duration: { column: 'ms', unit: 'ms' } },
  };
  const call = { kind: 'call', id: 7, times: { start: 1_791_187_200_000 }, to: '+44%20', ok: true, ms: 1500 };

  test('one object a line, one after the other, and an array, with types', () => {
    for (const text of [
      `${JSON.stringify(call)}\n{"kind":"ping"}\n`,
      `[${JSON.stringify(call)},\n {"kind":"ping"}]`,
      `${JSON.stringify(call, null, 1)}{"kind":"ping"}`,
    ]) {
      const lines = decode(declaration, text, 3);
      assert.deepEqual(verdicts(lines), ['good', 'passed over ping'], text);
      assert.deepEqual([lines[0]?.draft?.key, lines[0]?.draft?.called, lines[0]?.draft?.seconds], ['7', '+44%20', 1.5]);
    }
  });

  test('a list inside an object, with what stands around it', () => {
    const within = { ...declaration, json: { within: 'cdrs' } };
    const text = JSON.stringify(
      { count: 2, note: 'no "cdrs": [ here', cdrs: [call, { kind: 'ping', more: [1, 2] }], tail: [{ kind: 'call' }] },
      null,
      2,
    );
    for (const piece of [1, 10, 10_000]) assert.deepEqual(verdicts(decode(within, text, piece)), ['good', 'passed over ping']);
    for (const piece of [1, 10_000]) {
      assert.deepEqual(verdicts(decode(within, '{"records":[{"kind":"call"}]}', piece)), ['rejected usage.type-unknown']);
      assert.deepEqual(verdicts(decode(within, '{"cdrs":[]}', piece)), []);
      assert.deepEqual(verdicts(decode(within, '', piece)), []);
      assert.deepEqual(verdicts(decode(within, `{"cdrs" : [${JSON.stringify(call)},{"kind":`, piece)), [
        'good',
        'rejected usage.truncated-record',
      ]);
    }
  });

  test('a record that says the same thing twice is rejected: nobody knows which counts', () => {
    const text = JSON.stringify(call);
    assert.deepEqual(verdicts(decode(declaration, `{"kind":"call",${text.slice(1)}\n{"note":1,"note":2,${text.slice(1)}\n`)), [
      'rejected usage.json-damaged',
      'good',
    ]);
  });

  test('percent signs are decoded where the format says so', () => {
    assert.equal(decode({ ...declaration, json: { urlDecode: true } }, JSON.stringify({ ...call, to: '%2B44' }))[0]?.draft?.called, '+44');
  });
});

describe('XML', () => {
  const declaration = {
    family: 'xml',
    xml: { record: 'call' },
    key: '@id',
    fields: { start: { column: 'when.start', time: 'iso' }, called: ['to.@number', 'to'], answered: 'ok', duration: { constant: '0' } },
  };
  const record = (id: string, inner: string): string =>
    `<call id="${id}"><when><start>2026-10-05T10:00:00Z</start></when>${inner}<ok>yes</ok></call>`;

  test('elements, attributes, entities, comments and CDATA, however deep the records stand', () => {
    const text = `<?xml version="1.0"?><!-- <call> --><a><b>${record('1', '<to number="44&#50;"/>')}\n${record("2' x", '<to><!-- no -->4<![CDATA[4<]]>&amp;</to><to>5</to>')}</b></a>`;
    for (const piece of [1, 13, 10_000]) {
      const lines = decode(declaration, text, piece);
      assert.deepEqual(verdicts(lines), ['good', 'good']);
      assert.deepEqual([lines[0]?.draft?.key, lines[0]?.draft?.called, lines[1]?.draft?.called], ['1', '442', '44<&']);
    }
  });

  test('a damaged record does not swallow the next, and nothing is lost without a word', () => {
    const good = record('9', '<to>44</to>');
    const damaged = 'rejected usage.xml-damaged';
    assert.deepEqual(verdicts(decode(declaration, `<call id="1"><to>${good}`, 1)), [damaged, 'good']);
    assert.deepEqual(verdicts(decode(declaration, `<call id="1"><to></call>${good}</call>${good}`, 2)), [damaged, 'good', damaged, 'good']);
    assert.deepEqual(verdicts(decode(declaration, '<calls><cal id="1"/></calls>', 1)), ['rejected usage.truncated-record']);
    assert.deepEqual(verdicts(decode(declaration, `${good}<call id="2"><to>4`, 1)), ['good', 'rejected usage.truncated-record']);
    assert.deepEqual(verdicts(decode(declaration, record('1', '<to>&who;</to>'))), [damaged]);
    assert.deepEqual(verdicts(decode(declaration, record('1', '<to a=1>44</to>'))), [damaged]);
    assert.deepEqual(verdicts(decode(declaration, '')), []);
  });
});

describe('parts of a call', () => {
  const declaration = {
    family: 'delimited',
    columns: ['id', 'call', 'state', 'n', 'start', 'b', 'seconds'],
    key: 'id',
    answeredBy: 'duration',
    fields: {
      start,
      called: 'b',
      duration: { column: 'seconds', unit: 's' },
      part: { column: 'state', map: { F: 'first', I: 'intermediate', L: 'last', '': 'single' } },
      partGroup: 'call',
      partSequence: 'n',
    },
  };

  test('a part is held until its call is whole, and says which it is', () => {
    const lines = decode(
      declaration,
      '1,c1,F,0,2026-10-05T10:00:00Z,44,1800\n2,c1,L,2,2026-10-05T10:30:00Z,44,60\n3,c2,,,2026-10-05T10:30:00Z,44,60\n',
    );
    assert.deepEqual(verdicts(lines), ['held usage.awaiting-parts', 'held usage.awaiting-parts', 'good']);
    assert.deepEqual(
      lines.map(({ draft }) => draft?.part),
      [
        { group: 'c1', kind: 'first', sequence: 0 },
        { group: 'c1', kind: 'last', sequence: 2 },
        { group: 'c2', kind: 'single' },
      ],
    );
  });

  test('what is no part, has no call, or counts wrongly is rejected', () => {
    const lines = decode(
      declaration,
      '1,c1,X,0,2026-10-05T10:00:00Z,44,1\n2,,F,0,2026-10-05T10:00:00Z,44,1\n3,c1,F,one,2026-10-05T10:00:00Z,44,1\n',
    );
    assert.deepEqual(new Set(verdicts(lines)), new Set(['rejected usage.part-unreadable']));
  });
});
