import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Side } from '../../agreements/agreements.ts';
import type { TrafficDeal } from '../../agreements/deals.ts';
import { formatNanos } from '../../money/amount.ts';
import { decimal } from '../../money/decimal.ts';
import type { DealUsage } from './deal-usage.ts';
import { type DealBooks, dealAdjustments, type SettledDeal } from './settle-deals.ts';

const rounding = { decimals: 6, mode: 'half-up' } as const;
const october = { from: '2026-10-01', to: '2026-11-01' };
const scope = { id: 'deal', from: '2026-10-01', every: 'month' } as const;

const minutes = (side: Side, quantity: string, charged: string, more: Partial<DealUsage> = {}): DealUsage => ({
  ...{ side, service: 'voice', destination: 'Germany', day: '2026-10-10' },
  ...{ billed: units(quantity, 60n), amountNanos: units(charged, 1_000_000_000n) },
  ...more,
});
const books = (deals: readonly TrafficDeal[], usage: readonly DealUsage[], others: DealBooks['others'] = new Map()): DealBooks => ({
  deals,
  rounding,
  usage,
  others,
});
const units = (text: string, of: bigint): bigint => (decimal(text).units * of) / 10n ** BigInt(decimal(text).scale);
const amounts = (deals: readonly TrafficDeal[], usage: readonly DealUsage[], others?: DealBooks['others']): string[] =>
  dealAdjustments(books(deals, usage, others), october, []).map(
    ({ deal, side, amountNanos }) => `${deal.id} ${side} ${formatNanos(amountNanos)}`,
  );

const promised = { ...scope, kind: 'commitment', side: 'receivable', measure: 'minutes', quantity: '100000', price: '0.01' } as const;
const swap = { ...scope, kind: 'swap', service: 'voice', measure: 'minutes', price: '0.004', excessPrice: '0.012' } as const;
const tiers = [
  { from: '0', price: '0.02' },
  { from: '1000', price: '0.015' },
];

/** What is agreed, the traffic (charged at what stands there), and what the statement adds. */
const rows: readonly (readonly [what: string, deals: readonly TrafficDeal[], usage: readonly DealUsage[], expected: readonly string[]])[] =
  [
    [
      'P1: 1,010 min, graduated 0.02 and from 1,000 0.015, charged at 0.02: 20.15 are due',
      [{ ...scope, kind: 'graduated', side: 'receivable', measure: 'minutes', tiers }],
      [minutes('receivable', '1010', '20.20')],
      ['deal receivable -0.05'],
    ],
    [
      'P2: 1,010 min, all at 0.015, charged at 0.02 = 20.20: due 15.15',
      [{ ...scope, kind: 'retroactive', side: 'receivable', measure: 'minutes', tiers }],
      [minutes('receivable', '1010', '20.20')],
      ['deal receivable -5.05'],
    ],
    [
      'P3: 80,000 of 100,000 min at 0.01: 800.00 of traffic and a shortfall of 200.00',
      [promised],
      [minutes('receivable', '80000', '800')],
      ['deal receivable 200'],
    ],
    ['a commitment that is met adds nothing', [promised], [minutes('receivable', '100000', '1000')], []],
    ['a commitment without any traffic is paid in full', [promised], [], ['deal receivable 1000']],
    [
      'P4: 120,000 in, 100,000 out, charged at 0.01: 640 and 400 are due',
      [swap],
      [minutes('receivable', '120000', '1200'), minutes('payable', '100000', '1000')],
      ['deal receivable -560', 'deal payable -600'],
    ],
    [
      'send or pay: 100,000 at 0.008 whatever is sent; 80,000 were charged at 0.01 = 800, which is just that',
      [{ ...promised, kind: 'send-or-pay', price: '0.008', excessPrice: '0.009' }],
      [minutes('receivable', '80000', '800')],
      [],
    ],
    [
      'send or pay: 110,000 sent: 800 and 10,000 at 0.009',
      [{ ...promised, kind: 'send-or-pay', price: '0.008', excessPrice: '0.009' }],
      [minutes('receivable', '110000', '1100')],
      ['deal receivable -210'],
    ],
    [
      'minimum revenue 500: 320.50 were charged',
      [{ ...scope, kind: 'minimum-revenue', side: 'payable', amount: '500' }],
      [minutes('payable', '1', '320.5')],
      ['deal payable 179.5'],
    ],
    [
      '5 % off everything from 1,000.00',
      [{ ...scope, kind: 'discount', side: 'payable', measure: 'money', applies: 'all', tiers: [{ from: '1000', percent: '5' }] }],
      [minutes('payable', '1', '1200')],
      ['deal payable -60'],
    ],
    [
      '5 % off what lies above 1,000.00, 10 % above 1,500.00',
      [
        {
          ...scope,
          kind: 'discount',
          side: 'payable',
          measure: 'money',
          applies: 'slices',
          tiers: [
            { from: '1000', percent: '5' },
            { from: '1500', percent: '10' },
          ],
        },
      ],
      [minutes('payable', '1', '1700')],
      ['deal payable -45'],
    ],
    [
      'minimum revenue counts what the swap before it made due',
      [swap, { ...scope, id: 'least', kind: 'minimum-revenue', side: 'receivable', amount: '700' }],
      [minutes('receivable', '120000', '1200'), minutes('payable', '100000', '1000')],
      ['deal receivable -560', 'deal payable -600', 'least receivable 60'],
    ],
    [
      'only the destinations named count, and only the days of the window',
      [{ ...promised, destinations: ['Germany*'] }],
      [
        minutes('receivable', '60000', '600', { destination: 'Germany mobile' }),
        minutes('receivable', '60000', '600', { destination: 'France' }),
        minutes('receivable', '60000', '600', { day: '2026-09-30' }),
      ],
      ['deal receivable 400'],
    ],
    [
      'only events in the bin count',
      [{ ...promised, bins: ['sites/shared'] }],
      [minutes('receivable', '90000', '900', { bin: 'sites/shared' }), minutes('receivable', '99000', '990')],
      ['deal receivable 100'],
    ],
  ];

