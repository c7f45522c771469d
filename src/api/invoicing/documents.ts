/** Documents that were issued: lists, one of them, and its files. */
import Type from 'typebox';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { formatNanos } from '#core/money/amount.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { dayRange, ofLegalEntity } from '../listing.ts';
import { fileOperation, type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Name, Page, pageQuery, USUAL_LIMIT } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export interface DocumentFilter {
  readonly legalEntity?: string;
  readonly account?: string;
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface IssuedDocument {
  /** Ascending with the issuing. */
  readonly id: number;
  readonly number: string;
  readonly legalEntity: string;
  readonly kind: string;
  readonly account: string;
  readonly party: string;
  readonly currency: string;
  readonly issueDay: string;
  readonly dueDay: string;
  readonly netNanos: bigint;
  readonly taxNanos: bigint;
  readonly totalNanos: bigint;
  readonly corrects: string | undefined;
}

/** Methods throw RefusedError for what is refused. */
export interface DocumentBooks {
  /** By day and number of their issuing, behind one of them. */
  readonly list: (
    filter: DocumentFilter,
    after: { readonly day: string; readonly id: number } | undefined,
    most: number,
  ) => Promise<readonly IssuedDocument[]>;
  readonly show: (
    number: string,
    legalEntity: string | undefined,
  ) => Promise<{ readonly invoice: Invoice; readonly corrections: readonly string[] }>;
  readonly pdf: (number: string, legalEntity: string | undefined) => Promise<Uint8Array>;
  readonly ubl: (number: string, legalEntity: string | undefined) => Promise<string>;
}

const shared = {
  ...{
    number: Type.String(),
    legalEntity: Type.String(),
    kind: Type.String({ description: '`invoice`, `credit-note`, `self-billing` …' }),
    account: Type.String(),
    party: Type.String(),
  },
  ...{ currency: Currency, issueDay: LocalDate, dueDay: LocalDate, net: Amount, tax: Amount, total: Amount },
};
const Listed = Type.Object({ ...shared, corrects: Type.Optional(Type.String()) }, { ...closed, title: 'ListedDocument' });
const Shown = Type.Object(
  {
    ...{ ...shared, corrects: Type.Optional(Type.String()), corrections: Type.Array(Type.String()) },
    lines: Type.Array(Type.Object({ line: Type.Integer(), description: Type.String(), net: Amount }, closed)),
  },
  { ...closed, title: 'Document' },
);

export function documentOperations(documents: DocumentBooks): readonly Operation[] {
  const common = { tag: 'Documents', method: 'GET', permission: 'documents:read' } as const;
  const one = {
    parameters: Type.Object({ number: Type.String({ ...Name, description: 'Number of the document, percent-encoded.' }) }),
    query: Type.Object(ofLegalEntity, closed),
  };
  const unknown = ['invoice.unknown'] as const;
  const fileName = (number: string): string => number.replaceAll(/[^\w.-]+/g, '-');
  return [
    operation({
      ...common,
      ...{ id: 'listDocuments', path: '/v1/documents', summary: 'Documents by the day of their issue' },
      query: Type.Object({ ...pageQuery, ...ofLegalEntity, ...dayRange, account: Type.Optional(Name), kind: Type.Optional(Name) }, closed),
      answer: Page(Listed),
      refusals: ['api.cursor-wrong', 'statement.instant-malformed'],
      handle: async ({ query: { limit = USUAL_LIMIT, cursor, ...filter } }) => {
        const [day, id] = readCursor(cursor, ['string', 'number']) ?? [];
        const after = day === undefined ? undefined : { day: String(day), id: Number(id) };
        const found = await documents.list(filter, after, limit + 1);
        return { body: pageOf(found, limit, listedShown, (row) => [row.issueDay, row.id]) };
      },
    }),
    operation({
      ...common,
      ...one,
      ...{ id: 'getDocument', path: '/v1/documents/{number}', summary: 'A document with its lines', answer: Shown, refusals: unknown },
      handle: async ({ parameters, query }) => {
        const { invoice, corrections } = await documents.show(parameters.number, query.legalEntity);
        return { body: documentShown(invoice, corrections) };
      },
    }),
    fileOperation({
      ...common,
      ...one,
      ...{ id: 'getDocumentPdf', path: '/v1/documents/{number}/pdf', summary: 'As PDF', types: ['application/pdf'], refusals: unknown },
      handle: async ({ parameters: { number }, query }) => ({
        ...{ type: 'application/pdf', name: `${fileName(number)}.pdf`, content: await documents.pdf(number, query.legalEntity) },
      }),
    }),
    fileOperation({
      ...common,
      ...one,
      ...{
        id: 'getDocumentUbl',
        path: '/v1/documents/{number}/ubl',
        summary: 'As electronic invoice (UBL 2.1)',
        types: ['application/xml'],
      },
      refusals: [...unknown, 'einvoice.rule-broken', 'einvoice.taxes-not-vat'],
      handle: async ({ parameters: { number }, query }) => ({
        ...{ type: 'application/xml', name: `${fileName(number)}.xml` },
        content: new TextEncoder().encode(await documents.ubl(number, query.legalEntity)),
      }),
    }),
  ];
}

function listedShown({ kind, netNanos, taxNanos, totalNanos, corrects, id: _id, ...rest }: IssuedDocument) {
  return {
    ...rest,
    kind,
    ...{ net: formatNanos(netNanos, 2), tax: formatNanos(taxNanos, 2), total: formatNanos(totalNanos, 2) },
    ...(corrects === undefined ? {} : { corrects }),
  };
}

function documentShown(invoice: Invoice, corrections: readonly string[]) {
  const { number, legalEntity, kind, account, party, currency, issueDay, dueDay, netNanos, taxNanos, totalNanos, corrects, lines } =
    invoice;
  return {
    ...{ number, legalEntity, kind, account, party, currency, issueDay, dueDay },
    ...{ net: formatNanos(netNanos, 2), tax: formatNanos(taxNanos, 2), total: formatNanos(totalNanos, 2), corrections: [...corrections] },
    ...(corrects === undefined ? {} : { corrects: corrects.number }),
    lines: lines.map((line, index) => ({ line: index + 1, description: line.description, net: formatNanos(line.netNanos, 2) })),
  };
}
