import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { configurationReference } from '#app/configuration-reference.ts';
import { formatRefusal } from '#core/refusals.ts';
import { readFolder } from '#operations/configuration/read-folder.ts';

const folder = new URL('../../examples/prepaid-mobile/', import.meta.url);

/** What is refused of the example's plans with one text changed; without the figures of the message's end. */
function faults(from: string, to: string): readonly string[] {
  const files = ['plans.yaml', 'tariffs.yaml'].map((name): [string, Uint8Array] => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const changed = name === 'plans.yaml' ? text.replace(from, to) : text;
    assert.ok(name !== 'plans.yaml' || changed !== text, `the example has no "${from}"`);
    return [name, new TextEncoder().encode(changed)];
  });
  const read = readFolder(new Map(files), configurationReference());
  return read.ok ? [] : read.refusals.map((refusal) => formatRefusal(refusal));
}

for (const [from, to, expected] of [
  [
    'allowances: [data-3gb-home, minutes]',
    'allowances: [data-4gb]',
    /^plans\.yaml:\d+ allowances: plan mira names data-4gb, which is not among the allowances/,
  ],
  [
    'buy: data-1gb',
    'buy: more',
    /^plans\.yaml:\d+ thresholds: allowance data-3gb-home: threshold out buys more, which is not among the add-ons/,
  ],
  [
    'tariff: mira-sms',
    'tariff: mira-voice',
    /^plans\.yaml:\d+ services: plan mira: tariff mira-voice prices voice, not sms|tariff: plan mira: tariff mira-voice prices voice, not sms/,
  ],
  ['amount: 30 GB', 'amount: 30 XB', /^plans\.yaml:\d+ allowances family-data\.amount: amount is not a quantity/],
  ['creditLimit: 50.00', 'creditLimit: -1', /^plans\.yaml:\d+ plans mira-family\.creditLimit: creditLimit is not an amount/],
  ['{id: at-80, at: 80 %', '{id: at-80, at: 20.00', /its thresholds are either all per cent or all amounts/],
  ['slowTo: 1M', 'slowTo: 1M, block: true', /threshold slow does more than one thing/],
  ['measure: bytes', 'measure: money', /threshold slow is at 50 GB, which is neither per cent nor money/],
  ['bands: [night]', 'bands: [evening]', /time bands day-night have no band evening/],
  [
    'tariff: mira-data-world',
    'tariff: mira-data-world\n        consumptionSeconds: 10',
    /^plans\.yaml:\d+ .*plan mira: data is counted in bytes, and consumptionSeconds is for time/,
  ],
  [
    'tariff: mira-data-world',
    'tariff: mira-data-world\n        pool: {groups: ["10", "10"]}',
    /^plans\.yaml:\d+ .*plan mira: a pool is of at least two different rating groups \("10, 10"\)/,
  ],
  ['every: month', 'every: moon', /every is not day, week, month/],
] as const) {
  test(`"${to}" instead of "${from}" is refused with its place`, () => {
    const found = faults(from, to);
    assert.equal(found.length, 1, found.join('\n'));
    assert.match(found[0] ?? '', expected);
  });
}
