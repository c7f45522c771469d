import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MeasuredMargin } from '#app/margin.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { type MarginGroup, marginOf } from '#core/settlement/margin.ts';
import { BY_DESTINATION } from '#core/settlement/margin-by.ts';
import { parseStatementPeriod } from '#core/settlement/statement-period.ts';
import { marginJson, printMargin } from './margin-table.ts';
import { displayWidth } from './table.ts';

function group(destination: string, sold: string | undefined, bought: string | undefined, size = 1n): MarginGroup {
  return {
    service: 'voice',
    destination,
    receivableCurrency: sold,
    payableCurrency: bought,
    events: 123_456n,
    answered: 98_765n,
    receivableBilled: 74_074_020n,
    payableBilled: 74_074_020n,
    receivableNanos: sold === undefined ? 0n : 98_765_432_155_000n * size,
    payableNanos: bought === undefined ? 0n : 87_654_321_054_000n,
  };
}

function margin(groups: readonly MarginGroup[], volumeTiers = false): MeasuredMargin {
  return {
    ...marginOf(groups),
    zone: 'Europe/Berlin',
    period: valueOrThrow(parseStatementPeriod('2026-10')),
    by: BY_DESTINATION,
    volumeTiers,
  };
}

test('names of destinations can be read beside large figures, also in two currencies, within 100 columns', () => {
  const names = ['Jamaica Mobile Digicel', 'Jamaica Mobile Lime', 'Côte d’Ivoire Mobile'];
  for (const groups of [
    names.map((name) => group(name, 'USD', 'USD')),
    names.flatMap((name) => [group(name, 'USD', 'EUR'), group(name, 'USD', 'USD'), group(name, undefined, 'EUR')]),
  ]) {
    const text = printMargin(margin(groups, true));
    for (const line of text.split('\n')) assert.ok(displayWidth(line) <= 100, line);
    for (const name of names) assert.ok(text.includes(name), text);
    assert.doesNotMatch(text, /…/);
  }
});

test('each pair of currencies has a table, and only those in one have a margin', () => {
  const text = printMargin(margin([group('Haiti', 'USD', 'EUR'), group('Chad', 'EUR', 'EUR')]));
  assert.match(text, /^Receivable in USD, payable in EUR\n.*Payable\n─+\nHaiti .* 98,765\.43 {2}87,654\.32$/m);
  assert.match(text, /^In EUR\n.*Margin +%\n─+\nChad .* 98,765\.43 {2}87,654\.32 {2}11,111\.11 {2}11\.2$/m);
  assert.match(text, /^USD +98,765\.43 +0\.00 +98,765\.43/m);
});

test('it says that figures are rounded for showing, and that tiers are not included', () => {
  const without = margin([group('Haiti', 'USD', 'USD')]);
  assert.match(printMargin(without), /rounded by itself for showing/);
  assert.doesNotMatch(printMargin(without), /whole-volume/);
  const tiered = margin([group('Haiti', 'USD', 'USD')], true);
  assert.match(printMargin(tiered), /Not included: what whole-volume tiers/);
  assert.match((JSON.parse(marginJson(tiered)) as { notes: string[] }).notes.join(), /whole-volume tiers/);
});
