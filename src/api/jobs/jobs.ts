/** Long work: lists, one of it, its progress as a stream, stopping and beginning again. */
import Type, { type Static } from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { type JobBooks, type JobRow, jobStates } from '#operations/jobs/ports.ts';
import type { JobRunner } from '#operations/jobs/run-jobs.ts';
import { demandPerson } from '../access.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { type Answer, actorOf, eventsOperation, type Operation, operation, type Principal } from '../operation.ts';
import { refusalShown } from '../problem.ts';
import { Instant, orderedBy, Page, USUAL_LIMIT } from '../schemas.ts';
import type { JobFeeds } from './job-feeds.ts';

const closed = { additionalProperties: false } as const;
const MOST_REFUSALS = 500;

export interface JobDesk {
  readonly books: Pick<JobBooks, 'find' | 'list' | 'rows'>;
  readonly runner: Pick<JobRunner, 'start' | 'startAgain' | 'cancel' | 'kinds'>;
}

export const Job = Type.Object(
  {
    ...{ job: Type.String(), kind: Type.String(), title: Type.String(), state: Type.Enum([...jobStates]), by: Type.String() },
    ...{ startedAt: Instant, endedAt: Type.Optional(Instant) },
    ...{ done: Type.Integer(), total: Type.Optional(Type.Integer({ description: 'Left out while it is not known.' })) },
    secondsLeft: Type.Optional(Type.Integer({ description: 'As it has gone on until now.' })),
    isStopping: Type.Boolean({ description: 'Somebody asked it to stop.' }),
    beganAgain: Type.Optional(Type.String({ description: 'The job that this one is again.' })),
    result: Type.Optional(Type.Unknown({ description: 'What its operation says that it answers.' })),
    refusals: Type.Array(
      Type.Object(
        {
          ...{ code: Type.String(), message: Type.String(), field: Type.Optional(Type.String()), value: Type.Optional(Type.String()) },
          ...{ file: Type.Optional(Type.String()), line: Type.Optional(Type.Integer({ description: 'Line or row of the file.' })) },
        },
        closed,
      ),
      { description: 'The first 500.' },
    ),
  },
  { ...closed, title: 'Job' },
);

export function jobShown(job: JobRow): Static<typeof Job> {
  const { id, kind, title, state, by, startedMicros, beatMicros, endedMicros, done, total, cancelAsked, restartOf, result, refusals } = job;
  const left = total === undefined || done === 0 ? undefined : ((beatMicros - startedMicros) / 1e6 / done) * (total - done);
  return {
    ...{ job: String(id), kind, title, state, by: by.name, startedAt: formatInstant(startedMicros), done },
    ...{ isStopping: cancelAsked && state === 'running', refusals: refusals.slice(0, MOST_REFUSALS).map(refusalShown) },
    ...(endedMicros === undefined ? {} : { endedAt: formatInstant(endedMicros) }),
    ...(total === undefined ? {} : { total }),
    ...(left === undefined || state !== 'running' ? {} : { secondsLeft: Math.max(0, Math.ceil(left)) }),
    ...(restartOf === undefined ? {} : { beganAgain: String(restartOf) }),
    ...(result === undefined ? {} : { result }),
  };
}

/** 202, with where its progress can be read. */
export async function startJob(
  { runner }: JobDesk,
  kind: string,
  input: unknown,
  principal: Principal,
): Promise<Answer<Static<typeof Job>>> {
  const job = await runner.start(kind, input, { id: principal.id, name: actorOf(principal) });
  return accepted(job);
}

function accepted(job: JobRow): Answer<Static<typeof Job>> {
  return { status: 202, body: jobShown(job), location: `/v1/jobs/${job.id}` };
}

