/**
 * Rating groups that draw from one pool of granted units, against clients of both readings of RFC 8506 §5.1.2: what they may use is always set aside, nothing is
 * used beyond a grant, and at the end all balances are those of the same use without a pool.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AnswerItem } from '#core/charging/answer.ts';
import type { ChargingRequest, RequestItem } from '#core/charging/request.ts';
import { catalogOf } from './plan-words.ts';
import { World } from './world.ts';

const GROUPS = ['10', '20', '30'] as const;
type Group = (typeof GROUPS)[number];

/**
 * `consumed`: what a group reports leaves the pool with what it consumed, and what it is granted comes to it. `quotas`: with each grant the pool is the sum of
 * the quotas that are allocated (both are sentences of §5.1.2).
 */
type Reading = 'consumed' | 'quotas';

interface Quota {
  readonly units: bigint;
  readonly pool: { readonly number: number; readonly multiplier: bigint } | undefined;
  used: bigint;
}

/** A network element with its counters. */
class Client {
  readonly #reading: Reading;
  readonly quotas = new Map<Group, Quota>();
  readonly #left = new Map<number, bigint>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** What a group may still use. */
  free(group: Group): bigint {
    const quota = this.quotas.get(group);
    if (quota === undefined) return 0n;
    if (quota.pool === undefined) return quota.units - quota.used;
    const { number, multiplier } = quota.pool;
    const free = (this.#left.get(number) ?? 0n) - this.#unreported(number);
    return free > 0n ? free / multiplier : 0n;
  }

  use(group: Group, units: bigint): void {
    const quota = this.quotas.get(group);
    if (quota !== undefined) quota.used += units;
  }

  /** What the group used since its last report; its quota is gone. */
  report(group: Group): bigint {
    const quota = this.quotas.get(group);
    this.quotas.delete(group);
    if (quota?.pool !== undefined) this.#add(quota.pool.number, -quota.used * quota.pool.multiplier);
    return quota?.used ?? 0n;
  }

  take(group: Group, units: bigint, pool: Quota['pool']): void {
    this.quotas.set(group, { units, pool, used: 0n });
    if (pool === undefined) return;
    if (this.#reading === 'consumed') this.#add(pool.number, units * pool.multiplier);
    else
      this.#left.set(
        pool.number,
        this.#sum(pool.number, ({ units: quota }) => quota),
      );
  }

  #add(number: number, units: bigint): void {
    this.#left.set(number, (this.#left.get(number) ?? 0n) + units);
  }

  #unreported(number: number): bigint {
    return this.#sum(number, ({ used }) => used);
  }

  #sum(number: number, of: (quota: Quota) => bigint): bigint {
    let sum = 0n;
    for (const quota of this.quotas.values()) if (quota.pool?.number === number) sum += of(quota) * quota.pool.multiplier;
    return sum;
  }
}

const groupsOf = fc.subarray([...GROUPS], { minLength: 1 });
const caseOf = fc.record({
  reading: fc.constantFrom<Reading>('consumed', 'quotas'),
  service: fc.constantFrom('data' as const, 'voice' as const),
  /** Thousandths a MB or a minute, of each group. */
  prices: fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 })),
  decimals: fc.constantFrom(2, 4, 9),
  mode: fc.constantFrom('half up', 'half even', 'up', 'down'),
  /** Thousandths. */
  money: fc.integer({ min: 1, max: 900 }),
  allowance: fc.option(fc.integer({ min: 1, max: 9_000_000 }), { freq: 2 }),
  control: fc.boolean(),
  steps: fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          kind: fc.constant('use' as const),
          group: fc.constantFrom(...GROUPS),
          percent: fc.integer({ min: 1, max: 100 }),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('report' as const),
          groups: groupsOf,
          wanted: fc.integer({ min: 1, max: 5_000_000 }),
          asks: fc.boolean(),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('other' as const), wanted: fc.integer({ min: 1, max: 5_000_000 }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('top-up' as const), thousandths: fc.integer({ min: 1, max: 200 }) }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'again' as const }) },
    ),
    { maxLength: 40 },
  ),
});
type Case = typeof caseOf extends fc.Arbitrary<infer C> ? C : never;

test('of a pool, nobody ever has more than is set aside, and balances at the end are those of the same use without one', () => {
  let pooled = 0;
  fc.assert(
    fc.property(caseOf, (each) => {
      pooled += runCase(each);
    }),
    { numRuns: Number(process.env.CHARGING_MODEL_RUNS ?? 300), seed: Number(process.env.CHARGING_MODEL_SEED ?? 20261122) },
  );
  assert.ok(pooled > 500, `${pooled} grants were drawn from pools`);
});

