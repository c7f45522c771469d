/** Entries of the ledger: the journal, one of them, entries by hand, what waits for a second person, closed days. */
import Type, { type Static } from 'typebox';
import { entryKinds, type LedgerEntry } from '#core/ledger/entry.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { Entered } from '#operations/ledger/enter-entries.ts';
import type { Closing, WaitingEntry } from '#operations/ledger/ports.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { checkDays, dayRange, listed, numberKey, ofLegalEntity } from '../listing.ts';
import { actorOf, fileOperation, type Operation, operation } from '../operation.ts';
import { EnteredShown, enteredShown } from '../payments/take.ts';
import { Amount, Currency, Instant, LocalDate, Name, orderedBy, Page, sortedQuery, Text, USUAL_LIMIT } from '../schemas.ts';
import { UploadName } from '../uploads/uploads.ts';

const closed = { additionalProperties: false } as const;

/** Kind of the job that makes every hash and sum of the ledger again. */
export const VERIFY_LEDGER = 'verify-ledger';

const legalEntity = ofLegalEntity.legalEntity;
const on = Type.Optional(Type.String({ ...LocalDate, description: 'Day of the books; today (UTC) when left out.' }));
const why = Type.String({ ...Text, minLength: 1 });
const Enter = Type.Object(
  {
    upload: Type.String({ ...UploadName, description: 'CSV or XLSX; [its columns](../reference/ledger.md).' }),
    opening: Type.Optional(Type.Boolean({ description: 'Balances brought in when Carillon begins.' })),
    legalEntity,
  },
  { ...closed, title: 'EnterEntries' },
);
const Reverse = Type.Object(
  { kind: Type.Enum([...entryKinds]), reference: Name, why, legalEntity, on },
  { ...closed, title: 'ReverseEntry' },
);
const Close = Type.Object(
  { firstOpen: Type.String({ ...LocalDate, description: 'Days before it are closed.' }), why, legalEntity, on },
  { ...closed, title: 'CloseLedger' },
);
const Reopen = Type.Object({ firstOpen: LocalDate, why, legalEntity }, { ...closed, title: 'ReopenLedger' });
export type EnterEntriesBody = Static<typeof Enter>;
export type ReverseEntryBody = Static<typeof Reverse>;
export type CloseLedgerBody = Static<typeof Close>;
export type ReopenLedgerBody = Static<typeof Reopen>;

export interface JournalEntry extends LedgerEntry {
  readonly sequence: bigint;
  readonly bookedAtMicros: number;
  readonly hash: Uint8Array;
}

export interface JournalQuestion {
  readonly legalEntity?: string;
  readonly from?: string;
  readonly to?: string;
  readonly ledgerAccount?: string;
  readonly account?: string;
  readonly document?: string;
  readonly kind?: string;
  readonly reference?: string;
}

/** Methods throw RefusedError for what is refused. */
export interface EntryDesk {
  /** In the order of the chain of one legal entity. */
  readonly journal: (question: JournalQuestion, after: bigint, most: number) => Promise<readonly JournalEntry[]>;
  /** On the chart of accounts. */
  readonly file: (question: Pick<JournalQuestion, 'legalEntity' | 'from' | 'to'>) => Promise<Uint8Array>;
  readonly enter: (body: EnterEntriesBody, owner: string, by: string) => Promise<Entered>;
  readonly reverse: (body: ReverseEntryBody, by: string) => Promise<Entered>;
  readonly waiting: (legalEntity: string | undefined) => Promise<readonly WaitingEntry[]>;
  readonly approve: (id: bigint, by: string) => Promise<LedgerEntry>;
  readonly reject: (id: bigint, why: string, by: string) => Promise<LedgerEntry>;
  readonly closings: (legalEntity: string | undefined) => Promise<readonly Closing[]>;
  readonly close: (body: CloseLedgerBody, by: string) => Promise<{ readonly legalEntity: string; readonly closed: boolean }>;
  readonly reopen: (body: ReopenLedgerBody, by: string) => Promise<string>;
}

const entryParts = {
  ...{
    legalEntity: Type.String(),
    day: LocalDate,
    kind: Type.String(),
    reference: Type.String(),
    description: Type.String(),
    by: Type.String(),
  },
  corrects: Type.Optional(Type.String({ description: 'Kind and reference of the entry that it takes back or corrects.' })),
  postings: Type.Array(
    Type.Object(
      {
        ...{ ledgerAccount: Type.String(), account: Type.Optional(Type.String()), agreement: Type.Optional(Type.String()) },
        ...{
          service: Type.Optional(Type.String()),
          document: Type.Optional(Type.String()),
          dueDay: Type.Optional(LocalDate),
          currency: Currency,
        },
        amount: Type.String({ ...Amount, description: 'Debit above zero.' }),
        inOwnCurrency: Type.Optional({ ...Amount, description: 'In that of the legal entity.' }),
      },
      closed,
    ),
  ),
};
const Entry = Type.Object(
  { sequence: Type.Integer(), bookedAt: Instant, hash: Type.String(), ...entryParts },
  { ...closed, title: 'LedgerEntry' },
);
const Waiting = Type.Object(
  { waiting: Type.String(), enteredAt: Instant, enteredBy: Type.String(), ...entryParts },
  { ...closed, title: 'WaitingEntry' },
);
const Decided = Type.Object(entryParts, { ...closed, title: 'DecidedEntry' });
const ClosingShown = Type.Object(
  {
    ...{
      legalEntity: Type.String(),
      kind: Type.Enum(['close', 'reopen']),
      firstOpen: LocalDate,
      why: Type.String(),
      by: Type.String(),
      at: Instant,
    },
  },
  { ...closed, title: 'LedgerClosing' },
);

