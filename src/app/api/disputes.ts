/** What is behind the operations and the job of disputes. */
import { type DisputeLead, SETTLE_DISPUTE, type SettleInput } from '#api/disputes/lead.ts';
import type { MessageDesk } from '#api/disputes/messages.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { DisputeParty } from '#core/settlement/disputes/dispute.ts';
import { asHouse } from '#operations/access/ports.ts';
import { sendMessage } from '#operations/disputes/messages.ts';
import type { JobKind } from '#operations/jobs/run-jobs.ts';
import { evidenceOf, messageBooksOn, selectMessages } from '#storage/disputes/messages.ts';
import { raise, readEvidence, settle, step } from '../disputes.ts';
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
  };
}

/** What the two sides write each other. `side`: who writes by it. Disputes that who asks may not see are none. */
export function messagesOf({ database, uploads }: ApiHome, side: DisputeParty): MessageDesk {
  const { pool } = database;
  const demandDispute = async (id: string): Promise<void> => {
    if ((await pool.query('select from dispute where dispute_id = $1::bigint', [id])).rowCount === 0)
      throw new RefusedError(refuse('dispute.unknown', 'there is no dispute of this number', { value: id }));
  };
  return {
    async messages(id) {
      await demandDispute(id);
      return selectMessages(database, id);
    },
    async say(id, { words = '', files = [] }, owner, by) {
      await demandDispute(id);
      return asHouse(() =>
        withUploads(uploads, owner, files, async (paths) => {
          const kept = await Promise.all(paths.map(readEvidence));
          const message = { by: side, words, files: kept, sent: { atMicros: nowMicros(), by } };
          return database.transaction((client) => sendMessage(messageBooksOn(client), id, message));
        }),
      );
    },
    async evidence(id, sha256) {
      await demandDispute(id);
      return evidenceOf(database, id, sha256);
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
