/** An estimate needs no more of a called number than it says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatePrices } from './money-at-stake.ts';

test('the digits that are told apart are enough: a number that is cut behind them is estimated as the whole one', () => {
  // Codes of one to nine digits, of several countries, some the beginning of others.
  const codes = ['1', '1212', '44', '442', '4420', '442079', '447', '49301234', '4930', '882', '8821', '37312', '373123456'];
  const prices = new LatePrices();
  for (const [at, code] of codes.entries())
    prices.add({
      ...{ side: 'receivable', agreement: at % 2 === 0 ? 'north' : 'south', service: 'voice', currency: 'EUR', codes: [code] },
      ...{ answered: 1n, rawQuantity: 60n, amountNanos: BigInt(at + 1) * 60n },
    });
  const { least, head, more } = prices.digitsTold;
  const endings = ['', '0', '2', '20', '2079', '12', '123', '1234567', '99999999'];
  let cut = 0;
  for (const code of [...codes, '33', '352', '5', '8'])
    for (const ending of endings) {
      const called = code + ending;
      const told = called.slice(0, more.get(called.slice(0, head)) ?? least);
      if (told.length < called.length) cut += 1;
      for (const agreements of [['north'], ['south'], []]) {
        const usage = { service: 'voice', answered: 1n, micros: 60_000_000n } as const;
        const [whole, short] = [called, told].map((each) => prices.estimate('receivable', agreements, { ...usage, called: each }));
        assert.deepEqual(short, whole, `${called}, cut to ${told}`);
      }
    }
  assert.ok(cut > 60, `${cut}: most are longer than what is told apart`);
});
