import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimal, formatDecimal } from './decimal.ts';
import {
  averageRate,
  conversionText,
  convert,
  defaultExchangePolicy,
  type ExchangePolicy,
  findConversion,
  type RateFinder,
} from './exchange.ts';
import { fraction } from './fraction.ts';

const nanos = (units: bigint): bigint => units * 1_000_000_000n;

/** Rates of one day per line: `2026-10-30 EUR USD 1.0850`. */
function finder(...lines: readonly string[]): RateFinder {
  const table = new Map(lines.map((line) => [line.split(' ').slice(0, 3).join(' '), decimal(line.split(' ')[3] ?? '')]));
  return (of, into, day) => table.get(`${day} ${of} ${into}`);
}

function found(find: RateFinder, from: string, to: string, day: string, policy: ExchangePolicy = defaultExchangePolicy) {
  const result = findConversion(find, policy, from, to, day);
  assert.ok(result.ok);
  return result.value;
}

const friday = finder('2026-10-30 EUR USD 1.0850', '2026-10-30 EUR GBP 0.8400');

test('P6: 8,000.00 EUR are 8,680.00 USD at 1.0850, and the way back is exact', () => {
  const there = found(friday, 'EUR', 'USD', '2026-10-30');
  assert.equal(convert(nanos(8_000n), there, 2), nanos(8_680n));
  const back = found(friday, 'USD', 'EUR', '2026-10-30');
  assert.equal(convert(nanos(8_680n), back, 2), nanos(8_000n));
  assert.equal(conversionText(back), '1/1.0850');
});

test('two currencies without a rate of their own go over the base, and both steps are said', () => {
  const conversion = found(friday, 'USD', 'GBP', '2026-10-30');
  assert.deepEqual(conversion.factor, fraction(8_400n, 10_850n));
  assert.equal(conversionText(conversion), '0.8400/1.0850');
  assert.deepEqual(
    conversion.steps.map(({ from, to, inverse }) => [from, to, inverse]),
    [
      ['USD', 'EUR', true],
      ['EUR', 'GBP', false],
    ],
  );
  const without = findConversion(friday, { ...defaultExchangePolicy, base: 'CHF' }, 'USD', 'GBP', '2026-10-30');
  assert.ok(!without.ok && without.refusals[0]?.code === 'exchange.rate-missing');
});

test('on a day without a rate the last one before it is taken, no further back than agreed, or it is refused', () => {
  assert.equal(found(friday, 'EUR', 'USD', '2026-11-01').day, '2026-10-30');
  assert.ok(!findConversion(friday, { ...defaultExchangePolicy, daysBack: 1 }, 'EUR', 'USD', '2026-11-01').ok);
  assert.ok(!findConversion(friday, { ...defaultExchangePolicy, missingDay: 'refuse' }, 'EUR', 'USD', '2026-10-31').ok);
  assert.ok(!findConversion(friday, defaultExchangePolicy, 'EUR', 'USD', '2026-10-29').ok, 'a rate of a later day is never taken');
});

test('both rates over the base are of the same day', () => {
  const staggered = finder('2026-10-30 EUR USD 1.0850', '2026-10-29 EUR USD 1.0800', '2026-10-29 EUR GBP 0.8300');
  const conversion = found(staggered, 'USD', 'GBP', '2026-10-30');
  assert.deepEqual([conversion.day, conversionText(conversion)], ['2026-10-29', '0.8300/1.0800']);
});

test('an agreed rate goes before all others, on any day', () => {
  const policy: ExchangePolicy = { ...defaultExchangePolicy, fixed: [{ of: 'EUR', in: 'USD', rate: '1.10' }] };
  const conversion = found(friday, 'USD', 'EUR', '1999-01-01', policy);
  assert.deepEqual([conversion.source, conversionText(conversion)], ['agreed', '1/1.10']);
});

test('an average is that of the days with a rate, to six decimals', () => {
  assert.equal(formatDecimal(averageRate([decimal('1.0850'), decimal('1.0851'), decimal('1.0853')]) ?? decimal('0')), '1.085133');
  assert.equal(averageRate([]), undefined);
});

test('an amount in the same currency stays as it is', () => {
  assert.equal(convert(123n, found(friday, 'EUR', 'EUR', '2026-10-30'), 9), 123n);
});

test('converting there and back is off by no more than half the smallest unit at the rate', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 1, max: 10_000_000 }), (cents, rate) => {
      const find: RateFinder = (of) => (of === 'EUR' ? { units: BigInt(rate), scale: 4 } : undefined);
      const amount = cents * 10_000_000n;
      const there = convert(amount, found(find, 'EUR', 'USD', '2026-10-30'), 2);
      const exact = amount * BigInt(rate); // in ten-thousandths of a nano
      const off = there * 10_000n - exact;
      assert.ok((off < 0n ? -off : off) * 2n <= 10_000_000n * 10_000n);
      assert.equal(there % 10_000_000n, 0n);
    }),
    { seed: 1085, numRuns: 300 },
  );
});
