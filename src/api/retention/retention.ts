/** What is deleted when its time is over, what was, and what must not be. */
import Type from 'typebox';
import { formatInstant } from '#core/time/zoned.ts';
import type { Deletion, Due, Hold } from '#operations/retention/ports.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { checkDays, listed } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { LocalDate as Day, Instant, Name, orderedBy, Page, sortedQuery, USUAL_LIMIT } from '../schemas.ts';

const closed = { additionalProperties: false } as const;
export const RUN_RETENTION = 'run-retention';

/** Methods throw RefusedError for what is refused. */
export interface RetentionDesk {
  readonly due: () => Promise<readonly Due[]>;
  readonly deletions: (
    filter: { readonly kind?: string; readonly from?: string; readonly to?: string; readonly before?: bigint },
    most: number,
  ) => Promise<readonly Deletion[]>;
  readonly holds: (isAll: boolean) => Promise<readonly Hold[]>;
  /** Days, both included. */
  readonly hold: (words: {
    readonly party?: string;
    readonly from: string;
    readonly last?: string;
    readonly why: string;
    readonly by: string;
  }) => Promise<bigint>;
  readonly release: (hold: bigint, why: string, by: string) => Promise<void>;
}

const Kept = Type.Object({ code: Type.String(), message: Type.String() }, { ...closed, title: 'KeptBecause' });
const Rule = Type.Object(
  {
    ...{ kind: Type.String(), rule: Type.String({ description: 'The setting and its value.' }) },
    days: Type.Integer({ description: '0: kept for ever.' }),
    ...{ records: Type.Integer({ description: 'Due now.' }), bytes: Type.Integer() },
    ...{ from: Type.Optional(Day), to: Type.Optional(Day) },
    kept: Type.Array(Kept, { description: 'Due, and kept all the same.' }),
  },
  { ...closed, title: 'RetentionRule' },
);
const Deleted = Type.Object(
  {
    ...{ deletion: Type.String(), kind: Type.String(), rule: Type.String(), from: Day },
    before: { ...Day, description: 'The first day behind it.' },
    ...{ records: Type.Integer(), bytes: Type.Integer(), by: Type.String(), at: Instant },
  },
  { ...closed, title: 'Deletion' },
);
const Held = Type.Object(
  {
    ...{ hold: Type.String(), party: Type.Optional(Type.String({ description: 'Left out: everybody.' })), from: Day },
    before: Type.Optional({ ...Day, description: 'The first day behind it; left out: until it is released.' }),
    ...{ why: Type.String(), by: Type.String(), at: Instant },
    ...{ releasedAt: Type.Optional(Instant), releasedBy: Type.Optional(Type.String()), releaseWhy: Type.Optional(Type.String()) },
  },
  { ...closed, title: 'LegalHold' },
);
const Why = Type.String({ minLength: 1, maxLength: 500 });

