import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../money/decimal.ts';
import type { TimeBandSet } from '../time/time-bands.ts';
import { compileTariff } from './compile-tariff.ts';
import { codeOf, shorterRowOf } from './compiled-tariff.ts';
import type { Rate, RateMatch, RateTerms, Tariff } from './tariff.ts';

const bands: TimeBandSet = {
  id: 'bands',
  bands: [
    { name: 'peak', ranges: [{ days: ['mon'], fromMinute: 480, toMinute: 1080 }], otherwise: false },
    { name: 'offpeak', ranges: [], otherwise: true },
  ],
};
const originSets = [
  { id: 'eea', prefixes: ['49', '33'] },
  { id: 'dach', prefixes: ['49', '43', '41'] },
  { id: 'us', prefixes: ['1'] },
];
const codeDecks = [
  {
    id: 'deck',
    codes: [
      { code: '44', destination: 'UK' },
      { code: '4420', destination: 'UK' },
    ],
  },
];

let nextId = 1;
function rate(match: Partial<RateMatch>, terms: Partial<RateTerms> = {}, from = 0, to = Number.POSITIVE_INFINITY): Rate {
  nextId += 1;
  return {
    id: nextId,
    match: { code: '44', destination: 'UK', ...match },
    terms: { price: decimal('0.02'), ...terms },
    validFromMicros: from,
    validToMicros: to,
  };
}

function tariff(rates: readonly Rate[], changes: Partial<Tariff> = {}): Tariff {
  return {
    id: 'T',
    name: 'T',
    service: 'voice',
    currency: 'EUR',
    per: 60,
    timeBands: 'bands',
    codeDeck: 'deck',
    withoutCaller: 'ignore',
    charged: 'delivered',
    messageUnit: 'part',
    volume: { count: 'both', roundUpToBytes: 1, per: 'session' },
    rates,
    ratesBy: 'files',
    ...changes,
  };
}

function faultsOf(rates: readonly Rate[], changes: Partial<Tariff> = {}, split = false): string[] {
  const compiled = compileTariff(tariff(rates, changes), { timeBands: [bands], originSets, codeDecks, split });
  return compiled.ok ? [] : compiled.refusals.map(({ code }) => code);
}

const d = decimal;
const step = { fromSeconds: 60, price: d('0.01'), firstSeconds: 1, nextSeconds: 1 };
const tiers = {
  counter: 'c',
  kind: 'graduated',
  measure: 'minutes',
  period: 'month',
  tiers: [{ from: d('1000'), price: d('0.01') }],
} as const;

