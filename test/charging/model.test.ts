/**
 * Charging against a second, plainer model in exact fractions: random plans, buckets and sequences of requests. The model knows nothing of
 * increments laid over sessions, shares or reservations; it adds up at the end what each charge must have come to, and looks after each step that nothing
 * is below its limit, lost or counted twice.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ChargingAccount } from '#core/charging/account.ts';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { UsageRecord } from '#core/charging/decision.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { catalogOf } from './plan-words.ts';
import { World } from './world.ts';

interface Terms {
  /** Thousandths of a unit of money a minute. */
  readonly price: number;
  readonly first: number;
  readonly next: number;
  /** Thousandths. */
  readonly fee: number;
  readonly decimals: number;
}

type Step =
  | { readonly kind: 'ask'; readonly session: number; readonly used: number; readonly wanted: number }
  | { readonly kind: 'end'; readonly session: number; readonly used: number }
  | { readonly kind: 'top-up'; readonly nanos: number }
  | { readonly kind: 'again' };

const termsOf: fc.Arbitrary<Terms> = fc.record({
  price: fc.integer({ min: 0, max: 900 }),
  first: fc.constantFrom(1, 6, 30, 60),
  next: fc.constantFrom(1, 6, 60),
  fee: fc.constantFrom(0, 0, 50),
  decimals: fc.constantFrom(2, 4, 9),
});

const stepOf: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      session: fc.nat(3),
      used: fc.nat(200),
      wanted: fc.integer({ min: 1, max: 400 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('end' as const), session: fc.nat(3), used: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('top-up' as const), nanos: fc.integer({ min: 1, max: 2_000_000_000 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'again' as const }) },
);

const caseOf = fc.record({
  terms: termsOf,
  money: fc.integer({ min: 1, max: 3_000 }),
  credit: fc.constantFrom(0, 0, 500),
  allowances: fc.array(fc.record({ seconds: fc.integer({ min: 1, max: 300 }), priority: fc.constantFrom(10, 2000) }), { maxLength: 2 }),
  pool: fc.option(fc.integer({ min: 1, max: 300 })),
  steps: fc.array(stepOf, { maxLength: 40 }),
});

test('no balance is ever below its limit, no charge is lost, twice or off by one, and no grant is worth more than there is', () => {
  fc.assert(
    fc.property(caseOf, (each) => runCase(each)),
    { numRuns: Number(process.env.CHARGING_MODEL_RUNS ?? 200), seed: Number(process.env.CHARGING_MODEL_SEED ?? 20261122) },
  );
});

