/**
 * Who finds what in console and portal, written by hand: what the product lets a role do is compared with it, and never read from the product.
 * A letter stands for a role; a dot for one that has nothing of it. `role-table.test.ts` says what is missing here, `journeys/roles.ts` goes and looks.
 */
export const letters = {
  A: 'administrator',
  I: 'interconnect-manager',
  F: 'finance',
  N: 'network-engineer',
  P: 'product-manager',
  S: 'support',
  U: 'auditor',
  T: 'partner',
  C: 'customer',
} as const;
export type Letter = keyof typeof letters;

/** Something that is done here: its button, or its item in a menu. */
export interface Act {
  readonly who: string;
  /** As the closed list of permissions calls what it takes, all of them. */
  readonly may: string;
  /** It is in this menu. */
  readonly menu?: string;
  /** Its form is on the page, or it asks nothing first; otherwise a dialog opens. */
  readonly here?: true;
}

export interface Row {
  readonly path: string;
  readonly title: string;
  /** Who reads it; all others are told that it is not for their role. */
  readonly sees: string;
  /** The permission to read it; left out: everybody's. */
  readonly may?: string;
  /** Whose navigation has it, by its address. */
  readonly nav?: string;
  /** Of the demonstration's month; it stands on the page of who reads it. */
  readonly shows?: string;
  /** Headings, figures and tables that not all of them have. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly acts?: Readonly<Record<string, Act>>;
  /** Who sees numbers of subscribers whole, in the column or pair of this name. */
  readonly whole?: string;
  /** Where this address leads who has nothing of it: the first of these rows that they read. */
  readonly instead?: readonly string[];
  /** Among the tabs of its area, where that is not its title. */
  readonly tab?: string;
}

const ALL = 'AIFNPSU..';
const BOOKS = 'AIF...U..';
const MONEY = 'A.F......';

const manage = (who: string, may: string, more: Partial<Act> = {}): Act => ({ who, may, ...more });

export const rows: readonly Row[] = [
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
