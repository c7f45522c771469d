/** Portability, bins and the rest from file to charge: stored with the event, so that the charge can be explained later. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readMargin } from '#app/margin.ts';
import { importNumbers } from '#app/numbers/import.ts';
import { listNumberTables, lookUpNumber } from '#app/numbers/tables.ts';
import { explainUsage } from '#app/usage/explain.ts';
import { showRecords } from '#app/usage/look-up.ts';
import { retryUsage } from '#app/usage/retry.ts';
import { traceRecord } from '#app/usage/trace.ts';
import { formatNanos } from '#core/money/amount.ts';
import { RefusedError, valueOrThrow } from '#core/refusals.ts';
import { readMarginBy } from '#core/settlement/margin-by.ts';
import { parseStatementPeriod } from '#core/settlement/statement-period.ts';
import { traceJson, traceText } from '../../src/cli/trace-text.ts';
import { assertBooksAgree, configure, fileOf, line, load, loadOne, operator, type TestHome, withHome, write } from './home.ts';

const NOW = Date.UTC(2026, 9, 5) * 1000;

/** A US carrier that prices by LRN, and an Indian one whose prices depend on the circle. */
const files: Readonly<Record<string, string>> = {
  ...operator,
  'operator.yaml': (operator['operator.yaml'] ?? '').replace(
    '    zone: Europe/Berlin\n    key: id',
    '    zone: Europe/Berlin\n    enrichment: both\n    key: id',
  ),
  'enriching.yaml': `
numberTables:
  - id: us-lrn
    gives: routing-number
    file:
      columns: {number: tn, value: lrn, validFrom: activated, validTo: ended, action: action}
      numbering: {countryCode: "1", nationalPrefix: ""}
bins:
  - id: circles
    rules: [{bin: delhi, called: ["9111", "91981"]}, {bin: mumbai, called: ["9122"]}]
    otherwise: abroad
enrichments:
  - id: both
    country: US
    numberTables: [us-lrn]
    causeScheme: q850
    shortCodes: [{code: "911", type: emergency, pricedAs: "1911"}]
    bins: [circles]
`,
  'tariffs.yaml': `
tariffs:
  - id: flat
    name: Flat
    service: voice
    currency: EUR
    portability: follow
    defaults: {validFrom: 2026-01-01, increments: 60/60}
    rates:
      - {code: "1", destination: US, price: 0.01}
      - {code: "1646", destination: US dear, price: 0.05}
      - {code: "91", destination: India, price: 0.03}
      - {code: "91", destination: India Delhi, price: 0.02, bin: circles/delhi}
  - id: north-in
    name: North in
    service: voice
    currency: EUR
    defaults: {validFrom: 2026-01-01, increments: 60/60}
    rates:
      - {code: "1", destination: US, price: 0.02}
      - {code: "91", destination: India, price: 0.06}
  - {id: south-out, name: South out, service: voice, currency: EUR, portability: follow, defaults: {validFrom: 2026-01-01, increments: 60/60}, rates: [{code: "1", destination: US, price: 0.01}, {code: "1646", destination: US dear, price: 0.05}, {code: "91", destination: India, price: 0.03}, {code: "91", destination: India Delhi, price: 0.02, bin: circles/delhi}]}
`,
};

const full = `tn,lrn,activated,ended,action
2125550100,6465550000,2026-09-01,,
2125550101,6465550000,2026-12-01,,
2125550102,6465550000,2026-09-01,2026-10-01,
`;

async function withNumbers(work: (home: TestHome) => Promise<void>): Promise<void> {
  await withHome(async (home) => {
    await importNumbers(home.database, { file: write(home, 'full.csv', full), table: 'us-lrn', mode: 'full' });
    await work(home);
  }, files);
}

const calls = [
  ['ported', '0012125550100', 'out 0.05'],
  ['ported later', '0012125550101', 'out 0.01'],
  ['ported back', '0012125550102', 'out 0.01'],
  ['never ported', '0012125550103', 'out 0.01'],
  ['a Delhi number', '00911123456789', 'out 0.02'],
  ['a Mumbai number', '00912223456789', 'out 0.03'],
] as const;

