/** Disputes are raised, argued and settled. */
import Type, { type Static } from 'typebox';
import { type DisputeOutcome, disputeOutcomes } from '#core/settlement/disputes/dispute.ts';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { checkDays, ofLegalEntity } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Amount, LocalDate, Name, Words } from '../schemas.ts';
import { UploadName } from '../uploads/uploads.ts';

const closed = { additionalProperties: false } as const;

/** Kind of the job that settles; a re-rating prices months of charges again. */
export const SETTLE_DISPUTE = 'settle-dispute';

export interface SettleInput {
  readonly dispute: string;
  readonly outcome: DisputeOutcome;
  readonly result?: string;
  readonly note?: string;
  readonly on?: string;
}

const by = Type.Enum(['us', 'them'], { description: 'Whose step it is; for them, what they told us.' });
const on = Type.Optional(Type.String({ ...LocalDate, description: 'Day of the step; today (UTC) when left out.' }));
const evidence = Type.Optional(Type.Array(UploadName, { maxItems: 20, uniqueItems: true, description: 'Files that were sent before.' }));
const Raise = Type.Object(
  {
    document: Type.String({ ...Name, description: 'Ours, or theirs as it was declared.' }),
    ...{ legalEntity: ofLegalEntity.legalEntity, party: Type.Optional(Name) },
    amount: Type.Optional({ ...Amount, description: 'Contested, without tax; the whole line or document when left out.' }),
    line: Type.Optional(Type.Integer({ minimum: 1, maximum: 999_999_999 })),
    ...{ reason: Type.String({ ...Words, minLength: 1 }), by, on, evidence },
    respondDays: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 365, description: 'Until the other side must answer; 30 when left out.' }),
    ),
  },
  { ...closed, title: 'RaiseDispute' },
);
const Step = Type.Object(
  {
    kind: Type.Enum(['offered', 'accepted', 'rejected', 'withdrawn']),
    ...{ by, on, note: Type.Optional(Words) },
    amount: Type.Optional({ ...Amount, description: 'Of an offer, without tax: how much whoever offers gives up or back.' }),
  },
  { ...closed, title: 'DisputeStepMade' },
);
const Settle = Type.Object(
  {
    outcome: Type.Enum([...disputeOutcomes]),
    result: Type.Optional(Type.String({ ...Name, description: 'Number of their credit note, or of a re-rating that is done.' })),
    ...{ note: Type.Optional(Words), on },
  },
  { ...closed, title: 'SettleDispute' },
);
export type RaiseBody = Static<typeof Raise>;
export type StepBody = Static<typeof Step>;

/** Methods throw RefusedError for what is refused. */
export interface DisputeLead {
  /** `owner`: of the files sent. The number of the dispute. */
  readonly raise: (body: RaiseBody, owner: string, by: string) => Promise<bigint>;
  readonly step: (dispute: string, body: StepBody, by: string) => Promise<void>;
}

export function disputeLeadOperations(lead: DisputeLead, jobs: JobDesk): readonly Operation[] {
  const change = {
    tag: 'Disputes',
    method: 'POST',
    permission: 'disputes:manage',
    repetition: 'key',
    audit: { subject: 'dispute' },
  } as const;
  const dispute = Type.String({ pattern: '^[1-9][0-9]{0,17}$' });
  const one = { parameters: Type.Object({ dispute }) };
  const Done = Type.Object({ dispute: Type.String() }, closed);
  return [
    operation({
      ...{
        ...change,
        id: 'raiseDispute',
        path: '/v1/disputes',
        summary: 'Contest a document, a line of it or an amount',
        status: 201,
        body: Raise,
        answer: Done,
      },
      refusals: ['dispute.document-unknown', 'dispute.reason-missing', 'dispute.amount', 'dispute.window-passed', 'upload.unknown'],
      handle: async ({ body, principal }) => {
        checkDays({ on: body.on });
        const id = String(await lead.raise(body, principal.id, actorOf(principal)));
        return { body: { dispute: id }, location: `/v1/disputes/${id}` };
      },
    }),
    operation({
      ...{
        ...change,
        ...one,
        id: 'stepInDispute',
        path: '/v1/disputes/{dispute}/steps',
        summary: 'Offer, accept, reject or withdraw',
        status: 201,
        body: Step,
        answer: Done,
      },
      refusals: ['dispute.unknown', 'dispute.step-impossible', 'dispute.amount'],
      handle: async ({ parameters, body, principal }) => {
        checkDays({ on: body.on });
        await lead.step(parameters.dispute, body, actorOf(principal));
        return { body: { dispute: parameters.dispute } };
      },
    }),
    operation({
      ...{
        ...change,
        ...one,
        id: 'settleDispute',
        path: '/v1/disputes/{dispute}/settlements',
        summary: 'Make of what was agreed a document or a posting',
      },
      description:
        'A job; its result names what it `result`ed in: a note, a run of pricing again, an entry. Begun again, it goes on with what was done.',
      ...{ status: 202, body: Settle, answer: Job, refusals: [] },
      handle: ({ parameters, body, principal }) => {
        checkDays({ on: body.on });
        return startJob(jobs, SETTLE_DISPUTE, { ...parameters, ...body } satisfies SettleInput, principal);
      },
    }),
  ];
}