/** How many grants were drawn from a pool. */
function runCase(each: Case): number {
  const { reading, service, prices, decimals, mode, money, allowance, control, steps } = each;
  const per = service === 'data' ? 'MB' : 'min';
  const rates = GROUPS.map((group, index) => `(group ${group}): ${thousandths(prices[index] ?? 0)}/${per}`);
  const words = [
    `pool of ${GROUPS.join(' ')}; grants at least 1 ${service === 'data' ? 'B' : 's'}`,
    ...(allowance === null ? [] : [`allowance units = ${allowance} ${service === 'data' ? 'B' : 's'}`]),
    ...(control ? ['control cap: 0.400 a month'] : []),
  ];
  const catalog = catalogOf(`${rates.join('; ')}; ${decimals} decimals ${mode}`, words.join('; '));
  const world = new World(catalog);
  const plain = new World(catalog);
  for (const one of [world, plain]) one.open([thousandths(money), ...(allowance === null ? [] : ['units'])].join('; '));
  const client = new Client(reading);
  const used = new Map<Group, bigint>();
  let number = -1;
  let pooled = 0;
  let last: ChargingRequest | undefined;
  const send = (
    operation: 'initial' | 'update' | 'terminate',
    groups: readonly Group[],
    wanted: bigint | undefined,
  ): readonly AnswerItem[] => {
    number += 1;
    const items = groups.map((group): RequestItem => {
      const units = client.report(group);
      used.set(group, (used.get(group) ?? 0n) + units);
      const reported = units === 0n ? [] : [unitsOf(service, units)];
      return { ratingGroup: group, used: reported, ...(wanted === undefined ? {} : { requested: unitsOf(service, wanted) }) };
    });
    const request = { session: 'A', number, operation, identities: [], service, eventMicros: world.now, facts: { called: '49' }, items };
    last = operation === 'initial' ? { ...request, knowsPools: true } : request;
    const { items: answers } = world.send(last);
    // The same reports, of a client that never holds anything.
    plain.send({ ...request, items: items.map(({ requested: _, ...item }) => item), ...(operation === 'initial' ? { items: [] } : {}) });
    for (const [index, group] of groups.entries()) {
      const { granted, unitPool } = answers[index] ?? {};
      const units = granted?.bytes ?? granted?.seconds;
      if (units === undefined) continue;
      assert.ok(units <= (wanted ?? 0n), 'no more than was asked for');
      client.take(group, units, unitPool);
      if (unitPool !== undefined) pooled += 1;
    }
    return answers;
  };
  send('initial', GROUPS.slice(0, 2), 1_000_000n);
  if (world.account('a').sessions.length === 0) return 0;
  for (const step of steps) {
    world.now += 1_000_000;
    plain.now = world.now;
    switch (step.kind) {
      case 'use':
        client.use(step.group, (client.free(step.group) * BigInt(step.percent)) / 100n);
        break;
      case 'report':
        send('update', step.groups, step.asks ? BigInt(step.wanted) : undefined);
        break;
      case 'other':
        world.step(`B${number}: initial ${step.wanted} ${service === 'data' ? 'B' : 's'} group 10`);
        break;
      case 'top-up':
        for (const one of [world, plain]) one.step(`top-up ${thousandths(step.thousandths)}`);
        break;
      case 'again':
        if (last !== undefined) world.send(last);
    }
    checkSetAside(world, client);
  }
  send('terminate', GROUPS, undefined);
  for (const { id } of world.account('a').sessions) world.step(`${id}: end`);
  assert.equal(world.events.filter(({ kind }) => kind === 'used-beyond-grant').length, 0, 'nothing is used beyond a grant');
  assert.ok(
    world.account('a').buckets.every(({ reserved, holders }) => reserved === 0n && holders === 0),
    'all is given back at the end',
  );
  for (const { ratingGroup, chargedNanos, units } of charges(world)) {
    const price = prices[GROUPS.indexOf(ratingGroup as Group)] ?? 0; // one of ours
    assert.equal(chargedNanos, plainPrice(units, price, service === 'data' ? 1_000_000n : 60n, decimals, mode));
  }
  for (const [group, units] of used)
    assert.equal(
      charges(world).filter(({ ratingGroup }) => ratingGroup === group).length,
      units === 0n ? 0 : 1,
      'a charge for what was used',
    );
  if (allowance === null) assert.equal(world.balances(), plain.balances(), 'balances are those of the same use without a pool');
  return pooled;
}