test('a ported number is priced by its LRN as of the call, where the tariff follows portability, and a bin chooses the rate', () =>
  withNumbers(async (home) => {
    const content = fileOf(calls.map(([id, b]) => line({ id, b, seconds: 60 })));
    const report = await loadOne(home, write(home, 'calls.csv', content));
    assert.deepEqual([report.counts.rated, report.counts.held], [calls.length, 0], JSON.stringify(report.reasons));
    const records = await showRecords(home, { status: 'rated', raw: false, limit: 20 });
    const priced = new Map(records.map(({ stored }) => [stored?.event.id, stored?.charges.find(({ leg }) => leg === 'out')?.amountNanos]));
    for (const [id, , amount] of calls) assert.equal(priced.get(id), BigInt(Math.round(Number(amount.slice(4)) * 1e9)), id);
    await assertBooksAgree(home);
    const period = valueOrThrow(parseStatementPeriod('2026-10'));
    const by = async (text: string): Promise<readonly string[]> => {
      const { lines } = await readMargin(home.database, { period, nowMicros: NOW, by: valueOrThrow(readMarginBy(text)) });
      return lines.map(({ destination, events, marginNanos }) => `${destination} ${events} ${formatNanos(marginNanos ?? 0n)}`);
    };
    assert.deepEqual(await by('bin:circles'), ['abroad 4 0', 'delhi 1 0.04', 'mumbai 1 0.03']);
    await assert.rejects(by('bin:circle'), /no event .* in a bin of a set of this name .*\[margin\.by-unknown\]/);
    assert.deepEqual(await by('callType'), ['international 2 0.07', 'national 4 0']);
    assert.deepEqual(await by('owner'), ['(none) 6 0.07']);
    assert.deepEqual(await by('destination'), ['India 2 0.07', 'US 4 0']);
    assert.equal(readMarginBy('bin:').ok || readMarginBy('colour').ok, false);
  }));

test('a charge is explained with the number it was priced by, also after the number was ported elsewhere', () =>
  withNumbers(async (home) => {
    await loadOne(home, write(home, 'calls.csv', fileOf([line({ id: 'p', b: '0012125550100', seconds: 60 })])));
    const [record] = await showRecords(home, { status: 'rated', raw: false, limit: 1 });
    const delta = 'tn,lrn,activated,ended,action\n2125550100,7025550000,2026-10-01,,\n';
    await importNumbers(home.database, { file: write(home, 'delta.csv', delta), table: 'us-lrn', mode: 'delta' });
    const { charges, stored } = await explainUsage(home, String(record?.id));
    assert.deepEqual(stored.event.enriched, {
      numberTable: 'us-lrn',
      routing: '16465550000',
      country: 'US',
      callType: 'national',
      causeClass: 'answered',
      bins: ['circles/abroad'],
    });
    assert.ok(charges.every(({ faults }) => faults.length === 0));
    const out = charges.find(({ leg }) => leg === 'out');
    const steps = out?.charge.explanation?.steps ?? [];
    assert.equal(
      steps.find(({ step }) => step === 'portability')?.text,
      '12125550100 is ported (number table us-lrn): priced as 16465550000',
    );
    const later = await loadOne(home, write(home, 'later.csv', fileOf([line({ id: 'q', b: '0012125550100', seconds: 60 })])));
    assert.equal(later.counts.rated, 1);
    const again = await showRecords(home, { status: 'rated', raw: false, limit: 5 });
    const q = again.find(({ stored: event }) => event?.event.id === 'q');
    assert.equal(q?.stored?.event.enriched?.routing, '17025550000');
  }));

test('one record is traced through every step, and what is booked then is what was traced', () =>
  withNumbers(async (home) => {
    const file = write(home, 'calls.csv', fileOf([line({ id: 'x', b: 'nonsense' }), line({ id: 'p', b: '0012125550100', seconds: 60 })]));
    const traced = await traceRecord(home, { file, source: 'switch', line: 3 });
    assert.deepEqual([traced.record, traced.line, traced.stored], [2, 3, []]);
    const page = traceText(traced);
    for (const expected of [
      /^ {2}p;2026-10-05 10:00:00;;60;ANSWERED/m,
      /called +b "0012125550100" → "0012125550100"/,
      /trunk in +"north" → north-1; a name or host of the trunk/,
      /called +"0012125550100" → 12125550100; numbering of trunk north-1 and source switch/,
      /number table +us-lrn: 12125550100, routed to 16465550000/,
      /call type +national/,
      /bins +circles\/abroad/,
      /no record has this key/,
      /charge in\n +0.02 EUR receivable/,
      /charge out\n +0.05 EUR payable/,
      /portability +12125550100 is ported \(number table us-lrn\): priced as 16465550000/,
      /out, 2026-10-05, south, outgoing, south-out, US dear, rate \d+, EUR/,
    ])
      assert.match(page, expected);
    const bad = await traceRecord(home, { file, source: 'switch', record: 1 });
    assert.equal(bad.held?.reason, 'usage.called-unreadable');
    const asJson: unknown = JSON.parse(traceJson(bad));
    assert.ok(typeof asJson === 'object' && asJson !== null && 'held' in asJson);
    await loadOne(home, file);
    const again = await traceRecord(home, { file, source: 'switch', line: 3 });
    assert.deepEqual(
      again.stored.map(({ status }) => status),
      ['rated'],
    );
    assert.match(traceText(again), /this one would be a duplicate/);
    for (const wanted of [{ line: 1 }, { line: 9 }, { record: 3 }])
      await assert.rejects(traceRecord(home, { file, source: 'switch', ...wanted }), /\[usage\.record-unknown\]/);
  }));