export function entryOperations(desk: EntryDesk, jobs: JobDesk): readonly Operation[] {
  const read = { tag: 'Ledger', method: 'GET', permission: 'ledger:read' } as const;
  const change = { tag: 'Ledger', method: 'POST', permission: 'ledger:manage', repetition: 'key', audit: { subject: 'ledger' } } as const;
  const one = { parameters: Type.Object({ waiting: Type.String({ pattern: '^[1-9][0-9]{0,17}$' }) }), answer: Decided };
  const unknownEntity = ['ledger.legal-entity-unknown'] as const;
  return [
    operation({
      ...{ ...read, id: 'listEntries', path: '/v1/ledger/entries', summary: 'The journal, in the order of booking', answer: Page(Entry) },
      description: 'Of one legal entity. With `kind` and `reference`, the entry of one cause.',
      query: Type.Object(
        {
          ...{ ...orderedBy('sequence'), ...ofLegalEntity, ...dayRange, ledgerAccount: Type.Optional(Name), account: Type.Optional(Name) },
          ...{ document: Type.Optional(Name), kind: Type.Optional(Type.Enum([...entryKinds])), reference: Type.Optional(Name) },
        },
        closed,
      ),
      refusals: ['api.cursor-wrong', ...unknownEntity],
      handle: async ({ query: { limit = USUAL_LIMIT, cursor, ...question } }) => {
        checkDays({ from: question.from, to: question.to });
        const [after = 0] = readCursor(cursor, ['number']) ?? [];
        const found = await desk.journal(question, BigInt(Math.trunc(Number(after))), limit + 1);
        return { body: pageOf(found, limit, entryShown, ({ sequence }) => [Number(sequence)]) };
      },
    }),
    fileOperation({
      ...{
        ...read,
        id: 'getJournalFile',
        path: '/v1/ledger/journal.csv',
        summary: 'The journal on your own chart of accounts',
        types: ['text/csv'],
      },
      query: Type.Object({ ...ofLegalEntity, ...dayRange }, closed),
      refusals: ['ledger.account-unmapped', ...unknownEntity],
      handle: async ({ query }) => {
        checkDays({ from: query.from, to: query.to });
        return {
          type: 'text/csv; charset=utf-8',
          name: `journal-${query.from ?? 'all'}-${query.to ?? 'today'}.csv`,
          content: await desk.file(query),
        };
      },
    }),
    operation({
      ...{
        ...change,
        id: 'enterEntries',
        path: '/v1/ledger/entries',
        summary: 'Book entries by hand, from a table',
        status: 201,
        body: Enter,
      },
      description: 'All or none. Booked at once, or waiting for a second person where the legal entity wants two.',
      ...{
        answer: EnteredShown,
        refusals: ['upload.unknown', 'ledger.table-wrong', 'ledger.unbalanced', 'ledger.period-closed', ...unknownEntity],
      },
      handle: async ({ body, principal }) => ({ body: enteredShown(await desk.enter(body, principal.id, actorOf(principal))) }),
    }),
    operation({
      ...{
        ...change,
        id: 'reverseEntry',
        path: '/v1/ledger/reversals',
        summary: 'Take an entry back by its mirror',
        status: 201,
        body: Reverse,
      },
      ...{ answer: EnteredShown, refusals: ['ledger.entry-unknown', 'ledger.not-reversible', 'ledger.reason-missing', ...unknownEntity] },
      handle: async ({ body, principal }) => {
        checkDays({ on: body.on });
        return { body: enteredShown(await desk.reverse(body, actorOf(principal))) };
      },
    }),
    operation({
      ...{
        ...read,
        id: 'listWaitingEntries',
        path: '/v1/ledger/waiting',
        summary: 'Entries that wait for a second person',
        answer: Page(Waiting),
      },
      ...{ query: Type.Object({ ...sortedQuery, ...ofLegalEntity }, closed), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => ({
        body: listed(await desk.waiting(query.legalEntity), query, ({ id }) => numberKey(id), waitingShown),
      }),
    }),
    operation({
      ...{
        ...change,
        ...one,
        id: 'approveEntry',
        path: '/v1/ledger/waiting/{waiting}/approvals',
        summary: 'Book it as the second person',
        permission: 'ledger:approve',
      },
      description: 'As oneself: not as who entered it.',
      refusals: ['ledger.entry-unknown', 'ledger.already-decided', 'ledger.second-person', 'ledger.period-closed'],
      handle: async ({ parameters, principal }) => ({
        body: partsShown(await desk.approve(BigInt(parameters.waiting), actorOf(principal))),
      }),
    }),
    operation({
      ...{
        ...change,
        ...one,
        id: 'rejectEntry',
        path: '/v1/ledger/waiting/{waiting}/rejections',
        summary: 'Refuse it',
        permission: 'ledger:approve',
      },
      body: Type.Object({ why }, closed),
      refusals: ['ledger.entry-unknown', 'ledger.already-decided', 'ledger.reason-missing'],
      handle: async ({ parameters, body, principal }) => ({
        body: partsShown(await desk.reject(BigInt(parameters.waiting), body.why, actorOf(principal))),
      }),
    }),
    operation({
      ...{ ...read, id: 'listLedgerClosings', path: '/v1/ledger/closings', summary: 'Which days were closed and opened, and why' },
      ...{ query: Type.Object(ofLegalEntity, closed), answer: Type.Object({ items: Type.Array(ClosingShown) }, closed) },
      handle: async ({ query }) => ({ body: { items: (await desk.closings(query.legalEntity)).map(closingShown) } }),
    }),
    operation({
      ...{ ...change, id: 'closeLedger', path: '/v1/ledger/closings', summary: 'Close the books before a day', status: 201, body: Close },
      answer: Type.Object({ legalEntity: Type.String(), closed: Type.Boolean({ description: 'False: it was closed that far.' }) }, closed),
      refusals: ['ledger.period-running', 'ledger.entries-waiting', 'ledger.reason-missing', ...unknownEntity],
      handle: async ({ body, principal }) => {
        checkDays({ on: body.on, firstOpen: body.firstOpen });
        return { body: await desk.close(body, actorOf(principal)) };
      },
    }),
    operation({
      ...{
        ...change,
        id: 'reopenLedger',
        path: '/v1/ledger/reopenings',
        summary: 'Open closed days again',
        status: 201,
        body: Reopen,
        permission: 'ledger:approve',
      },
      ...{
        answer: Type.Object({ legalEntity: Type.String() }, closed),
        refusals: ['ledger.period-order', 'ledger.reason-missing', ...unknownEntity],
      },
      handle: async ({ body, principal }) => {
        checkDays({ firstOpen: body.firstOpen });
        return { body: { legalEntity: await desk.reopen(body, actorOf(principal)) } };
      },
    }),
    operation({
      ...{
        ...change,
        permission: 'ledger:read',
        id: 'verifyLedger',
        path: '/v1/ledger/verifications',
        summary: 'Make every hash and sum again',
      },
      description: 'A job; its result says whether the ledger `holds`, of each legal entity how far and up to which hash, and every fault.',
      ...{ status: 202, answer: Job },
      body: Type.Object(
        {
          anchors: Type.Optional(
            Type.Array(Type.String({ maxLength: 300, description: '`legal-entity:sequence:hash`, as an earlier run said.' }), {
              maxItems: 1000,
            }),
          ),
        },
        closed,
      ),
      handle: ({ body, principal }) => startJob(jobs, VERIFY_LEDGER, body, principal),
    }),
  ];
}

function partsShown({ legalEntity: entity, day, cause, description, by, corrects, postings }: LedgerEntry): Static<typeof Decided> {
  return {
    ...{ legalEntity: entity, day, kind: cause.kind, reference: cause.id, description, by },
    ...(corrects === undefined ? {} : { corrects: `${corrects.kind} ${corrects.id}` }),
    postings: postings.map(({ amountNanos, entityAmountNanos, taxCode: _taxCode, ...posting }) => ({
      ...posting,
      amount: formatNanos(amountNanos, 2),
      ...(entityAmountNanos === undefined ? {} : { inOwnCurrency: formatNanos(entityAmountNanos, 2) }),
    })),
  };
}

function entryShown(entry: JournalEntry): Static<typeof Entry> {
  const { sequence, bookedAtMicros, hash } = entry;
  const text = Buffer.from(hash).toString('hex');
  return { sequence: Number(sequence), bookedAt: formatInstant(bookedAtMicros), hash: text, ...partsShown(entry) };
}

function waitingShown({ id, by, enteredAtMicros, entry }: WaitingEntry): Static<typeof Waiting> {
  return { waiting: String(id), enteredBy: by, enteredAt: formatInstant(enteredAtMicros), ...partsShown(entry) };
}

function closingShown({ legalEntity: entity, kind, firstOpen, why: said, by, closedAtMicros }: Closing): Static<typeof ClosingShown> {
  return { legalEntity: entity, kind, firstOpen, why: said, by, at: formatInstant(closedAtMicros) };
}
