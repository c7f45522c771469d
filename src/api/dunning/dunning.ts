/** Letters about what is overdue, pauses and holds. */
import Type, { type Static } from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import type { StoredNotice } from '#operations/dunning/ports.ts';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { checkDays, listed, numberKey, ofLegalEntity } from '../listing.ts';
import { actorOf, fileOperation, type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Name, Page, sortedQuery, Text } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

/** Kind of the job that makes the letters of a day. */
export const RUN_DUNNING = 'run-dunning';

const Run = Type.Object(
  { legalEntity: ofLegalEntity.legalEntity, on: Type.Optional(Type.String({ ...LocalDate, description: 'Today (UTC) when left out.' })) },
  { ...closed, title: 'RunDunning' },
);
export type RunDunningInput = Static<typeof Run>;
const Pause = Type.Object(
  {
    document: Type.Optional(Type.String({ ...Name, description: 'Only this; all of the account when left out.' })),
    until: Type.Optional(Type.String({ ...LocalDate, description: 'Last day on which it holds; until it is ended when left out.' })),
    why: Type.String({ ...Text, minLength: 1 }),
  },
  { ...closed, title: 'PauseDunning' },
);
export type PauseBody = Static<typeof Pause>;

export interface HoldShown {
  readonly account: string;
  readonly why: string;
  readonly heldBy: string;
  readonly heldDay: string;
  readonly releasedBy: string | undefined;
  readonly releasedDay: string | undefined;
}

/** Methods throw RefusedError for what is refused. */
export interface DunningDesk {
  readonly notices: (account: string | undefined) => Promise<readonly StoredNotice[]>;
  readonly letter: (number: string) => Promise<Uint8Array>;
  readonly pause: (account: string, body: PauseBody, by: string) => Promise<void>;
  readonly holds: (released: boolean) => Promise<readonly HoldShown[]>;
  /** That is in force; undefined: none. Throws RefusedError (`ledger.account-unknown`). */
  readonly holdOf: (account: string) => Promise<HoldShown | undefined>;
  readonly hold: (account: string, hold: boolean, why: string, on: string | undefined, by: string) => Promise<void>;
}

const Notice = Type.Object(
  {
    ...{
      letter: Type.String(),
      legalEntity: Type.String(),
      account: Type.String(),
      day: LocalDate,
      stage: Type.Integer(),
      stageName: Type.String(),
    },
    ...{ tone: Type.String(), currency: Currency, owed: Amount, fee: Amount, hold: Type.Boolean(), payBy: LocalDate },
    lines: Type.Array(
      Type.Object({ document: Type.String(), dueDay: LocalDate, owed: Amount, stage: Type.Integer(), daysLate: Type.Integer() }, closed),
    ),
  },
  { ...closed, title: 'DunningLetter' },
);
const Hold = Type.Object(
  {
    ...{ account: Type.String(), why: Type.String(), by: Type.String(), since: LocalDate },
    ...{ releasedBy: Type.Optional(Type.String()), released: Type.Optional(LocalDate) },
  },
  { ...closed, title: 'AccountHold' },
);
const HoldState = Type.Object(
  { account: Type.String(), isHeld: Type.Boolean(), hold: Type.Optional(Hold) },
  { ...closed, title: 'HoldState' },
);

