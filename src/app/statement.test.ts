import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { readCsv } from '#codecs/csv/csv.ts';
import { formatNanos } from '#core/money/amount.ts';
import { decimal, unitsAtScale } from '#core/money/decimal.ts';
import { type RefusalCode, RefusedError, valueOrThrow } from '#core/refusals.ts';
import { parseStatementPeriod } from '#core/settlement/statement-period.ts';
import { parseInstant } from '#core/time/zoned.ts';
import type { Database } from '#storage/database.ts';
import { withTestDatabase } from '../../test/support/database.ts';
import { type FixtureEvent, giveVersion, writeConfiguration, writeEvents, writeRate } from '../../test/support/settlement-fixture.ts';
import { readMargin } from './margin.ts';
import { produceStatement, type StatementJob, type StatementOutcome } from './statement.ts';

const NOW = instant('2026-11-03T08:00:00Z');

function instant(text: string): number {
  const micros = parseInstant(text);
  assert.ok(micros !== undefined);
  return micros;
}

function job(period: string, more: Partial<StatementJob> = {}): StatementJob {
  return { agreement: 'borealis-2026', period: valueOrThrow(parseStatementPeriod(period)), nowMicros: NOW, format: 'table', ...more };
}

async function refusedWith(code: RefusalCode, work: Promise<unknown>): Promise<RefusedError> {
  let refused: RefusedError | undefined;
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof RefusedError, String(error));
    refused = error;
    return error.refusals[0]?.code === code || assert.fail(error.message);
  });
  return refused ?? assert.fail('not refused');
}

/** Peak and off-peak, two prices of one destination, an unanswered call without a rate, messages, a tiered rate. */
async function writeBooks(database: Database): Promise<{ version: number; rates: Record<string, number> }> {
  const version = await writeConfiguration(database);
  const tiers = { counter: 'es', kind: 'volume', measure: 'minutes', period: 'month', tiers: [{ from: '1000', price: '0.015' }] };
  const rates = {
    peak: await writeRate(database, 'sell', 'Germany Mobile', '0.12', { band: 'peak' }),
    offPeak: await writeRate(database, 'sell', 'Germany Mobile', '0.06', { band: 'off-peak' }),
    old: await writeRate(database, 'buy', 'Germany Mobile', '0.05', { validFrom: '2026-01-01' }),
    new: await writeRate(database, 'buy', 'Germany Mobile', '0.055', { validFrom: '2026-10-15' }),
    sms: await writeRate(database, 'sms', 'Germany', '0.004'),
    spain: await writeRate(database, 'sell', 'Spain', '0.02', { terms: { tiers } }),
  };
  const events: FixtureEvent[] = [
    // 23:30 UTC on 30 September is 1 October in Berlin.
    {
      start: '2026-09-30T23:30:00Z',
      day: '2026-10-01',
      seconds: 61,
      in: { rate: rates.offPeak, billed: 61, amount: '0.061' },
      out: { rate: rates.old, billed: 61, amount: '0.050833' },
    },
    {
      start: '2026-10-05T10:00:00Z',
      day: '2026-10-05',
      seconds: 60,
      in: { rate: rates.peak, billed: 60, amount: '0.12' },
      out: { rate: rates.old, billed: 60, amount: '0.05' },
    },
    {
      start: '2026-10-20T10:00:00Z',
      day: '2026-10-20',
      seconds: 90,
      in: { rate: rates.peak, billed: 90, amount: '0.18' },
      out: { rate: rates.new, billed: 90, amount: '0.0825' },
    },
    { start: '2026-10-20T10:05:00Z', day: '2026-10-20', seconds: 0, answered: false, in: { rate: null, billed: 0, amount: '0' } },
    { start: '2026-10-20T11:00:00Z', day: '2026-10-20', service: 'sms', seconds: 0, in: { rate: rates.sms, billed: 3, amount: '0.012' } },
    { start: '2026-10-21T11:00:00Z', day: '2026-10-21', seconds: 60_600, in: { rate: rates.spain, billed: 60_600, amount: '20.2' } },
    // November in Berlin.
    { start: '2026-10-31T23:30:00Z', day: '2026-11-01', seconds: 60, in: { rate: rates.peak, billed: 60, amount: '0.12' } },
  ];
  await writeEvents(database, version, events);
  return { version, rates };
}

