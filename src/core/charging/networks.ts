/** In whose network a subscriber is: told when it comes into another's. */
import { FOREVER } from './account.ts';
import type { Draft } from './draft.ts';
import type { ChargingRequest } from './request.ts';

/** The counter whose value is the digits of the network (MCC, MNC) in which the subscriber was seen last; 0 after it came home. */
const SEEN = 'seen:network';

/** At home nothing is kept of those who were never away. */
export function noteNetwork(draft: Draft, { facts: { visitedNetwork, roaming }, operation }: ChargingRequest): void {
  if (visitedNetwork === undefined || roaming === undefined || operation === 'balance-check' || operation === 'price-enquiry') return;
  const { own } = draft;
  if (!roaming && (own.base.counters.length === 0 || !own.base.counters.some(({ key }) => key === SEEN))) return;
  if (/^\d{5,6}$/.test(visitedNetwork)) noteSeen(draft, visitedNetwork, roaming);
}

function noteSeen(draft: Draft, visitedNetwork: string, roaming: boolean): void {
  const { own, now } = draft;
  const seen = roaming ? BigInt(visitedNetwork) : 0n;
  const counter = own.counter(SEEN, now, () => ({ fromMicros: now, toMicros: FOREVER }));
  if (counter.value === seen) return;
  counter.value = seen;
  if (roaming) draft.tell({ kind: 'roaming-entered', account: own.base.id, network: visitedNetwork });
}