test('a short code of the profile is not held: it is priced as the number the profile says', () =>
  withNumbers(async (home) => {
    const report = await loadOne(home, write(home, 'calls.csv', fileOf([line({ id: 'e', b: '911', seconds: 60 })])));
    assert.equal(report.counts.rated, 1, JSON.stringify(report.reasons));
    const [record] = await showRecords(home, { status: 'rated', raw: false, limit: 1 });
    assert.deepEqual([record?.stored?.event.called, record?.stored?.event.enriched?.callType], ['1911', 'emergency']);
  }));

test('a full file replaces what was known, a delta changes it, and the same file again changes nothing', () =>
  withNumbers(async (home) => {
    const { database } = home;
    const at = async (number: string, instant: string): Promise<string | undefined> =>
      (await lookUpNumber(database, number, { table: 'us-lrn', at: instant, nowMicros: NOW }))[0]?.value;
    assert.equal(await at('+12125550102', '2026-09-30T23:59:59Z'), '16465550000');
    assert.equal(await at('12125550102', '2026-10-01T00:00:00Z'), undefined);
    await assert.rejects(at('0861234567', '2026-10-01'), /begins with 0/);
    const delta = 'tn,lrn,activated,ended,action\n2125550100,,2026-10-03,,D\n2125550200,7025550000,,,A\n'.replace(
      '2125550100,,',
      '2125550100,6465550000,',
    );
    const file = write(home, 'delta.csv.gz', gzipSync(delta));
    assert.equal((await importNumbers(database, { file, table: 'us-lrn', mode: 'delta' })).state, 'imported');
    assert.equal((await importNumbers(database, { file, table: 'us-lrn', mode: 'delta' })).state, 'already-imported');
    assert.equal(await at('12125550100', '2026-10-02'), '16465550000');
    assert.equal(await at('12125550100', '2026-10-03'), undefined);
    assert.equal(await at('12125550200', '2000-01-01'), '17025550000');
    assert.deepEqual(
      (await listNumberTables(database)).map(({ files: layers }) => layers.map(({ mode, rows }) => [mode, rows])),
      [
        [
          ['full', 3],
          ['delta', 2],
        ],
      ],
    );
    const next = write(home, 'next.csv', 'tn,lrn,activated,ended,action\n2125550300,6465550000,,9999-12-31,\n');
    await importNumbers(database, { file: next, table: 'us-lrn', mode: 'full' });
    assert.equal(await at('12125550200', '2026-10-03'), undefined);
    assert.equal(await at('12125550300', '2099-01-01'), '16465550000', 'an end in the year 9999 is no end');
  }));

test('a delta wins over what was imported before it from its first instant on, and may end a number that nobody knows', () =>
  withNumbers(async (home) => {
    const { database } = home;
    const delta = async (name: string, row: string): Promise<void> => {
      const file = write(home, name, `tn,lrn,activated,ended,action\n${row}\n`);
      await importNumbers(database, { file, table: 'us-lrn', mode: 'delta' });
    };
    const at = async (number: string, instant: string): Promise<string | undefined> =>
      (await lookUpNumber(database, number, { table: 'us-lrn', at: instant, nowMicros: NOW }))[0]?.value;
    await delta('later.csv', '2125550200,7025550000,2026-10-05,,A');
    assert.deepEqual([await at('12125550200', '2026-10-04'), await at('12125550200', '2026-10-06')], [undefined, '17025550000']);
    await delta('earlier.csv', '2125550200,6465550000,2026-10-02,,A');
    assert.deepEqual([await at('12125550200', '2026-10-04'), await at('12125550200', '2026-10-06')], ['16465550000', '16465550000']);
    await delta('unknown.csv', '2125559999,6465550000,2026-10-02,,D');
    assert.equal(await at('12125559999', '2026-10-06'), undefined);
  }));

