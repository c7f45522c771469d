import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LegRole } from '../agreements/agreements.ts';
import { formatNanos } from '../money/amount.ts';
import { decimal } from '../money/decimal.ts';
import type { RateTerms } from '../tariffs/tariff.ts';
import { type ChargeTotal, figuresOf, type StatementFigures, type UsedRate, type UsedTariff } from './statement.ts';
import { type DayUsage, volumeAdjustments } from './volume-tiers.ts';

const tariffs = new Map<string, UsedTariff>([
  ['sell', { id: 'sell', service: 'voice', per: 60 }],
  ['buy', { id: 'buy', service: 'voice', per: 60 }],
  ['sms', { id: 'sms', service: 'sms', per: 1 }],
  ['data', { id: 'data', service: 'data', per: 1_000_000 }],
]);

function rate(
  id: number,
  destination: string,
  price: string,
  more: { band?: string; origin?: string; validFrom?: string; terms?: Partial<RateTerms> } = {},
): UsedRate {
  const { band, origin, validFrom, terms } = more;
  return {
    id,
    match: { code: String(id), destination, ...(band === undefined ? {} : { band }), ...(origin === undefined ? {} : { origin }) },
    terms: { price: decimal(price), ...terms },
    ...(validFrom === undefined ? {} : { validFrom }),
  };
}

const rates = new Map(
  [
    rate(1, 'Germany Fixed', '0.0137', { terms: { firstSeconds: 60, nextSeconds: 60 } }),
    rate(2, 'Germany Fixed', '0.0137', { terms: { firstSeconds: 60, nextSeconds: 60 } }),
    rate(3, 'Germany Mobile', '0.12', { band: 'peak' }),
    rate(4, 'Germany Mobile', '0.06', { band: 'off-peak' }),
    rate(5, 'France Fixed', '0.05', { validFrom: '2026-01-01' }),
    rate(6, 'France Fixed', '0.06', { validFrom: '2026-10-15' }),
    rate(7, 'France Fixed', '0.12', { origin: '!EEA' }),
    rate(8, 'United Kingdom', '0.004'),
    rate(9, 'internet', '0.005'),
  ].map((each) => [each.id, each]),
);

function charge(
  role: LegRole,
  tariff: string,
  rateId: number | undefined,
  events: number,
  billed: number,
  amount: string,
  currency = 'USD',
): ChargeTotal {
  const raw = tariff === 'sell' || tariff === 'buy' ? BigInt(billed) * 1_000_000n : BigInt(billed);
  const amountNanos = decimal(`${amount}`).units * 10n ** BigInt(9 - decimal(amount).scale);
  return {
    versionId: 1,
    role,
    tariff,
    rateId,
    currency,
    events: BigInt(events),
    answered: BigInt(events),
    raw,
    billed: BigInt(billed),
    amountNanos,
  };
}

function table(figures: StatementFigures): string[] {
  return figures.lines.map((line) =>
    [
      line.number,
      line.side,
      line.service,
      line.destination || '(no rate)',
      line.band || line.condition || line.validFrom || '-',
      line.rate?.price ?? '-',
      line.rate?.increments || '-',
      line.events,
      line.billed,
      formatNanos(line.amountNanos, 2),
    ].join(' | '),
  );
}

test('lines stand by direction, service, destination and rate; two prices are two lines, two codes at one price are one', () => {
  const figures = figuresOf({
    currency: 'USD',
    rates,
    tariffs,
    adjustments: [],
    charges: [
      charge('outgoing', 'buy', 5, 10, 600, '0.50'),
      charge('outgoing', 'buy', 6, 20, 1200, '1.20'),
      charge('outgoing', 'buy', 7, 1, 60, '0.12'),
      charge('incoming', 'sell', 3, 3, 180, '0.36'),
      charge('incoming', 'sell', 2, 5, 300, '0.0685'),
      charge('incoming', 'sell', 1, 7, 420, '0.0959'),
      charge('incoming', 'sell', 4, 2, 120, '0.12'),
      charge('incoming', 'sell', undefined, 4, 0, '0'),
      charge('incoming', 'sms', 8, 3, 5, '0.02'),
      charge('incoming', 'data', 9, 1, 10_000_384, '0.0501'),
    ],
  });
  assert.deepEqual(table(figures), [
    '1 | receivable | voice | Germany Fixed | - | 0.0137 | 60/60 | 12 | 720 | 0.1644',
    '2 | receivable | voice | Germany Mobile | off-peak | 0.06 | 1/1 | 2 | 120 | 0.12',
    '3 | receivable | voice | Germany Mobile | peak | 0.12 | 1/1 | 3 | 180 | 0.36',
    '4 | receivable | voice | (no rate) | - | - | - | 4 | 0 | 0.00',
    '5 | receivable | sms | United Kingdom | - | 0.004 | - | 3 | 5 | 0.02',
    '6 | receivable | data | internet | - | 0.005 | - | 1 | 10000384 | 0.0501',
    '7 | payable | voice | France Fixed | 2026-01-01 | 0.05 | 1/1 | 10 | 600 | 0.50',
    '8 | payable | voice | France Fixed | 2026-10-15 | 0.06 | 1/1 | 20 | 1200 | 1.20',
    '9 | payable | voice | France Fixed | callers outside EEA | 0.12 | 1/1 | 1 | 60 | 0.12',
  ]);
  assert.deepEqual(
    figures.net.map((net) => [
      net.currency,
      formatNanos(net.receivableNanos),
      formatNanos(net.payableNanos),
      formatNanos(net.netNanos),
      net.owes,
    ]),
    [['USD', '0.7145', '1.82', '-1.1055', 'entity']],
  );
});