function runCase({ terms, money, credit, allowances, pool, steps }: typeof caseOf extends fc.Arbitrary<infer C> ? C : never): void {
  const words = allowances.map(({ seconds, priority }, index) => `allowance a${index} = ${seconds} s priority ${priority}`);
  const pooled = pool === null ? [] : [`allowance p = ${pool} s priority 50`];
  const { price, first, next, fee, decimals } = terms;
  const prices = `${(price / 1000).toFixed(3)}/min ${first}/${next}; setup fee ${(fee / 1000).toFixed(3)}; ${decimals} decimals half up`;
  const world = new World(catalogOf(prices, [`credit ${(credit / 1000).toFixed(3)}`, ...words, ...pooled].join('; ')));
  world.open([(money / 1000).toFixed(3), ...allowances.map((_, index) => `a${index}`), ...(pool === null ? [] : ['pool: p'])].join('; '));
  const filled = totals(world);
  const used = new Map<string, number>();
  const numbers = new Map<string, number>();
  let count = 0;
  let last: ChargingRequest | undefined;
  for (const step of steps) {
    world.now += 1_000_000;
    if (step.kind === 'top-up') {
      assert.equal(world.command('a', { kind: 'top-up', nanos: BigInt(step.nanos), currency: 'EUR' }), 'done');
    } else if (step.kind === 'again') {
      if (last !== undefined) {
        const before = totals(world);
        world.send(last);
        assert.deepEqual(totals(world), before, 'a repetition changes nothing');
      }
    } else {
      const open = world.account('a').sessions.find(({ id }) => id.startsWith(`${step.session}.`));
      if (step.kind === 'end' && open === undefined) continue;
      const id = open?.id ?? `${step.session}.${++count}`;
      const number = (numbers.get(id) ?? -1) + 1;
      numbers.set(id, number);
      const reported = open === undefined ? 0 : step.used;
      last = {
        ...{ session: id, number, operation: open === undefined ? 'initial' : step.kind === 'end' ? 'terminate' : 'update' },
        ...{ identities: [], service: 'voice', eventMicros: world.now, facts: { called: '49' } },
        items: [
          {
            used: reported === 0 ? [] : [{ seconds: BigInt(reported) }],
            ...(step.kind === 'ask' ? { requested: { seconds: BigInt(step.wanted) } } : {}),
          },
        ],
      };
      used.set(id, (used.get(id) ?? 0) + reported);
      const answer = world.send(last);
      if (step.kind === 'ask') checkGrant(world, id, answer, step.wanted, terms);
    }
    checkState(world);
  }
  for (const { id } of world.account('a').sessions) {
    world.send({
      ...{ session: id, number: 1000, operation: 'terminate', identities: [], service: 'voice' },
      eventMicros: world.now,
      facts: {},
      items: [],
    });
  }
  checkState(world);
  for (const account of world.accounts.values())
    for (const bucket of account.buckets) assert.equal(bucket.reserved, 0n, 'all is given back at the end');
  for (const record of world.records) checkRecord(record, used.get(record.session) ?? 0, terms);
  for (const [id, seconds] of used)
    assert.equal(world.records.filter(({ session }) => session === id).length, seconds === 0 ? 0 : 1, 'one record for what was used');
  checkSums(world, filled);
}

/** What the plain model says that seconds cost when some of them are covered: in whole nanos, rounded half up once. */
function plainPrice(seconds: number, covered: bigint, { price, first, next, fee, decimals }: Terms): bigint {
  if (seconds === 0) return 0n;
  const priced = BigInt(billed(seconds, first, next)) - covered;
  // Nanos: price / 1000 a minute, and the fee when anything is paid with money.
  const numerator = priced * BigInt(price) * 1_000_000n + (priced > 0n ? BigInt(fee) * 1_000_000n * 60n : 0n);
  const unit = 10n ** BigInt(9 - decimals);
  const denominator = 60n * unit;
  return ((2n * numerator + denominator) / (2n * denominator)) * unit;
}

function billed(seconds: number, first: number, next: number): number {
  return seconds <= first ? first : first + Math.ceil((seconds - first) / next) * next;
}

function checkRecord({ covered, paid, chargedNanos, unpaidNanos, charge }: UsageRecord, seconds: number, terms: Terms): void {
  const units = covered.reduce((sum, each) => sum + each.units, 0n);
  assert.equal(chargedNanos, plainPrice(seconds, units, terms), `price of ${seconds} s of which ${units} are covered`);
  assert.equal(
    paid.reduce((sum, { nanos }) => sum + nanos, 0n) + unpaidNanos,
    chargedNanos,
    'what was paid and what was not is the charge',
  );
  assert.equal(charge?.amountNanos, chargedNanos, 'rating the whole at the end gives what was debited by and by');
  covered.reduce((at, { from, units: some }) => {
    assert.ok(from >= at, 'no unit is covered twice');
    return from + some;
  }, 0n);
  assert.ok(units <= BigInt(billed(Math.max(seconds, 1), terms.first, terms.next)));
}

