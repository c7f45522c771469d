/** What waits: grouped with what is missing and how it is mended; taken up again, written off, corrected. And files that were loaded. */
import Type, { type Static } from 'typebox';
import { ratingRefusals } from '#core/refusals/rating.ts';
import { holdReasons, rejectionReasons } from '#core/refusals/usage.ts';
import type { RefusalMeaning } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { checkDays, dayRange } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Instant, Name, Text } from '../schemas.ts';
import { numbersFor, type Shown } from './masking.ts';
import { MissingRate, missingRate } from './missing-rate.ts';
import { HeldGroupName } from './search-fields.ts';

const closed = { additionalProperties: false } as const;

export const RETRY_USAGE = 'usage.retry';
export const WRITE_OFF_USAGE = 'usage.write-off';

const filterFields = {
  ...{ reason: Type.Optional(Name), file: Type.Optional(Name), source: Type.Optional(Name), trunk: Type.Optional(Name) },
  group: Type.Optional(HeldGroupName),
  number: Type.Optional(Type.String({ pattern: '^[+]?[0-9]{1,20}$', description: 'Beginning of the caller’s or the called number.' })),
  ...dayRange,
};
const Retry = Type.Object(
  {
    ...filterFields,
    rejected: Type.Optional(Type.Boolean({ description: 'The rejected ones instead: after the declaration of the source was corrected.' })),
    dryRun: Type.Optional(Type.Boolean({ description: 'Only tells what would become of them.' })),
  },
  closed,
);
const WriteOff = Type.Object(
  {
    records: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9]{1,15}$' }), { maxItems: 1_000 })),
    ...{ reason: Type.Optional(Name), file: Type.Optional(Name), source: Type.Optional(Name) },
    ...{ group: Type.Optional(HeldGroupName), rejected: Type.Optional(Type.Boolean()) },
    why: Type.String({ ...Text, minLength: 1, maxLength: 500 }),
  },
  closed,
);
export type RetryInput = Static<typeof Retry>;
export type WriteOffInput = Static<typeof WriteOff>;

export interface HeldGroup {
  readonly group: string;
  readonly reason: string;
  readonly source: string | undefined;
  /** What is missing, or an example. */
  readonly detail: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
  readonly durationMicros: bigint;
  readonly called: readonly [string, string] | undefined;
  readonly firstStartMicros: number | undefined;
}

export interface LoadedFileShown {
  readonly fileId: number;
  readonly name: string;
  readonly source: string;
  readonly state: string;
  readonly sizeBytes: number;
  readonly counts: Readonly<Record<'read' | 'rated' | 'held' | 'duplicate' | 'rejected', number>>;
  readonly reasons: Readonly<Record<string, number>>;
  readonly startedAtMicros: number;
  readonly finishedAtMicros: number | undefined;
}

/** A record on its whole way. */
export interface TraceShown {
  readonly fields:
    | readonly {
        readonly field: string;
        readonly columns: readonly (readonly [name: string, text: string])[];
        readonly value: string | undefined;
      }[]
    | undefined;
  readonly unmapped: readonly (readonly [name: string, text: string])[];
  readonly normalised: readonly { readonly what: string; readonly from: string; readonly to: string; readonly why: string }[];
  readonly found: readonly (readonly [what: string, found: string])[];
  readonly billed: readonly {
    readonly leg: string;
    readonly agreement: string;
    readonly day: string;
    readonly tariff: string;
    readonly destination: string;
    readonly period: string | undefined;
    readonly documents: readonly { readonly number: string; readonly kind: string }[];
  }[];
}

/** Methods throw RefusedError for what is refused. */
export interface SuspenseDesk {
  readonly trace: (record: string) => Promise<TraceShown>;
  readonly groups: (filter: Static<typeof GroupFilter> & { readonly limit: number }) => Promise<readonly HeldGroup[]>;
  readonly files: (file: string | undefined, limit: number) => Promise<readonly LoadedFileShown[]>;
  /** The record that replaces a rated one; undefined for a held one, which waits to be taken up. */
  readonly correct: (
    record: string,
    fields: Readonly<Record<string, string>>,
    why: string,
    dryRun: boolean,
    by: string,
  ) => Promise<{ readonly isRated: boolean }>;
}

