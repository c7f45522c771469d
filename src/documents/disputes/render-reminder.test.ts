import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentLanguages } from '#core/parties/invoicing-terms.ts';
import { type DisputeReminder, renderReminder } from './render-reminder.ts';

const reminder: DisputeReminder = {
  ...{ number: 'DSP-1-1', day: '2026-11-08', dispute: 1n, document: 'INV-1', account: 'northwind-eur', currency: 'EUR' },
  ...{ netNanos: 59_210_000_000n, reason: '30/6 was agreed', raisedOn: '2026-11-01', respondBy: '2026-11-15' },
  entity: { id: 'home', name: 'Carillon Telecom Ltd', country: 'IE', currency: 'EUR', zone: 'Europe/Dublin', address: [] },
  party: { id: 'northwind', name: 'Northwind', kind: 'carrier', address: [] },
};

test('a reminder is printed in every language, though it asks for no payment', () => {
  for (const language of documentLanguages) assert.ok(renderReminder(reminder, language).length > 1000, language);
});