const cases: readonly [string, readonly Rate[], readonly string[], Partial<Tariff>?, boolean?][] = [
  ['two rates for one code at the same time tie', [rate({}), rate({})], ['tariff.tie']],
  ['a later start replaces an earlier one', [rate({}), rate({}, {}, 5)], []],
  ['a rate that is never valid ties with nothing', [rate({}), rate({}, {}, 0, 0)], []],
  ['two origin sets that share a prefix tie', [rate({ origin: 'eea' }), rate({ origin: 'dach' })], ['tariff.tie']],
  ['two origin sets without a common prefix do not', [rate({ origin: 'eea' }), rate({ origin: 'us' })], []],
  ['a calling prefix that an origin set has ties with it', [rate({ origin: 'eea' }), rate({ calling: '49' })], ['tariff.tie']],
  ['a longer calling prefix does not', [rate({ origin: 'eea' }), rate({ calling: '4930' })], []],
  ['outside of two sets tie', [rate({ origin: '!eea' }), rate({ origin: '!us' })], ['tariff.tie']],
  ['a trunk and a class match equally well', [rate({ trunk: 'a' }), rate({ serviceClass: 'x' })], ['tariff.tie']],
  ['a trunk and a class together are narrower than a trunk', [rate({ trunk: 'a' }), rate({ trunk: 'a', serviceClass: 'x' })], []],
  ['two trunks never meet', [rate({ trunk: 'a' }), rate({ trunk: 'b' })], []],
  ['peak and off-peak cover the code', [rate({ band: 'peak' }), rate({ band: 'offpeak' })], []],
  ['peak alone leaves a gap', [rate({ band: 'peak' })], ['tariff.band-gap']],
  ['peak and a rate for all times leave none', [rate({ band: 'peak' }), rate({})], []],
  [
    'a peak rate that starts before its off-peak rate leaves a gap',
    [rate({ band: 'peak' }), rate({ band: 'offpeak' }, {}, 5)],
    ['tariff.band-gap'],
  ],
  ['an unknown band', [rate({ band: 'night' })], ['tariff.band-unknown']],
  ['an unknown origin set', [rate({ origin: '!x' })], ['tariff.origin-unknown']],
  ['a destination that the deck does not have', [rate({ code: undefined as never, destination: 'FR' })], ['tariff.destination-unknown']],
  [
    'split bands with different increments',
    [rate({ band: 'peak' }, { firstSeconds: 60 }), rate({ band: 'offpeak' })],
    ['tariff.split-structure'],
    {},
    true,
  ],
  ['bands by start with different increments', [rate({ band: 'peak' }, { firstSeconds: 60 }), rate({ band: 'offpeak' })], []],
  [
    'whole-volume tiers in split bands',
    [rate({ band: 'peak' }, { tiers: { ...tiers, kind: 'volume' } }), rate({ band: 'offpeak' }, { tiers: { ...tiers, kind: 'volume' } })],
    ['tariff.volume-tiers-split'],
    {},
    true,
  ],
  ['a step inside an increment', [rate({}, { firstSeconds: 45, nextSeconds: 10, steps: [step] })], ['tariff.step-off-increment']],
  ['a step at the end of an increment', [rate({}, { firstSeconds: 30, nextSeconds: 6, steps: [step] })], []],
  ['a negative price', [rate({}, { price: d('-0.01') })], ['tariff.value-out-of-range']],
  ['a price of 13 decimals', [rate({}, { price: d('0.0000000000001') })], ['tariff.value-out-of-range']],
  ['a price of 12 decimals', [rate({}, { price: d('0.000000000001') })], []],
  ['a code with letters', [rate({ code: '44x' })], ['tariff.value-out-of-range']],
  ['increments of 0', [rate({}, { firstSeconds: 0 })], ['tariff.value-out-of-range']],
  ['increments for messages', [rate({}, { firstSeconds: 60 })], ['tariff.service-mismatch'], { service: 'sms' }],
  [
    'size bands for voice',
    [rate({}, { sizeBands: [{ upToBytes: Number.POSITIVE_INFINITY, price: d('1') }] })],
    ['tariff.service-mismatch'],
  ],
  ['tiers in minutes for messages', [rate({}, { tiers })], ['tariff.service-mismatch'], { service: 'sms' }],
  ['tiers together with steps', [rate({}, { tiers, steps: [step] })], ['tariff.service-mismatch']],
  ['tiers that do not ascend', [rate({}, { tiers: { ...tiers, tiers: [...tiers.tiers, ...tiers.tiers] } })], ['tariff.value-out-of-range']],
  [
    'one counter, two measures',
    [rate({}, { tiers }), rate({ code: '33' }, { tiers: { ...tiers, measure: 'money' } })],
    ['tariff.counter-differs'],
  ],
  [
    'a fee with volume by day',
    [rate({}, { setupFee: d('1') })],
    ['tariff.service-mismatch'],
    { service: 'data', volume: { count: 'both', roundUpToBytes: 1, per: 'day' } },
  ],
];

for (const [name, rates, expected, changes, split] of cases) {
  test(name, () => assert.deepEqual(faultsOf(rates, changes, split), expected));
}

test('a rate by destination has every code of the deck', () => {
  const { code: _, ...match } = rate({}).match;
  const compiled = compileTariff(tariff([{ ...rate({}), match }]), { timeBands: [bands], originSets, codeDecks, split: false });
  assert.ok(compiled.ok);
  assert.deepEqual(compiled.value.groups.codes, ['44', '4420']);
});

test('each code leads to the next shorter one that matches the same numbers', () => {
  const codes = ['45', '', '4420', '442', '44', '49', '4421', '448'];
  const compiled = compileTariff(tariff(codes.map((code) => rate({ code }))), { timeBands: [bands], originSets, codeDecks, split: false });
  assert.ok(compiled.ok);
  const tables = compiled.value;
  const shorter = tables.groups.codes.map((code, group) => {
    const row = shorterRowOf(tables, tables.groups.firstRows[group] ?? -1);
    return [code, row < 0 ? undefined : codeOf(tables, row)];
  });
  assert.deepEqual(shorter, [
    ['', undefined],
    ['44', ''],
    ['442', '44'],
    ['4420', '442'],
    ['4421', '442'],
    ['448', '44'],
    ['45', ''],
    ['49', ''],
  ]);
});

test('a compiled tariff can be cloned for a worker, its tables shared', () => {
  const compiled = compileTariff(tariff([rate({})]), { timeBands: [bands], originSets, codeDecks, split: false });
  assert.ok(compiled.ok);
  const clone = structuredClone(compiled.value);
  assert.equal(clone.rows.length, compiled.value.rows.length);
  compiled.value.rows[0] = 42;
  assert.equal(clone.rows[0], 42);
});
