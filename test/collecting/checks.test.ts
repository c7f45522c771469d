import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RefusedError } from '#core/refusals.ts';
import { configure, fileOf, line, load, operator, type TestHome, withHome, write } from '../usage/home.ts';

function checked(checks: string): Readonly<Record<string, string>> {
  const collect = `    format: delimited\n    collect:\n      from: directory\n      path: /nowhere\n      checks: ${checks}\n`;
  return { ...operator, 'operator.yaml': operator['operator.yaml'].replace('    format: delimited\n', () => collect) };
}

const trailer = "{trailer: '^T;(?<records>\\d+);(?<seconds>[\\d.]+)$'}";
const calls = [line({ id: '1', seconds: 61 }), line({ id: '2', seconds: 59 })];

async function outcome(home: TestHome, name: string, lines: readonly string[]): Promise<string> {
  const [report] = await load(home, [write(home, name, fileOf(lines))]);
  assert.ok(report);
  const { state, counts, refusals, differences = [] } = report;
  const said = [...refusals, ...differences].map(({ code, message }) => `${code}: ${message}`);
  return [`${state} ${counts.read} read ${counts.rated} rated`, ...said].join('; ');
}

test('a file is taken when its trailer says what was read in it; the trailer is no record', async () => {
  await withHome(async (home) => {
    assert.equal(await outcome(home, 'a.csv', [...calls, 'T;2;120']), 'loaded 2 read 2 rated');
    assert.equal(await outcome(home, 'b.csv', [line({ id: '3', seconds: 'x' }), 'T;1;0.0']), 'loaded 1 read 0 rated');
  }, checked(trailer));
});

test('a file whose trailer says otherwise, or that has none, is refused before anything of it is booked', async () => {
  await withHome(async (home) => {
    assert.match(
      await outcome(home, 'a.csv', [...calls, 'T;3;121']),
      /^refused 0 read 0 rated; collect.count-differs: its trailer says 3 records, 2 were read, and 121 seconds, the records come to 120$/,
    );
    assert.match(
      await outcome(home, 'b.csv', calls),
      /^refused 0 read 0 rated; collect.check-missing: no line of the file is its trailer$/,
    );
    const { rows } = await home.database.pool.query('select from usage_rated');
    assert.equal(rows.length, 0);
    assert.equal(await outcome(home, 'c.csv', [...calls, 'T;2;120']), 'loaded 2 read 2 rated');
  }, checked(trailer));
});

test('with onDifference: alarm the file is loaded and the difference is said', async () => {
  await withHome(async (home) => {
    await configure(home, checked(trailer.replace('}', ', onDifference: alarm}')));
    assert.match(await outcome(home, 'a.csv', [...calls, 'T;3;120']), /^loaded 2 read 2 rated; collect.count-differs: /);
  });
});

test('a header may stand before the names of the columns', async () => {
  const files = checked("{header: '^H;(?<records>\\d+)'}");
  const text = files['operator.yaml'] ?? '';
  await withHome(
    async (home) => {
      const file = (count: number, ids: readonly string[]): string => `H;${count}\n${fileOf(ids.map((id) => line({ id })))}`;
      const reports = await load(home, [write(home, 'a.csv', file(2, ['1', '2'])), write(home, 'b.csv', file(2, ['3']))]);
      assert.deepEqual(
        reports.map(({ state, counts }) => `${state} ${counts.rated}`),
        ['loaded 2', 'refused 0'],
      );
    },
    { ...files, 'operator.yaml': text.replace('header: true', 'header: true\n    skipLines: 1') },
  );
});

test('a total of any column is compared to the last decimal', async () => {
  const files = checked("{trailer: '^T;(?<records>\\d+);(?<charged>.*)$', sums: {charged: charged}}");
  const file = (amounts: readonly string[], total: string): readonly string[] => [
    ...amounts.map((amount, index) => `${line({ id: `${amount}-${index}-${total}` })};${amount}`),
    `T;${amounts.length};${total}`,
  ];
  await withHome(async (home) => {
    const loaded = async (name: string, lines: readonly string[]): Promise<string> => {
      const text = fileOf(lines).replace('in;out', 'in;out;charged');
      const [report] = await load(home, [write(home, name, text)]);
      return [report?.state, ...(report?.refusals ?? []).map(({ message }) => message)].join(': ');
    };
    // Floating point would make 0.30000000000000004 of these.
    assert.equal(await loaded('a.csv', file(['0.1', '0.2', '', '-0.05'], '0.25')), 'loaded');
    assert.equal(await loaded('b.csv', file(['9007199254740993.01', '0.000000001'], '9007199254740993.010000001')), 'loaded');
    assert.equal(await loaded('c.csv', file(['1,5', '1.50'], '3,0')), 'loaded');
    assert.equal(
      await loaded('d.csv', file(['0.10', '0.20'], '0.31')),
      'refused: its trailer says a total of 0.31 for charged, the records come to 0.3',
    );
    assert.match(
      await loaded('e.csv', file(['0.10', 'free'], '0.10')),
      /^refused: its trailer says a total of 0.10 for charged, where 1 records have no number, for example "free"$/,
    );
    assert.match(await loaded('f.csv', file(['1'], 'x')), /^refused: .* a total of x for charged, the records come to 1$/);
    const { rows } = await home.database.pool.query('select from usage_rated');
    assert.equal(rows.length, 8);
  }, files);
});

test('a total of a column that no record has anything in says so: it may be misspelt', async () => {
  await withHome(async (home) => {
    assert.match(
      await outcome(home, 'a.csv', [...calls, 'T;5']),
      /^refused 0 read 0 rated; collect.count-differs: .* a total of 5 for charged, and no record has anything in that column$/,
    );
  }, checked("{trailer: '^T;(?<charged>.*)$', sums: {charged: charged}}"));
});

test('a sum whose group no line has, or that is none, is a fault of the source', async () => {
  for (const [checks, fault] of [
    ["{trailer: '^T;(?<records>.*)$', sums: {charged: charged}}", /sums\.charged/],
    ["{trailer: '^T;(?<records>.*)$', sums: {records: charged}}", /sums\.records/],
    ["{trailer: '^T;(?<charged>.*)$'}", /has no group/],
  ] as const)
    await assert.rejects(
      withHome(async (home) => outcome(home, 'a.csv', calls), checked(checks)),
      (error: unknown) => error instanceof RefusedError && fault.test(JSON.stringify(error.refusals)),
    );
});
