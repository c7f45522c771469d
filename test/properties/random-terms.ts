/** What rates cost: random terms that their service may have. */
import type { Decimal } from '#core/money/decimal.ts';
import type { RateTerms, Tariff, Tiers } from '#core/tariffs/tariff.ts';
import type { Service } from '#core/usage/usage-event.ts';
import type { Random } from './random.ts';

export function price(random: Random): Decimal {
  // Where whole-number arithmetic would run out: many digits, and many behind the point.
  if (random.chance(2)) return { units: BigInt(random.below(2 ** 50)), scale: random.pick([6, 9, 12, 12]) };
  if (random.chance(5)) return { units: 0n, scale: random.below(3) };
  const scale = random.pick([0, 1, 2, 2, 3, 4, 4, 5, 6, 9, 12]);
  const size = random.pick([10, 1000, 100_000]);
  return { units: BigInt(random.between(1, size)), scale };
}

function fee(random: Random): Decimal {
  return { units: random.chance(6) ? 0n : BigInt(random.between(0, 500)), scale: random.pick([0, 2, 3, 4, 6]) };
}

/** Counters of a world: rates that name one agree in all but prices and where tiers begin. */
export function randomCounters(random: Random, service: Service): readonly Omit<Tiers, 'tiers'>[] {
  const own = { voice: 'minutes', sms: 'messages', mms: 'messages', data: 'volume', content: 'events', event: 'events' } as const;
  return ['c1', 'c2'].map((counter) => ({
    counter,
    kind: random.pick(['graduated', 'graduated', 'volume'] as const),
    measure: random.chance(30) ? 'money' : own[service],
    period: random.pick(['day', 'week', 'month', 'quarter', 'year'] as const),
  }));
}

export function randomTerms(random: Random, tariff: Omit<Tariff, 'rates'>, counters: readonly Omit<Tiers, 'tiers'>[]): RateTerms {
  const base: RateTerms = {
    price: tariff.service === 'data' && tariff.per === 1 ? { units: BigInt(random.below(5000)), scale: 12 } : price(random),
  };
  if (tariff.service === 'voice') return { ...base, ...voiceTerms(random, counters, tariff.per) };
  if (tariff.service === 'data' && tariff.volume.per === 'day') return base;
  const common = { ...base, ...once(random) };
  const attempt = random.chance(20) ? { attemptFee: fee(random) } : {};
  if (tariff.service === 'sms' || tariff.service === 'mms') {
    if (random.chance(30)) return { ...common, ...attempt, sizeBands: sizeBands(random) };
    return { ...common, ...attempt, ...tiersOf(random, counters, tariff.per) };
  }
  if (tariff.service === 'content' && random.chance(40)) {
    return { ...common, share: { percent: { units: BigInt(random.between(0, 1000)), scale: 1 }, after: fee(random) } };
  }
  return { ...common, ...tiersOf(random, counters, tariff.per) };
}

function voiceTerms(random: Random, counters: readonly Omit<Tiers, 'tiers'>[], per: number): Partial<RateTerms> {
  const firstSeconds = random.pick([1, 1, 6, 30, 60, 60, random.between(1, 100)]);
  const nextSeconds = random.pick([1, 1, 6, 60, random.between(1, 90)]);
  const increments = random.chance(90) ? { firstSeconds, nextSeconds } : {};
  const first = increments.firstSeconds ?? 1;
  const next = increments.nextSeconds ?? 1;
  return {
    ...increments,
    ...(random.chance(15) && { graceSeconds: random.pick([0, 1, 5, 10]) }),
    ...(random.chance(20) && { freeSeconds: random.pick([1, 5, 30, 60, 100]) }),
    ...(random.chance(20) && { attemptFee: fee(random) }),
    ...(random.chance(10) && { disconnectFee: fee(random) }),
    ...once(random),
    ...(random.chance(20) ? { steps: steps(random, first, next) } : tiersOf(random, counters, per)),
  };
}

/** Fees and limits that every service has. */
function once(random: Random): Partial<RateTerms> {
  return {
    ...(random.chance(15) && { setupFee: fee(random) }),
    ...(random.chance(10) && { surcharge: fee(random) }),
    ...(random.chance(12) && { minimumCharge: fee(random) }),
    ...(random.chance(12) && { maximumCharge: fee(random) }),
  };
}

/** Steps that begin where an increment of the step before ends. */
function steps(random: Random, first: number, next: number): NonNullable<RateTerms['steps']> {
  const made: { fromSeconds: number; price: Decimal; firstSeconds: number; nextSeconds: number }[] = [];
  let from = first + random.below(5) * next;
  for (let count = random.between(1, 3); count > 0; count -= 1) {
    const step = {
      fromSeconds: from,
      price: price(random),
      firstSeconds: random.pick([1, 6, 30, 60]),
      nextSeconds: random.pick([1, 6, 60]),
    };
    made.push(step);
    from += step.firstSeconds + random.below(5) * step.nextSeconds;
  }
  return made;
}

function tiersOf(random: Random, counters: readonly Omit<Tiers, 'tiers'>[], per: number): Partial<RateTerms> {
  if (!random.chance(25)) return {};
  const counter = random.pick(counters);
  // Small enough for the events of one world to cross them, and each at a whole unit of its counter.
  const step = tierStep(random, counter.measure, per);
  let from = 0n;
  const tiers = Array.from({ length: random.between(1, 3) }, () => {
    from += BigInt(random.between(1, 30)) * step.units;
    return { from: { units: from, scale: step.scale }, price: price(random) };
  });
  return { tiers: { ...counter, tiers } };
}

function tierStep(random: Random, measure: Tiers['measure'], per: number): Decimal {
  if (measure === 'money') return { units: BigInt(random.between(1, 50)), scale: random.pick([0, 1, 2, 4]) };
  if (measure === 'minutes') return random.chance(60) ? { units: 1n, scale: 0 } : { units: 5n, scale: 2 };
  if (measure === 'volume')
    return per % 1000 === 0 && random.chance(50) ? { units: 1n, scale: 3 } : { units: per === 1 ? 1000n : 1n, scale: 0 };
  return { units: 1n, scale: 0 };
}

/** Sizes where bands end, ascending; messages have them too. */
export const messageSizes = [100, 101, 30_000, 100_000, 300_000] as const;

function sizeBands(random: Random): NonNullable<RateTerms['sizeBands']> {
  const bounds = random.some(messageSizes, 40);
  const bands = bounds.map((upToBytes) => ({ upToBytes, price: price(random) }));
  return [...bands, { upToBytes: Number.POSITIVE_INFINITY, price: price(random) }];
}

/** The same structure with other prices: what the rates of one code's bands may differ in. */
export function repriced(random: Random, terms: RateTerms): RateTerms {
  return {
    ...terms,
    price: price(random),
    ...(terms.steps && { steps: terms.steps.map((step) => ({ ...step, price: price(random) })) }),
    ...(terms.tiers && { tiers: { ...terms.tiers, tiers: terms.tiers.tiers.map((tier) => ({ ...tier, price: price(random) })) } }),
  };
}
