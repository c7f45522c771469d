/** Invoices of partners: taken in, laid beside what we expect, accepted, refused, taken back. */
import Type, { type Static } from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { type PartnerInvoice, partnerInvoiceStates, stateOf } from '#core/settlement/partner-invoices/partner-invoice.ts';
import { services } from '#core/usage/usage-event.ts';
import type { AcceptedInvoice } from '#operations/partner-invoices/accept.ts';
import type { PartnerInvoiceFile } from '#operations/partner-invoices/ports.ts';
import { checkDays, listed, numberKey } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Name, Page, sortedQuery, Text } from '../schemas.ts';
import { UploadName } from '../uploads/uploads.ts';
import { ColumnsShown, columnsShown, fileReading, PeriodLabel } from './file-reading.ts';
import { Checked, type CheckedInvoice, checkedShown, facts, factsShown, invoiceShown, kinds, Shown } from './partner-invoice-shown.ts';

const closed = { additionalProperties: false } as const;
const on = Type.Optional(Type.String({ ...LocalDate, description: 'Local day on which it is done; today (UTC) when left out.' }));

const imported = {
  upload: UploadName,
  agreement: Type.Optional(Type.String({ ...Name, description: 'Of lines that do not say of which they are.' })),
  period: Type.Optional(PeriodLabel),
  ...{ service: Type.Optional(Type.Enum([...services])), kind: Type.Optional(Type.Enum(kinds)), number: Type.Optional(Name) },
  ...{ dated: Type.Optional(LocalDate), due: Type.Optional(LocalDate), currency: Type.Optional(Currency), corrects: Type.Optional(Name) },
  tax: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}(\\.[0-9]{1,9})?%?$', description: 'A share of the net, `23%`, or an amount.' })),
  ...{ ...fileReading, dryRun: Type.Optional(Type.Boolean({ description: 'Only say how it is read.' })) },
};
const given = { ...closed, description: 'What is given goes before what the file says.' } as const;
const Import = Type.Object({ ...imported, on }, { ...given, title: 'ImportPartnerInvoice' });
/** By the partner itself: it does not say on which day it came. */
export const SentInvoice = Type.Object(imported, { ...given, title: 'SendPartnerInvoice' });
const Accept = Type.Object(
  {
    whole: Type.Optional(Type.Boolean({ description: 'All of it, also where it is more or less than we expect.' })),
    undisputed: Type.Optional({ ...Amount, description: 'Only so much, without tax; a dispute is raised over the rest.' }),
    claim: Type.Optional({ ...Amount, description: 'Self-billed by them: so much that it leaves out is claimed.' }),
    reason: Type.Optional(Text),
    evidence: Type.Optional(Type.Array(UploadName, { maxItems: 20, uniqueItems: true })),
    respondDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })),
    beforeClose: Type.Optional(Type.Boolean()),
    moreToCome: Type.Optional(Type.Boolean({ description: 'Others of the same days follow: take back only so much of what is expected.' })),
    taxAsInvoiced: Type.Optional(Type.Boolean()),
    on,
  },
  { ...closed, title: 'AcceptPartnerInvoice' },
);
const End = Type.Object({ reason: Type.String({ ...Text, minLength: 1 }), on }, closed);
export type ImportPartnerInvoiceBody = Static<typeof Import>;
export type AcceptPartnerInvoiceBody = Static<typeof Accept>;

export interface TakenInvoice {
  /** Undefined in a dry run. */
  readonly id?: bigint;
  readonly isNew: boolean;
  readonly invoice: PartnerInvoice;
  readonly columns: readonly (readonly [header: string, field: string])[];
}

/** Methods throw RefusedError for what is refused. */
export interface PartnerInvoiceDesk {
  readonly list: (filter: { readonly party?: string; readonly agreement?: string }) => Promise<readonly PartnerInvoiceFile[]>;
  readonly show: (id: string) => Promise<PartnerInvoiceFile>;
  readonly check: (id: string, rates: readonly string[]) => Promise<CheckedInvoice>;
  /** `owner`: of the file that was sent. `ofParty`: who sends it itself; agreements of others are unknown then. */
  readonly take: (body: ImportPartnerInvoiceBody, owner: string, by: string, ofParty?: string) => Promise<TakenInvoice>;
  readonly accept: (id: string, body: AcceptPartnerInvoiceBody, owner: string, by: string) => Promise<AcceptedInvoice>;
  readonly end: (how: 'refuse' | 'reverse', id: string, reason: string, on: string | undefined, by: string) => Promise<PartnerInvoiceFile>;
}

export const ReadInvoice = Type.Object(
  { invoice: Type.Optional(Type.String()), isNew: Type.Boolean(), columns: ColumnsShown, ...facts },
  { ...closed, title: 'ReadPartnerInvoice' },
);
const Accepted = Type.Object(
  {
    ...{ state: Type.Enum(['proposed', 'accepted']), isNew: Type.Boolean(), contested: Amount, claimed: Amount, cleared: Amount },
    dispute: Type.Optional(Type.String({ description: 'That was raised over the rest.' })),
  },
  { ...closed, title: 'AcceptedPartnerInvoice', description: '`proposed`: a second person must accept it, too.' },
);

/** Of taking one in. */
export const invoiceRefusals = [
  ...(['upload.unknown', 'partner-invoice.faulty', 'partner-invoice.total-differs', 'partner-invoice.line-unplaced'] as const),
  'partner-invoice.number-differs',
] as const;

