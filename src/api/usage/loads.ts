/** Usage taken in and taken back: files that were sent, all records of a file, charges priced again, what screening holds. */
import Type, { type Static } from 'typebox';
import { formatInstant } from '#core/time/zoned.ts';
import { services } from '#core/usage/usage-event.ts';
import type { SentStream, StreamDesk } from '#operations/uploads/ports.ts';
import type { FlagGroup } from '#operations/usage/flags.ts';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { checkDays, dayRange } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Instant, Name, Text } from '../schemas.ts';
import { FileName, UploadName } from '../uploads/uploads.ts';
import { numbersFor } from './masking.ts';

const closed = { additionalProperties: false } as const;

export const usageJobs = {
  ...{
    load: 'usage.load',
    send: 'usage.send',
    rollBack: 'usage.roll-back',
    rerate: 'usage.rerate',
    release: 'usage.release',
    join: 'usage.join',
  },
} as const;

const why = Type.String({ ...Text, minLength: 1, maxLength: 500 });
const Load = Type.Object(
  {
    upload: UploadName,
    source: Type.String({ ...Name, description: 'Of the configuration: it says how the file is read.' }),
    allOrNothing: Type.Optional(Type.Boolean({ description: 'One record that cannot be read refuses the file.' })),
  },
  closed,
);
const RollBack = Type.Object(
  { file: Type.String({ ...Name, description: 'Number or name.' }), why, dryRun: Type.Optional(Type.Boolean()) },
  closed,
);
const Rerate = Type.Object(
  {
    ...{ agreement: Type.Optional(Name), tariff: Type.Optional(Name), destination: Type.Optional(Name), file: Type.Optional(Name) },
    ...{ service: Type.Optional(Type.Enum([...services])), ...dayRange },
    why: Type.Optional(Type.String({ ...Text, minLength: 1, maxLength: 500, description: 'Books it. Left out: it is only shown.' })),
    unratable: Type.Optional(
      Type.Enum(['keep', 'block'], { description: 'What cannot be priced any more: keeps its charge (usual), or blocks all.' }),
    ),
  },
  closed,
);
const Release = Type.Object(
  {
    records: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9]{1,15}$' }), { maxItems: 1_000 })),
    rule: Type.Optional(Type.String({ ...Name, description: 'All that it holds, where no records are named.' })),
    why,
  },
  closed,
);
const Join = Type.Object(
  {
    records: Type.Optional(
      Type.Array(Type.String({ pattern: '^[0-9]{1,15}$' }), { minItems: 1, maxItems: 1_000, description: 'All late parts when left out.' }),
    ),
    file: Type.Optional(Type.String({ ...Name, description: 'Only parts in this file.' })),
    ...{ why, dryRun: Type.Optional(Type.Boolean({ description: 'Only see what the calls would be charged.' })) },
  },
  closed,
);
export type JoinInput = Static<typeof Join>;
/** `kept`: the body, as its desk named it. */
export interface SendInput {
  readonly kept: string;
  readonly source: string;
  readonly name: string;
  readonly allOrNothing: boolean;
}
export type LoadInput = Static<typeof Load> & { readonly owner: string };
export type RollBackInput = Static<typeof RollBack>;
export type RerateInput = Static<typeof Rerate>;
export type ReleaseInput = Static<typeof Release>;

const Flags = Type.Object(
  {
    ...{ rule: Type.String(), kind: Type.String(), action: Type.Enum(['flag', 'hold']), subject: Type.String(), records: Type.Integer() },
    waiting: Type.Integer({ description: 'Held for it, and not released.' }),
    ...{ firstRecord: Type.String(), lastRecord: Type.String(), from: Instant, to: Instant, detail: Type.String() },
  },
  { ...closed, title: 'ScreeningFlags' },
);

/** What the audit trail keeps of records that were sent. */
interface Asked {
  readonly query: object;
  readonly sent?: SentStream;
}

export type ReadFlags = (rule: string | undefined, limit: number) => Promise<readonly FlagGroup[]>;

