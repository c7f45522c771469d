import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentLanguages } from '#core/parties/invoicing-terms.ts';
import type { NettingItem } from '#core/payments/netting.ts';
import { type NettingNote, renderNetting } from './render-netting.ts';

const item = (document: string, units: bigint, taken: bigint): NettingItem => ({
  balance: {
    ledgerAccount: units < 0n ? 'payable' : 'receivable',
    ...{ account: 'a', document, currency: 'EUR', firstDay: '2026-10-01', openNanos: units * 1_000_000_000n, openEntityNanos: 0n },
  },
  worthNanos: units * 1_000_000_000n,
  setOffNanos: taken * 1_000_000_000n,
  setOffWorthNanos: taken * 1_000_000_000n,
});

const note: NettingNote = {
  number: 'NET-3',
  day: '2026-11-10',
  agreed: true,
  proposal: {
    currency: 'EUR',
    items: [item('INV-2026-000017', 10_000n, 8_680n), item('BILL-4711', -8_680n, -8_680n)],
    ...{
      receivableNanos: 10_000_000_000_000n,
      payableNanos: 8_680_000_000_000n,
      setOffNanos: 8_680_000_000_000n,
      remainderNanos: 1_320_000_000_000n,
    },
  },
  dueDay: '2026-12-15',
  rates: ['1 USD = 0.9 EUR (agreed, 2026-11-10)'],
  entity: {
    ...{ id: 'home', name: 'Carillon Telecom Ltd', country: 'IE', currency: 'EUR', zone: 'Europe/Dublin', address: ['1 Harbour Road'] },
    invoicing: { bankAccounts: [{ iban: 'IE29AIBK93115212345678', bic: 'AIBKIE2D' }] },
  },
  party: { id: 'northwind', name: 'Northwind', kind: 'carrier', address: [] },
};

test('a note is printed in every language, the same bytes each time; whoever owes the rest, or nobody', () => {
  for (const language of documentLanguages) {
    for (const remainderNanos of [1_320_000_000_000n, -1_320_000_000_000n, 0n]) {
      const one = { ...note, proposal: { ...note.proposal, remainderNanos } };
      assert.deepEqual(renderNetting(one, language), renderNetting(one, language));
    }
    const { dueDay: _, ...open } = note;
    assert.notDeepEqual(renderNetting(open, language), renderNetting(note, language), 'the day is said where there is one');
  }
});
