import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimal } from '../money/decimal.ts';
import { conversionOf } from '../money/exchange.ts';
import type { ChartRule } from '../parties/ledger-terms.ts';
import { ageItems, bucketNames, bucketOf, type OpenItem } from './ageing.ts';
import { chartAccount } from './chart.ts';
import { withEntityAmounts } from './entity-amounts.ts';
import type { LedgerEntry } from './entry.ts';
import { entryJson, readEntryJson } from './entry-json.ts';
import { readManualEntries } from './manual-entries.ts';
import { revaluationEntries } from './revaluation.ts';
import { reversalOf } from './reversal.ts';

const E9 = 1_000_000_000n;

test('the due day is in time, the day after it is one day late, and a bound belongs to its bucket', () => {
  const rows: readonly (readonly [on: string, bucket: number])[] = [
    ['2026-10-01', 0],
    ['2026-10-31', 0],
    ['2026-11-01', 1],
    ['2026-11-30', 1],
    ['2026-12-01', 2],
    ['2027-01-29', 3],
    ['2027-01-30', 4],
  ];
  for (const [on, bucket] of rows) assert.equal(bucketOf('2026-10-31', on, [30, 60, 90]), bucket, on);
  assert.deepEqual(bucketNames([30, 60, 90]), ['not due', '1–30', '31–60', '61–90', 'over 90']);
});

test('what is disputed stands apart, and buckets and disputed part add up to the total', () => {
  const item = { account: 'a', ledgerAccount: 'receivable', currency: 'EUR', firstDay: '2026-09-01' } as const;
  const items: readonly OpenItem[] = [
    { ...item, document: '1', dueDay: '2026-10-01', openNanos: 100n, disputedNanos: 40n },
    { ...item, document: '2', dueDay: '2026-12-01', openNanos: 7n, disputedNanos: 0n },
    { ...item, document: '3', openNanos: -5n, disputedNanos: 0n },
  ];
  assert.deepEqual(ageItems(items, '2026-10-31'), [
    {
      account: 'a',
      ledgerAccount: 'receivable',
      currency: 'EUR',
      bucketsNanos: [7n, 60n, -5n, 0n, 0n],
      disputedNanos: 40n,
      totalNanos: 102n,
    },
  ]);
});

test('the first rule of the chart that fits counts, and without a chart the ledger account is the code', () => {
  const chart: readonly ChartRule[] = [
    { ledgerAccount: 'revenue', service: 'voice', code: '4400', name: 'Voice' },
    { ledgerAccount: 'revenue', code: '4499' },
    { ledgerAccount: 'receivable', currency: 'USD', account: 'big', code: '1201' },
    { ledgerAccount: 'receivable', code: '1200' },
  ];
  const code = (posting: Parameters<typeof chartAccount>[1]): string | undefined => chartAccount(chart, posting)?.code;
  assert.equal(code({ ledgerAccount: 'revenue', service: 'voice', currency: 'EUR' }), '4400');
  assert.equal(code({ ledgerAccount: 'revenue', service: 'sms', currency: 'EUR' }), '4499');
  assert.equal(code({ ledgerAccount: 'receivable', currency: 'USD', account: 'big' }), '1201');
  assert.equal(code({ ledgerAccount: 'receivable', currency: 'EUR', account: 'big' }), '1200');
  assert.equal(code({ ledgerAccount: 'bank', currency: 'EUR' }), undefined);
  assert.deepEqual(chartAccount(undefined, { ledgerAccount: 'bank', currency: 'EUR' }), { code: 'bank', name: '' });
});

const table = (...lines: readonly string[]) => lines.map((line, index) => ({ line: index + 1, fields: line.split(',') }));
const HEADER = 'entry,day,description,ledgerAccount,account,currency,debit,credit';

test('rows of a table become entries, with debits above zero and credits below', () => {
  const read = readManualEntries(
    table(
      HEADER,
      'M-1,2026-10-31,Bank fee,bank-charges,,EUR,12.50,',
      'M-1,,,bank,,EUR,,12.50',
      '',
      'M-2,2026-10-31,,bank,,JPY,5,',
      'M-2,,,opening,,JPY,,5',
    ),
    { legalEntity: 'home', by: 'ann' },
  );
  assert.ok(read.ok);
  assert.deepEqual(
    read.value.map(({ cause, description, postings }) => [cause, description, postings.map(({ amountNanos }) => amountNanos)]),
    [
      [{ kind: 'manual', id: 'M-1' }, 'Bank fee', [12_500_000_000n, -12_500_000_000n]],
      [{ kind: 'manual', id: 'M-2' }, 'M-2', [5n * E9, -5n * E9]],
    ],
  );
});

test('every fault of a table is named with its line, and nothing is taken', () => {
  const read = readManualEntries(
    table(
      HEADER,
      'M-1,2026-10-31,,bank,,EUR,1,2',
      'M-2,2026-10-31,,till,,EUR,1,',
      'M-3,2026-10-31,,bank,,EUR,1e3,',
      ',2026-10-31,,bank,,EUR,1,',
      'M-4,2026-10-31,,bank,,EUR,-1,',
      'M-4,2026-10-31,,cost,,EUR,,-1',
    ),
    { legalEntity: 'home', by: 'ann' },
  );
  assert.ok(!read.ok);
  assert.deepEqual(
    read.refusals.map(({ at }) => [at?.line, at?.field]),
    [
      [2, 'debit'],
      [3, 'ledgerAccount'],
      [4, 'debit'],
      [5, 'entry'],
      [6, 'debit'],
      [7, 'credit'],
    ],
  );
  const unequal = readManualEntries(table(HEADER, 'M-1,2026-10-31,,bank,,EUR,1,'), { legalEntity: 'home', by: 'ann' });
  assert.ok(!unequal.ok && unequal.refusals[0]?.code === 'ledger.unbalanced' && unequal.refusals[0].at?.line === 2);
});

