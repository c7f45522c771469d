import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marginReport, readConversion, type TransitSum } from './converted-margin.ts';

const usd = (nanos: bigint) => ({ currency: 'USD', nanos });
const eur = (nanos: bigint) => ({ currency: 'EUR', nanos });
const sum = (group: string, receivable: TransitSum['receivable'], payable: TransitSum['payable']): TransitSum => ({
  group,
  events: 2n,
  answered: 1n,
  durationMicros: 60_000_000n,
  receivable,
  payable,
});

function conversion(...rates: string[]) {
  const read = readConversion('USD', rates);
  assert.ok(read.ok);
  return read.value;
}

test('the margin of a group is what one side owes less what the other is owed, converted exactly', () => {
  const report = marginReport(
    [sum('Haiti', eur(1_000_000_001n), usd(900_000_000n)), sum('Haiti', usd(500_000_000n), eur(100_000_000n))],
    conversion('EUR=1.165'),
  );
  assert.ok(report.ok);
  // 1.000000001 EUR × 1.165 = 1.165000001165 USD, rounded to nanos; and 0.5 USD
  assert.equal(report.value.total.receivableNanos, 1_665_000_001n);
  assert.equal(report.value.total.payableNanos, 1_016_500_000n);
  assert.equal(report.value.total.marginNanos, 648_500_001n);
  assert.equal(report.value.total.events, 4n);
});

test('the total is the sum of the lines, and the largest line comes first', () => {
  const report = marginReport([sum('a', usd(1n), usd(3n)), sum('b', usd(5n), usd(1n))], conversion());
  assert.ok(report.ok);
  assert.deepEqual(
    report.value.lines.map(({ group, marginNanos }) => [group, marginNanos]),
    [
      ['b', 4n],
      ['a', -2n],
    ],
  );
  assert.equal(report.value.total.marginNanos, 2n);
});

test('a currency without a rate is refused by name', () => {
  const report = marginReport([sum('a', eur(1n), usd(1n))], conversion());
  assert.deepEqual(report.ok ? [] : report.refusals.map(({ code }) => code), ['margin.rate-missing']);
});

test('rates that are no rates are refused', () => {
  for (const [text, code] of [
    ['EUR', 'margin.rate-malformed'],
    ['EUR=-1', 'margin.rate-malformed'],
    ['EUR=0', 'margin.rate-malformed'],
    ['EUR=1,16', 'margin.rate-malformed'],
    ['XYZ=1', 'margin.currency-unknown'],
    ['DEM=1', 'margin.currency-unknown'],
  ] as const) {
    const read = readConversion('USD', [text]);
    assert.deepEqual(read.ok ? [] : read.refusals.map((refusal) => refusal.code), [code], text);
  }
});