const GroupFilter = Type.Object({ ...filterFields, rejected: Type.Optional(Type.Boolean()) }, closed);
const Named = Type.Array(Type.Object({ name: Type.String(), text: Type.String() }, closed));
const Trace = Type.Object(
  {
    fields: Type.Optional(
      Type.Array(Type.Object({ field: Type.String(), columns: Named, value: Type.Optional(Type.String()) }, closed), {
        description: 'What was read from which columns, as the source is declared now. Left out: the raw text is not there any more.',
      }),
    ),
    unmapped: { ...Named, description: 'Columns that nothing is read from.' },
    normalised: Type.Array(Type.Object({ what: Type.String(), from: Type.String(), to: Type.String(), why: Type.String() }, closed)),
    found: { ...Named, description: 'What look-ups found of it.' },
    billed: Type.Array(
      Type.Object(
        {
          ...{ leg: Type.String(), agreement: Type.String(), day: Type.String(), tariff: Type.String(), destination: Type.String() },
          period: Type.Optional(Type.String({ description: 'Of the recorded statement; left out: it is not closed.' })),
          documents: Type.Array(Type.Object({ number: Type.String(), kind: Type.String() }, closed)),
        },
        closed,
      ),
      { description: 'Where its charges are.' },
    ),
  },
  { ...closed, title: 'UsageTrace' },
);
const Group = Type.Object(
  {
    group: HeldGroupName,
    ...{ reason: Type.String(), meaning: Type.String(), remedy: Type.String({ description: 'How it is mended.' }) },
    missing: Type.String({ description: 'What is missing, or an example.' }),
    source: Type.Optional(Type.String()),
    ...{ records: Type.Integer(), firstRecord: Type.String(), lastRecord: Type.String(), seconds: Type.String() },
    rate: Type.Optional(MissingRate),
  },
  { ...closed, title: 'HeldGroup' },
);
const LoadedFile = Type.Object(
  {
    ...{ file: Type.String(), name: Type.String(), source: Type.String(), state: Type.String(), bytes: Type.Integer() },
    ...{ read: Type.Integer(), rated: Type.Integer(), held: Type.Integer(), duplicate: Type.Integer(), rejected: Type.Integer() },
    reasons: Type.Record(Type.String(), Type.Integer()),
    ...{ startedAt: Instant, finishedAt: Type.Optional(Instant) },
    recordsPerSecond: Type.Optional(Type.Integer()),
  },
  { ...closed, title: 'LoadedFile' },
);