test('nothing booked is a statement of nothing: no lines, zero both ways, nobody owes', () => {
  const figures = figuresOf({ currency: 'JPY', rates, tariffs, adjustments: [], charges: [] });
  assert.deepEqual(figures, {
    lines: [],
    services: [],
    net: [{ currency: 'JPY', receivableNanos: 0n, payableNanos: 0n, netNanos: 0n, owes: 'nobody' }],
  });
});

test('charges in two currencies are netted each by itself and never converted', () => {
  const figures = figuresOf({
    currency: 'EUR',
    rates,
    tariffs,
    adjustments: [],
    charges: [charge('incoming', 'sell', 1, 1, 60, '10', 'USD'), charge('outgoing', 'buy', 5, 1, 60, '8', 'EUR')],
  });
  assert.deepEqual(
    figures.net.map((net) => [net.currency, formatNanos(net.netNanos), net.owes]),
    [
      ['EUR', '-8', 'entity'],
      ['USD', '10', 'partner'],
    ],
  );
});

test('the lines add up to the totals and to what came in, for any charges', () => {
  const anyCharge = fc.record({
    role: fc.constantFrom<LegRole[]>('incoming', 'outgoing'),
    tariff: fc.constantFrom('sell', 'buy', 'sms'),
    rateId: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    versionId: fc.integer({ min: 1, max: 2 }),
    currency: fc.constantFrom('USD', 'EUR'),
    events: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    answered: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    raw: fc.bigInt({ min: 0n, max: 10n ** 18n }),
    billed: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    amountNanos: fc.bigInt({ min: -(10n ** 21n), max: 10n ** 21n }),
  });
  fc.assert(
    fc.property(fc.array(anyCharge, { maxLength: 40 }), (charges) => {
      const { lines, services, net } = figuresOf({ currency: 'USD', rates, tariffs, adjustments: [], charges });
      const sum = (items: readonly { readonly amountNanos: bigint }[]) => items.reduce((total, item) => total + item.amountNanos, 0n);
      assert.equal(sum(lines), sum(charges));
      assert.equal(sum(services), sum(charges));
      for (const { currency, netNanos } of net) {
        const signed = charges
          .filter((each) => each.currency === currency)
          .map((each) => (each.role === 'incoming' ? each.amountNanos : -each.amountNanos));
        assert.equal(
          netNanos,
          signed.reduce((total, each) => total + each, 0n),
        );
      }
      assert.deepEqual(
        lines.map((line) => line.number),
        lines.map((_, index) => index + 1),
      );
      assert.equal(
        lines.reduce((total, line) => total + line.parts.length, 0),
        charges.length,
      );
    }),
  );
});

test('the order in which charges come makes no difference', () => {
  const charges = [1, 2, 3, 4, 5, 6, 7].map((id) => charge(id % 2 ? 'incoming' : 'outgoing', 'sell', id, id, id * 60, '0.1'));
  const lines = (some: ChargeTotal[]) => table(figuresOf({ currency: 'USD', rates, tariffs, adjustments: [], charges: some }));
  assert.deepEqual(lines(charges), lines(charges.toReversed()));
});

const volumeTerms: Partial<RateTerms> = {
  tiers: {
    counter: 'all',
    kind: 'volume',
    measure: 'minutes',
    period: 'month',
    tiers: [{ from: decimal('1000'), price: decimal('0.015') }],
  },
};
const tiered = new Map(
  [rate(20, 'Spain', '0.02', { terms: volumeTerms }), rate(21, 'Spain Mobile', '0.02', { terms: volumeTerms })].map((each) => [
    each.id,
    each,
  ]),
);

function used(rateId: number, day: string, minutes: number, role: LegRole = 'incoming'): DayUsage {
  return { versionId: 1, role, tariff: 'sell', rateId, currency: 'USD', day, billed: BigInt(minutes * 60) };
}

