/** What is behind the operations about what is deleted when its time is over. */

import type { JobDesk } from '#api/jobs/jobs.ts';
import type { Operation } from '#api/operation.ts';
import { ERASE_PERSON, type EraseInput, EXPORT_PERSON, type ExportInput, type PersonDesk, personOperations } from '#api/persons/persons.ts';
import { type RetentionDesk, retentionOperations } from '#api/retention/retention.ts';
import { undriven } from '#api/undriven.ts';
import type { JobKind } from '#operations/jobs/run-jobs.ts';
import { demandParty } from '../access/users.ts';
import {
  approveErasure,
  askErasure,
  demandApprovable,
  dryErasure,
  erasureDone,
  erasures,
  refuseErasure,
  waitingErasure,
} from '../person/erase.ts';
import { askExport, makeExport, readExport } from '../person/kept-exports.ts';
import { retentionJob } from '../retention/keep.ts';
import { dayBehind, holdRetention, releaseRetention, retentionDeletions, retentionDue, retentionHolds } from '../retention/retention.ts';
import type { ApiHome } from './home.ts';

const MOST_ERASURES = 1_000;

export interface RetentionBehind {
  readonly retention: RetentionDesk;
  readonly persons: PersonDesk;
}

export const nothingBehindRetention: RetentionBehind = { retention: undriven(), persons: undriven() };

export function keepingOperations({ retention, persons }: RetentionBehind, jobs: JobDesk): readonly Operation[] {
  return [...retentionOperations(retention, jobs), ...personOperations(persons, jobs)];
}

export function retentionBehind(home: ApiHome): RetentionBehind {
  const { database } = home;
  return {
    persons: {
      askExport: (identity) => askExport(home, identity),
      readExport: (id, actor) => readExport(home, id, actor),
      dryErasure: (identity) => dryErasure(home, identity),
      ask: (identity, reason, by) => askErasure(home, identity, reason, by),
      demandApprovable: (erasure, by) => demandApprovable(home, erasure, by),
      refuse: (erasure, by) => refuseErasure(database, erasure, by),
      waiting: (erasure) => waitingErasure(home, erasure),
      list: () => erasures(database, MOST_ERASURES),
    },
    retention: {
      due: () => retentionDue(home),
      deletions: (filter, most) => retentionDeletions(database, filter, most),
      holds: (isAll) => retentionHolds(database, isAll),
      async hold({ party, last, ...words }) {
        await demandParty(database, party);
        return holdRetention(database, { ...words, party, to: last === undefined ? undefined : dayBehind(last) });
      },
      release: (id, why, by) => releaseRetention(database, id, why, by),
    },
  };
}

export function retentionJobKinds(home: ApiHome): readonly JobKind[] {
  return [retentionJob(home), erasureJob(home), exportJob(home)];
}

/** Killed anywhere, it is begun again: what is closed is closed, the rest is one transaction; where that was over, it says what it did. */
function erasureJob(home: ApiHome): JobKind {
  const job: JobKind<EraseInput> = {
    ...{ kind: ERASE_PERSON, permission: 'retention:manage', byPeople: true, title: ({ erasure }) => `Erase a person, order ${erasure}` },
    run: async ({ erasure }, by, { progress }) =>
      (await erasureDone(home.database, BigInt(erasure))) ?? approveErasure(home, BigInt(erasure), by, progress),
  };
  return job as JobKind; // its input is what its operations give
}

/** Whom it is about stands in its order only, and neither in its title nor in its answer. */
function exportJob(home: ApiHome): JobKind {
  const job: JobKind<ExportInput> = {
    ...{
      kind: EXPORT_PERSON,
      permission: 'retention:manage',
      byPeople: true,
      title: (input) => `Export what is held of a person, order ${input.export}`,
    },
    run: (input, by, { job: id, progress }) => makeExport(home, BigInt(input.export), by, id, progress),
  };
  return job as JobKind; // likewise
}