function lines({ statement }: StatementOutcome): string[] {
  return statement.lines.map((line) =>
    [
      line.number,
      line.side,
      line.service,
      line.destination || '-',
      line.band || line.validFrom || '-',
      line.rate?.price ?? '-',
      line.events,
      line.billed,
      formatNanos(line.amountNanos),
    ].join(' | '),
  );
}

test('a month’s statement has both directions, and every line adds up from its events', () =>
  withTestDatabase(async (database) => {
    await writeBooks(database);
    const outcome = await produceStatement(database, job('2026-10', { verify: true }));
    assert.deepEqual(lines(outcome), [
      '1 | receivable | voice | Germany Mobile | off-peak | 0.06 | 1 | 61 | 0.061',
      '2 | receivable | voice | Germany Mobile | peak | 0.12 | 2 | 150 | 0.3',
      '3 | receivable | voice | Spain | - | 0.02 / 0.015 | 1 | 60600 | 20.2',
      '4 | receivable | voice | - | - | - | 1 | 0 | 0',
      '5 | receivable | voice | Spain | - | 0.015 | 0 | 60600 | -5.05',
      '6 | receivable | sms | Germany | - | 0.004 | 1 | 3 | 0.012',
      '7 | payable | voice | Germany Mobile | 2026-01-01 | 0.05 | 2 | 121 | 0.100833',
      '8 | payable | voice | Germany Mobile | 2026-10-15 | 0.055 | 1 | 90 | 0.0825',
    ]);
    assert.equal(outcome.verifiedEvents, 9, 'legs: five voice and one message receivable, three payable');
    assert.deepEqual(
      outcome.view.currencies.map(({ receivable, payable, net, toPay, who }) => [receivable, payable, net, toPay, who]),
      [['15.523000', '0.183333', '15.339667', '15.34', 'Borealis Networks AB pays Carillon Telecom GmbH']],
    );
    assert.equal(outcome.statement.provisional, false);
  }));

test('a day is local to the agreement: a call at 23:30 UTC belongs to the next day in Berlin', () =>
  withTestDatabase(async (database) => {
    await writeBooks(database);
    const october = await produceStatement(database, job('2026-10-01', { verify: true }));
    assert.deepEqual(
      october.statement.lines.map((line) => formatNanos(line.amountNanos)),
      ['0.061', '0.050833'],
    );
    const november = await produceStatement(database, job('2026-11', { verify: true }));
    assert.deepEqual(
      november.statement.lines.map((line) => formatNanos(line.amountNanos)),
      ['0.12'],
    );
    assert.equal(november.statement.provisional, true);
  }));

test('the detail file adds up to the statement, line by line, to the last digit', () =>
  withTestDatabase(async (database) => {
    await writeBooks(database);
    const folder = await mkdtemp(join(tmpdir(), 'carillon-statement-'));
    try {
      const { files, statement } = await produceStatement(database, job('2026-10', { detail: `${folder}/deep/` }));
      assert.deepEqual(files, [join(folder, 'deep', 'detail-borealis-2026-2026-10.csv.gz')]);
      const text = gunzipSync(await readFile(files[0] ?? '')).toString('utf8');
      const [header, ...rows] = readCsv(text).rows.map((row) => row.fields);
      const column = (name: string) => header?.indexOf(name) ?? -1;
      for (const line of statement.lines) {
        const own = rows.filter((row) => row[column('line')] === String(line.number));
        const sum = own.reduce((total, row) => total + unitsAtScale(decimal(row[column('amount')] ?? ''), 9), 0n);
        assert.equal(sum, line.amountNanos, `line ${line.number}`);
        if (line.kind === 'usage') assert.equal(BigInt(own.length), line.events);
      }
      assert.equal(rows.length, 10);
      assert.deepEqual(await readdir(join(folder, 'deep')), ['detail-borealis-2026-2026-10.csv.gz'], 'nothing half-written stays');
    } finally {
      await rm(folder, { recursive: true });
    }
  }));

