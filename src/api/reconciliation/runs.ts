/** Reconciliations that are kept: begun as a job, read when it is done, their lines page by page. */
import Type, { type Static } from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { lineStates } from '#core/settlement/reconciliation/reconcile.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { JobRow } from '#operations/jobs/ports.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { type Operation, operation } from '../operation.ts';
import { Instant, Name, orderedBy, Page, USUAL_LIMIT } from '../schemas.ts';
import { PeriodLabel } from './file-reading.ts';
import { ReconciledLine, ReconciledSum } from './reconciled-shown.ts';

const closed = { additionalProperties: false } as const;

export const RECONCILE = 'reconcile';

export const reconcileOptions = {
  tolerance: Type.Optional(
    Type.String({ pattern: '^[0-9]{1,12}(\\.[0-9]{1,9})?%?$', description: '`0.5%`, or an amount: up to it lines match.' }),
  ),
  rate: Type.Optional(
    Type.Array(Type.String({ pattern: '^[A-Z]{3}=[0-9]{1,12}(\\.[0-9]{1,12})?$' }), {
      maxItems: 50,
      description: '`USD=0.92`: units of the agreement’s currency.',
    }),
  ),
};

const Asked = Type.Object(reconcileOptions, closed);
export type ReconcileInput = Static<typeof Asked> & { readonly agreement: string; readonly period: string };

export const ReconciliationRun = Type.Object(
  {
    ...{ reconciliation: Type.String({ description: 'The job that made it.' }), agreement: Type.String(), period: Type.String() },
    ...{ at: Instant, items: Type.Array(ReconciledSum) },
  },
  { ...closed, title: 'ReconciliationRun' },
);
export type RunResult = Pick<Static<typeof ReconciliationRun>, 'items'>;

/** The rows that the job keeps are lines, in parts named by their declaration. */
export function runOperations(jobs: JobDesk): readonly Operation[] {
  const read = { tag: 'Reconciliation', method: 'GET', permission: 'disputes:read' } as const;
  const parameters = Type.Object({ reconciliation: Type.String({ pattern: '^[1-9][0-9]{0,17}$' }) });
  const find = async (id: string): Promise<JobRow> => {
    const job = await jobs.books.find(BigInt(id));
    if (job?.kind === RECONCILE && job.state === 'done') return job;
    throw new RefusedError(refuse('reconcile.unknown', `no job ${id} has reconciled anything`, { value: id }));
  };
  return [
    operation({
      ...{ tag: 'Reconciliation', method: 'POST', permission: 'disputes:read', repetition: 'key', audit: { subject: 'agreement' } },
      ...{
        id: 'startReconciliation',
        path: '/v1/agreements/{agreement}/reconciliations/{period}',
        summary: 'Compare, and keep what is found',
      },
      description: 'A job: its number is that of the reconciliation. While the same is compared already, that job.',
      ...{ parameters: Type.Object({ agreement: Name, period: PeriodLabel }), body: Asked, answer: Job, status: 202 },
      refusals: ['job.too-many'],
      handle: ({ parameters: names, body, principal }) =>
        startJob(jobs, RECONCILE, { ...names, ...body } satisfies ReconcileInput, principal),
    }),
    operation({
      ...{ ...read, parameters, id: 'getReconciliation', path: '/v1/reconciliations/{reconciliation}', answer: ReconciliationRun },
      ...{ summary: 'Both sides and why they differ, as they were compared', refusals: ['reconcile.unknown'] },
      handle: async ({ parameters: { reconciliation } }) => {
        const { input, result, endedMicros = 0 } = await find(reconciliation);
        const { agreement, period } = input as ReconcileInput; // its own operation began it
        const { items } = result as RunResult; // as its kind leaves it
        return { body: { reconciliation, agreement, period, at: formatInstant(endedMicros), items: [...items] } };
      },
    }),
    operation({
      ...{
        ...read,
        parameters,
        id: 'listReconciledLines',
        path: '/v1/reconciliations/{reconciliation}/lines',
        answer: Page(ReconciledLine),
      },
      ...{ summary: 'Its lines, as the grid has them', refusals: ['reconcile.unknown', 'api.cursor-wrong'] },
      query: Type.Object(
        {
          ...orderedBy('line'),
          declaration: Type.String({ ...Name, description: 'Of which of its items.' }),
          state: Type.Optional(Type.Enum([...lineStates])),
        },
        closed,
      ),
      handle: async ({ parameters: { reconciliation }, query: { limit = USUAL_LIMIT, cursor, declaration, state } }) => {
        const { id } = await find(reconciliation);
        const [after = 0] = readCursor(cursor, ['number']) ?? [];
        const found = await jobs.books.rows(id, declaration, Number(after), limit + 1, state === undefined ? {} : { state });
        return {
          body: pageOf(
            found,
            limit,
            ({ body }) => body as Static<typeof ReconciledLine>, // as its kind kept it
            ({ position }) => [position],
          ),
        };
      },
    }),
  ];
}
