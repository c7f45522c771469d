/** Drafts, issuing them, giving back what was issued. */
import Type, { type Static } from 'typebox';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { formatNanos } from '#core/money/amount.ts';
import type { StoredDraft } from '#operations/invoicing/ports.ts';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { checkDays, listed, numberKey, ofLegalEntity } from '../listing.ts';
import { actorOf, fileOperation, type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Name, Page, sortedQuery, Text } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

/** Kind of the job that makes every hash of every document again. */
export const VERIFY_DOCUMENTS = 'verify-documents';

const Credit = Type.Object(
  {
    reason: Type.String({ ...Text, minLength: 1, description: 'Stands on the credit note.' }),
    lines: Type.Optional(
      Type.Array(
        Type.Object(
          {
            line: Type.Integer({ minimum: 1, maximum: 999_999_999 }),
            net: Type.Optional({ ...Amount, description: 'All that is left of it, when left out.' }),
          },
          closed,
        ),
        { minItems: 1, maxItems: 5_000, description: 'All that is left of every line, when left out.' },
      ),
    ),
    on: Type.Optional(Type.String({ ...LocalDate, description: 'Date of issue; today (UTC) when left out.' })),
  },
  { ...closed, title: 'CreditDocument' },
);
export type CreditBody = Static<typeof Credit>;

/** Methods throw RefusedError for what is refused. */
export interface IssuingDesk {
  readonly drafts: () => Promise<readonly StoredDraft[]>;
  readonly draft: (id: string) => Promise<StoredDraft>;
  /** As PDF, marked as a draft. */
  readonly preview: (id: string) => Promise<Uint8Array>;
  /** `name`: what messages call the text, and the key of a draft that names none. */
  readonly write: (name: string, text: string, on: string | undefined, by: string) => Promise<readonly StoredDraft[]>;
  readonly issue: (drafts: readonly string[], on: string | undefined, by: string) => Promise<readonly Invoice[]>;
  readonly discard: (id: string) => Promise<void>;
  readonly credit: (number: string, legalEntity: string | undefined, body: CreditBody, by: string) => Promise<Invoice>;
}

const Draft = Type.Object(
  {
    ...{
      draft: Type.String(),
      key: Type.String(),
      kind: Type.String(),
      legalEntity: Type.String(),
      account: Type.String(),
      party: Type.String(),
    },
    ...{ currency: Currency, issueDay: LocalDate, dueDay: LocalDate, net: Amount, tax: Amount, total: Amount, by: Type.String() },
    lines: Type.Array(Type.Object({ line: Type.Integer(), description: Type.String(), net: Amount }, closed)),
  },
  { ...closed, title: 'Draft' },
);
const Issued = Type.Object(
  { number: Type.String(), legalEntity: Type.String(), kind: Type.String(), total: Amount, currency: Currency },
  { ...closed, title: 'IssuedDocument' },
);

