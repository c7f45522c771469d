/** Who finds what in the portal, and what everybody has: rows of `role-table.ts`. */
import { manage, type Row } from './role-row.ts';

export const portalRows: readonly Row[] = [
  {
    ...{ path: '/account', title: 'Your account', sees: 'AIFNPSUTC', shows: '@halyard.example' },
  },
  {
    ...{
      path: '/portal/month',
      title: 'The month of Atlantic Crossing Telecom LLC',
      sees: '.......T.',
      nav: '.......T.',
      may: 'portal:use',
    },
    shows: 'atlantic-voice',
  },
  {
    ...{ path: '/portal/account', title: 'Your account', sees: '........C', nav: '........C', may: 'portal:use', shows: 'Halyard Go' },
    acts: { 'Top up': manage('........C', 'portal:use') },
  },
  {
    ...{
      path: '/portal/documents',
      title: 'Invoices and credit notes',
      sees: '.......TC',
      nav: '.......TC',
      may: 'portal:use',
      shows: 'UBL',
    },
    acts: { Contest: manage('.......T.', 'portal:use') },
  },
  {
    ...{ path: '/portal/payments', title: 'Payments', sees: '.......TC', nav: '.......TC', may: 'portal:use', shows: 'Halyard Transit' },
  },
  {
    ...{
      path: '/portal/send',
      title: 'Send invoices and figures',
      sees: '.......T.',
      nav: '.......T.',
      may: 'portal:use',
      shows: 'atlantic-voice',
    },
    acts: { 'Read it': manage('.......T.', 'portal:use', { here: true }) },
  },
  {
    ...{ path: '/portal/rates', title: 'Prices', sees: '.......T.', nav: '.......T.', may: 'portal:use', shows: 'halyard-to-atlantic' },
    acts: { 'Send the price list': manage('.......T.', 'portal:use', { here: true }) },
  },
  {
    ...{ path: '/portal/traffic?from=2026-10-01&to=2026-10-31', title: 'Traffic and quality', sees: '.......T.', nav: '.......T.' },
    ...{ may: 'portal:use', shows: 'From you' },
  },
  {
    ...{ path: '/portal/calls?from=2026-10-02&to=2026-10-02', title: 'Calls', sees: '.......T.', nav: '.......T.', may: 'portal:use' },
    shows: 'Billed',
  },
  { path: '/portal/disputes', title: 'Disputes', sees: '.......TC', nav: '.......TC', may: 'portal:use' },
  {
    ...{
      path: '/portal/users',
      title: 'Your people',
      sees: '.......T.',
      nav: '.......T.',
      may: 'portal:use',
      shows: 'partner@halyard.example',
    },
    acts: { 'Invite a colleague': manage('.......T.', 'portal:use') },
  },
  {
    ...{ path: '/portal/keys', title: 'API keys', sees: '.......T.', nav: '.......T.', may: 'portal:use' },
    acts: { 'Make a key': manage('.......T.', 'portal:use') },
  },
];
