/** Statements of tiers whose calls were loaded in the wrong order: what was corrected counts, and each line adds up from its calls. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readMargin } from '#app/margin.ts';
import { produceStatement } from '#app/statement.ts';
import { readCsv } from '#codecs/csv/csv.ts';
import { formatNanos } from '#core/money/amount.ts';
import { decimal, unitsAtScale } from '#core/money/decimal.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { parseStatementPeriod } from '#core/settlement/statement-period.ts';
import { runCli } from '../support/cli.ts';
import { type Call, fileOf, line, load, type TestHome, withHome, write } from './home.ts';

/** Four minutes each, one a day; the first 10 minutes cost 0.03, to 30 minutes 0.02, then 0.01: 0.88 in all. */
const calls: readonly Call[] = Array.from({ length: 12 }, (_, index) => ({
  id: `c${index}`,
  start: `2026-10-${String(index + 3).padStart(2, '0')} 10:00:00`,
  seconds: 240,
}));

const period = valueOrThrow(parseStatementPeriod('2026-10'));
const NOW = 1_793_700_000_000_000; // 2026-11-03

async function loadParts(home: TestHome, parts: readonly (readonly Call[])[]): Promise<void> {
  for (const [index, part] of parts.entries()) await load(home, [write(home, `${index}.csv`, fileOf(part.map(line)))]);
}

test('--verify and the detail file count the corrections that late traffic made, and so does the margin', async () => {
  for (const parts of [[calls], [calls.slice(8), calls.slice(4, 8), calls.slice(0, 4)], calls.map((call) => [call]).reverse()]) {
    await withHome(async (home) => {
      await loadParts(home, parts);
      const folder = await mkdtemp(join(tmpdir(), 'carillon-late-'));
      try {
        const { statement, verifiedEvents, files } = await produceStatement(home.database, {
          agreement: 'south',
          period,
          nowMicros: NOW,
          format: 'table',
          verify: true,
          detail: join(folder, 'detail.csv'),
        });
        const [only] = statement.lines;
        assert.deepEqual(
          [statement.lines.length, only?.events, only?.billed, formatNanos(only?.amountNanos ?? 0n)],
          [1, 12n, 2880n, '0.88'],
        );
        assert.equal(verifiedEvents, 12, 'a correction is no event');
        const [header, ...rows] = readCsv(await readFile(files[0] ?? '', 'utf8')).rows.map((row) => row.fields);
        const column = (name: string): number => header?.indexOf(name) ?? -1;
        const sum = rows.reduce((total, row) => total + unitsAtScale(decimal(row[column('amount')] ?? ''), 9), 0n);
        assert.equal(formatNanos(sum), '0.88');
        const { rows: booked } = await home.database.pool.query<{ count: bigint }>('select count(*) from usage_adjustment');
        assert.equal(rows.filter((row) => row[column('note')] !== '').length, Number(booked[0]?.count), 'each correction says why');
        const past = await produceStatement(home.database, {
          agreement: 'south',
          period,
          nowMicros: NOW,
          format: 'table',
          knownAtMicros: Date.now() * 1000,
          verify: true,
        });
        assert.deepEqual(past.statement.lines, statement.lines, 'from the events it is the same');
        const margin = await readMargin(home.database, { period, nowMicros: NOW });
        assert.deepEqual(
          margin.lines.map(({ destination, payableNanos }) => [destination, formatNanos(payableNanos)]),
          [['United Kingdom', '0.88']],
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  }
});

test('a line names the tiers that were reached; all of them when the tiers’ period reaches beyond the statement', async () => {
  await withHome(async (home) => {
    const request = { agreement: 'south', nowMicros: NOW, format: 'table' } as const;
    await loadParts(home, [calls.slice(0, 2)]);
    const rate = async (label: string) => {
      const { statement } = await produceStatement(home.database, { ...request, period: valueOrThrow(parseStatementPeriod(label)) });
      return [statement.lines[0]?.rate?.price, statement.lines[0]?.rate?.terms.length];
    };
    assert.deepEqual(await rate('2026-10'), ['0.03', 0], '8 minutes');
    await load(home, [write(home, 'more.csv', fileOf(calls.slice(2, 4).map(line)))]);
    assert.deepEqual(await rate('2026-10'), ['0.03 / 0.02', 1], '16 minutes');
    assert.deepEqual(await rate('2026-10-H1'), ['0.03 / 0.02 / 0.01', 1]);
  });
});

test('--quiet prints what was verified and no statement; a period in no known form is told the forms', async () => {
  await withHome(async (home) => {
    await loadParts(home, [calls.slice(5), calls.slice(0, 5)]);
    const run = (...args: string[]) =>
      runCli(['--data', home.dataFolder, 'statement', 'south', ...args], { environment: { DATABASE_URL: home.database.url } });
    const quiet = await run('--period', '2026-10', '--verify', '--quiet');
    assert.deepEqual(
      [quiet.status, quiet.stdout, quiet.stderr],
      [0, '', 'verified: 12 charged events add up to every line, to the last digit\n'],
    );
    const wrong = await run('--period', 'October');
    assert.equal(wrong.status, 1);
    for (const form of ['2026-10-21', '2026-W43', '2026-10-H1', '2026-Q4']) assert.ok(wrong.stderr.includes(form), wrong.stderr);
    const plain = await run('--period', '2026-10');
    assert.ok(plain.stdout.split('\n').every((text) => text.length <= 100));
  });
});
