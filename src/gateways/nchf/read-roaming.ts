/** Whether a request is of a roamer whose use is billed between networks (TS 32.255), and what it tells of it. */
import type { Identity } from '#core/charging/request.ts';
import type { RoamingContainer, RoamingDirection, RoamingFacts } from '#core/charging/roaming-session.ts';
import { type Container, roamingContainers } from './read-containers.ts';
import type { ReadInformation } from './read-facts.ts';

/** Which networks there are: what tells whose subscriber it is. */
export interface RoamingNetworks {
  /** Ours, MCC and MNC. */
  readonly home: readonly string[];
  /** Use between networks is billed to them. */
  readonly areBilled: boolean;
  /** Of an IMSI; undefined: none that is known. Left out: only what the consumer says of networks counts. */
  readonly ofImsi?: (imsi: string) => string | undefined;
}

export interface ReadRoaming {
  /** Undefined: it is no roamer's, or it does not say whose. */
  readonly direction: RoamingDirection | undefined;
  readonly basis: 'flows' | 'groups';
  readonly facts: RoamingFacts;
  readonly containers: readonly RoamingContainer[];
}

/**
 * Undefined: nothing of it is between networks. Flows say so, and `IN_BOUND` of a consumer that counts a visitor by rating groups; what a subscriber of ours
 * uses by rating groups is between it and us.
 */
export function readRoaming(
  information: ReadInformation,
  identities: readonly Identity[],
  { flows, groups }: { readonly flows: readonly Container[] | undefined; readonly groups: readonly Container[] },
  networks: RoamingNetworks,
): ReadRoaming | undefined {
  // Later requests of a session may leave out what has not changed.
  if (information.service !== 'data' && information.service !== undefined) return undefined;
  const imsi = identities.find(({ kind }) => kind === 'imsi')?.value;
  const stated = factsOf(information, imsi ?? identities[0]?.value);
  const home = stated.home ?? (imsi === undefined ? undefined : networks.ofImsi?.(imsi));
  const facts = home === undefined ? stated : { ...stated, home };
  return {
    direction: flows !== undefined || information.roamer === 'IN_BOUND' ? directionOf(information.roamer, facts, networks.home) : undefined,
    basis: flows === undefined ? 'groups' : 'flows',
    facts,
    containers: roamingContainers([...(flows ?? []), ...groups]),
  };
}

function factsOf({ facts, homeNetwork, chargingId }: ReadInformation, subscriber: string | undefined): RoamingFacts {
  const { visitedNetwork, apn, rat, slice, serviceClass } = facts;
  return {
    ...(subscriber === undefined ? {} : { subscriber }),
    ...(homeNetwork === undefined ? {} : { home: homeNetwork }),
    ...(visitedNetwork === undefined ? {} : { visited: visitedNetwork }),
    ...(apn === undefined ? {} : { apn }),
    ...(rat === undefined ? {} : { rat }),
    ...(slice === undefined ? {} : { slice }),
    ...(serviceClass === undefined ? {} : { serviceClass }),
    ...(chargingId === undefined ? {} : { chargingId: String(chargingId) }),
  };
}

function directionOf(roamer: string | undefined, { home, visited }: RoamingFacts, ours: readonly string[]): RoamingDirection | undefined {
  if (roamer === 'IN_BOUND') return 'inbound';
  if (roamer === 'OUT_BOUND') return 'outbound';
  if (ours.length === 0) return undefined;
  if (home !== undefined && !ours.includes(home)) return 'inbound';
  return visited !== undefined && !ours.includes(visited) ? 'outbound' : undefined;
}