export function suspenseOperations(desk: SuspenseDesk, jobs: JobDesk): readonly Operation[] {
  const read = { tag: 'Usage', method: 'GET', permission: 'usage:read' } as const;
  const change = { tag: 'Usage', method: 'POST', permission: 'usage:manage', repetition: 'key', audit: { subject: 'usage' } } as const;
  const most = Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 }));
  return [
    operation({
      ...{
        ...read,
        id: 'listHeldGroups',
        path: '/v1/usage/suspense/groups',
        summary: 'What is held or rejected, by reason and by what is missing, with how it is mended',
      },
      query: Type.Object({ ...filterFields, rejected: Type.Optional(Type.Boolean()), limit: most }, closed),
      answer: Type.Object({ items: Type.Array(Group) }, closed),
      refusals: ['usage.file-unknown', 'usage.reason-unknown', 'usage.source-unknown'],
      personal: true,
      handle: async ({ query: { limit = 100, ...filter }, seesPersonal }) => {
        checkDays({ from: filter.from, to: filter.to });
        return { body: { items: (await desk.groups({ ...filter, limit })).map(groupShown(numbersFor({ seesPersonal }))) } };
      },
    }),
    operation({
      ...{
        ...change,
        id: 'retryUsage',
        path: '/v1/usage/retries',
        summary: 'Take held records up again with the configuration of now',
        status: 202,
      },
      description:
        'A job; its result says what became of them. Each step is in the books by then: broken off, it goes on behind it when it is begun again.',
      ...{ body: Retry, answer: Job, refusals: [] },
      handle: async ({ body, principal }) => {
        checkDays({ from: body.from, to: body.to });
        return startJob(jobs, RETRY_USAGE, body, principal);
      },
    }),
    operation({
      ...{
        ...change,
        id: 'writeOffUsage',
        path: '/v1/usage/write-offs',
        summary: 'Close held or rejected records that shall never be charged',
        status: 202,
      },
      description:
        'A job: numbers of records, or all of a group, a reason or a file; all of them or nothing. They stay, with who, when and why.',
      ...{ body: WriteOff, answer: Job, refusals: [] },
      handle: ({ body, principal }) => startJob(jobs, WRITE_OFF_USAGE, body, principal),
    }),
    operation({
      ...{ ...read, id: 'traceUsageRecord', path: '/v1/usage/records/{record}/trace' },
      summary: 'A record on its way: fields, normalising, look-ups, statement, documents',
      parameters: Type.Object({ record: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
      answer: Trace,
      refusals: ['usage.record-unknown', 'usage.detail-deleted', 'usage.archive-missing'],
      personal: true,
      handle: async ({ parameters, seesPersonal }) => {
        const { fields, unmapped, normalised, found, billed } = await desk.trace(parameters.record);
        const numbers = numbersFor({ seesPersonal });
        const named = (pairs: readonly (readonly [string, string])[]) => pairs.map(([name, text]) => ({ name, text: numbers(text, name) }));
        return {
          body: {
            ...(fields === undefined
              ? {}
              : {
                  fields: fields.map(({ field, columns, value }) => ({
                    field,
                    columns: named(columns),
                    ...(value === undefined ? {} : { value: numbers(value, field) }),
                  })),
                }),
            ...{ unmapped: named(unmapped), normalised: normalised.map((each) => stepShown(each, numbers)), found: named(found) },
            billed: billed.map(({ period, documents, ...rest }) => ({
              ...{ ...rest, documents: documents.map((each) => ({ ...each })) },
              ...(period === undefined ? {} : { period }),
            })),
          },
        };
      },
    }),
    operation({
      ...{
        ...change,
        id: 'correctUsage',
        path: '/v1/usage/records/{record}/corrections',
        summary: 'Say what fields of a held or rated record are',
        status: 201,
      },
      description: 'A held one is priced with them when it is taken up; of a rated one the charges are reversed and made anew at once.',
      parameters: Type.Object({ record: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
      body: Type.Object(
        {
          fields: Type.Record(Type.String({ pattern: '^[A-Za-z]{1,40}$' }), Type.String({ maxLength: 200 }), {
            minProperties: 1,
            maxProperties: 30,
          }),
          ...{ why: Type.String({ ...Text, minLength: 1, maxLength: 500 }), dryRun: Type.Optional(Type.Boolean()) },
        },
        closed,
      ),
      answer: Type.Object({ record: Type.String(), isRated: Type.Boolean({ description: 'It was charged anew.' }) }, closed),
      refusals: [
        'usage.record-unknown',
        'usage.detail-deleted',
        'usage.not-correctable',
        'usage.correction-invalid',
        'usage.correction-unratable',
        'usage.archive-removed',
      ],
      handle: async ({ parameters: { record }, body: { fields, why, dryRun = false }, principal }) => ({
        body: { record, ...(await desk.correct(record, fields, why, dryRun, actorOf(principal))) },
      }),
    }),
    operation({
      ...{
        ...read,
        id: 'listUsageFiles',
        path: '/v1/usage/files',
        summary: 'Files that were loaded with what became of their records, the latest first',
      },
      query: Type.Object(
        { file: Type.Optional(Type.String({ ...Name, description: 'A name, the end of a path, or a number.' })), limit: most },
        closed,
      ),
      answer: Type.Object({ items: Type.Array(LoadedFile) }, closed),
      refusals: ['usage.file-unknown'],
      handle: async ({ query: { file, limit = 100 } }) => ({ body: { items: (await desk.files(file, limit)).map(fileShown) } }),
    }),
  ];
}

const meanings: Readonly<Record<string, RefusalMeaning>> = { ...ratingRefusals, ...rejectionReasons, ...holdReasons };

function stepShown({ what, from, to, why }: TraceShown['normalised'][number], numbers: Shown) {
  return { what, from: numbers(from, what), to: numbers(to, what), why: numbers(why) };
}

const groupShown = (numbers: Shown) => (group: HeldGroup) => {
  const { group: name, reason, source, detail, count, first, last, durationMicros, called, firstStartMicros } = group;
  const { meaning = '', remedy = '' } = meanings[reason] ?? {};
  return {
    ...{
      group: name,
      reason,
      meaning,
      remedy,
      missing: numbers(detail),
      records: count,
      firstRecord: String(first),
      lastRecord: String(last),
    },
    ...{ seconds: String(durationMicros / 1_000_000n), ...(source === undefined ? {} : { source }) },
    ...missingRate(reason, detail, called, firstStartMicros),
  };
};

function fileShown({ fileId, name, source, state, sizeBytes, counts, reasons, startedAtMicros, finishedAtMicros }: LoadedFileShown) {
  const seconds = finishedAtMicros === undefined ? 0 : (finishedAtMicros - startedAtMicros) / 1e6;
  return {
    ...{
      file: String(fileId),
      name,
      source,
      state,
      bytes: sizeBytes,
      ...counts,
      reasons: { ...reasons },
      startedAt: formatInstant(startedAtMicros),
    },
    ...(finishedAtMicros === undefined ? {} : { finishedAt: formatInstant(finishedAtMicros) }),
    ...(seconds <= 0 ? {} : { recordsPerSecond: Math.round(counts.read / seconds) }),
  };
}