for (const [what, deals, usage, expected] of rows) test(what, () => assert.deepEqual(amounts(deals, usage), expected));

test('a share of what is charged under another agreement: per cent, or for each unit', () => {
  const share = { ...scope, kind: 'share', side: 'payable', of: 'north', ofSide: 'receivable' } as const;
  const others = new Map([['north', [minutes('receivable', '1000', '20')]]]);
  assert.deepEqual(amounts([{ ...share, percent: '2.5' }], [], others), ['deal payable 0.5']);
  assert.deepEqual(amounts([{ ...share, price: '0.001', measure: 'minutes' }], [], others), ['deal payable 1']);
});

test('the words of a swap can be followed with pencil and paper', () => {
  const [owed] = dealAdjustments(
    books([swap], [minutes('receivable', '120000', '1200'), minutes('payable', '100000', '1000')]),
    october,
    [],
  );
  assert.equal(
    owed?.words,
    'deal, 1 – 31 October 2026: 100,000 min are balanced at 0.004 each: 400; 20,000 min in excess at 0.012: 240; charged 1,200.',
  );
});

test('a year is settled in the period of its last day, with the traffic of all of it', () => {
  const deal: TrafficDeal = { ...promised, from: '2025-11-01', every: 'year', quantity: '1200' };
  const usage = [minutes('receivable', '500', '5', { day: '2025-11-01' }), minutes('receivable', '400', '4', { day: '2026-10-31' })];
  assert.deepEqual(amounts([deal], usage), ['deal receivable 3']);
  assert.deepEqual(dealAdjustments(books([deal], usage), { from: '2026-09-01', to: '2026-10-01' }, []), []);
});

test('what came after a window was settled changes it by the difference only', () => {
  const settled: SettledDeal[] = [{ deal: 'deal', window: '2026-10-01', side: 'receivable', amountNanos: 200_000_000_000n }];
  const november = { from: '2026-11-01', to: '2026-12-01' };
  const deal: TrafficDeal = { ...promised, to: '2026-11-01' };
  const came = dealAdjustments(books([deal], [minutes('receivable', '85000', '850')]), november, settled);
  assert.deepEqual(
    came.map(({ window, amountNanos }) => [window.from, amountNanos]),
    [['2026-10-01', -50_000_000_000n]],
  );
  assert.deepEqual(dealAdjustments(books([deal], [minutes('receivable', '80000', '800')]), november, settled), []);
});

