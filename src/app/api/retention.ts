/** What is behind the operations about what is deleted when its time is over. */

import type { JobDesk } from '#api/jobs/jobs.ts';
import type { Operation } from '#api/operation.ts';
import { type RetentionDesk, RUN_RETENTION, retentionOperations } from '#api/retention/retention.ts';
import { undriven } from '#api/undriven.ts';
import type { JobKind } from '#operations/jobs/run-jobs.ts';
import { demandParty } from '../access/users.ts';
import {
  dayBehind,
  holdRetention,
  releaseRetention,
  retentionDeletions,
  retentionDue,
  retentionHolds,
  runRetention,
} from '../retention/retention.ts';
import type { ApiHome } from './home.ts';

export interface RetentionBehind {
  readonly retention: RetentionDesk;
}

export const nothingBehindRetention: RetentionBehind = { retention: undriven() };

export function keepingOperations({ retention }: RetentionBehind, jobs: JobDesk): readonly Operation[] {
  return retentionOperations(retention, jobs);
}

export function retentionBehind(home: ApiHome): RetentionBehind {
  const { database } = home;
  return {
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
  return [
    {
      ...{ kind: RUN_RETENTION, permission: 'retention:manage', title: () => 'Delete what is due' },
      run: (_, by, { progress }) => runRetention(home, { by, progress }),
    },
  ];
}
