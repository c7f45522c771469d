/** What suspense may be worth is estimated from what like calls cost, and unknown where none were charged. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listSuspense } from '#app/usage/suspense.ts';
import { runCli } from '../support/cli.ts';
import { type Call, fileOf, line, loadOne, operator, withHome, write } from './home.ts';

const calls: readonly Call[] = [
  { id: '1', seconds: 60 },
  { id: '2', seconds: 60 },
  // North pays 0.05 a minute to 44: estimated as much; what south would get is priced by the second at 0.03 a minute.
  { id: '3', seconds: 120, out: 'nowhere' },
  { id: '4', seconds: 120, out: 'nowhere', result: 'BUSY' },
  // Nothing was charged to France.
  { id: '5', seconds: 60, b: '0033123456789' },
];

test('suspense by reason, trunk and destination has counts, minutes, estimates and how they were made', async () => {
  await withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf(calls.map(line))));
    const reasons = await listSuspense(home.database, { by: 'reason', limit: 10 });
    assert.deepEqual(
      reasons.map(({ group, records, micros, receivable, payable, methods }) => ({ group, records, micros, receivable, payable, methods })),
      [
        {
          ...{ group: 'rating.trunk-unknown', records: 2, micros: 120_000_000n },
          receivable: { EUR: 100_000_000n },
          payable: { EUR: 60_000_000n },
          methods: { 'same code': 2 },
        },
        { group: 'rating.no-rate', records: 1, micros: 60_000_000n, receivable: {}, payable: {}, methods: { unknown: 2 } },
      ],
    );
    assert.match(reasons[0]?.remedy ?? '', /trunk/i);
    const trunks = await listSuspense(home.database, { by: 'trunk', limit: 10 });
    assert.deepEqual(
      trunks.map(({ group, records }) => [group, records]),
      [
        ['north-1', 3],
        ['nowhere', 2],
        ['south-1', 1],
      ],
    );
    const places = await listSuspense(home.database, { by: 'destination', limit: 10, source: 'switch' });
    assert.deepEqual(
      places.map(({ group, records }) => [group, records]),
      [
        ['442079…', 2],
        ['331234…', 1],
      ],
    );
    assert.deepEqual(await listSuspense(home.database, { by: 'reason', limit: 10, number: '336' }), []);
  });
});

test('prices of destinations, whose codes a deck has, are estimated from as well', async () => {
  const byDestination = {
    ...operator,
    'tariffs.yaml': `codeDecks:
  - id: deck
    codes: [{code: "44", destination: United Kingdom}, {code: "442079", destination: United Kingdom}, {code: "447", destination: Mobile}]
${operator['tariffs.yaml']
  .replace('name: North in\n', 'name: North in\n    codeDeck: deck\n')
  .replace('{code: "44", destination: United Kingdom, price: 0.05', '{destination: United Kingdom, price: 0.05')}`,
  };
  await withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf(calls.map(line))));
    const [held] = await listSuspense(home.database, { by: 'reason', limit: 10 });
    assert.deepEqual([held?.receivable, held?.payable, held?.methods], [{ EUR: 100_000_000n }, { EUR: 60_000_000n }, { 'same code': 2 }]);
  }, byDestination);
});

test('filters that only held records have are refused for rejected records and duplicates, instead of finding nothing', async () => {
  for (const args of [
    'held --rejected --trunk x',
    'retry --rejected --number 44',
    'retry --duplicates --from 2026-10-01',
    'retry --duplicates --rejected',
  ]) {
    const { status, stderr } = await runCli(['usage', ...args.split(' ')]);
    assert.equal(status, 2, args);
    assert.match(stderr, /cannot be used with option/, args);
  }
});
