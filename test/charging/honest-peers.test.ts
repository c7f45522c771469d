/**
 * Peers that use no more than they were granted never leave anything unpaid, whatever happens around them: other sessions, changes of
 * tariff within a grant, allowances by night, pools with caps, controls of spending, top-ups and purchases. And every byte that was
 * reported is in one record, at the price of the time in which it was used.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { UsageRecord } from '#core/charging/decision.ts';
import type { ChargingRequest, UsedUnits } from '#core/charging/request.ts';
import { catalogOf } from './plan-words.ts';
import { World } from './world.ts';

const MICROS = 1_000_000;
const KB = 1_000;

interface Ask {
  readonly kind: 'ask' | 'end';
  readonly session: number;
  readonly group: number;
  /** Of what was granted, per cent; and of that, per cent after the change of tariff. */
  readonly percent: number;
  readonly afterPercent: number;
  readonly wantedKb: number;
  readonly minutes: number;
}

const askOf: fc.Arbitrary<Ask> = fc.record({
  kind: fc.constantFrom('ask', 'ask', 'ask', 'end'),
  session: fc.nat(2),
  group: fc.nat(1),
  percent: fc.constantFrom(100, 100, 50, 0, 37),
  afterPercent: fc.constantFrom(0, 100, 40),
  wantedKb: fc.integer({ min: 1, max: 8_000 }),
  minutes: fc.constantFrom(1, 10, 200, 700),
});

const caseOf = fc.record({
  dayPrice: fc.integer({ min: 0, max: 99 }),
  nightPrice: fc.integer({ min: 0, max: 99 }),
  cents: fc.integer({ min: 0, max: 300 }),
  nightMb: fc.nat(5),
  videoMb: fc.nat(5),
  poolMb: fc.option(fc.integer({ min: 1, max: 6 })),
  capMb: fc.integer({ min: 1, max: 6 }),
  limitCents: fc.option(fc.integer({ min: 1, max: 200 })),
  steps: fc.array(
    fc.oneof(
      { weight: 8, arbitrary: askOf },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('top-up' as const), cents: fc.integer({ min: 1, max: 100 }) }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'buy' as const }) },
    ),
    { maxLength: 40 },
  ),
});

test('who uses no more than was granted leaves nothing unpaid, and every byte is charged once at its price', () => {
  fc.assert(
    fc.property(caseOf, (each) => runCase(each)),
    { numRuns: Number(process.env.CHARGING_MODEL_RUNS ?? 200), seed: Number(process.env.CHARGING_MODEL_SEED ?? 20261122) },
  );
});