/**
 * A plain second model, unit by unit and without any of the code above: each minute is priced by itself, in millionths. What is due
 * beyond what was charged.
 */
function plain(deal: TrafficDeal, mine: number, theirs: number, charged: bigint): bigint {
  const micro = (price: string): bigint => (decimal(price).units * 1_000_000n) / 10n ** BigInt(decimal(price).scale);
  let due = 0n;
  for (let minute = 0; minute < mine; minute += 1) {
    if (deal.kind === 'swap') due += micro(minute < theirs ? deal.price : deal.excessPrice);
    if (deal.kind === 'graduated') due += micro(deal.tiers.filter(({ from }) => Number(from) <= minute).at(-1)?.price ?? 'none');
    if (deal.kind === 'retroactive') due += micro(deal.tiers.filter(({ from }) => Number(from) <= mine).at(-1)?.price ?? 'none');
    if (deal.kind === 'send-or-pay' && minute >= Number(deal.quantity)) due += micro(deal.excessPrice);
  }
  if (deal.kind === 'send-or-pay') for (let minute = 0; minute < Number(deal.quantity); minute += 1) due += micro(deal.price);
  if (deal.kind === 'commitment') {
    due = charged;
    for (let minute = mine; minute < Number(deal.quantity); minute += 1) due += micro(deal.price);
  }
  return due - charged;
}

const price = fc.integer({ min: 0, max: 999 }).map((units) => `0.${String(units).padStart(3, '0')}`);
const quantity = fc.integer({ min: 1, max: 300 }).map(String);
const tierList = fc
  .tuple(price, fc.integer({ min: 1, max: 100 }), price, fc.integer({ min: 101, max: 250 }), price)
  .map(([a, second, b, third, c]) => [
    { from: '0', price: a },
    { from: String(second), price: b },
    { from: String(third), price: c },
  ]);
const anyDeal: fc.Arbitrary<TrafficDeal> = fc.oneof(
  fc.record({ quantity, price }).map((terms): TrafficDeal => ({ ...promised, ...terms })),
  fc.record({ quantity, price, excessPrice: price }).map((terms): TrafficDeal => ({ ...promised, ...terms, kind: 'send-or-pay' })),
  fc.record({ price, excessPrice: price }).map((terms): TrafficDeal => ({ ...swap, ...terms })),
  fc
    .tuple(fc.constantFrom('graduated' as const, 'retroactive' as const), tierList)
    .map(([kind, list]): TrafficDeal => ({ ...scope, kind, side: 'receivable', measure: 'minutes', tiers: list })),
);

test('thousands of random deals come to what a model says that prices each minute by itself', () => {
  fc.assert(
    fc.property(anyDeal, fc.nat(300), fc.nat(300), fc.nat(1_000_000_000), (deal, mine, theirs, charged) => {
      const usage = [
        { ...minutes('receivable', String(mine), '0'), amountNanos: BigInt(charged) * 1000n },
        minutes('payable', String(theirs), '0'),
      ];
      const [found] = dealAdjustments(books([deal], usage), october, []).filter(({ side }) => side === 'receivable');
      assert.equal(found?.amountNanos ?? 0n, plain(deal, mine, theirs, BigInt(charged)) * 1000n);
    }),
    { seed: 20261031, numRuns: 3000 },
  );
});

test('the order in which usage comes, and how it is cut into days, makes no difference', () => {
  fc.assert(
    fc.property(
      anyDeal,
      fc.array(fc.tuple(fc.integer({ min: 1, max: 31 }), fc.nat(40), fc.nat(1000), fc.boolean()), { maxLength: 20 }),
      (deal, days) => {
        const usage = days.map(([day, billed, charged, ours]) =>
          minutes(ours ? 'receivable' : 'payable', String(billed), String(charged), { day: `2026-10-${String(day).padStart(2, '0')}` }),
        );
        const whole = (['receivable', 'payable'] as const).map((side) => {
          const own = usage.filter((each) => each.side === side);
          return minutes(side, '0', '0', {
            billed: own.reduce((sum, { billed }) => sum + billed, 0n),
            amountNanos: own.reduce((sum, { amountNanos }) => sum + amountNanos, 0n),
          });
        });
        assert.deepEqual(dealAdjustments(books([deal], usage), october, []), dealAdjustments(books([deal], whole), october, []));
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});