export function loadOperations(readFlags: ReadFlags, jobs: JobDesk, bodies: StreamDesk): readonly Operation[] {
  const change = { tag: 'Usage', method: 'POST', permission: 'usage:manage', repetition: 'key', audit: { subject: 'usage' } } as const;
  const job = { ...change, answer: Job, status: 202 } as const;
  return [
    operation({
      ...{ ...job, id: 'loadUsage', path: '/v1/usage/loads', body: Load, summary: 'Load a file of call records that was sent' },
      description:
        'A job, of one record a line (NDJSON, CSV) or whatever the source’s format is; its result says what became of every record, and the numbers of ' +
        'lines that were refused are those of `GET /v1/usage/records?status=rejected`. The same file again changes nothing; broken off, it goes on where it stopped.',
      handle: ({ body, principal }) => startJob(jobs, usageJobs.load, { ...body, owner: principal.id } satisfies LoadInput, principal),
    }),
    operation({
      ...{ ...job, id: 'sendUsage', path: '/v1/usage/records', takesStream: bodies, summary: 'Send records of usage, one a line' },
      description:
        'The body is read as the source says, as a file of it would be; it may be as long as the setting `api.maximumUsageMegabytes` allows, and memory is not ' +
        'asked for it. A job books it: its result says what became of all records, and of each line that was refused its number, reason and field (the first 500; all ' +
        'are found by `GET /v1/usage/records?status=rejected`). The same lines again change nothing; broken off, the job goes on where it stopped.',
      query: Type.Object(
        {
          source: Type.String({ ...Name, description: 'Of the configuration: it says how a line is read.' }),
          name: Type.Optional({ ...FileName, description: 'What the books call it; made of its content when left out.' }),
          allOrNothing: Type.Optional(Type.Boolean({ description: 'One record that cannot be read refuses all.' })),
        },
        closed,
      ),
      audit: { subject: 'usage', asked: ({ query, sent }: Asked) => ({ ...query, sha256: sent?.sha256, bytes: sent?.bytes }) },
      refusals: ['job.too-many', 'data-folder.full'],
      handle: async ({ query: { source, name, allOrNothing = false }, sent, principal }) => {
        if (sent === undefined) throw new Error('a body was declared, and none was taken');
        const called = name ?? `${sent.sha256.slice(0, 16)}.ndjson`;
        const kept = await sent.keep(`${source}\n${called}\n${allOrNothing}`);
        return startJob(jobs, usageJobs.send, { kept, source, name: called, allOrNothing } satisfies SendInput, principal);
      },
    }),
    operation({
      ...{ ...job, id: 'rollBackFile', path: '/v1/usage/roll-backs', body: RollBack },
      summary: 'Take all records of a file out of the books, so that it can be loaded again',
      description: 'A job; charges are taken back by reversal. All of it or nothing.',
      handle: ({ body, principal }) => startJob(jobs, usageJobs.rollBack, body, principal),
    }),
    operation({
      ...{ ...job, id: 'rerateUsage', path: '/v1/usage/rerates', body: Rerate },
      summary: 'Price charges again with what is known now',
      description: 'A job: shows the difference by agreement and destination, and books it where `why` is given.',
      handle: async ({ body, principal }) => {
        checkDays({ from: body.from, to: body.to });
        return startJob(jobs, usageJobs.rerate, body, principal);
      },
    }),
    operation({
      ...{ ...job, id: 'joinLateUsage', path: '/v1/usage/joins', body: Join },
      summary: 'Join parts that came late to their calls, which are charged anew',
      description:
        'A job, of what is held for `usage.part-late`. Its result has what was `joined` (the event before and after, with its charges) and what was ' +
        '`left` and why; 500 of each, and how many there are. Broken off, it goes on with the rest when it is begun again.',
      handle: ({ body, principal }) => startJob(jobs, usageJobs.join, body, principal),
    }),
    operation({
      ...{ tag: 'Usage', method: 'GET', permission: 'usage:read', personal: true },
      ...{ id: 'listScreeningFlags', path: '/v1/usage/flags', summary: 'What screening found, by rule and subject, the last first' },
      query: Type.Object({ rule: Type.Optional(Name), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })) }, closed),
      ...{ answer: Type.Object({ items: Type.Array(Flags) }, closed), refusals: ['screening.rule-unknown'] },
      handle: async ({ query: { rule, limit = 100 }, seesPersonal }) => {
        const numbers = numbersFor({ seesPersonal });
        return {
          body: {
            items: (await readFlags(rule, limit)).map(({ count, firstRecord, lastRecord, firstStartMicros, lastStartMicros, ...flag }) => ({
              ...{ ...flag, subject: numbers(flag.subject), detail: numbers(flag.detail), records: count },
              ...{ firstRecord: String(firstRecord), lastRecord: String(lastRecord) },
              ...{ from: formatInstant(firstStartMicros), to: formatInstant(lastStartMicros) },
            })),
          },
        };
      },
    }),
    operation({
      ...{ ...job, id: 'releaseUsage', path: '/v1/usage/releases', body: Release, summary: 'Let records pass that screening holds' },
      description: 'A job: they are taken up at once.',
      handle: ({ body, principal }) => startJob(jobs, usageJobs.release, body, principal),
    }),
  ];
}