test('one line can be taken apart to its calls', () =>
  withTestDatabase(async (database) => {
    await writeBooks(database);
    const { line } = await produceStatement(database, job('2026-10', { line: 2, limit: 1 }));
    assert.equal(line?.events, 2);
    assert.deepEqual(
      line?.rows.map(({ leg }) => [leg.sourceKey, formatNanos(leg.amountNanos)]),
      [['call-2', '0.12']],
    );
    const unanswered = await produceStatement(database, job('2026-10', { line: 4 }));
    assert.deepEqual(
      unanswered.line?.rows.map(({ leg }) => leg.sourceKey),
      ['call-4'],
    );
    const texts: string[] = [];
    await produceStatement(database, job('2026-10', { line: 7, format: 'json', sink: async (text) => void texts.push(text) }));
    assert.deepEqual(
      texts
        .map((text) => JSON.parse(text) as { rawSeconds: string; amount: string; start: string })
        .map(({ rawSeconds, amount, start }) => [rawSeconds, amount, start]),
      [
        ['61', '0.050833', '2026-09-30T23:30:00Z'],
        ['60', '0.05', '2026-10-05T10:00:00Z'],
      ],
    );
    await refusedWith('statement.line-unknown', produceStatement(database, job('2026-10', { line: 9 })));
  }));

test('books that disagree with themselves are never sent: no file, and the lines are named', () =>
  withTestDatabase(async (database) => {
    await writeBooks(database);
    await database.pool.query(
      `update rollup_sum set amount_nanos = amount_nanos + 1 where line_id in (select line_id from rollup_line where destination = 'Spain')`,
    );
    const error = await refusedWith('statement.detail-differs', produceStatement(database, job('2026-10', { verify: true })));
    assert.equal(error.refusals[0]?.message, 'line 3 (Spain) says 20200000001, its events 20200000000');
    const folder = await mkdtemp(join(tmpdir(), 'carillon-statement-'));
    try {
      await refusedWith('statement.detail-differs', produceStatement(database, job('2026-10', { detail: `${folder}/d.csv` })));
      assert.deepEqual(await readdir(folder), []);
    } finally {
      await rm(folder, { recursive: true });
    }
    await database.pool.query(`delete from rollup_sum where line_id in (select line_id from rollup_line where destination = 'Spain')`);
    const strays = await refusedWith('statement.detail-differs', produceStatement(database, job('2026-10', { verify: true })));
    assert.equal(strays.refusals[0]?.message, '1 charged events belong to no line of the statement');
  }));

test('the second half of a month closes the month’s tiers with the usage of the whole month', () =>
  withTestDatabase(async (database) => {
    const { version, rates } = await writeBooks(database);
    const before: FixtureEvent = {
      start: '2026-10-02T10:00:00Z',
      day: '2026-10-02',
      seconds: 600,
      in: { rate: rates.spain ?? 0, billed: 600, amount: '0.2' },
    };
    await writeEvents(database, version, [before]);
    const second = await produceStatement(database, job('2026-10-H2', { verify: true }));
    const adjustment = second.statement.lines.find((line) => line.kind === 'adjustment');
    assert.equal(formatNanos(adjustment?.amountNanos ?? 0n), '-5.1', '1,020 minutes × 0.005');
    const first = await produceStatement(database, job('2026-10-H1'));
    assert.ok(first.statement.lines.every((line) => line.kind === 'usage'));
    const asKnown = await produceStatement(database, job('2026-10-H2', { knownAtMicros: NOW }));
    assert.deepEqual(lines(asKnown), lines(second), 'from the events it is the same');
  }));

test('a tier by money is reached by what the events’ counters say, fees left out', () =>
  withTestDatabase(async (database) => {
    const version = await writeConfiguration(database);
    const tiers = { counter: 'sum', kind: 'volume', measure: 'money', period: 'month', tiers: [{ from: '20.00', price: '0.015' }] };
    const rate = await writeRate(database, 'sell', 'Spain', '0.02', { terms: { tiers } });
    // 1,010 minutes at 0.02 and two setup fees of 0.50.
    await writeEvents(database, version, [
      { start: '2026-10-02T10:00:00Z', day: '2026-10-02', seconds: 600, in: { rate, billed: 600, amount: '0.7' } },
      { start: '2026-10-20T10:00:00Z', day: '2026-10-20', seconds: 60_000, in: { rate, billed: 60_000, amount: '20.5' } },
    ]);
    const count = async (nanos: bigint): Promise<string[]> => {
      const moves = JSON.stringify({ 'borealis-2026|incoming|sum|month:2026-10-01': ['0', String(nanos)] });
      await database.pool.query(`update usage_event set in_counters = $1`, [moves]);
      const { statement } = await produceStatement(database, job('2026-10-H2', { verify: true }));
      return statement.lines.filter((line) => line.kind === 'adjustment').map((line) => formatNanos(line.amountNanos));
    };
    assert.deepEqual(await count(9_999_999_999n), []);
    assert.deepEqual(await count(10_000_000_000n), ['-5.05']);
  }));

