/** Statements of calls that continue in another time band: on whose line they are, what they cost, and that the reader can see it. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { produceStatement, type StatementJob } from '#app/statement.ts';
import { readCsv } from '#codecs/csv/csv.ts';
import { formatNanos } from '#core/money/amount.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { parseStatementPeriod } from '#core/settlement/statement-period.ts';
import { configure, fileOf, line, load, operator, withHome, write } from './home.ts';

const setup = {
  'operator.yaml': operator['operator.yaml'].replace('    rounding: {decimals: 4', '    bands: split\n    rounding: {decimals: 4'),
  'tariffs.yaml': `${operator['tariffs.yaml'].replace(
    /- \{code: "44", destination: United Kingdom, price: 0\.05, increments: 60\/60\}/,
    `- {code: "44", destination: United Kingdom, band: peak, price: 0.12, increments: 1/1}
      - {code: "44", destination: United Kingdom, band: off-peak, price: 0.06, increments: 1/1}
      - {code: "33", destination: France, price: 0.05, increments: 1/1}`,
  )}
timeBands:
  - id: week
    bands:
      - {name: peak, days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00"}
      - {name: off-peak, otherwise: true}
`.replace('id: north-in\n', 'id: north-in\n    timeBands: week\n'),
};

function job(more: Partial<StatementJob> = {}): StatementJob {
  return {
    agreement: 'north',
    period: valueOrThrow(parseStatementPeriod('2026-10')),
    nowMicros: 1_793_700_000_000_000,
    format: 'table',
    verify: true,
    ...more,
  };
}

test('a line says which of its calls continue in another band, and the rest is minutes × rate', async () => {
  await withHome(async (home) => {
    const call = (id: string, start: string, seconds: number, b = '00442079460000') =>
      line({ id, start: `2026-10-05 ${start}`, seconds, b, out: 'home' });
    const calls = [
      call('peak', '10:00:00', 300),
      call('to-the-edge', '17:59:00', 60),
      call('across', '17:58:00', 240),
      call('evening', '20:00:00', 60),
      call('past-midnight', '23:59:00', 120),
      call('one-price', '17:58:00', 240, '0033140000000'),
    ];
    await load(home, [write(home, 'calls.csv', fileOf(calls))]);
    const folder = await mkdtemp(join(tmpdir(), 'carillon-split-'));
    try {
      const { statement, view, output, files } = await produceStatement(
        home.database,
        job({ format: 'csv', detail: join(folder, 'd.csv') }),
      );
      assert.deepEqual(
        statement.lines.map(({ destination, band, events, billed, amountNanos, split }) => [
          ...[destination, band, events, billed, formatNanos(amountNanos)],
          split === undefined ? '-' : `${split.events} ${split.billed} ${formatNanos(split.amountNanos)}`,
        ]),
        [
          ['France', '', 1n, 240n, '0.2', '-'],
          ['United Kingdom', 'off-peak', 2n, 180n, '0.18', '-'],
          // 10 min × 0.12 would be 1.20: two of the minutes are off-peak.
          ['United Kingdom', 'peak', 3n, 600n, '1.08', '1 240 0.36'],
        ],
      );
      assert.deepEqual(view.directions[0]?.tables[0]?.rows[2]?.terms, [
        'one call continues in another time band, at its rate: 4.00 min, 0.36 in all; without it 6.00 min, 0.72',
      ]);
      assert.match(view.notes.join('\n'), /the time band in which it began, also when it continues in another band/);
      const [header, ...rows] = readCsv(String(output)).rows.map(({ fields }) => fields);
      const from = header?.indexOf('split_events') ?? -1;
      assert.deepEqual(rows[2]?.slice(from, from + 3), ['1', '240', '0.36']);
      const [detailHeader, ...events] = readCsv(await readFile(files[0] ?? '', 'utf8')).rows.map(({ fields }) => fields);
      const column = (name: string): number => detailHeader?.indexOf(name) ?? -1;
      assert.deepEqual(
        events.filter((row) => row[column('split')] === 'yes').map((row) => row[column('record')]),
        ['across'],
      );
    } finally {
      await rm(folder, { recursive: true });
    }
    // A later correction of the bands does not touch what was priced with the former ones.
    await configure(home, { ...setup, 'tariffs.yaml': setup['tariffs.yaml'].replace('18:00', '22:00') });
    await load(home, [write(home, 'later.csv', fileOf([call('late-edge', '21:59:00', 120), call('now-peak', '17:59:00', 120)]))]);
    const { statement } = await produceStatement(home.database, job());
    const peak = statement.lines.find(({ band }) => band === 'peak');
    assert.deepEqual([peak?.events, peak?.split?.events, formatNanos(peak?.split?.amountNanos ?? 0n)], [5n, 2n, '0.54']);
  }, setup);
});
