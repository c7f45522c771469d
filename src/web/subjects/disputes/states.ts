import type { components } from '../../client/client.ts';
import type { State } from '../../parts/state-badge.tsx';

export type Dispute = components['schemas']['Dispute'];

export const stateOf: Readonly<Record<Dispute['state'], State>> = {
  open: 'attention',
  offered: 'open',
  agreed: 'open',
  withdrawn: 'settled',
  settled: 'settled',
};
