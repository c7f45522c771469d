/** All long work that can be asked for. */
import type { JobKind } from '#operations/jobs/run-jobs.ts';
import { financeJobKinds } from './finance.ts';
import type { ApiHome } from './home.ts';
import { jobKinds } from './month.ts';
import { retentionJobKinds } from './retention.ts';
import { trafficJobKinds } from './traffic.ts';

export function allJobKinds(home: ApiHome): readonly JobKind[] {
  return [...jobKinds(home), ...trafficJobKinds(home), ...retentionJobKinds(home), ...financeJobKinds(home)];
}
