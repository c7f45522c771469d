/** Documents that were issued: lists, one of them, and its files. */
import Type from 'typebox';
import type { Invoice, InvoiceLine } from '#core/invoicing/invoice.ts';
import { formatNanos } from '#core/money/amount.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { dayRange, ofLegalEntity } from '../listing.ts';
import { fileOperation, type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Money, Name, Page, pageQuery, USUAL_LIMIT } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export interface DocumentFilter {
  readonly legalEntity?: string;
  readonly account?: string;
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
  /** Anywhere in its number. */
  readonly number?: string;
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
    newestFirst: boolean,
  ) => Promise<readonly IssuedDocument[]>;
  readonly show: (
    number: string,
    legalEntity: string | undefined,
  ) => Promise<{ readonly invoice: Invoice; readonly corrections: readonly string[]; readonly leftNanos: ReadonlyMap<number, bigint> }>;
  readonly pdf: (number: string, legalEntity: string | undefined) => Promise<Uint8Array>;
  readonly ubl: (number: string, legalEntity: string | undefined) => Promise<Uint8Array>;
  /** The events that it bills as CSV; numbers of subscribers whole or without their last digits. */
  readonly detail: (number: string, legalEntity: string | undefined, seesPersonal: boolean) => Promise<Uint8Array>;
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
    reason: Type.Optional(Type.String({ description: 'Why it corrects another.' })),
    period: Type.Optional(Type.Object({ from: LocalDate, to: { ...LocalDate, description: 'First day after it.' } }, closed)),
    statement: Type.Optional(Type.String({ description: 'The recorded statement that it bills: `agreement@period@version`.' })),
    lines: Type.Array(
      Type.Object(
        {
          ...{ line: Type.Integer(), kind: Type.String(), description: Type.String(), net: Amount },
          ...{ agreement: Type.Optional(Type.String()), service: Type.Optional(Type.String()) },
          statementLine: Type.Optional(Type.Integer({ description: 'Line of the statement that it is made of.' })),
          left: Type.Object({ ...Money.properties }, { ...closed, description: 'What credit notes have left of it.' }),
        },
        closed,
      ),
    ),
    taxes: Type.Array(Type.Object({ name: Type.String(), percent: Type.String(), base: Amount, tax: Amount }, closed)),
    ...{ prepaid: Amount, notes: Type.Array(Type.String()), sha256: Type.String() },
  },
  { ...closed, title: 'Document' },
);

const sort = Type.Optional(Type.Enum(['issueDay', '-issueDay'], { description: 'With `-` the latest first.' }));

export function documentOperations(documents: DocumentBooks): readonly Operation[] {
  const common = { tag: 'Documents', method: 'GET', permission: 'documents:read', forParties: ['partner', 'customer'] } as const;
  const one = {
    parameters: Type.Object({ number: Type.String({ ...Name, description: 'Number of the document, percent-encoded.' }) }),
    query: Type.Object(ofLegalEntity, closed),
  };
  const unknown = ['invoice.unknown'] as const;
  const fileName = (number: string): string => number.replaceAll(/[^\w.-]+/g, '-');
  const detail = (
    words: Pick<Operation, 'tag' | 'permission' | 'forParties' | 'personal'> & { readonly method: 'GET' },
    id: string,
    path: string,
  ): Operation =>
    fileOperation({
      ...{ ...words, ...one, id, path, types: ['text/csv'], summary: 'The events that it bills, which add up to its lines exactly' },
      refusals: [...unknown, 'invoice.no-statement', 'invoice.detail-differs', 'invoice.detail-too-long', 'statement.detail-differs'],
      handle: async ({ parameters: { number }, query, seesPersonal }) => ({
        ...{ type: 'text/csv', name: `detail-${fileName(number)}.csv` },
        content: await documents.detail(number, query.legalEntity, seesPersonal),
      }),
    });
  return [
    operation({
      ...common,
      ...{ id: 'listDocuments', path: '/v1/documents', summary: 'Documents by the day of their issue' },
      query: Type.Object(
        {
          ...pageQuery,
          ...ofLegalEntity,
          ...dayRange,
          account: Type.Optional(Name),
          kind: Type.Optional(Name),
          number: Type.Optional(Name),
          sort,
        },
        closed,
      ),
      answer: Page(Listed),
      refusals: ['api.cursor-wrong', 'statement.instant-malformed'],
      handle: async ({ query: { limit = USUAL_LIMIT, cursor, sort: order, ...filter } }) => {
        const [day, id] = readCursor(cursor, ['string', 'number']) ?? [];
        const after = day === undefined ? undefined : { day: String(day), id: Number(id) };
        const found = await documents.list(filter, after, limit + 1, order === '-issueDay');
        return { body: pageOf(found, limit, listedShown, (row) => [row.issueDay, row.id]) };
      },
    }),
    operation({
      ...common,
      ...one,
      ...{ id: 'getDocument', path: '/v1/documents/{number}', summary: 'A document with its lines', answer: Shown, refusals: unknown },
      handle: async ({ parameters, query }) => {
        const { invoice, corrections, leftNanos } = await documents.show(parameters.number, query.legalEntity);
        return { body: documentShown(invoice, corrections, leftNanos) };
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
    detail({ ...common, forParties: [], personal: true }, 'getDocumentDetail', '/v1/documents/{number}/detail'),
    // To its own party numbers are whole, as the network gave them.
    detail(
      { ...common, tag: 'Portal', permission: 'portal:use', forParties: ['partner'], personal: 'whole' },
      'getPortalDocumentDetail',
      '/v1/portal/documents/{number}/detail',
    ),
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
        content: await documents.ubl(number, query.legalEntity),
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

function documentShown(invoice: Invoice, corrections: readonly string[], leftNanos: ReadonlyMap<number, bigint>) {
  const { number, legalEntity, kind, account, party, currency, issueDay, dueDay, netNanos, taxNanos, totalNanos, corrects } = invoice;
  const { period, statement, taxes, lines, notes, prepaidNanos, sha256 } = invoice;
  return {
    ...{ number, legalEntity, kind, account, party, currency, issueDay, dueDay, notes: [...notes], sha256 },
    ...{ net: formatNanos(netNanos, 2), tax: formatNanos(taxNanos, 2), total: formatNanos(totalNanos, 2), corrections: [...corrections] },
    ...(corrects === undefined ? {} : { corrects: corrects.number, reason: corrects.reason }),
    ...(period === undefined ? {} : { period: { from: period.from, to: period.to } }),
    ...(statement === undefined ? {} : { statement: statement.id }),
    prepaid: formatNanos(prepaidNanos, 2),
    lines: lines.map((line) => lineShown(line, currency, leftNanos.get(line.number) ?? line.netNanos)),
    taxes: taxes.map((tax) => ({
      ...{ name: tax.name, percent: tax.percent, base: formatNanos(tax.baseNanos, 2), tax: formatNanos(tax.taxNanos, 2) },
    })),
  };
}

function lineShown(
  { number, kind, description, netNanos, agreement, service, statementLine }: InvoiceLine,
  currency: string,
  left: bigint,
) {
  return {
    ...{ line: number, kind, description, net: formatNanos(netNanos, 2), left: { amount: formatNanos(left, 2), currency } },
    ...(agreement === undefined ? {} : { agreement }),
    ...(service === undefined ? {} : { service }),
    ...(statementLine === undefined ? {} : { statementLine }),
  };
}
