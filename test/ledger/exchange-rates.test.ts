import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '#core/money/decimal.ts';
import { conversionText, defaultExchangePolicy, type ExchangePolicy } from '#core/money/exchange.ts';
import { addRates } from '#operations/exchange/add-rates.ts';
import { exchangeRatesOn, rateStoreOn } from '#storage/exchange/exchange-rates.ts';
import { withTestDatabase } from '../support/database.ts';

const rate = (day: string, text: string) => ({ source: 'ecb', day, of: 'EUR', in: 'USD', rate: decimal(text) });
const monthly: ExchangePolicy = { ...defaultExchangePolicy, by: 'month-average' };

test('the average of a month is that of its days with a rate, and is known when the next month has begun', () =>
  withTestDatabase(async ({ transaction }) => {
    const add = (...rates: readonly ReturnType<typeof rate>[]) =>
      transaction((client) => addRates(rateStoreOn(client), { rates, by: 'ann' }));
    const average = () => transaction((client) => exchangeRatesOn(client).rateOn('USD', 'EUR', '2026-10-07', monthly));
    await add(rate('2026-09-30', '9'), rate('2026-10-01', '1.08'), rate('2026-10-15', '1.09'), rate('2026-10-30', '1.10'));
    const open = await average();
    assert.ok(!open.ok && open.refusals[0]?.code === 'exchange.month-open');
    await add(rate('2026-11-02', '5'));
    const closed = await average();
    assert.ok(closed.ok);
    assert.deepEqual(
      [conversionText(closed.value), closed.value.source, closed.value.day],
      ['1/1.090000', 'ecb month average', '2026-10-31'],
    );
  }));

test('a rate that stands is replaced only with a reason; then the new one counts, and the old row stays', () =>
  withTestDatabase(async ({ transaction, pool }) => {
    const add = (text: string, replaceWhy?: string) =>
      transaction((client) =>
        addRates(rateStoreOn(client), {
          rates: [rate('2026-10-30', text)],
          by: 'ann',
          ...(replaceWhy === undefined ? {} : { replaceWhy }),
        }),
      );
    assert.deepEqual(await add('1.0850'), { added: 1, unchanged: 0, replaced: 0 });
    assert.deepEqual(await add('1.085'), { added: 0, unchanged: 1, replaced: 0 });
    await assert.rejects(add('1.0900'), /exchange\.rate-differs/);
    assert.deepEqual(await add('1.0900', 'typing error'), { added: 0, unchanged: 0, replaced: 1 });
    const found = await transaction((client) => exchangeRatesOn(client).rateOn('EUR', 'USD', '2026-10-31'));
    assert.ok(found.ok && conversionText(found.value) === '1.0900');
    assert.equal((await pool.query('select from exchange_rate')).rowCount, 2);
    await assert.rejects(pool.query('update exchange_rate set rate = 1'), /append-only/);
  }));
