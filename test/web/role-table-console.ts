/** Who finds what in the console: rows of `role-table.ts`. */
import { manage, type Row } from './role-row.ts';

const ALL = 'AIFNPSU..';
const BOOKS = 'AIF...U..';
const MONEY = 'A.F......';

export const consoleRows: readonly Row[] = [
  {
    ...{ path: '/', title: 'Overview', sees: ALL, nav: ALL, shows: 'What needs you', instead: ['/portal/month', '/portal/account'] },
    parts: { 'Records that wait': ALL, 'Periods due': 'AIF.P.U..', Sessions: 'A..NPSU..', 'Open disputes': BOOKS },
  },
  { path: '/partners', title: 'Partners', sees: ALL, nav: ALL, may: 'parties:read', shows: 'Rheinland Carrier Services GmbH' },
  {
    ...{ path: '/partners/rheinland', title: 'Rheinland Carrier Services GmbH', sees: ALL, may: 'parties:read', shows: 'DE123456788' },
    parts: { 'Open items': BOOKS, Documents: 'AIF..SU..', 'Rate sheets': 'AIF.P.U..', Traffic: 'AIFNP.U..' },
  },
  {
    path: '/agreements/rheinland-voice',
    title: 'Rheinland Carrier Services, wholesale voice',
    sees: 'AIF.P.U..',
    may: 'agreements:read',
    shows: 'in force',
  },
  {
    ...{
      path: '/rate-sheets',
      title: 'Rate sheets',
      sees: 'AIF.P.U..',
      nav: 'AIF.P.U..',
      may: 'rates:read',
      shows: 'rheinland-2026-10.xlsx',
    },
    acts: {
      'Take in a rate sheet': manage('AI.......', 'rates:manage', { here: true }),
      'Take back': manage('AI.......', 'rates:manage'),
    },
  },
  {
    ...{ path: '/rate-sheets/new', title: 'Take in a rate sheet', sees: 'AI.......', may: 'rates:manage', shows: 'rheinland-voice' },
    acts: { 'Read it': manage('AI.......', 'rates:manage', { here: true }) },
  },
  { path: '/rate-sheets/prices', title: 'Prices', sees: 'AIF.P.U..', may: 'rates:read', shows: 'atlantic-to-halyard' },
  {
    ...{ path: '/usage?state=held', title: 'Usage', sees: ALL, nav: ALL, may: 'usage:read', shows: 'rating.no-rate', whole: 'A..N.SU..' },
    acts: { 'Price again': manage('AI.N.....', 'usage:manage') },
  },
  {
    ...{ path: '/usage/1', title: 'Record 1', sees: ALL, may: 'usage:read', shows: 'atlantic-ny2', parts: { Charges: ALL, Fields: ALL } },
    acts: { 'Correct a field': manage('AI.N.....', 'usage:manage', { menu: 'More' }) },
  },
  {
    ...{ path: '/suspense', title: 'Suspense', sees: ALL, nav: ALL, may: 'usage:read', shows: 'has no rate for' },
    acts: {
      'Take all up again': manage('AI.N.....', 'usage:manage'),
      'Write off': manage('AI.N.....', 'usage:manage'),
      'Add a rate': manage('AI.......', 'rates:manage'),
    },
  },
  {
    ...{
      path: '/periods?on=2026-12-20',
      title: 'Periods',
      sees: 'AIF.P.U..',
      nav: 'AIF.P.U..',
      may: 'settlement:read',
      shows: 'andina-voice',
    },
    acts: { 'Close what is due': manage('AIF......', 'settlement:manage') },
  },
  {
    ...{ path: '/statements', title: 'Statements', sees: 'AIF.P.U..', nav: 'AIF.P.U..', may: 'settlement:read', shows: 'rheinland-voice' },
  },
  {
    ...{ path: '/statements/andina-voice/2026-10', title: 'andina-voice 2026-10', sees: 'AIF.P.U..', may: 'settlement:read' },
    ...{ shows: 'Andina de Interconexión S.A.', parts: { 'Compare with theirs': BOOKS } },
  },
  {
    ...{ path: '/invoices', title: 'Invoices', sees: 'AIF..SU..', nav: 'AIF..SU..', may: 'documents:read', shows: 'HT-2026-00003' },
    acts: {
      'Write an invoice': manage(MONEY, 'documents:manage', { menu: 'More' }),
      'Verify all documents': manage('AIF..SU..', 'documents:read', { menu: 'More' }),
    },
  },
  {
    ...{ path: '/invoices/HT-2026-00003', title: 'HT-2026-00003', sees: 'AIF..SU..', may: 'documents:read', shows: 'andina-voice 2026-10' },
    acts: {
      'Give back': manage(MONEY, 'documents:manage'),
      'Dispute this': manage('AIF......', 'disputes:manage'),
      'Link for a card': manage(MONEY, 'payments:manage'),
    },
  },
  {
    ...{
      path: '/reconciliation',
      title: 'Reconciliation',
      sees: BOOKS,
      nav: BOOKS,
      may: 'disputes:read',
      shows: 'atlantic-declaration.csv',
    },
    acts: { 'Take in their figures': manage('AIF......', 'disputes:manage') },
  },
  {
    ...{ path: '/disputes', title: 'Disputes', sees: BOOKS, nav: BOOKS, may: 'disputes:read', shows: '30/6 was agreed by letter' },
    acts: { 'Raise a dispute': manage('AIF......', 'disputes:manage') },
  },
  {
    ...{ path: '/disputes/1', title: 'Dispute 1', sees: BOOKS, may: 'disputes:read', shows: 'evidence.json' },
    acts: { Send: manage('AIF......', 'disputes:manage', { here: true }) },
  },
  {
    ...{ path: '/payments', title: 'Payments', sees: BOOKS, nav: BOOKS, may: 'payments:read', shows: 'To settle' },
    acts: { 'Enter a payment': manage(MONEY, 'payments:manage') },
  },
  {
    ...{ path: '/dunning', title: 'Dunning', sees: 'AIF..SU..', nav: 'AIF..SU..', may: 'documents:read', shows: 'Accounts on hold' },
    acts: { 'Put on hold': manage(MONEY, 'documents:manage'), 'Pause letters': manage(MONEY, 'documents:manage') },
  },
  {
    ...{ path: '/netting', title: 'Netting', sees: BOOKS, nav: BOOKS, may: 'payments:read', shows: 'NET-1' },
    acts: { Propose: manage(MONEY, 'payments:manage') },
  },
  {
    ...{ path: '/ledger', title: 'Trial balance', sees: BOOKS, nav: BOOKS, may: 'ledger:read', shows: 'receivable' },
    acts: {
      'Enter an entry': manage(MONEY, 'ledger:manage'),
      'Close or reopen': manage(MONEY, 'ledger:manage'),
      Verify: manage(BOOKS, 'ledger:read', { here: true }),
    },
  },
  { path: '/ledger/ageing', title: 'Ageing', sees: BOOKS, may: 'ledger:read', shows: 'dana-reyes-usd' },
  {
    ...{ path: '/charging', title: 'Charging accounts', sees: 'A..NPSU..', nav: 'A..NPSU..', may: 'charging:read', shows: 'dana' },
    acts: { 'Open an account': manage('A....S...', 'charging:manage') },
  },
  {
    ...{ path: '/charging/dana', title: 'dana', sees: 'A..NPSU..', may: 'charging:read', shows: 'go-data' },
    acts: { 'Top up': manage('A....S...', 'charging:manage'), 'End it': manage('A....S...', 'charging:manage') },
  },
  {
    ...{
      path: '/charging/all/vouchers',
      title: 'Vouchers',
      sees: 'A..NPSU..',
      may: 'charging:read',
      shows: 'Codes with which customers top up',
    },
    acts: { 'Make vouchers': manage('A....S...', 'charging:manage') },
  },
  {
    ...{
      path: '/charging/all/messages',
      title: 'Messages to customers',
      sees: 'A..NPSU..',
      may: 'charging:read',
      shows: 'what came of it',
    },
  },
  {
    ...{ path: '/reports?from=2026-10-01&to=2026-10-31', title: 'Reports', sees: 'AIFNP.U..', nav: 'AIFNP.U..', may: 'reports:read' },
    ...{ shows: 'rheinland', acts: { 'Keep and mail': manage('AIF.P....', 'reports:manage') } },
  },
  {
    ...{ path: '/sources', title: 'Sources', sees: ALL, nav: ALL, may: 'usage:read', shows: 'ny-asterisk' },
    acts: { 'Load a file': manage('AI.......', 'usage:manage files:send') },
  },
  { path: '/jobs', title: 'Jobs', sees: 'AIFN..U..', nav: 'AIFN..U..', may: 'jobs:read' },
  {
    ...{ path: '/settings', title: 'Users', sees: 'A.....U..', nav: 'AIF.P.U..', may: 'access:read', shows: '@halyard.example' },
    instead: ['/settings/companies'],
    acts: { Invite: manage('A........', 'access:manage') },
  },
  { path: '/settings/roles', title: 'Roles', sees: 'A.....U..', may: 'access:read', shows: 'interconnect manager' },
  {
    ...{ path: '/settings/keys', title: 'API keys', sees: 'A.....U..', may: 'access:read' },
    acts: { 'Make a key': manage('A........', 'access:manage') },
  },
  { path: '/settings/companies', title: 'Own companies', sees: ALL, may: 'parties:read', shows: 'Halyard Transit' },
  {
    ...{ path: '/settings/webhooks', title: 'Webhooks', sees: 'A.....U..', may: 'webhooks:read' },
    acts: { 'Add a webhook': manage('A........', 'webhooks:manage') },
  },
  {
    ...{ path: '/settings/templates', title: 'Templates', sees: 'AIF..SU..', may: 'documents:read', shows: 'compact' },
    acts: { 'Add a template': manage(MONEY, 'documents:manage') },
  },
  { path: '/settings/calendars', title: 'Calendars', sees: 'AIF.P.U..', may: 'agreements:read', shows: 'germany' },
  {
    ...{ path: '/settings/currencies', title: 'Currencies', sees: BOOKS, may: 'ledger:read', shows: 'EUR' },
    acts: { 'Give a rate': manage(MONEY, 'ledger:manage'), 'What is it worth?': manage(BOOKS, 'ledger:read') },
  },
  {
    ...{ path: '/settings/tax', title: 'Taxes', tab: 'Tax', sees: 'AIF..SU..', may: 'documents:read', shows: 'Where the paper is' },
    acts: { 'Record a certificate': manage(MONEY, 'documents:manage'), 'Explain a tax': manage('AIF..SU..', 'documents:read') },
  },
  {
    ...{ path: '/settings/retention', title: 'Retention', sees: 'A.....U..', may: 'retention:read', shows: 'Due now' },
    acts: { Hold: manage('A........', 'retention:manage') },
  },
  {
    ...{ path: '/settings/persons', title: 'Persons', sees: 'A.....U..', may: 'retention:read', shows: 'Both are told in the audit trail' },
    acts: { Erase: manage('A........', 'retention:manage', { here: true }) },
  },
  {
    ...{
      path: '/settings/audit-trail?subject=no-name-that-there-is',
      title: 'Audit trail',
      sees: 'A.....U..',
      may: 'audit:read',
      shows: 'Nothing fits',
    },
    acts: { 'Verify the chain': manage('A.....U..', 'audit:read', { here: true }) },
  },
];
