/** What a partner sends us itself: its figures and its invoices, read as the house reads them, for its own agreements only. */
import Type, { type Static } from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { documentKindOf, partnerInvoiceStates, stateOf } from '#core/settlement/partner-invoices/partner-invoice.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { PartnerInvoiceFile } from '#operations/partner-invoices/ports.ts';
import type { RecordedDeclaration } from '#operations/reconciliation/ports.ts';
import type { Upload } from '#operations/uploads/ports.ts';
import { checkDays, listed, numberKey } from '../listing.ts';
import { actorOf, type Operation, operation, type Principal } from '../operation.ts';
import {
  declarationRefusals,
  figuresShown,
  type ImportDeclarationBody,
  ImportedDeclaration,
  type ImportedFigures,
  ReadDeclaration,
} from '../reconciliation/declarations.ts';
import { DaysShown } from '../reconciliation/file-reading.ts';
import {
  type ImportPartnerInvoiceBody,
  invoiceRead,
  invoiceRefusals,
  ReadInvoice,
  SentInvoice,
  type TakenInvoice,
} from '../reconciliation/partner-invoices.ts';
import { Amount, Currency, Instant, LocalDate, Page, sortedQuery } from '../schemas.ts';
import { FileName, SentUpload } from '../uploads/uploads.ts';
import { partyOf } from './party-of.ts';

const closed = { additionalProperties: false } as const;
/** A month by destination and day is a few hundred kilobytes. */
const MOST_BYTES = 16 * 1024 ** 2;

/** Methods throw RefusedError for what is refused; an agreement of another does not exist. */
export interface FilingDesk {
  /** Of a party as a whole, whoever of it sends. */
  readonly sendFile: (party: string, name: string, content: Uint8Array) => Promise<Upload | 'full'>;
  readonly declarations: () => Promise<readonly RecordedDeclaration[]>;
  readonly sendDeclaration: (party: string, body: ImportDeclarationBody, by: string) => Promise<ImportedFigures>;
  readonly invoices: () => Promise<readonly PartnerInvoiceFile[]>;
  readonly sendInvoice: (party: string, body: ImportPartnerInvoiceBody, by: string) => Promise<TakenInvoice>;
}

const Declaration = Type.Object(
  {
    ...{ declaration: Type.String(), agreement: Type.String(), side: Type.String(), service: Type.String(), period: DaysShown },
    ...{ currency: Currency, document: Type.Optional(Type.String()), source: Type.String(), lines: Type.Integer() },
    ...{ amount: Type.Optional(Amount), at: Instant },
  },
  { ...closed, title: 'PortalDeclaration' },
);
const Invoice = Type.Object(
  {
    ...{ invoice: Type.String(), number: Type.String(), kind: Type.String(), state: Type.Enum([...partnerInvoiceStates]) },
    ...{ source: Type.String(), issueDay: LocalDate, dueDay: LocalDate, currency: Currency, net: Amount, tax: Amount, total: Amount },
  },
  { ...closed, title: 'PortalInvoice' },
);

export function filingOperations(desk: FilingDesk): readonly Operation[] {
  const common = { tag: 'Portal', permission: 'portal:use', forParties: ['partner'] } as const;
  const list = { ...common, method: 'GET', query: Type.Object(sortedQuery, closed), refusals: ['api.cursor-wrong'] } as const;
  return [
    operation({
      ...common,
      ...{ id: 'sendPortalFile', method: 'POST', path: '/v1/portal/uploads', summary: 'Send a file of yours', status: 201 },
      description:
        'The body is the file itself, 16 MiB at most; kept for a day, for your party, until it is named as a declaration or an invoice.',
      ...{ repetition: 'natural', audit: { subject: 'upload', made: ({ upload }: { upload: string }) => upload } },
      query: Type.Object({ name: { ...FileName, description: 'Of the file, with its ending.' } }, closed),
      ...{ takesFile: true, mostBodyBytes: MOST_BYTES, answer: SentUpload, refusals: ['upload.full'] },
      handle: async ({ query, file, principal }) => {
        const sent = await desk.sendFile(partyOf(principal), query.name, file);
        if (sent === 'full') throw new RefusedError(refuse('upload.full', '512 MiB of yours wait already'));
        return { body: { upload: sent.sha256, name: sent.name, bytes: sent.bytes } };
      },
    }),
    operation({
      ...{ ...list, id: 'listPortalDeclarations', path: '/v1/portal/declarations', summary: 'Your figures as we have them' },
      answer: Page(Declaration),
      handle: async ({ query }) => ({ body: listed(await desk.declarations(), query, ({ id }) => numberKey(id), declarationShown) }),
    }),
    operation({
      ...{ ...common, method: 'POST', repetition: 'key', audit: { subject: 'declaration' } },
      ...{ id: 'sendPortalDeclaration', path: '/v1/portal/declarations', summary: 'Send your figures of some days (CSV, XLSX, UBL)' },
      description: 'All of the file or nothing. The same file for the same days is the same declaration; of several the latest counts.',
      ...{ body: ImportedDeclaration, answer: ReadDeclaration, refusals: declarationRefusals },
      handle: async ({ body, principal }) => ({
        body: figuresShown(await desk.sendDeclaration(partyOf(principal), body, sender(principal))),
      }),
    }),
    operation({
      ...{ ...list, id: 'listPortalInvoices', path: '/v1/portal/partner-invoices', summary: 'Your invoices as we have them' },
      answer: Page(Invoice),
      handle: async ({ query }) => ({ body: listed(await desk.invoices(), query, ({ id }) => numberKey(id), invoiceShown) }),
    }),
    operation({
      ...{ ...common, method: 'POST', repetition: 'key', audit: { subject: 'partner-invoice' } },
      ...{ id: 'sendPortalInvoice', path: '/v1/portal/partner-invoices', summary: 'Send an invoice of yours (UBL, CSV, XLSX)' },
      ...{ body: SentInvoice, answer: ReadInvoice, refusals: ['statement.agreement-unknown', ...invoiceRefusals] },
      handle: async ({ body, principal }) => {
        checkDays({ dated: body.dated, due: body.due });
        return { body: invoiceRead(await desk.sendInvoice(partyOf(principal), body, sender(principal))) };
      },
    }),
  ];
}

/** As the books name who sent it: the house sees that it was the partner. */
function sender(principal: Principal): string {
  return principal.person === undefined ? actorOf(principal) : `${actorOf(principal)} of ${partyOf(principal)}`;
}

/** Without who of us took it in. */
function declarationShown(of: RecordedDeclaration): Static<typeof Declaration> {
  const { id, agreement, side, service, period, currency, document, source, lineCount, amountNanos, recorded } = of;
  return {
    ...{ declaration: String(id), agreement, side, service, period: { from: period.from, to: period.to }, currency, source },
    ...{ lines: lineCount, at: formatInstant(recorded.atMicros) },
    ...(document === undefined ? {} : { document }),
    ...(amountNanos === undefined ? {} : { amount: formatNanos(amountNanos, 2) }),
  };
}

/** Without who of us decided on it, and their notes. */
function invoiceShown({ id, invoice, source, steps }: PartnerInvoiceFile): Static<typeof Invoice> {
  const { number, issueDay, dueDay, currency, netNanos, taxNanos, totalNanos } = invoice;
  return {
    ...{ invoice: String(id), number, kind: documentKindOf(invoice), state: stateOf(steps), source, issueDay, dueDay, currency },
    ...{ net: formatNanos(netNanos, 2), tax: formatNanos(taxNanos, 2), total: formatNanos(totalNanos, 2) },
  };
}