const head = 'tn,lrn,activated,ended,action\n';
const bad: readonly (readonly [what: string, content: string | Uint8Array, mode: 'full' | 'delta', expected: RegExp])[] = [
  [
    'letters in a number',
    `${head}212555010x,6465550000,,,\n`,
    'full',
    /f\.csv:2 tn: the number cannot be read \("212555010x"\) \[numbers\.row-wrong\]/,
  ],
  ['40 digits', `${head}${'2'.repeat(40)},6465550000,,,\n`, 'full', /:2 tn: the number cannot be read/],
  ['no value', `${head}2125550100,,,,\n`, 'full', /:2 lrn: the value is no number to route by/],
  ['a value of letters', `${head}2125550100,abc,,,\n`, 'full', /:2 lrn: the value is no number to route by \("abc"\)/],
  [
    'a date that is none',
    `${head}2125550100,6465550000,2026-02-30,,\n`,
    'full',
    /:2 activated: validFrom is no time from 1970 to 2106 \("2026-02-30"\)/,
  ],
  [
    'an end before the beginning',
    `${head}2125550100,6465550000,2026-03-01,2026-02-01,\n`,
    'full',
    /:2 validTo: the row ends before or when it begins/,
  ],
  ['a row with too few columns', `${head}2125550100,6465550000\n`, 'full', /:2: the row has 2 columns, at least 5 are mapped/],
  [
    'two values for one time',
    `${head}2125550100,6465550000,,,\n2125550101,6465550000,,,\n2125550100,7025550000,,,\n`,
    'full',
    /:4 number: 12125550100 has 16465550000 and 17025550000 for the same time, here and in line 2 .*\[numbers\.contradiction\]/,
  ],
  [
    'times that overlap',
    `${head}2125550100,6465550000,2026-01-01,2026-06-01,\n2125550100,7025550000,2026-03-01,,\n`,
    'full',
    /:3 number: .*\[numbers\.contradiction\]/,
  ],
  [
    'a file cut in the middle of a row',
    `${head}2125550100,6465550000,,,\n21255501`,
    'full',
    /f\.csv:3: the last line has no line end \("21255501"\) \[numbers\.file-cut\]/,
  ],
  ['a cut gzip', gzipSync(full).subarray(0, 40), 'full', /the file cannot be read/],
  ['a missing column', 'tn,value\n1,2\n', 'full', /:1 lrn: there is no column lrn: the header has tn, value \[numbers\.columns-missing\]/],
  ['a file without line ends', '4'.repeat(300_000), 'full', /f\.csv:1: the line is longer than 65536 characters/],
  ['an empty file', '', 'full', /\[numbers\.file-empty\]/],
  ['a header alone', head, 'full', /\[numbers\.file-empty\]/],
  ['a delta before any full file', `${head}2125550100,6465550000,,,\n`, 'delta', /\[numbers\.delta-before-full\]/],
];

test('a file with any fault is not taken at all, and each fault has its line', () =>
  withHome(async (home) => {
    for (const [what, content, mode, expected] of bad) {
      const file = write(home, typeof content === 'string' ? 'f.csv' : 'f.csv.gz', content);
      await assert.rejects(importNumbers(home.database, { file, table: 'us-lrn', mode }), (error) => {
        assert.ok(error instanceof RefusedError, what);
        assert.match(error.message, expected, what);
        return true;
      });
    }
    assert.deepEqual(
      (await listNumberTables(home.database)).map(({ files: layers }) => layers),
      [[]],
    );
    await assert.rejects(
      importNumbers(home.database, { file: 'x', table: 'none', mode: 'full' }),
      /there is no number table "none"; configured: us-lrn/,
    );
    const load = loadOne(home, write(home, 'calls.csv', fileOf([line({ id: 'a' })])));
    await assert.rejects(load, /number table us-lrn has no file .*\[numbers\.table-empty\]/);
  }, files));

test('a number table without a file refuses a retry only where a source that needs it has something waiting', () =>
  withHome(async (home) => {
    const held = async (id: string, source: string): Promise<void> => {
      const file = write(home, `${id}.csv`, fileOf([line({ id, b: '0012125550100', in: 'nowhere' })]));
      assert.equal((await load(home, [file], false, source))[0]?.counts.held, 1);
    };
    await held('a', 'switch');
    const [plain = ''] = operator['operator.yaml'].split('sources:\n').slice(1);
    await configure(home, { ...files, 'plain.yaml': `sources:\n${plain.replace('id: switch', 'id: plain')}` });
    await held('b', 'plain');
    assert.deepEqual(await retryUsage(home, { file: 'b.csv' }), { taken: 1, rated: 0, held: 1, duplicate: 0, rejected: 0 });
    await assert.rejects(retryUsage(home, {}), /number table us-lrn has no file .*\[numbers\.table-empty\]/);
  }, operator));