test('what later traffic corrected of tiered charges is part of the line, its events and the margin', () =>
  withTestDatabase(async (database) => {
    const { version, rates } = await writeBooks(database);
    await database.pool.query(
      `insert into usage_adjustment (event_id, day, leg, version_id, role, local_day, rate_id, billed, amount_nanos, counters, reason, known_at, line_id)
       select 2, '2026-10-05', 'in', $1, 'incoming', '2026-10-05', $2, 0, -20000000, '{}', 'an earlier call was loaded later', '2026-11-02', min(line_id)
         from rollup_line where rate_id = $2`,
      [version, rates.peak],
    );
    await refusedWith('statement.detail-differs', produceStatement(database, job('2026-10', { verify: true })));
    await database.pool.query(
      `update rollup_sum set amount_nanos = amount_nanos - 20000000 from rollup_line l
        where l.line_id = rollup_sum.line_id and l.rate_id = $1 and day = '2026-10-05'`,
      [rates.peak],
    );
    const { line, statement } = await produceStatement(database, job('2026-10', { verify: true, line: 2 }));
    assert.equal(formatNanos(statement.lines[1]?.amountNanos ?? 0n), '0.28');
    assert.deepEqual(
      line?.rows.map(({ leg }) => [leg.sourceKey, formatNanos(leg.amountNanos), leg.correction]),
      [
        ['call-2', '0.12', undefined],
        ['call-2', '-0.02', 'an earlier call was loaded later'],
        ['call-3', '0.18', undefined],
      ],
    );
    assert.equal(statement.lines[1]?.events, 2n);
    const then = await produceStatement(database, job('2026-10', { knownAtMicros: instant('2026-11-01T00:00:00Z') }));
    assert.equal(formatNanos(then.statement.lines[1]?.amountNanos ?? 0n), '0.3');
    const margin = await readMargin(database, { period: valueOrThrow(parseStatementPeriod('2026-10')), nowMicros: NOW });
    const german = margin.lines.find((each) => each.destination === 'Germany Mobile');
    assert.deepEqual([german?.events, formatNanos(german?.receivableNanos ?? 0n)], [3n, '0.341']);
  }));

test('as known at an instant counts only what was loaded and configured by then', () =>
  withTestDatabase(async (database) => {
    const { version, rates } = await writeBooks(database);
    const later: FixtureEvent = {
      start: '2026-10-06T10:00:00Z',
      day: '2026-10-06',
      seconds: 60,
      knownAt: '2026-11-01T00:00:00Z',
      in: { rate: rates.peak ?? 0, billed: 60, amount: '0.12' },
    };
    await writeEvents(database, version, [later]);
    const now = await produceStatement(database, job('2026-10'));
    const then = await produceStatement(database, job('2026-10', { knownAtMicros: instant('2026-10-31T12:00:00Z'), verify: true }));
    assert.equal(formatNanos((now.statement.net[0]?.netNanos ?? 0n) - (then.statement.net[0]?.netNanos ?? 0n)), '0.12');
    await refusedWith('statement.no-usage', produceStatement(database, job('2026-10', { knownAtMicros: instant('2026-10-30T00:00:00Z') })));
    await refusedWith(
      'statement.agreement-unknown',
      produceStatement(database, job('2026-10', { knownAtMicros: instant('2026-08-30T00:00:00Z') })),
    );
  }));

test('a replaced agreement version still owns its charges, and the heading is the one in force', () =>
  withTestDatabase(async (database) => {
    const { version } = await writeBooks(database);
    await database.pool.query(`update config_version set known_to = '2026-10-31T00:00:00Z' where version_id = $1`, [version]);
    await database.pool.query(
      `insert into config_version (kind, key, body, known_from)
       select kind, key, body || '{"name": "Bilateral 2026, corrected"}', known_to from config_version where version_id = $1`,
      [version],
    );
    const { statement } = await produceStatement(database, job('2026-10', { verify: true }));
    assert.equal(statement.agreement.name, 'Bilateral 2026, corrected');
    assert.equal(formatNanos(statement.net[0]?.netNanos ?? 0n), '15.339667');
  }));

