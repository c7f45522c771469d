/**
 * Which role makes each journey of console and portal at which size in every run: the first of a row makes it whole, the others as much of it as is theirs.
 * Everybody else at its address, and that it is closed to them, is `journeys/roles.ts`. `walk-journeys.ts` compares this with what was noted of each subject.
 */
import type { Size } from './browser.ts';
import { isNoted, type Notes } from './journey-notes.ts';

export interface Made {
  readonly role: string;
  readonly size: Size;
  /** The subject whose journeys it is among. */
  readonly subject: string;
  /** Addresses that they come to, and changes that the server takes from them; a star is a name or a number. */
  readonly steps: readonly string[];
}

export interface Told {
  readonly journey: string;
  /** A row of `role-table.ts`, which says who may come there at all. */
  readonly at: string;
  readonly made: readonly Made[];
}

const by = (role: string, size: Size, subject: string, ...steps: readonly string[]): Made => ({ role, size, subject, steps });

export const journeyTable: readonly Told[] = [
  { journey: 'Overview', at: '/', made: [by('administrator', 'wide', 'overview', '/'), by('auditor', 'narrow', 'overview', '/')] },
  {
    ...{ journey: 'A partner and its agreements', at: '/partners' },
    made: [
      by('interconnect-manager', 'wide', 'partners', '/partners', '/partners/*', '/agreements/*'),
      by('finance', 'narrow', 'partners', '/partners/*', '/agreements/*'),
    ],
  },
  {
    ...{ journey: 'A rate sheet from its file into force', at: '/rate-sheets/new' },
    made: [
      by(
        ...(['administrator', 'narrow', 'usage', '/rate-sheets/new', 'POST /v1/uploads', 'POST /v1/rate-sheet-drafts'] as const),
        ...['/rate-sheets/drafts/*', 'PUT /v1/rate-sheet-drafts/*', 'POST /v1/rate-sheet-drafts/*/activation'],
      ),
      by(
        ...(['interconnect-manager', 'wide', 'usage', '/rate-sheets', '/rate-sheets/new', 'POST /v1/uploads'] as const),
        ...['POST /v1/rate-sheet-drafts', '/rate-sheets/drafts/*', 'PUT /v1/rate-sheet-drafts/*'],
      ),
    ],
  },
  {
    ...{ journey: 'A call from the search to its statement', at: '/usage/1' },
    made: [
      by('interconnect-manager', 'wide', 'usage', '/usage', '/usage/*', '/statements/*/*'),
      by('product-manager', 'narrow', 'usage', '/usage', '/usage/*', '/statements/*/*'),
      by('finance', 'narrow', 'roles', '/usage', '/usage/*', '/invoices/*'),
      by('support', 'narrow', 'roles', '/usage', '/usage/*', '/invoices/*'),
    ],
  },
  {
    ...{ journey: 'What waits: its rate added, taken up again', at: '/suspense' },
    made: [
      by('interconnect-manager', 'wide', 'usage', '/suspense', 'POST /v1/usage/retries', '/usage/*', 'POST /v1/tariffs/*/rates'),
      by('network-engineer', 'narrow', 'usage', '/suspense', 'POST /v1/usage/retries'),
      by('administrator', 'narrow', 'usage', '/usage/*', 'POST /v1/tariffs/*/rates', '/suspense', '/jobs'),
    ],
  },
  {
    ...{ journey: 'A period closed, and its statement to the events of a line', at: '/periods?on=2026-12-20' },
    made: [
      by('finance', 'wide', 'month', '/periods', 'POST /v1/period-closings', '/statements/*/*', '/statements/*/*/*'),
      by('finance', 'narrow', 'month', '/periods', '/statements'),
      by('auditor', 'wide', 'roles', '/statements/*/*'),
      by('auditor', 'narrow', 'roles', '/statements/*/*/*'),
    ],
  },
  {
    ...{ journey: 'A partner’s figures compared', at: '/reconciliation' },
    made: [
      by('finance', 'wide', 'month', '/reconciliation/*/*', 'POST /v1/agreements/*/reconciliations/*'),
      by('interconnect-manager', 'narrow', 'month', '/reconciliation/*/*'),
    ],
  },
  {
    ...{ journey: 'An invoice given back in part, disputed and settled', at: '/disputes/1' },
    made: [
      by('finance', 'wide', 'month', '/invoices', '/invoices/*', 'POST /v1/disputes', '/disputes/*'),
      by('interconnect-manager', 'narrow', 'month', '/disputes/*', 'POST /v1/disputes/*/settlements'),
    ],
  },
  {
    ...{ journey: 'A payment entered, settling an invoice, and taken back', at: '/payments' },
    made: [
      by(
        ...(['finance', 'narrow', 'month', 'POST /v1/drafts/issues', '/payments', 'POST /v1/payments', '/payments/*'] as const),
        ...['POST /v1/allocations', 'POST /v1/allocations/*/undoings'],
      ),
      by('administrator', 'wide', 'month', '/payments/*'),
    ],
  },
  {
    ...{ journey: 'Netting and the ledger', at: '/ledger' },
    made: [
      by('auditor', 'wide', 'roles', '/ledger', '/ledger/entries', '/invoices/*', '/statements/*/*'),
      by('auditor', 'narrow', 'roles', '/statements/*/*/*'),
      by('administrator', 'wide', 'month', '/ledger', '/invoices/*'),
      by('finance', 'wide', 'month', '/netting', '/ledger', '/ledger/ageing', '/ledger/entries'),
      by('finance', 'narrow', 'month', '/netting', '/ledger', '/ledger/ageing', '/ledger/entries'),
    ],
  },
  {
    ...{ journey: 'An account topped up, its history live, and a session traced', at: '/charging' },
    made: [
      by('support', 'wide', 'charging', '/charging', '/charging/*', 'POST /v1/charging/accounts/*/top-ups', '/charging/sessions/*'),
      by('administrator', 'narrow', 'charging', '/charging/*', 'POST /v1/charging/accounts/*/top-ups'),
      by('network-engineer', 'narrow', 'roles', '/charging/*', '/charging/sessions/*'),
    ],
  },
  {
    ...{ journey: 'Sources and jobs', at: '/jobs' },
    made: [
      by('interconnect-manager', 'wide', 'usage', '/sources', '/jobs'),
      by('network-engineer', 'narrow', 'usage', '/sources', '/jobs'),
    ],
  },
  {
    ...{ journey: 'Reports', at: '/reports?from=2026-10-01&to=2026-10-31' },
    made: [by('interconnect-manager', 'wide', 'usage', '/reports'), by('network-engineer', 'narrow', 'usage', '/reports')],
  },
  {
    ...{ journey: 'Users, keys, holds and the audit trail', at: '/settings/audit-trail?subject=no-name-that-there-is' },
    made: [
      by(
        ...(['administrator', 'wide', 'settings', '/settings', 'POST /v1/users', 'PUT /v1/users/*/block'] as const),
        ...['/settings/keys', 'POST /v1/api-keys', 'POST /v1/retention/holds', 'POST /v1/retention/releases', '/settings/audit-trail'],
      ),
      by('auditor', 'narrow', 'settings', '/settings/audit-trail'),
    ],
  },
  {
    ...{ journey: 'A partner’s month in the portal', at: '/portal/month' },
    made: [
      by(
        ...(['partner', 'wide', 'portal', '/portal/month', '/portal/documents', 'POST /v1/portal/disputes'] as const),
        ...['POST /v1/portal/disputes/*/messages', '/portal/calls', '/portal/rates', 'POST /v1/portal/rate-sheets', '/portal/traffic'],
        ...['/portal/payments', '/portal/send', 'POST /v1/portal/declarations', '/portal/users', 'POST /v1/portal/users'],
      ),
      by(
        ...(['partner', 'narrow', 'portal', '/portal/month', '/portal/send', '/portal/disputes/*', '/portal/rates'] as const),
        ...['/portal/traffic', '/portal/payments'],
      ),
      by('partner', 'narrow', 'roles', '/portal/month', '/portal/documents', '/portal/calls', '/portal/disputes/*'),
    ],
  },
  {
    ...{ journey: 'What is open paid from the portal', at: '/portal/payments' },
    made: (['wide', 'narrow'] as const).map((size) =>
      by('partner', size, 'paying', '/portal/payments', 'POST /v1/portal/documents/*/card-links'),
    ),
  },
  {
    ...{ journey: 'A customer’s account in the portal', at: '/portal/account' },
    made: [
      by(
        ...(['customer', 'wide', 'portal', '/portal/account', 'POST /v1/portal/charging-accounts/*/voucher-redemptions'] as const),
        ...['/portal/documents', '/portal/disputes', '/portal/payments'],
      ),
      by('customer', 'narrow', 'portal', '/portal/account'),
    ],
  },
];

/** Whose journeys are in the table. */
export const subjects: ReadonlySet<string> = new Set(journeyTable.flatMap(({ made }) => made.map(({ subject }) => subject)));

/** What of the table the journeys of a subject did not do, in words. */
export function missing(subject: string, notes: Notes): readonly string[] {
  return journeyTable.flatMap(({ journey, made }) =>
    made
      .filter((each) => each.subject === subject)
      .flatMap(({ role, size, steps }) =>
        steps
          .filter((step) => !isNoted(notes, `${role} ${size}`, step))
          .map((step) => `${journey}: ${role}, ${size}, did not come to ${step}`),
      ),
  );
}
