/** Closing periods as a job, approving them, and what is not billed at the end of a month. */
import Type, { type Static } from 'typebox';
import type { Approval, Approved } from '#operations/periods/approve-period.ts';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { checkDays } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { LocalDate, Name, Text } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

/** Kinds of jobs that these operations start. */
export const settlementJobs = { close: 'close-periods', accrue: 'accrue' } as const;

const Close = Type.Object(
  {
    agreements: Type.Optional(
      Type.Array(Name, { minItems: 1, maxItems: 1000, description: 'All of which a period is due, when left out.' }),
    ),
    period: Type.Optional(Type.String({ ...Name, maxLength: 40, description: 'Only this one, which must be the next: `2026-10`.' })),
    on: Type.Optional(Type.String({ ...LocalDate, description: 'The day of closing and of the documents; today (UTC) when left out.' })),
    override: Type.Optional(
      Type.String({ ...Text, minLength: 1, description: 'Close although something blocks, for this reason, which is kept.' }),
    ),
  },
  { ...closed, title: 'ClosePeriods' },
);
export type CloseInput = Static<typeof Close>;
const Accrue = Type.Object(
  { on: Type.Optional(Type.String({ ...LocalDate, description: 'The month that ended last before this day; today (UTC).' })) },
  closed,
);
export type AccrueInput = Static<typeof Accrue>;

/** Throws RefusedError for what is refused. */
export type Approve = (approval: Omit<Approval, 'on'> & { readonly on: string | undefined }) => Promise<Approved>;

export function closingOperations(approve: Approve, jobs: JobDesk): readonly Operation[] {
  const common = { tag: 'Settlement', method: 'POST', repetition: 'key', audit: { subject: 'period' } } as const;
  return [
    operation({
      ...common,
      ...{ id: 'closePeriods', path: '/v1/period-closings', summary: 'Close what is over', permission: 'settlement:manage', status: 202 },
      description:
        'A job. Looks for what is missing, records a statement of both sides, closes its days and issues documents, or waits for who must approve. ' +
        'Its result counts what was `closed`, `awaiting` approval, `blocked` or `refused`, and says why under `left`. Given again, it passes over what is closed.',
      ...{ body: Close, answer: Job },
      handle: ({ body, principal }) => {
        checkDays({ on: body.on });
        return startJob(jobs, settlementJobs.close, body, principal);
      },
    }),
    operation({
      ...common,
      ...{
        id: 'approvePeriod',
        path: '/v1/agreements/{agreement}/statements/{period}/approvals',
        summary: 'Approve a closed period',
        permission: 'settlement:approve',
      },
      description: 'As oneself: nobody approves twice. With the last approval its documents are issued.',
      parameters: Type.Object({ agreement: Name, period: Name }),
      body: Type.Object(
        { on: Type.Optional(Type.String({ ...LocalDate, description: 'Day of the documents; today (UTC) when left out.' })) },
        closed,
      ),
      answer: Type.Object(
        {
          ...{ statement: Type.String(), given: Type.Integer(), wanted: Type.Integer() },
          sides: Type.Array(
            Type.Object(
              { side: Type.String(), currency: Type.String(), outcome: Type.String(), document: Type.Optional(Type.String()) },
              closed,
            ),
          ),
        },
        { ...closed, title: 'Approved' },
      ),
      refusals: ['period.not-closed', 'period.not-awaited', 'period.approved-before'],
      handle: async ({ parameters, body, principal }) => {
        checkDays({ on: body.on });
        const { agreement, period } = parameters;
        const approved = await approve({ agreement, label: period.toUpperCase(), on: body.on, by: actorOf(principal) });
        const { statement, given, wanted, sides } = approved;
        const shown = sides.map(({ side, currency, outcome, document }) => ({
          ...{ side, currency, outcome },
          ...(document === undefined ? {} : { document }),
        }));
        return { body: { statement, given, wanted, sides: shown } };
      },
    }),
    operation({
      ...common,
      ...{ id: 'accrue', path: '/v1/accruals', summary: 'Book what is charged and not billed', permission: 'settlement:manage' },
      description:
        'A job, of the month that ended last before the day; it is taken back on the first of the next. Booked once however often it is asked for.',
      ...{ status: 202, body: Accrue, answer: Job },
      handle: ({ body, principal }) => {
        checkDays({ on: body.on });
        return startJob(jobs, settlementJobs.accrue, body, principal);
      },
    }),
  ];
}
