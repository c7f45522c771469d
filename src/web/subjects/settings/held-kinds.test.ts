import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heldKind } from './held-kinds.ts';

test('tables that an erasure names are told as what people know', () => {
  const told = ['usage_event', 'charging_contact', 'sign_in.user', 'audit_content', 'ledger_entry', 'dispute_message', 'person_export'];
  assert.deepEqual(told.map(heldKind), ['calls', 'charging', 'sign-in', 'trail', 'books', 'partners', 'jobs']);
  assert.equal(heldKind('something_new'), undefined);
});