const thousandths = (value: number): string => (value / 1000).toFixed(3);
const unitsOf = (service: 'data' | 'voice', units: bigint) => (service === 'data' ? { bytes: units } : { seconds: units });

/** Buckets hold what items and pools set aside; and whatever the client does next with one of its groups is paid by that. */
function checkSetAside(world: World, client: Client): void {
  const { buckets, sessions, counters } = world.account('a');
  const held = sessions.flatMap(({ items, pooling }) => [...items, ...(pooling?.pool === undefined ? [] : [pooling.pool])]);
  for (const { id, reserved, holders, value, limit } of buckets) {
    const ours = held.flatMap(({ reservations }) => reservations.filter(({ bucket }) => bucket === id));
    assert.equal(
      reserved,
      ours.reduce((sum, { amount }) => sum + amount, 0n),
      'what is set aside is the sum of what sessions set aside',
    );
    assert.equal(holders, ours.length);
    assert.ok(value + limit >= reserved, 'nothing is set aside that is not there');
  }
  for (const { key, reserved } of counters) {
    const ours = held.flatMap(({ counted }) => counted.filter((each) => each.key === key));
    assert.equal(
      reserved,
      ours.reduce((sum, { amount }) => sum + amount, 0n),
      `${key} counts what sessions may still add`,
    );
  }
  const session = sessions.find(({ id }) => id === 'A');
  const pool = session?.pooling?.pool;
  for (const { multiplier, reservations, ratingGroup, grant } of session?.items ?? []) {
    if (multiplier === undefined) continue;
    assert.equal(reservations.length, 0, 'what draws from a pool holds nothing itself');
    assert.ok(pool !== undefined && grant !== undefined);
    const group = ratingGroup as Group; // one of ours
    assert.ok(client.free(group) * multiplier <= pool.left, 'a client has no more than S');
  }
}

/** What each group came to. */
function charges(world: World) {
  return world.records
    .filter(({ session }) => session === 'A')
    .map(({ event, chargedNanos, covered }) => {
      const units = BigInt(event.service === 'voice' ? event.durationMicros / 1_000_000 : event.bytesUp + event.bytesDown);
      return { ratingGroup: event.ratingGroup, chargedNanos, units: covered.reduce((rest, each) => rest - each.units, units) };
    });
}

/** What so many units cost, rounded once: `price` thousandths for each `per`. */
function plainPrice(units: bigint, price: number, per: bigint, decimals: number, mode: string): bigint {
  const step = 10n ** BigInt(9 - decimals);
  const [numerator, denominator] = [units * BigInt(price) * 1_000_000n, per * step];
  const whole = numerator / denominator;
  const rest = numerator % denominator;
  const isUp =
    mode === 'up'
      ? rest > 0n
      : mode === 'down'
        ? false
        : rest * 2n > denominator || (rest * 2n === denominator && (mode === 'half up' || whole % 2n === 1n));
  return (isUp ? whole + 1n : whole) * step;
}

for (const [prices, plan, expected] of [
  ['0.01/MB', 'pool of 10 10', /a pool is of at least two different rating groups/],
  ['0.01/MB', 'pool of 10 20; free groups 20', /rating group 20 is free/],
  ['0.06/min 60/60', 'pool of 10 20', /tariff-0 has increments/],
  ['0.01/MB; setup fee 0.10', 'pool of 10 20', /tariff-0 has fees/],
  ['0.10/part', 'pool of 10 20', /sms is paid by the message/],
  ['0.01/MB; rounded up to 1024 bytes per session', 'pool of 10 20', /volume that is rounded up/],
  ['0.01/MB', 'pool of 10 20; control cap: 1.00 a month when group 10', /control cap tells rating groups 10, 20 of a pool apart/],
  ['0.01/MB', 'pool of 10 20; allowance gb = 1 GB when group 10; gives gb', /allowance gb tells rating groups 10, 20 of a pool apart/],
  ['when group 10: 0.01/MB & 0.02/MB', 'pool of 10 20', /its services tell rating groups 10, 20 of a pool apart/],
] as const)
  test(`a pool is refused: ${prices}, ${plan}`, () => {
    assert.throws(() => catalogOf(prices, plan), expected);
  });