test('whole-volume tiers are adjusted when their period ends in the statement', () => {
  const rounding = new Map([[1, { decimals: 6, mode: 'half-up' as const }]]);
  const rows: { name: string; usage: DayUsage[]; from: string; to: string; expected: [number, string][] }[] = [
    {
      name: 'P2: 1,010 min at 0.02 = 20.20; due 15.15',
      usage: [used(20, '2026-10-03', 990), used(20, '2026-10-31', 20)],
      from: '2026-10-01',
      to: '2026-11-01',
      expected: [[20, '-5.05']],
    },
    { name: 'one minute short of the tier', usage: [used(20, '2026-10-03', 999)], from: '2026-10-01', to: '2026-11-01', expected: [] },
    {
      name: 'exactly the tier’s beginning',
      usage: [used(20, '2026-10-03', 1000)],
      from: '2026-10-01',
      to: '2026-11-01',
      expected: [[20, '-5']],
    },
    {
      name: 'two rates share the counter, each is adjusted',
      usage: [used(20, '2026-10-03', 600), used(21, '2026-10-04', 410)],
      from: '2026-10-01',
      to: '2026-11-01',
      expected: [
        [20, '-3'],
        [21, '-2.05'],
      ],
    },
    {
      name: 'roles do not share a counter',
      usage: [used(20, '2026-10-03', 600), used(20, '2026-10-04', 600, 'outgoing')],
      from: '2026-10-01',
      to: '2026-11-01',
      expected: [],
    },
    {
      name: 'the statement of the second half closes the whole month',
      usage: [used(20, '2026-10-03', 990), used(20, '2026-10-31', 20)],
      from: '2026-10-16',
      to: '2026-11-01',
      expected: [[20, '-5.05']],
    },
    {
      name: 'the statement of the first half does not',
      usage: [used(20, '2026-10-03', 2000)],
      from: '2026-10-01',
      to: '2026-10-16',
      expected: [],
    },
    {
      name: 'a quarter closes each month by its own usage',
      usage: [used(20, '2026-10-03', 1000), used(20, '2026-11-03', 999), used(20, '2026-12-03', 2000)],
      from: '2026-10-01',
      to: '2027-01-01',
      expected: [
        [20, '-5'],
        [20, '-10'],
      ],
    },
  ];
  for (const { name, usage, from, to, expected } of rows) {
    const adjustments = volumeAdjustments('a', { from, to }, { usage, rates: tiered, tariffs, rounding, moneyCounters: new Map() });
    assert.deepEqual(
      adjustments.map((each) => [each.rateId, formatNanos(each.amountNanos)]),
      expected,
      name,
    );
  }
});

test('an adjustment is a line of its own, explained, and counts no minutes twice', () => {
  const rounding = new Map([[1, { decimals: 6, mode: 'half-up' as const }]]);
  const usage = [used(20, '2026-10-03', 1010)];
  const adjustments = volumeAdjustments(
    'a',
    { from: '2026-10-01', to: '2026-11-01' },
    { usage, rates: tiered, tariffs, rounding, moneyCounters: new Map() },
  );
  const figures = figuresOf({
    currency: 'USD',
    rates: tiered,
    tariffs,
    adjustments,
    charges: [charge('incoming', 'sell', 20, 9, 60_600, '20.20')],
  });
  assert.deepEqual(table(figures), [
    '1 | receivable | voice | Spain | - | 0.02 / 0.015 | 1/1 | 9 | 60600 | 20.20',
    '2 | receivable | voice | Spain | - | 0.015 | - | 0 | 60600 | -5.05',
  ]);
  assert.equal(
    figures.lines[1]?.explanation,
    'Volume tier all, 1 – 31 October 2026: 1,010 min reached the price 0.015 (from 1,000 min) for all usage; ' +
      'it was charged at 0.02, so the billed quantity is adjusted by 0.015 − 0.02 each.',
  );
  assert.equal(figures.services[0]?.billed, 60_600n);
  assert.equal(formatNanos(figures.net[0]?.netNanos ?? 0n), '15.15');
});

test('a tier by money is reached by what was charged for usage, not by fees', () => {
  const rounding = new Map([[1, { decimals: 6, mode: 'half-up' as const }]]);
  const tiers = {
    counter: 'sum',
    kind: 'volume',
    measure: 'money',
    period: 'month',
    tiers: [{ from: decimal('20.00'), price: decimal('0.015') }],
  } as const;
  const rates = new Map([[20, rate(20, 'Spain', '0.02', { terms: { setupFee: decimal('0.50'), tiers } })]]);
  const adjusted = (nanos: bigint) =>
    volumeAdjustments(
      'a',
      { from: '2026-10-01', to: '2026-11-01' },
      {
        usage: [used(20, '2026-10-03', 1010)],
        rates,
        tariffs,
        rounding,
        moneyCounters: new Map([['a|incoming|sum|month:2026-10-01', nanos]]),
      },
    );
  assert.deepEqual(adjusted(19_999_999_999n), []);
  assert.deepEqual(
    adjusted(20_200_000_000n).map((each) => formatNanos(each.amountNanos)),
    ['-5.05'],
  );
});