test('terms are stated for the charges that they priced, and a version that priced nothing states none', () =>
  withTestDatabase(async (database) => {
    const { version, rates } = await writeBooks(database);
    const { pool } = database;
    // A correction known from the 19th on, and a version that follows on the 21st; a third follows and prices nothing.
    await pool.query(
      `update config_version set known_to = '2026-10-19T00:00:00Z', body = body || '{"validTo": "2026-10-21"}' where version_id = $1`,
      [version],
    );
    const add = async (key: string, more: object, knownFrom: string): Promise<number> => {
      const { rows } = await pool.query<{ version_id: number }>(
        `insert into config_version (kind, key, body, known_from)
         select kind, $2, body - 'validTo' || $3, $4 from config_version where version_id = $1 returning version_id`,
        [version, `borealis-2026@${key}`, JSON.stringify(more), knownFrom],
      );
      return rows[0]?.version_id ?? assert.fail('not written');
    };
    const corrected = await add('2026-01-01', { validTo: '2026-10-21' }, '2026-10-19T00:00:00Z');
    const following = await add(
      '2026-10-21',
      {
        name: 'Bilateral 2026, second',
        validFrom: '2026-10-21',
        validTo: '2026-10-30',
        rounding: { decimals: 4, mode: 'up' },
        seconds: 'ceil',
      },
      '2026-10-19T00:00:00Z',
    );
    await add(
      '2026-10-30',
      { name: 'Never used', validFrom: '2026-10-30', rounding: { decimals: 2, mode: 'floor' } },
      '2026-10-19T00:00:00Z',
    );
    await giveVersion(database, `in_day = '2026-10-20'`, corrected);
    await giveVersion(database, `in_day >= '2026-10-21'`, following);
    await writeEvents(database, following, [
      { start: '2026-10-22T10:00:00Z', day: '2026-10-22', seconds: 60, in: { rate: rates.peak ?? 0, billed: 60, amount: '0.1201' } },
    ]);
    const { statement, view, output } = await produceStatement(database, job('2026-10', { format: 'json', verify: true }));
    assert.equal(statement.agreement.name, 'Bilateral 2026, second', 'in force on the day of the last charge');
    assert.deepEqual(
      statement.terms.map(({ firstDay, lastDay, events, name, rounding, seconds }) => [
        firstDay,
        lastDay,
        events,
        name,
        rounding.mode,
        seconds,
      ]),
      [
        ['2026-10-01', '2026-10-20', 8n, 'Bilateral 2026', 'half-up', 'as-given'],
        ['2026-10-21', '2026-10-22', 2n, 'Bilateral 2026, second', 'up', 'ceil'],
      ],
      'the correction changed no term: it is not told apart',
    );
    const notes = view.notes.join('\n');
    assert.match(
      notes,
      /^1 – 20 October 2026, 8 charged events \(Bilateral 2026\): rounded once, half up, to 6 decimals; seconds of a call as recorded\b/m,
    );
    assert.match(
      notes,
      /^21 – 22 October 2026, 2 charged events \(Bilateral 2026, second\): rounded once, up \(away from zero\), to 4 decimals; seconds of a call rounded up/m,
    );
    assert.match(notes, /the net, rounded up \(away from zero\) as the latest charges were/);
    assert.doesNotMatch(notes + String(output), /Never used|floor/);
    const parsed = JSON.parse(String(output)) as { terms: { rounding: object; events: number }[]; toPayRounding: string };
    assert.deepEqual(
      [parsed.terms.map(({ rounding, events }) => [rounding, events]), parsed.toPayRounding],
      [
        [
          [{ decimals: 6, mode: 'half-up' }, 8],
          [{ decimals: 4, mode: 'up' }, 2],
        ],
        'up',
      ],
    );
  }));

