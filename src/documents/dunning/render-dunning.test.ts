import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DunningLetter, renderDunning, writeDunningMail } from './render-dunning.ts';

const letter: DunningLetter = {
  number: 'DUN-000001',
  tone: 'demand',
  day: '2026-11-08',
  payBy: '2026-11-18',
  account: 'northwind-eur',
  currency: 'EUR',
  owedNanos: 1_190_000_000_000n,
  feeNanos: 15_000_000_000n,
  lines: [{ document: 'INV-2026-000017', dueDay: '2026-10-15', daysLate: 24, owedNanos: 1_190_000_000_000n }],
  entity: {
    ...{ id: 'home', name: 'Carillon Telecom Ltd', country: 'IE', currency: 'EUR', zone: 'Europe/Dublin', address: ['1 Harbour Road'] },
    invoicing: {
      bankAccounts: [
        { iban: 'IE29AIBK93115212345678', bic: 'AIBKIE2D' },
        { accountNumber: '4711', bank: 'Example Bank', currency: 'USD' },
      ],
    },
  },
  party: { id: 'northwind', name: 'Northwind', kind: 'carrier', address: [] },
};

test('a letter says where to pay, by the account of its currency, and nothing where there is none', () => {
  const said = (more: Partial<DunningLetter>): string => writeDunningMail({ ...letter, ...more }, 'de').text;
  assert.match(said({}), /Kontoinhaber: Carillon Telecom Ltd\nIBAN: IE29\u00a0AIBK\u00a09311\u00a05212\u00a03456\u00a078\nBIC: AIBKIE2D\n/);
  assert.match(said({ currency: 'USD' }), /Kontonummer: 4711\nBank: Example Bank\n/);
  const { invoicing: _, ...entity } = letter.entity;
  assert.doesNotMatch(said({ entity }), /Kontoinhaber/);
});

test('the same letter is the same bytes, in every direction of writing', () => {
  for (const language of ['de', 'ar'] as const) assert.deepEqual(renderDunning(letter, language), renderDunning(letter, language));
});