export function issuingOperations(desk: IssuingDesk, jobs: JobDesk): readonly Operation[] {
  const read = { tag: 'Documents', method: 'GET', permission: 'documents:read' } as const;
  const change = {
    tag: 'Documents',
    method: 'POST',
    permission: 'documents:manage',
    repetition: 'key',
    audit: { subject: 'document' },
  } as const;
  const one = { parameters: Type.Object({ draft: Type.String({ pattern: '^[1-9][0-9]{0,17}$' }) }) };
  return [
    operation({
      ...read,
      ...{ id: 'listDrafts', path: '/v1/drafts', summary: 'Open drafts by their number', query: Type.Object(sortedQuery, closed) },
      ...{ answer: Page(Draft), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => ({ body: listed(await desk.drafts(), query, ({ draftId }) => numberKey(draftId), draftShown) }),
    }),
    operation({
      ...{ ...read, ...one, answer: Draft, refusals: ['invoice.draft-unknown'] },
      ...{ id: 'getDraft', path: '/v1/drafts/{draft}', summary: 'A draft with its lines' },
      handle: async ({ parameters }) => ({ body: draftShown(await desk.draft(parameters.draft)) }),
    }),
    fileOperation({
      ...{ ...read, ...one, types: ['application/pdf'], refusals: ['invoice.draft-unknown'] },
      ...{ id: 'getDraftPdf', path: '/v1/drafts/{draft}/pdf', summary: 'As it would be printed, marked as a draft' },
      handle: async ({ parameters: { draft } }) => ({
        ...{ type: 'application/pdf', name: `draft-${draft}.pdf`, content: await desk.preview(draft) },
      }),
    }),
    operation({
      ...{ ...change, id: 'writeDrafts', path: '/v1/drafts', summary: 'Make drafts of invoices written by hand', status: 201 },
      description:
        'All of the text or none; a draft of the same key is written over. [Its form](../reference/invoices.md) is YAML, so JSON as text will do.',
      body: Type.Object(
        {
          name: Type.String({ ...Name, maxLength: 120, description: 'What faults call the text.' }),
          text: Type.String({ minLength: 1, maxLength: 500_000 }),
          on: Type.Optional(Type.String({ ...LocalDate, description: 'Date of issue; today (UTC) when left out.' })),
        },
        { ...closed, title: 'WriteDrafts' },
      ),
      ...{ answer: Type.Object({ items: Type.Array(Draft) }, closed), refusals: ['invoice.party-unknown', 'invoice.empty'] },
      handle: async ({ body: { name, text, on }, principal }) => {
        checkDays({ on });
        return { body: { items: (await desk.write(name, text, on, actorOf(principal))).map(draftShown) } };
      },
    }),
    operation({
      ...{
        ...change,
        id: 'issueDrafts',
        path: '/v1/drafts/issues',
        summary: 'Issue drafts for ever: all that are named or none',
        status: 201,
      },
      body: Type.Object(
        {
          drafts: Type.Array(Type.String({ pattern: '^[1-9][0-9]{0,17}$' }), { minItems: 1, maxItems: 1000, uniqueItems: true }),
          on: Type.Optional(Type.String({ ...LocalDate, description: 'Date of issue instead of theirs; due dates move with it.' })),
        },
        { ...closed, title: 'IssueDrafts' },
      ),
      ...{ answer: Type.Object({ items: Type.Array(Issued) }, closed), refusals: ['invoice.draft-unknown', 'ledger.period-closed'] },
      handle: async ({ body: { drafts, on }, principal }) => {
        checkDays({ on });
        return { body: { items: (await desk.issue(drafts, on, actorOf(principal))).map(issuedShown) } };
      },
    }),
    operation({
      ...{ ...change, ...one, id: 'discardDraft', method: 'DELETE', path: '/v1/drafts/{draft}', summary: 'Discard a draft' },
      ...{ answer: Type.Object({ discarded: Type.String() }, closed), refusals: ['invoice.draft-unknown'] },
      handle: async ({ parameters: { draft } }) => {
        await desk.discard(draft);
        return { body: { discarded: draft } };
      },
    }),
    operation({
      ...{
        ...change,
        id: 'creditDocument',
        path: '/v1/documents/{number}/credits',
        summary: 'Give a document back, or some of its lines',
        status: 201,
      },
      parameters: Type.Object({ number: Type.String({ ...Name, description: 'Number of the document, percent-encoded.' }) }),
      ...{ query: Type.Object(ofLegalEntity, closed), body: Credit, answer: Issued },
      description: 'Issues a credit note. Of no line more than is left of it.',
      refusals: [
        'invoice.unknown',
        'invoice.line-unknown',
        'invoice.not-creditable',
        'invoice.credit-too-much',
        'invoice.nothing-left',
        'ledger.period-closed',
      ],
      handle: async ({ parameters, query, body, principal }) => {
        checkDays({ on: body.on });
        const note = await desk.credit(parameters.number, query.legalEntity, body, actorOf(principal));
        return { body: issuedShown(note), location: `/v1/documents/${encodeURIComponent(note.number)}` };
      },
    }),
    operation({
      ...{ ...change, permission: 'documents:read', id: 'verifyDocuments', path: '/v1/documents/verifications', status: 202, answer: Job },
      summary: 'Make every hash, sum and number of the documents again',
      description: 'A job; its result says how many `documents` and `series` there are, and every fault under `findings`.',
      body: Type.Object(ofLegalEntity, closed),
      handle: ({ body, principal }) => startJob(jobs, VERIFY_DOCUMENTS, body, principal),
    }),
  ];
}

function draftShown({ draftId, key, content, madeBy }: StoredDraft): Static<typeof Draft> {
  const { kind, legalEntity, account, party, currency, issueDay, dueDay, netNanos, taxNanos, totalNanos, lines } = content;
  return {
    ...{ draft: String(draftId), key, kind, legalEntity, account, party, currency, issueDay, dueDay, by: madeBy },
    ...{ net: formatNanos(netNanos, 2), tax: formatNanos(taxNanos, 2), total: formatNanos(totalNanos, 2) },
    lines: lines.map(({ number, description, netNanos: net }) => ({ line: number, description, net: formatNanos(net, 2) })),
  };
}

function issuedShown({ number, legalEntity, kind, totalNanos, currency }: Invoice): Static<typeof Issued> {
  return { number, legalEntity, kind, total: formatNanos(totalNanos, 2), currency };
}