export function retentionOperations(desk: RetentionDesk, jobs: JobDesk): readonly Operation[] {
  const read = { tag: 'Retention', method: 'GET', permission: 'retention:read' } as const;
  const change = { tag: 'Retention', method: 'POST', permission: 'retention:manage', repetition: 'key' } as const;
  return [
    operation({
      ...read,
      ...{
        id: 'listRetentionRules',
        path: '/v1/retention/rules',
        summary: 'For how long what is kept, what is due, and what stays all the same',
      },
      ...{ query: Type.Object(sortedQuery, closed), answer: Page(Rule), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => ({
        body: listed(
          await desk.due(),
          query,
          ({ kind }) => kind,
          ({ kind, rule, days, records, bytes, from, to, kept }) => ({
            ...{ kind, rule, days, records, bytes, kept: kept.map(({ code, message }) => ({ code, message })) },
            ...(from === undefined ? {} : { from }),
            ...(to === undefined ? {} : { to }),
          }),
        ),
      }),
    }),
    operation({
      ...read,
      ...{ id: 'listDeletions', path: '/v1/retention/deletions', summary: 'What was deleted, by which rule' },
      query: Type.Object(
        {
          ...orderedBy('-deletion'),
          kind: Type.Optional(Name),
          from: Type.Optional({ ...Day, description: 'Has something of this day or later.' }),
          before: Type.Optional(Day),
        },
        closed,
      ),
      ...{ answer: Page(Deleted), refusals: ['api.cursor-wrong'] },
      handle: async ({ query: { limit = USUAL_LIMIT, cursor, kind, from, before } }) => {
        checkDays({ from, before });
        const [last] = readCursor(cursor, ['number']) ?? [];
        const filter = {
          ...(kind === undefined ? {} : { kind }),
          ...(from === undefined ? {} : { from }),
          ...(before === undefined ? {} : { to: before }),
          ...(last === undefined ? {} : { before: BigInt(last) }),
        };
        return { body: pageOf(await desk.deletions(filter, limit + 1), limit, deletionShown, ({ id }) => [Number(id)]) };
      },
    }),
    operation({
      ...change,
      ...{ id: 'runRetention', path: '/v1/retention/runs', summary: 'Delete what is due', status: 202, answer: Job },
      description: 'Day by day; stopped anywhere, the next run goes on.',
      ...{ audit: { subject: 'retention', made: ({ job }: { job: string }) => job }, refusals: ['job.too-many'] },
      handle: ({ principal }) => startJob(jobs, RUN_RETENTION, {}, principal),
    }),
    operation({
      ...read,
      ...{ id: 'listLegalHolds', path: '/v1/retention/holds', summary: 'What must not be deleted' },
      query: Type.Object({ ...sortedQuery, all: Type.Optional(Type.Boolean({ description: 'Released ones, too.' })) }, closed),
      ...{ answer: Page(Held), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => ({ body: listed(await desk.holds(query.all === true), query, ({ id }) => String(id), holdShown) }),
    }),
    operation({
      ...change,
      ...{
        id: 'holdRetention',
        path: '/v1/retention/holds',
        summary: 'Let nothing of a time, or of a party in a time, be deleted',
        status: 201,
      },
      body: Type.Object(
        { party: Type.Optional(Name), from: Day, last: Type.Optional({ ...Day, description: 'Included.' }), why: Why },
        closed,
      ),
      answer: Type.Object({ hold: Type.String() }, closed),
      ...{ audit: { subject: 'legal-hold', made: ({ hold }: { hold: string }) => hold } },
      refusals: ['retention.days-wrong', 'access.party-unknown'],
      handle: async ({ body, principal }) => ({ body: { hold: String(await desk.hold({ ...body, by: actorOf(principal) })) } }),
    }),
    operation({
      ...change,
      ...{ id: 'releaseLegalHold', path: '/v1/retention/releases', summary: 'End a hold' },
      body: Type.Object({ hold: Type.String({ pattern: '^[1-9][0-9]{0,17}$' }), why: Why }, closed),
      answer: Type.Object({ released: Type.Boolean() }, closed),
      audit: { subject: 'legal-hold', id: ({ body }: { body: { hold: string } }) => body.hold },
      refusals: ['retention.hold-unknown'],
      handle: async ({ body: { hold, why }, principal }) => {
        await desk.release(BigInt(hold), why, actorOf(principal));
        return { body: { released: true } };
      },
    }),
  ];
}

function deletionShown({ id, kind, rule, from, to, records, bytes, by, atMicros }: Deletion) {
  return { deletion: String(id), kind, rule, from, before: to, records, bytes, by, at: formatInstant(atMicros) };
}

function holdShown({ id, party, from, to, why, by, atMicros, releasedMicros, releasedBy, releaseWhy }: Hold) {
  return {
    ...{ hold: String(id), from, why, by, at: formatInstant(atMicros) },
    ...(party === undefined ? {} : { party }),
    ...(to === undefined ? {} : { before: to }),
    ...(releasedMicros === undefined ? {} : { releasedAt: formatInstant(releasedMicros) }),
    ...(releasedBy === undefined ? {} : { releasedBy }),
    ...(releaseWhy === undefined ? {} : { releaseWhy }),
  };
}
