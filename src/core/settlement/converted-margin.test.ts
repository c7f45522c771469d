import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertMargin, readConversion } from './converted-margin.ts';
import type { MarginGroup } from './margin.ts';

type Side = readonly [currency: string, nanos: bigint] | undefined;

function group(destination: string, sold: Side, bought: Side): MarginGroup {
  return {
    service: 'voice',
    destination,
    receivableCurrency: sold?.[0],
    payableCurrency: bought?.[0],
    events: 2n,
    answered: 1n,
    receivableBilled: 60n,
    payableBilled: 60n,
    receivableNanos: sold?.[1] ?? 0n,
    payableNanos: bought?.[1] ?? 0n,
  };
}

function conversion(...rates: string[]) {
  const read = readConversion('USD', rates);
  assert.ok(read.ok);
  return read.value;
}

test('the margin of a destination is what is owed to us less what we owe, converted exactly', () => {
  const margin = convertMargin(
    [group('Haiti', ['EUR', 1_000_000_001n], ['USD', 900_000_000n]), group('Haiti', ['USD', 500_000_000n], ['EUR', 100_000_000n])],
    conversion('EUR=1.165'),
  );
  assert.ok(margin.ok);
  // 1.000000001 EUR × 1.165 = 1.165000001165 USD, rounded to nanos; and 0.5 USD
  assert.equal(margin.value.total.receivableNanos, 1_665_000_001n);
  assert.equal(margin.value.total.payableNanos, 1_016_500_000n);
  assert.equal(margin.value.total.marginNanos, 648_500_001n);
  assert.equal(margin.value.total.events, 4n);
});

test('the total is the sum of the lines, and the largest line comes first', () => {
  const margin = convertMargin([group('a', ['USD', 1n], ['USD', 3n]), group('b', ['USD', 5n], ['USD', 1n])], conversion());
  assert.ok(margin.ok);
  assert.deepEqual(
    margin.value.lines.map(({ destination, marginNanos }) => [destination, marginNanos]),
    [
      ['b', 4n],
      ['a', -2n],
    ],
  );
  assert.equal(margin.value.total.marginNanos, 2n);
});

test('traffic into or from the own network has one side, is no part of the margin, and needs no rate', () => {
  const margin = convertMargin(
    [group('a', ['EUR', 7n], undefined), group('b', ['EUR', 2n], undefined), group('c', undefined, ['USD', 3n])],
    conversion(),
  );
  assert.ok(margin.ok);
  assert.deepEqual(margin.value.lines, []);
  assert.deepEqual(margin.value.oneSided, [
    { side: 'receivable', currency: 'EUR', events: 4n, nanos: 9n },
    { side: 'payable', currency: 'USD', events: 2n, nanos: 3n },
  ]);
});

test('a currency without a rate is refused by name', () => {
  const margin = convertMargin([group('a', ['EUR', 1n], ['USD', 1n])], conversion());
  assert.deepEqual(margin.ok ? [] : margin.refusals.map(({ code }) => code), ['margin.rate-missing']);
});

test('rates that are no rates are refused', () => {
  for (const [text, code] of [
    ['EUR', 'margin.rate-malformed'],
    ['EUR=-1', 'margin.rate-malformed'],
    ['EUR=0', 'margin.rate-malformed'],
    ['EUR=1,16', 'margin.rate-malformed'],
    ['USD=1', 'margin.rate-malformed'],
    ['XYZ=1', 'margin.currency-unknown'],
    ['DEM=1', 'margin.currency-unknown'],
  ] as const) {
    const read = readConversion('USD', [text]);
    assert.deepEqual(read.ok ? [] : read.refusals.map((refusal) => refusal.code), [code], text);
  }
});