test('what cannot be stated is refused by name', () =>
  withTestDatabase(async (database) => {
    await writeBooks(database);
    const rows: [RefusalCode, Partial<StatementJob>, string][] = [
      ['statement.agreement-unknown', { agreement: 'nobody' }, '2026-10'],
      ['statement.agreement-unknown', { agreement: "x' or 1=1 --%" }, '2026-10'],
      ['statement.agreement-not-in-force', {}, '2025-10'],
      ['statement.period-future', {}, '2026-12'],
      ['statement.no-usage', {}, '2026-09'],
      ['statement.output-unwritable', { format: 'json', out: '/proc/nowhere/x.json' }, '2026-10'],
    ];
    for (const [code, more, period] of rows) await refusedWith(code, produceStatement(database, job(period, more)));
    const near = await refusedWith(
      'statement.agreement-unknown',
      produceStatement(database, job('2026-10', { agreement: 'boreali-2026' })),
    );
    assert.equal(near.refusals[0]?.message, 'there is no agreement "boreali-2026" (did you mean "borealis-2026"?)');
    const none = await refusedWith('statement.no-usage', produceStatement(database, job('2026-09')));
    assert.match(none.message, /--empty makes a statement of nothing/);
    const early = instant('2026-09-15T00:00:00Z');
    await refusedWith('statement.period-future', produceStatement(database, job('2026-12', { nowMicros: early, allowEmpty: true })));
    const ahead = await produceStatement(database, job('2026-10', { nowMicros: early }));
    assert.ok(ahead.statement.lines.length > 0 && ahead.statement.provisional, 'booked usage is stated although the clock is behind it');
    const nil = await produceStatement(database, job('2026-09', { allowEmpty: true, verify: true }));
    assert.deepEqual([nil.statement.lines.length, nil.view.currencies[0]?.who, nil.verifiedEvents], [0, 'Nothing is to be paid', 0]);
  }));

test('JSON and CSV carry exact figures, and the PDF is the same twice', () =>
  withTestDatabase(async (database) => {
    await writeBooks(database);
    const json = await produceStatement(database, job('2026-10', { format: 'json' }));
    const parsed = JSON.parse(String(json.output)) as { lines: { amount: string }[]; net: { net: string; owes: string }[] };
    assert.deepEqual(
      parsed.net.map(({ net, owes }) => [net, owes]),
      [['15.339667', 'borealis']],
    );
    assert.equal(parsed.lines[4]?.amount, '-5.05');
    const csv = await produceStatement(database, job('2026-10', { format: 'csv' }));
    const [header, ...rows] = readCsv(String(csv.output)).rows.map((row) => row.fields);
    assert.ok(rows.every((row) => row.length === header?.length));
    assert.equal(rows.length, 8 + 3 + 3);
    const cell = (row: readonly string[] | undefined, name: string) => row?.[header?.indexOf(name) ?? -1];
    assert.deepEqual(
      rows
        .filter(([kind]) => kind === 'subtotal')
        .map((row) => ['direction', 'service', 'events', 'billed_quantity'].map((name) => cell(row, name))),
      [
        ['receivable', 'voice', '5', '60811'],
        ['receivable', 'sms', '1', '3'],
        ['payable', 'voice', '3', '211'],
      ],
    );
    assert.deepEqual([cell(rows.at(-1), 'amount'), cell(rows.at(-1), 'to_pay')], ['15.339667', '15.34']);
    const pdf = (dated: string) => produceStatement(database, job('2026-10', { format: 'pdf', out: '-', dated }));
    const [one, two, other] = [await pdf('2026-11-01'), await pdf('2026-11-01'), await pdf('2026-11-02')];
    assert.deepEqual(one.output, two.output);
    assert.notDeepEqual(one.output, other.output);
  }));

test('a margin joins both legs of the same call, and currencies stand side by side', () =>
  withTestDatabase(async (database) => {
    await writeBooks(database);
    const request = { period: valueOrThrow(parseStatementPeriod('2026-10')), nowMicros: NOW };
    const margin = await readMargin(database, request);
    assert.equal(margin.zone, 'Europe/Berlin');
    assert.equal(margin.volumeTiers, true, 'Spain has tiers; their adjustment is not in the margin');
    assert.deepEqual(
      margin.lines.map((line) => [
        line.service,
        line.destination,
        line.events,
        formatNanos(line.receivableNanos),
        formatNanos(line.payableNanos),
        line.marginNanos === undefined ? '-' : formatNanos(line.marginNanos),
      ]),
      [
        ['sms', 'Germany', 1n, '0.012', '0', '0.012'],
        ['voice', '', 1n, '0', '0', '0'],
        ['voice', 'Germany Mobile', 3n, '0.361', '0.183333', '0.177667'],
        ['voice', 'Spain', 1n, '20.2', '0', '20.2'],
      ],
    );
    assert.deepEqual(
      margin.totals.map((total) => [total.currency, formatNanos(total.differenceNanos)]),
      [['USD', '20.389667']],
    );
    await refusedWith('margin.no-usage', readMargin(database, { ...request, period: valueOrThrow(parseStatementPeriod('2025-10')) }));
    await refusedWith('margin.zone-unknown', readMargin(database, { ...request, zone: 'Mars/Olympus' }));
  }));