test('opening balances are balanced against opening, in each currency', () => {
  const read = readManualEntries(
    table(HEADER, 'O,2026-01-01,,bank,,EUR,100,', 'O,2026-01-01,,payable,a,EUR,,30', 'O,2026-01-01,,bank,,USD,7,'),
    { legalEntity: 'home', by: 'ann', opening: true },
  );
  assert.ok(read.ok);
  assert.deepEqual(
    read.value[0]?.postings.slice(3).map(({ ledgerAccount, currency, amountNanos }) => [ledgerAccount, currency, amountNanos]),
    [
      ['opening', 'EUR', -70n * E9],
      ['opening', 'USD', -7n * E9],
    ],
  );
});

const at = (rate: string, day: string) =>
  conversionOf('USD', 'EUR', [{ from: 'USD', to: 'EUR', rate: decimal(rate), inverse: false }], 'bank', day);

// Microsoft, Business Central, "Example of a currency effect for receivables": 1,000 booked at 1.123, 1.125 at the month's end:
// a gain of 2 that is taken back. (MicrosoftDocs/dynamics365-smb-docs, includes/finance-currencies-example.md)
test('a balance of 1,000 booked at 1.123 is worth 2 more at 1.125, and that is taken back on the next day', () => {
  const request = { legalEntity: 'home', currency: 'EUR', day: '2026-01-31', by: 'ann', before: 0 };
  const balance = {
    ledgerAccount: 'receivable',
    account: 'a',
    currency: 'USD',
    amountNanos: 1_000n * E9,
    entityNanos: 1_123n * E9,
  } as const;
  const [end, next] = revaluationEntries(request, [balance], new Map([['USD', at('1.125', '2026-01-31')]]));
  assert.deepEqual(
    end?.postings.map(({ ledgerAccount, amountNanos, entityAmountNanos }) => [ledgerAccount, amountNanos, entityAmountNanos]),
    [
      ['receivable', 0n, 2n * E9],
      ['exchange-unrealised', 0n, -2n * E9],
    ],
  );
  assert.deepEqual(
    [next?.day, next?.corrects, next?.postings.map(({ entityAmountNanos }) => entityAmountNanos)],
    ['2026-02-01', end?.cause, [-2n * E9, 2n * E9]],
  );
  assert.deepEqual(
    revaluationEntries(request, [{ ...balance, ledgerAccount: 'revenue' }], new Map([['USD', at('1.2', '2026-01-31')]])),
    [],
  );
});

test('amounts in the legal entity’s currency lose nothing, whatever the postings', () => {
  const amounts = fc.array(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 99_999 }), (parts, rate) => {
      const all = [...parts, -parts.reduce((sum, each) => sum + each, 0n)];
      const entry: LedgerEntry = {
        legalEntity: 'home',
        day: '2026-10-31',
        cause: { kind: 'manual', id: 'x' },
        description: 'x',
        by: 'x',
        postings: all.map((amountNanos) => ({ ledgerAccount: 'bank', currency: 'USD', amountNanos })),
      };
      const done = withEntityAmounts(entry, 'EUR', new Map([['USD', at(`0.${String(rate).padStart(5, '0')}`, '2026-10-31')]]));
      assert.equal(
        done.postings.reduce((sum, { entityAmountNanos = 1n }) => sum + entityAmountNanos, 0n),
        0n,
      );
      assert.deepEqual(readEntryJson(JSON.parse(JSON.stringify(entryJson(done)))), done);
    }),
    { seed: 21, numRuns: 300 },
  );
});

test('a reversal is the mirror of its entry, and documents have none', () => {
  const booked = {
    legalEntity: 'home',
    day: '2026-10-31',
    cause: { kind: 'manual', id: 'M-1' },
    description: 'fee',
    by: 'ann',
    exchange: [],
    sequence: 4n,
    bookedAtMicros: 0,
    postings: [
      { ledgerAccount: 'bank-charges', currency: 'USD', amountNanos: 5n, entityAmountNanos: 4n },
      { ledgerAccount: 'bank', currency: 'USD', amountNanos: -5n, entityAmountNanos: -4n },
    ],
  } as const;
  const back = reversalOf(booked, '2026-11-02', 'bob', 'twice');
  assert.ok(back.ok);
  assert.deepEqual(
    [
      back.value.cause.id,
      back.value.corrects,
      back.value.postings.map(({ amountNanos, entityAmountNanos }) => [amountNanos, entityAmountNanos]),
    ],
    [
      'manual:M-1',
      booked.cause,
      [
        [-5n, -4n],
        [5n, 4n],
      ],
    ],
  );
  const document = reversalOf({ ...booked, cause: { kind: 'invoice', id: 'INV-1' } }, '2026-11-02', 'bob', 'twice');
  assert.ok(!document.ok && document.refusals[0]?.code === 'ledger.not-reversible');
});
