import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allocateAmount } from './allocation.ts';
import { type OpenDocument, OpenDocuments, Payers } from './match-index.ts';
import { matchPayment } from './matching.ts';

const CENT = 10_000_000n;

function invoice(number: number, cents = 11_900n + BigInt(number)): OpenDocument {
  const nanos = cents * CENT;
  const document = `INV-2026-${String(number).padStart(6, '0')}`;
  const own = { openNanos: nanos, openEntityNanos: nanos, firstDay: `2026-0${1 + (number % 9)}-01` };
  return { ledgerAccount: 'receivable', account: `a${number % 1000}`, document, currency: 'EUR', ...own };
}

// Looking at every open document for every payment, this took a quarter of an hour; with the index a second or two.
test('10,000 payments find theirs among 100,000 open documents of 1,000 parties, by number, amount and name', { timeout: 60_000 }, () => {
  const all = Array.from({ length: 100_000 }, (_, number) => invoice(number));
  const documents = new OpenDocuments(all);
  const payers = new Payers(
    Array.from({ length: 1000 }, (_, party) => ({
      party: `p${party}`,
      name: `Number ${party} Networks Limited`,
      bankAccounts: [`DE00 ${party}`],
      accounts: [{ id: `a${party}`, currency: 'EUR' }],
    })),
  );
  for (let each = 0; each < 10_000; each++) {
    const number = each * 7;
    const { account, document, openNanos } = invoice(number);
    const payment =
      each % 2 === 0
        ? { said: [`our ref 4711, pays inv ${document.slice(4)} of March, thank you`] }
        : { said: ['thank you'], iban: `de00${number % 1000}` };
    const [best] = matchPayment({ currency: 'EUR', amountNanos: openNanos, ...payment }, documents, payers);
    assert.deepEqual([best?.account, best?.documents, best?.strength], [account, [document], 'certain']);
    documents.lessen([{ balance: invoice(number), nanos: openNanos }], 'EUR');
  }
  const [none] = matchPayment(
    { currency: 'EUR', amountNanos: CENT, said: [invoice(7).document], name: 'NUMBER 7 NETWORKS' },
    documents,
    payers,
  );
  assert.deepEqual([none?.account, none?.documents], ['a7', []], 'what was settled is not found again');
});

test('the oldest that an amount reaches are those that allocation takes, however they lessen', () => {
  const all = Array.from({ length: 40 }, (_, index) => invoice(index * 1000, BigInt(1 + ((index * 37) % 50))));
  const documents = new OpenDocuments(all);
  let plain: readonly OpenDocument[] = all;
  for (const cents of [3n, 70n, 1n, 120n, 33n, 400n, 5n, 9999n]) {
    const expected = allocateAmount(cents * CENT, plain, 'oldest-first');
    const found = allocateAmount(cents * CENT, documents.oldest('a0', 'EUR', cents * CENT), 'oldest-first');
    assert.deepEqual(found, expected);
    documents.lessen(found.parts, 'EUR');
    const taken = new Map(found.parts.map(({ balance, nanos }) => [balance.document, nanos]));
    plain = plain.flatMap((each) => {
      const openNanos = each.openNanos - (taken.get(each.document) ?? 0n);
      return openNanos === 0n ? [] : [{ ...each, openNanos, openEntityNanos: openNanos }];
    });
  }
  assert.deepEqual(documents.ofAccount('a0', 'EUR'), []);
});
