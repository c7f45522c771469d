/** What is behind the operations and the job of disputes. */
import { type DisputeLead, SETTLE_DISPUTE, type SettleInput } from '#api/disputes/lead.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { JobKind } from '#operations/jobs/run-jobs.ts';
import { keptFileOf } from '#storage/reconciliation/declaration-store.ts';
import { raise, settle, show, step } from '../disputes.ts';
import { nowMicros, today } from './clock.ts';
import type { ApiHome } from './home.ts';
import { kind } from './settlement.ts';
import { withUploads } from './uploaded.ts';

const USUAL_RESPOND_DAYS = 30;

export function disputeLeadOf({ database, uploads }: ApiHome): DisputeLead {
  return {
    raise: ({ evidence = [], on, respondDays = USUAL_RESPOND_DAYS, ...rest }, owner, by) =>
      withUploads(uploads, owner, evidence, (paths) =>
        raise(database, { ...rest, evidence: paths, day: on ?? today(), respondDays, recorded: { atMicros: nowMicros(), by } }),
      ),
    async step(id, { on, note = '', ...rest }, by) {
      await step(database, { ...rest, id, day: on ?? today(), note, recorded: { atMicros: nowMicros(), by } });
    },
    async evidence(id, sha256) {
      const { file } = await show(database, id);
      const named = file.evidence.find((each) => each.sha256 === sha256);
      const content = named === undefined ? undefined : await keptFileOf(database.pool, sha256);
      if (named === undefined || content === undefined)
        throw new RefusedError(refuse('api.resource-unknown', `dispute ${id} has no such evidence`, { value: sha256 }));
      return { name: named.name, content };
    },
  };
}

/** Begun again it goes on: what was done is found by the name of the dispute. */
export function disputeJobKinds(home: ApiHome): readonly JobKind[] {
  return [
    kind<SettleInput>({
      ...{ kind: SETTLE_DISPUTE, permission: 'disputes:manage' },
      title: ({ dispute, outcome }) => `Settle dispute ${dispute}: ${outcome}`,
      async run({ dispute, outcome, result, note = '', on }, by) {
        const settled = await settle(home, {
          ...{ id: dispute, outcome, note, day: on ?? today(), recorded: { atMicros: nowMicros(), by } },
          ...(result === undefined ? {} : { result }),
        });
        return { result: settled.result, isNew: settled.isNew };
      },
    }),
  ];
}
