/**
 * Who finds what in console and portal, written by hand: what the product lets a role do is compared with it, and never read from the product.
 * `role-table.test.ts` says what is missing here, `journeys/roles.ts` goes and looks.
 */
import type { Row } from './role-row.ts';
import { consoleRows } from './role-table-console.ts';
import { portalRows } from './role-table-portal.ts';

export { type Act, type Letter, letters, type Row } from './role-row.ts';

export const rows: readonly Row[] = [...consoleRows, ...portalRows];

/** Addresses that no row looks at as every role, and the journey that comes to each. */
export const elsewhere: Readonly<Record<string, string>> = {
  '/rate-sheets/prices/$tariff': 'operations',
  '/rate-sheets/drafts/$draft': 'usage',
  '/statements/$agreement/$period/$line': 'roles',
  '/reconciliation/$agreement/$period': 'month',
  '/partner-invoices/$invoice': 'stale-kinds',
  '/payments/$payment': 'month',
  '/netting/$netting': 'stale-kinds',
  '/ledger/entries': 'roles',
  '/ledger/accounts/$account': 'dialogs',
  '/charging/sessions/$session': 'roles',
  '/portal/rates/$tariff': 'portal',
  '/portal/disputes/$dispute': 'portal',
  '/portal/declarations/$declaration': 'portal',
  '/sign-in': 'shell',
  '/invitation': 'account',
  '/recovery': 'forms, all of them',
};

/** Permissions that no button of the demonstration's month shows, and why. */
export const unseen: Readonly<Record<string, string>> = {
  'charging:use': 'Network elements ask it; people have no page for it.',
  'overview:read': 'Everybody of the house has it, and each part of the overview the permission that it needs besides.',
  'jobs:manage': 'It is offered on a job that runs or has failed: the month has none.',
  'settlement:approve': 'It is offered on a period that waits for a second person: the month has none.',
  'payments:approve': 'It is offered on an order or a netting that waits: the month has none.',
  'ledger:approve': 'It is offered on an entry that waits: the month has none.',
};