export function jobOperations(desk: JobDesk, feeds: JobFeeds): readonly Operation[] {
  const mine = ({ permissions }: Principal): string[] =>
    [...desk.runner.kinds.values()].filter(({ permission }) => permissions.includes(permission)).map(({ kind }) => kind);
  const find = async (id: string, principal: Principal): Promise<JobRow> => {
    const job = await desk.books.find(BigInt(id));
    if (job !== undefined && mine(principal).includes(job.kind)) return job;
    throw new RefusedError(refuse('job.unknown', `there is no job ${id} that you may see`, { value: id }));
  };
  /** What only people may ask for is theirs to stop and to begin again, too. */
  const findOwn = async (id: string, principal: Principal): Promise<JobRow> => {
    const job = await find(id, principal);
    if (desk.runner.kinds.get(job.kind)?.byPeople === true) demandPerson(principal);
    return job;
  };
  const read = { tag: 'Jobs', method: 'GET', permission: 'jobs:read' } as const;
  const change = { tag: 'Jobs', method: 'POST', permission: 'jobs:manage', repetition: 'key', audit: { subject: 'job' } } as const;
  const one = { parameters: Type.Object({ job: Type.String({ pattern: '^[1-9][0-9]{0,17}$' }) }) };
  return [
    operation({
      ...read,
      ...{ id: 'listJobs', path: '/v1/jobs', summary: 'Long work, newest first' },
      description: 'Of the kinds that one may ask for oneself.',
      query: Type.Object(
        { ...orderedBy('-startedAt'), state: Type.Optional(Type.Enum([...jobStates])), kind: Type.Optional(Type.String()) },
        closed,
      ),
      ...{ answer: Page(Job), refusals: ['api.cursor-wrong'] },
      handle: async ({ query: { limit = USUAL_LIMIT, cursor, state, kind }, principal }) => {
        const [before] = readCursor(cursor, ['number']) ?? [];
        const kinds = mine(principal).filter((each) => kind === undefined || each === kind);
        const rows = await desk.books.list(
          {
            kinds,
            ...(state === undefined ? {} : { states: [state] }),
            ...(before === undefined ? {} : { before: BigInt(Math.trunc(Number(before))) }),
          },
          limit + 1,
        );
        return { body: pageOf(rows, limit, jobShown, ({ id }) => [Number(id)]) };
      },
    }),
    operation({
      ...read,
      ...one,
      ...{ id: 'getJob', path: '/v1/jobs/{job}', summary: 'How far it is, and what came of it', answer: Job, refusals: ['job.unknown'] },
      handle: async ({ parameters, principal }) => ({ body: jobShown(await find(parameters.job, principal)) }),
    }),
    eventsOperation({
      ...read,
      ...one,
      ...{ id: 'watchJob', path: '/v1/jobs/{job}/events', summary: 'Its progress as it happens', answer: Job, refusals: ['job.unknown'] },
      description: 'An event `job` (as getJob) at once and for every change; the stream ends with the job.',
      handle: async ({ parameters, principal }) => feeds.of(await find(parameters.job, principal), jobShown),
    }),
    operation({
      ...change,
      ...one,
      ...{ id: 'cancelJob', path: '/v1/jobs/{job}/cancellations', summary: 'Stop it where nothing is half done', status: 202, answer: Job },
      description: 'What it did stays done.',
      refusals: ['job.unknown', 'job.ended', 'access.person-only'],
      handle: async ({ parameters, principal }) => {
        const job = await findOwn(parameters.job, principal);
        await desk.runner.cancel(job, actorOf(principal));
        return { body: jobShown({ ...job, cancelAsked: true }) };
      },
    }),
    operation({
      ...change,
      ...one,
      ...{ id: 'restartJob', path: '/v1/jobs/{job}/restarts', summary: 'Begin it again', status: 202, answer: Job },
      description:
        'The same work as a new job: what was done before is passed over. Where somebody began it again already and that runs, it is that one.',
      refusals: ['job.unknown', 'job.not-restartable', 'access.person-only'],
      handle: async ({ parameters, principal }) => {
        const job = await findOwn(parameters.job, principal);
        return accepted(await desk.runner.startAgain(job, { id: principal.id, name: actorOf(principal) }));
      },
    }),
  ];
}