export function dunningOperations(desk: DunningDesk, jobs: JobDesk): readonly Operation[] {
  const read = { tag: 'Dunning', method: 'GET', permission: 'documents:read' } as const;
  const change = {
    tag: 'Dunning',
    method: 'POST',
    permission: 'documents:manage',
    repetition: 'key',
    audit: { subject: 'dunning' },
  } as const;
  const ofAccount = { parameters: Type.Object({ account: Name }), answer: Type.Object({ account: Type.String() }, closed) };
  return [
    operation({
      ...{
        ...change,
        id: 'runDunning',
        path: '/v1/dunning-runs',
        summary: 'Make the letters of a day',
        status: 202,
        body: Run,
        answer: Job,
      },
      description:
        'A job; its result counts letters `made`, accounts `released` and those `refused`. Of a day that was run it makes nothing twice.',
      handle: ({ body, principal }) => {
        checkDays({ on: body.on });
        return startJob(jobs, RUN_DUNNING, body, principal);
      },
    }),
    operation({
      ...{ ...read, id: 'listDunningLetters', path: '/v1/dunning-letters', summary: 'Letters by their number', answer: Page(Notice) },
      ...{ query: Type.Object({ ...sortedQuery, account: Type.Optional(Name) }, closed), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => ({
        body: listed(await desk.notices(query.account), query, ({ noticeId }) => numberKey(noticeId), noticeShown),
      }),
    }),
    fileOperation({
      ...{ ...read, id: 'getDunningLetter', path: '/v1/dunning-letters/{letter}/pdf', summary: 'As PDF', types: ['application/pdf'] },
      parameters: Type.Object({ letter: Type.String({ pattern: '^DUN-[0-9]{1,18}$' }) }),
      refusals: ['dunning.notice-unknown'],
      handle: async ({ parameters: { letter } }) => ({
        ...{ type: 'application/pdf', name: `${letter}.pdf`, content: await desk.letter(letter) },
      }),
    }),
    operation({
      ...{
        ...change,
        ...ofAccount,
        id: 'pauseDunning',
        path: '/v1/accounts/{account}/dunning-pauses',
        summary: 'Do not write to an account',
        status: 201,
      },
      ...{ body: Pause, refusals: ['ledger.account-unknown', 'dunning.option-wrong'] },
      handle: async ({ parameters: { account }, body, principal }) => {
        checkDays({ until: body.until });
        await desk.pause(account, body, actorOf(principal));
        return { body: { account } };
      },
    }),
    operation({
      ...{ ...read, id: 'listHolds', path: '/v1/holds', summary: 'Accounts on hold, newest first' },
      query: Type.Object({ released: Type.Optional(Type.Boolean({ description: 'Also those that are over.' })) }, closed),
      answer: Type.Object({ items: Type.Array(Hold) }, closed),
      handle: async ({ query }) => ({ body: { items: (await desk.holds(query.released === true)).map(holdShown) } }),
    }),
    operation({
      ...{ ...read, id: 'getHold', path: '/v1/accounts/{account}/hold', summary: 'Whether an account is on hold, since when and why' },
      ...{ parameters: ofAccount.parameters, answer: HoldState, refusals: ['ledger.account-unknown'] },
      handle: async ({ parameters: { account } }) => {
        const held = await desk.holdOf(account);
        return { body: { account, isHeld: held !== undefined, ...(held === undefined ? {} : { hold: holdShown(held) }) } };
      },
    }),
    operation({
      ...{
        ...change,
        ...ofAccount,
        id: 'setHold',
        method: 'PUT',
        path: '/v1/accounts/{account}/hold',
        summary: 'Put an account on hold, or release it',
      },
      body: Type.Object({ hold: Type.Boolean(), why: Type.String({ ...Text, minLength: 1 }), on: Type.Optional(LocalDate) }, closed),
      refusals: ['ledger.account-unknown', 'dunning.hold-unchanged', 'dunning.option-wrong'],
      handle: async ({ parameters: { account }, body: { hold, why, on }, principal }) => {
        checkDays({ on });
        await desk.hold(account, hold, why, on, actorOf(principal));
        return { body: { account } };
      },
    }),
  ];
}

function noticeShown(notice: StoredNotice): Static<typeof Notice> {
  const { number, legalEntity, account, day, stage, stageName, tone, currency, owedNanos, feeNanos, hold, payBy, lines } = notice;
  return {
    ...{ letter: number, legalEntity, account, day, stage, stageName, tone, currency, hold, payBy },
    ...{ owed: formatNanos(owedNanos, 2), fee: formatNanos(feeNanos, 2) },
    lines: lines.map(({ document, dueDay, owedNanos: owed, stage: at, daysLate }) => ({
      ...{ document, dueDay, owed: formatNanos(owed, 2), stage: at, daysLate },
    })),
  };
}

function holdShown({ account, why, heldBy, heldDay, releasedBy, releasedDay }: HoldShown): Static<typeof Hold> {
  return {
    ...{ account, why, by: heldBy, since: heldDay },
    ...(releasedBy === undefined ? {} : { releasedBy }),
    ...(releasedDay === undefined ? {} : { released: releasedDay }),
  };
}
