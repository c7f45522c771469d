import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roundingModes } from '#core/money/rounding.ts';
import { type DayUsage, tierCounterKey, volumeAdjustments } from '#core/settlement/volume-tiers.ts';
import type { Rate, Tariff, Tiers } from '#core/tariffs/tariff.ts';
import { periodOf } from '#core/time/period.ts';
import { volumeAdjustmentNanos } from '../oracle/adjustment.ts';
import { Random } from './random.ts';
import { price } from './random-terms.ts';

test('what volume tiers adjust on a statement is what the plain model says, rate by rate', () => {
  let [adjusted, unchanged] = [0, 0];
  for (let seed = 1; seed <= 2_000; seed += 1) {
    const random = new Random(seed);
    const measure = random.pick(['minutes', 'messages', 'volume', 'money', 'events'] as const);
    const tariff = randomTariff(random, measure);
    const rounding = { decimals: random.below(10), mode: random.pick(roundingModes) };
    const usage = Array.from({ length: random.between(1, 20) }, () => randomUsage(random, tariff));
    const charged = BigInt(random.below(1_200)) * 1_000_000_000n;
    const counter = measure === 'money' ? charged : usage.reduce((sum, { billed }) => sum + billed, 0n);
    const expected = tariff.rates.flatMap((rate) => {
      const quantity = usage.filter(({ rateId }) => rateId === rate.id).reduce((sum, { billed }) => sum + billed, 0n);
      const nanos = volumeAdjustmentNanos(tariff, rate, quantity, counter, rounding);
      return nanos === 0n ? [] : [[rate.id, nanos] as const];
    });
    const given = volumeAdjustments('agreement', periodOf('month', '2026-10-01'), {
      usage,
      rates: new Map(tariff.rates.map((rate) => [rate.id, rate])),
      tariffs: new Map([[tariff.id, tariff]]),
      rounding: new Map([[1, rounding]]),
      moneyCounters: new Map(
        tariff.rates.flatMap(({ terms }) =>
          terms.tiers ? [[tierCounterKey('agreement', 'incoming', terms.tiers, '2026-10-01'), charged]] : [],
        ),
      ),
    });
    assert.deepEqual(new Map(given.map(({ rateId, amountNanos }) => [rateId, amountNanos])), new Map(expected), `seed ${seed}`);
    if (expected.length > 0) adjusted += 1;
    else unchanged += 1;
  }
  assert.ok(adjusted > 500 && unchanged > 50, `${adjusted} adjusted, ${unchanged} not`);
});

/** Rates that share one counter, and where its tiers begin. */
function randomTariff(random: Random, measure: Tiers['measure']): Tariff {
  const service = ({ minutes: 'voice', messages: 'sms', volume: 'data', money: 'voice', events: 'event' } as const)[measure];
  const first = BigInt(random.between(1, 500));
  const froms = [first, first + BigInt(random.between(1, 500))].slice(0, random.between(1, 2));
  const rates = Array.from({ length: random.between(1, 4) }, (_, index): Rate => {
    const tiers = froms.map((units) => ({ from: { units, scale: 0 }, price: price(random) }));
    const terms = { price: price(random), tiers: { counter: 'c', kind: 'volume', measure, period: 'month', tiers } as const };
    return {
      id: index + 1,
      match: { code: `${index}`, destination: 'D' },
      terms,
      validFromMicros: 0,
      validToMicros: Number.POSITIVE_INFINITY,
    };
  });
  return {
    id: 't',
    name: 't',
    service,
    currency: 'EUR',
    per: service === 'voice' ? 60 : service === 'data' ? 1_000_000 : 1,
    withoutCaller: 'ignore',
    charged: 'delivered',
    messageUnit: 'part',
    volume: { count: 'both', roundUpToBytes: 1, per: 'session' },
    ratesBy: 'files',
    rates,
  };
}

function randomUsage(random: Random, tariff: Tariff): DayUsage {
  const size = tariff.service === 'data' ? 50_000_000 : tariff.service === 'voice' ? 5_000 : 100;
  return {
    versionId: 1,
    role: 'incoming',
    tariff: tariff.id,
    rateId: random.pick(tariff.rates).id,
    currency: 'EUR',
    day: `2026-10-${String(random.between(1, 31)).padStart(2, '0')}`,
    billed: BigInt(random.below(size)),
  };
}