function runCase({
  dayPrice,
  nightPrice,
  cents,
  nightMb,
  videoMb,
  poolMb,
  capMb,
  limitCents,
  steps,
}: typeof caseOf extends fc.Arbitrary<infer C> ? C : never): void {
  const price = (hundredths: number): string => (hundredths / 100).toFixed(2);
  const prices = `bands day 08:00-20:00, night otherwise; (day): ${price(dayPrice)}/MB; (night): ${price(nightPrice)}/MB`;
  const plan = [
    'grants at least 1 kB',
    'validity 7200 s',
    'supervision 86400 s',
    'allowance night = 9 MB when in bands-0 night priority 20',
    'allowance video = 9 MB when group 1 priority 30',
    'allowance pack = 2 MB for 1 days priority 40',
    'add-on pack = 0.30 of pack',
    ...(poolMb === null ? [] : ['allowance p = 9 MB priority 25']),
    ...(limitCents === null ? [] : [`control cap: ${price(limitCents)} a day`]),
  ];
  const world = new World(catalogOf(prices, plan.join('; ')));
  const pool = poolMb === null ? [] : [`pool: p ${poolMb} MB`, `capped p ${capMb} MB`];
  world.open(
    [price(cents), `night ${nightMb} MB`, `video ${videoMb} MB`, ...pool]
      .filter((text) => !text.startsWith('0.00') && !text.includes(' 0 MB'))
      .join('; '),
  );
  const reported = new Map<string, bigint>();
  const numbers = new Map<string, number>();
  let count = 0;
  for (const step of steps) {
    if (step.kind === 'top-up')
      assert.equal(world.command('a', { kind: 'top-up', nanos: BigInt(step.cents) * 10_000_000n, currency: 'EUR' }), 'done');
    else if (step.kind === 'buy') world.command('a', { kind: 'buy-add-on', addOn: 'pack' });
    else {
      world.now += step.minutes * 60 * MICROS;
      const open = world.account('a').sessions.find(({ id }) => id.startsWith(`${step.session}.`));
      if (open === undefined && step.kind === 'end') continue;
      const id = open?.id ?? `${step.session}.${++count}`;
      const number = (numbers.get(id) ?? -1) + 1;
      numbers.set(id, number);
      // At the end all groups report, else the one.
      const groups = step.kind === 'end' ? [0, 1] : [step.group];
      const items = groups.flatMap((group) => {
        const known = open?.items.find(({ ratingGroup }) => ratingGroup === String(group));
        if (known === undefined && step.kind === 'end') return [];
        const used = known?.grant === undefined ? [] : usedOf(world.now, known.grant.units, known.grant.tariffChangeMicros, step);
        reported.set(
          id,
          used.reduce((sum, { bytes = 0n }) => sum + bytes, reported.get(id) ?? 0n),
        );
        return [{ ratingGroup: String(group), used, ...(step.kind === 'end' ? {} : { requested: { bytes: BigInt(step.wantedKb * KB) } }) }];
      });
      const operation: ChargingRequest['operation'] = open === undefined ? 'initial' : step.kind === 'end' ? 'terminate' : 'update';
      world.send({ session: id, number, operation, identities: [], service: 'data', eventMicros: world.now, facts: {}, items });
    }
    check(world, limitCents);
  }
  for (const { id } of world.account('a').sessions)
    world.send({
      session: id,
      number: 1000,
      operation: 'terminate',
      identities: [],
      service: 'data',
      eventMicros: world.now,
      facts: {},
      items: [],
    });
  check(world, limitCents);
  for (const record of world.records) checkRecord(record, dayPrice, nightPrice);
  for (const [id, bytes] of reported) {
    const recorded = world.records
      .filter(({ session }) => session === id)
      .reduce((sum, { event }) => sum + BigInt(event.bytesUp + event.bytesDown), 0n);
    assert.equal(recorded, bytes, 'every byte that was reported is in a record');
  }
}

/** Part of what was granted; told apart where a change of tariff was announced and has passed. */
function usedOf(now: number, granted: bigint, change: number | undefined, { percent, afterPercent }: Ask): readonly UsedUnits[] {
  const all = (granted * BigInt(percent)) / 100n;
  if (change === undefined || now < change) return [{ bytes: all }];
  const after = (all * BigInt(afterPercent)) / 100n;
  return [
    { bytes: all - after, change: 'before' },
    { bytes: after, change: 'after' },
  ];
}

function check({ accounts, events }: World, limitCents: number | null): void {
  assert.ok(!events.some(({ kind }) => kind === 'used-beyond-grant'), 'nothing is left unpaid');
  for (const { buckets, counters } of accounts.values()) {
    for (const { value, limit, reserved, definition } of buckets)
      assert.ok(value + limit >= reserved && reserved >= 0n, `${definition}: ${value}, ${reserved} set aside`);
    for (const { key, value, reserved } of counters) {
      assert.ok(reserved >= 0n);
      if (key === 'control:cap' && limitCents !== null)
        assert.ok(value <= BigInt(limitCents) * 10_000_000n, 'a control is not gone beyond');
    }
  }
}

/** The plain price: bytes that no allowance covered, at that of the hour in which the charge began. */
function checkRecord({ event, covered, chargedNanos, unpaidNanos }: UsageRecord, dayPrice: number, nightPrice: number): void {
  const hour = new Date(event.startMicros / 1000).getUTCHours();
  const price = BigInt(hour >= 8 && hour < 20 ? dayPrice : nightPrice);
  const bytes = BigInt(event.bytesUp + event.bytesDown) - covered.reduce((sum, { units }) => sum + units, 0n);
  assert.equal(chargedNanos, bytes * price * 10n, `${bytes} bytes at ${price} hundredths a MB`);
  assert.equal(unpaidNanos, 0n);
}
