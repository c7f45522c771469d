/** Laws that hold between answers, whatever the answers are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decimal } from '#core/money/decimal.ts';
import type { Charge, RatedEvent } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { Rate, RateTerms } from '#core/tariffs/tariff.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { compileWithStates, rateByEngine } from '../oracle/engine.ts';
import { compare, exact, times } from '../oracle/exact.ts';
import { readExact } from '../oracle/written.ts';
import { worldOf } from './check-world.ts';
import { plain } from './plain.ts';
import { states } from './random-book.ts';

const EVENTS = 30;

function compiled(book: Book): CompiledBook | undefined {
  const result = compileWithStates(book, states);
  return result.ok ? result.value : undefined;
}

function alone(book: CompiledBook, event: UsageEvent, explain = false): RatedEvent {
  return rateByEngine(book, event, new Map(), explain);
}

test('a longer call is never cheaper: prices and fees are not negative, and tiers, steps, limits and rounding keep the order', () => {
  let pairs = 0;
  for (let seed = 200_000; pairs < 5_000; seed += 1) {
    const { book, events } = worldOf(seed, EVENTS);
    const tables = compiled(book);
    if (tables === undefined) continue;
    for (const event of events) {
      if (event.service !== 'voice' || !event.answered) continue;
      const longer = { ...event, durationMicros: event.durationMicros + 1 + (seed % 7) * 17_300_001 };
      const short: RatedEvent = alone(tables, event);
      const long: RatedEvent = alone(tables, longer);
      if (short.kind === 'held' || long.kind === 'held') continue;
      for (const [index, charge] of short.charges.entries()) {
        const other: Charge | undefined = long.charges[index];
        assert.ok(
          other !== undefined && other.amountNanos >= charge.amountNanos,
          `seed ${seed}, event ${event.id}: ${charge.amountNanos} and longer ${other?.amountNanos}`,
        );
        assert.ok(other.billedQuantity >= charge.billedQuantity, `seed ${seed}, event ${event.id}`);
        pairs += 1;
      }
    }
  }
});

test('all prices, fees, limits and amounts doubled: the exact amount is double', () => {
  let pairs = 0;
  for (let seed = 300_000; pairs < 5_000; seed += 1) {
    const { book, events } = worldOf(seed, EVENTS);
    const single = compiled(book);
    const double = compiled({ ...book, tariffs: book.tariffs.map((tariff) => ({ ...tariff, rates: tariff.rates.map(doubled) })) });
    if (single === undefined || double === undefined) continue;
    for (const event of events) {
      const dearer = event.priceNanos === undefined ? event : { ...event, priceNanos: event.priceNanos * 2n };
      const a: RatedEvent = alone(single, event, true);
      const b: RatedEvent = alone(double, dearer, true);
      // The double of an amount may be out of range, and only then may one be held alone.
      if (a.kind === 'held' || b.kind === 'held') {
        if (a.kind !== b.kind)
          assert.equal(b.kind === 'held' ? b.reason : '', 'rating.amount-out-of-range', `seed ${seed}, event ${event.id}`);
        continue;
      }
      for (const [index, charge] of a.charges.entries()) {
        if (book.tariffs.some(({ id, volume, service }) => id === charge.tariff && service === 'data' && volume.per === 'day')) continue;
        const x = readExact(charge.explanation?.exactAmount ?? '');
        const y = readExact(b.charges[index]?.explanation?.exactAmount ?? '');
        if (x === undefined || y === undefined) continue;
        assert.equal(compare(times(x, exact(2n)), y), 0, `seed ${seed}, event ${event.id}`);
        pairs += 1;
      }
    }
  }
});

test('a more specific rate changes the events of its code and no others', () => {
  let [changed, same] = [0, 0];
  for (let seed = 400_000; changed < 500 || same < 3_000; seed += 1) {
    const { book, events } = worldOf(seed, EVENTS);
    const [tariff, ...others] = book.tariffs;
    if (tariff === undefined) continue;
    const priced = ({ called, enriched }: UsageEvent): string => (tariff.portability === 'follow' ? (enriched?.routing ?? called) : called);
    const first = events.find((event) => priced(event).length > 6 && event.startMicros > 0);
    if (first === undefined) continue;
    const number = priced(first);
    const added: Rate = {
      id: 5_000,
      match: { code: number, destination: 'Special' },
      terms: { price: { units: 1n, scale: 0 } },
      validFromMicros: 0,
      validToMicros: Number.POSITIVE_INFINITY,
    };
    const [before, after] = [compiled(book), compiled({ ...book, tariffs: [{ ...tariff, rates: [...tariff.rates, added] }, ...others] })];
    if (before === undefined || after === undefined) continue;
    for (const event of events) {
      const a: RatedEvent = alone(before, event);
      const b: RatedEvent = alone(after, event);
      if (!priced(event).startsWith(number)) {
        assert.deepEqual(plain(b), plain(a), `seed ${seed}, event ${event.id}`);
        same += 1;
      } else if (b.kind === 'rated') {
        for (const charge of b.charges) {
          if (charge.tariff !== tariff.id) continue;
          assert.equal(charge.rateId, added.id, `seed ${seed}, event ${event.id}`);
          changed += 1;
        }
      }
    }
  }
});

function doubled(rate: Rate): Rate {
  const { terms } = rate;
  const fees = Object.fromEntries(
    (['setupFee', 'attemptFee', 'disconnectFee', 'surcharge', 'minimumCharge', 'maximumCharge'] as const).flatMap((fee) => {
      const value = terms[fee];
      return value === undefined ? [] : [[fee, twice(value)]];
    }),
  );
  const priced: RateTerms = {
    ...terms,
    ...fees,
    price: twice(terms.price),
    ...(terms.steps && { steps: terms.steps.map((step) => ({ ...step, price: twice(step.price) })) }),
    ...(terms.sizeBands && { sizeBands: terms.sizeBands.map((band) => ({ ...band, price: twice(band.price) })) }),
    ...(terms.share && { share: { percent: terms.share.percent, after: twice(terms.share.after) } }),
    ...(terms.tiers && {
      tiers: { ...terms.tiers, tiers: terms.tiers.tiers.map((tier) => doubledTier(tier, terms.tiers?.measure === 'money')) },
    }),
  };
  return { ...rate, terms: priced };
}

/** Tiers by money begin at amounts, which double as well. */
function doubledTier(
  tier: { readonly from: Decimal; readonly price: Decimal },
  byMoney: boolean,
): { readonly from: Decimal; readonly price: Decimal } {
  return { from: byMoney ? twice(tier.from) : tier.from, price: twice(tier.price) };
}

function twice({ units, scale }: Decimal): Decimal {
  return { units: units * 2n, scale };
}