function checkState({ accounts }: World): void {
  const reserved = new Map<string, bigint>();
  const holders = new Map<string, number>();
  for (const { sessions } of accounts.values()) {
    for (const { items } of sessions)
      for (const { reservations } of items)
        for (const { account, bucket, amount } of reservations) {
          const key = `${account}/${bucket}`;
          reserved.set(key, (reserved.get(key) ?? 0n) + amount);
          holders.set(key, (holders.get(key) ?? 0) + 1);
        }
  }
  for (const { id, buckets } of accounts.values())
    for (const bucket of buckets) {
      const key = `${id}/${bucket.id}`;
      assert.ok(bucket.value + bucket.limit >= 0n, `${bucket.definition} is at ${bucket.value}`);
      assert.ok(
        bucket.value + bucket.limit >= bucket.reserved,
        `${bucket.definition} has ${bucket.value} and ${bucket.reserved} set aside`,
      );
      assert.equal(bucket.reserved, reserved.get(key) ?? 0n, 'what is set aside is the sum of what sessions set aside');
      assert.equal(bucket.holders, holders.get(key) ?? 0);
    }
}

/** What a grant is worth is set aside: the units and the money that its seconds would take now. */
function checkGrant({ accounts }: World, id: string, answer: ChargingAnswer, wanted: number, terms: Terms): void {
  const granted = Number(answer.items[0]?.granted?.seconds ?? 0n);
  assert.ok(granted <= wanted);
  const item = accounts.get('a')?.sessions.find((session) => session.id === id)?.items[0];
  if (granted === 0 || item?.use === undefined) return;
  let units = 0n;
  let nanos = 0n;
  for (const { account, bucket, amount } of item.reservations) {
    const unit = accounts.get(account)?.buckets.find((each) => each.id === bucket)?.unit;
    if (unit === 'money') nanos += amount;
    else units += amount;
  }
  const before = item.use.covered.reduce((sum, each) => sum + each.units, 0n);
  const price = plainPrice(Number(item.use.used) + granted, before + units, terms);
  assert.equal(nanos, price - item.use.chargedNanos, 'the money set aside is the price of what is granted');
}

function totals({ accounts }: World): Record<string, string> {
  const entries = [...accounts.values()].flatMap(({ id, buckets, debtNanos }) => [
    [`${id} debt`, String(debtNanos)],
    ...buckets.map((bucket) => [`${id}/${bucket.id}`, `${bucket.value} ${bucket.reserved}`]),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** The journal explains every balance; and what left the buckets is what was charged and covered. */
function checkSums(world: World, filled: Record<string, string>): void {
  for (const account of world.accounts.values())
    for (const bucket of account.buckets) {
      const moves = world.changes.filter((change) => change.account === account.id && change.bucket === bucket.id);
      const before = BigInt(filled[`${account.id}/${bucket.id}`]?.split(' ')[0] ?? '0');
      assert.equal(
        moves.reduce((sum, { before: from, after }) => sum + after - from, before),
        bucket.value,
      );
      const spent = moves.filter(({ cause }) => cause.kind === 'use').reduce((sum, { before: from, after }) => sum + from - after, 0n);
      const ours = ({ account: id, bucket: number }: { readonly account: string; readonly bucket: number }): boolean =>
        id === account.id && number === bucket.id;
      const recorded = world.records.reduce(
        (sum, { covered, paid }) =>
          sum +
          covered.filter(ours).reduce((units, each) => units + each.units, 0n) +
          paid.filter(ours).reduce((nanos, each) => nanos + each.nanos, 0n),
        0n,
      );
      assert.equal(spent, recorded, `what left ${bucket.definition} is what records say`);
    }
  const unpaid = world.records.reduce((sum, { unpaidNanos }) => sum + unpaidNanos, 0n);
  const settled = world.changes.filter(({ cause }) => cause.kind === 'debt').reduce((sum, { before, after }) => sum + before - after, 0n);
  assert.equal(debtOf(world.account('a')), unpaid - settled, 'what nothing could pay is owed');
}

function debtOf({ debtNanos }: ChargingAccount): bigint {
  return debtNanos;
}