/** How a file was read. */
export function invoiceRead({ id, isNew, invoice, columns }: TakenInvoice): Static<typeof ReadInvoice> {
  const shown = { isNew, columns: columnsShown(columns), ...factsShown(invoice) };
  return { ...(id === undefined ? {} : { invoice: String(id) }), ...shown };
}

export function partnerInvoiceOperations(desk: PartnerInvoiceDesk): readonly Operation[] {
  const read = { tag: 'Reconciliation', method: 'GET', permission: 'disputes:read' } as const;
  const change = {
    tag: 'Reconciliation',
    method: 'POST',
    permission: 'disputes:manage',
    repetition: 'key',
    audit: { subject: 'partner-invoice' },
  } as const;
  const one = { parameters: Type.Object({ invoice: Type.String({ pattern: '^[1-9][0-9]{0,17}$' }) }) };
  const end = (how: 'refuse' | 'reverse', path: string, summary: string): Operation =>
    operation({
      ...{
        ...change,
        ...one,
        id: `${how}PartnerInvoice`,
        path: `/v1/partner-invoices/{invoice}/${path}`,
        summary,
        body: End,
        answer: Shown,
      },
      refusals: ['partner-invoice.unknown', 'partner-invoice.decided', 'partner-invoice.reason-missing'],
      handle: async ({ parameters, body, principal }) => {
        checkDays({ on: body.on });
        return { body: invoiceShown(await desk.end(how, parameters.invoice, body.reason, body.on, actorOf(principal))) };
      },
    });
  return [
    operation({
      ...{
        ...read,
        id: 'listPartnerInvoices',
        path: '/v1/partner-invoices',
        summary: 'Invoices of partners by our number',
        answer: Page(Shown),
      },
      query: Type.Object(
        {
          ...sortedQuery,
          party: Type.Optional(Name),
          agreement: Type.Optional(Name),
          state: Type.Optional(Type.Enum([...partnerInvoiceStates])),
        },
        closed,
      ),
      refusals: ['api.cursor-wrong'],
      handle: async ({ query: { state, party, agreement, ...page } }) => {
        const found = await desk.list({ ...(party === undefined ? {} : { party }), ...(agreement === undefined ? {} : { agreement }) });
        const wanted = found.filter(({ steps }) => state === undefined || stateOf(steps) === state);
        return { body: listed(wanted, page, ({ id }) => numberKey(id), invoiceShown) };
      },
    }),
    operation({
      ...{
        ...read,
        ...one,
        id: 'getPartnerInvoice',
        path: '/v1/partner-invoices/{invoice}',
        summary: 'An invoice of a partner',
        answer: Shown,
      },
      refusals: ['partner-invoice.unknown'],
      handle: async ({ parameters }) => ({ body: invoiceShown(await desk.show(parameters.invoice)) }),
    }),
    operation({
      ...{
        ...read,
        ...one,
        id: 'checkPartnerInvoice',
        path: '/v1/partner-invoices/{invoice}/check',
        summary: 'Beside what we expect, and why it differs',
      },
      query: Type.Object(
        { rate: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Z]{3}=[0-9]{1,12}(\\.[0-9]{1,12})?$' }), { maxItems: 50 })) },
        closed,
      ),
      ...{ answer: Checked, refusals: ['partner-invoice.unknown', 'declaration.currency'] },
      handle: async ({ parameters, query: { rate = [] } }) => {
        return { body: checkedShown(await desk.check(parameters.invoice, rate)) };
      },
    }),
    operation({
      ...{
        ...change,
        id: 'importPartnerInvoice',
        path: '/v1/partner-invoices',
        summary: 'Take in an invoice of a partner (UBL, CSV, XLSX)',
        body: Import,
        answer: ReadInvoice,
      },
      refusals: invoiceRefusals,
      handle: async ({ body, principal }) => {
        checkDays({ on: body.on, dated: body.dated, due: body.due });
        return { body: invoiceRead(await desk.take(body, principal.id, actorOf(principal))) };
      },
    }),
    operation({
      ...{
        ...change,
        ...one,
        id: 'acceptPartnerInvoice',
        path: '/v1/partner-invoices/{invoice}/acceptances',
        summary: 'Accept it, whole or in part',
        body: Accept,
      },
      description: 'As oneself: where the legal entity wants two persons, the second books it as the first proposed it.',
      answer: Accepted,
      refusals: [
        'partner-invoice.unknown',
        'partner-invoice.decided',
        'partner-invoice.second-person',
        'partner-invoice.period-open',
        'partner-invoice.differs',
        'partner-invoice.tax-differs',
      ],
      handle: async ({ parameters, body, principal }) => {
        checkDays({ on: body.on });
        const accepted = await desk.accept(parameters.invoice, body, principal.id, actorOf(principal));
        const { state, isNew, contestedNanos, claimedNanos, clearedNanos, dispute } = accepted;
        const sums = {
          contested: formatNanos(contestedNanos, 2),
          claimed: formatNanos(claimedNanos, 2),
          cleared: formatNanos(clearedNanos, 2),
        };
        return { body: { state, isNew, ...sums, ...(dispute === undefined ? {} : { dispute: String(dispute) }) } };
      },
    }),
    end('refuse', 'refusals', 'Refuse it: nothing is booked, what is expected stays'),
    end('reverse', 'reversals', 'Take its acceptance back'),
  ];
}
