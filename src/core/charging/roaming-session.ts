/** Use of roamers between two networks: what an SMF tells of a session (TS 32.255), and the records of usage that it becomes. */

/** Inbound: the partner's subscriber in our network. Outbound: ours in the partner's. */
export type RoamingDirection = 'inbound' | 'outbound';

/** What holds while something is used. In a report only what it says: the others stay as they were. */
export interface RoamingFacts {
  /** Digits of the IMSI, or another name of the subscriber. */
  readonly subscriber?: string;
  /** MCC and MNC: of the subscriber's network, and of the one that it is in. */
  readonly home?: string;
  readonly visited?: string;
  readonly apn?: string;
  readonly rat?: string;
  readonly slice?: string;
  readonly serviceClass?: string;
  readonly chargingId?: string;
  /** Start of the session, UTC microseconds. */
  readonly since?: number;
}

/** Use of one QoS flow or rating group since the container before. Octets as decimal text: they have 64 bits. */
export interface RoamingContainer {
  readonly kind: 'flow' | 'group';
  /** QFI, or the number of the rating group; undefined: the consumer did not say. */
  readonly name?: string;
  readonly sequence: string;
  readonly up: string;
  readonly down: string;
  readonly triggers: readonly string[];
  /** First and last use, UTC microseconds. */
  readonly first?: number;
  readonly last?: number;
  /** Of this container alone. */
  readonly serviceClass?: string;
  readonly rat?: string;
}

export interface StoredReport {
  readonly session: string;
  readonly number: string;
  readonly direction: RoamingDirection;
  readonly facts: RoamingFacts;
  readonly containers: readonly RoamingContainer[];
}

/** A line of the file that is loaded: the format `roaming-qbc` reads it. */
export interface RoamingRecord {
  readonly id: string;
  readonly session: string;
  readonly direction: RoamingDirection;
  /** The other network, MCC and MNC. */
  readonly partner: string;
  /** Inbound: the partner; what came in is owed to us. */
  readonly trunkIn: string;
  /** Outbound: the partner, whom we owe. */
  readonly trunkOut: string;
  readonly subscriber: string;
  /** UTC microseconds. */
  readonly start: number;
  readonly bytesUp: string;
  readonly bytesDown: string;
  readonly ratingGroup: string;
  readonly serviceClass: string;
  readonly apn: string;
  readonly visited: string;
  readonly rat: string;
  readonly slice: string;
  readonly chargingId: string;
  readonly cause: string;
  readonly containers: readonly (RoamingContainer & { readonly report: string })[];
}

/** Facts after a report. */
export const mergedRoamingFacts = (known: RoamingFacts, stated: RoamingFacts): RoamingFacts => ({ ...known, ...stated });

/**
 * Records of reports that are booked together: of each session one for each flow or rating group, and one more for each change of what its price depends
 * on (network, access point, class of service). Their order and content follow from the reports alone, so that a run that is repeated writes them again.
 */
export function roamingRecords(reports: readonly StoredReport[]): readonly RoamingRecord[] {
  return [...Map.groupBy(reports, ({ session }) => session).values()].flatMap(recordsOfSession);
}

function recordsOfSession(reports: readonly StoredReport[]): readonly RoamingRecord[] {
  const used = reports.flatMap((report) => report.containers.map((container) => ({ report, container })));
  const groups = Map.groupBy(used, ({ report: { facts }, container }) =>
    JSON.stringify([
      ...[container.kind, container.name, facts.home, facts.visited, facts.apn],
      ...[container.serviceClass ?? facts.serviceClass, container.rat ?? facts.rat, facts.slice],
    ]),
  );
  const first = reports[0]?.number ?? '';
  return [...groups.values()].flatMap((group, index) =>
    partsOf(group).flatMap((part, at) => recordOf(part, `${first}/${index}${at === 0 ? '' : `.${at}`}`)),
  );
}

/** What a record of usage can hold of octets, and of time (microseconds; the year 2255). */
const MOST = Number.MAX_SAFE_INTEGER;
/** Of a line with three octets for each, with the facts beside them, fewer than the MiB that a source reads. */
const MOST_CHARACTERS = 250_000;

/** One, but for what is too much for it: a container that is too much alone stays alone, so that it is rejected without the others. */
function partsOf(group: readonly Used[]): readonly (readonly Used[])[] {
  const parts: Used[][] = [];
  let [bytes, characters] = [0n, 0];
  for (const used of group) {
    const own = BigInt(used.container.up) + BigInt(used.container.down);
    const { length } = JSON.stringify(used.container);
    const last = parts.at(-1);
    if (last === undefined || bytes + own > MOST || characters + length > MOST_CHARACTERS) {
      parts.push([used]);
      [bytes, characters] = [own, length];
    } else {
      last.push(used);
      [bytes, characters] = [bytes + own, characters + length];
    }
  }
  return parts;
}

interface Used {
  readonly report: StoredReport;
  readonly container: RoamingContainer;
}

/** None where nothing was used. */
function recordOf(group: readonly Used[], place: string): readonly RoamingRecord[] {
  const [one] = group;
  const sum = (of: 'up' | 'down'): bigint => group.reduce((total, { container }) => total + BigInt(container[of]), 0n);
  const [up, down] = [sum('up'), sum('down')];
  if (one === undefined || up + down === 0n) return [];
  const { session, direction, facts } = one.report;
  const isInbound = direction === 'inbound';
  const partner = (isInbound ? facts.home : facts.visited) ?? '';
  const firsts = group.flatMap(({ container: { first, last } }) => (isTime(first) ? first : isTime(last) ? last : []));
  const { kind, name, serviceClass = facts.serviceClass, rat = facts.rat } = one.container;
  return [
    {
      ...{ id: `${session}/${place}`, session, direction, partner },
      trunkIn: isInbound ? (partner === '' ? UNKNOWN_NETWORK : partner) : '',
      trunkOut: isInbound ? '' : partner === '' ? UNKNOWN_NETWORK : partner,
      subscriber: facts.subscriber ?? '',
      start: firsts.length > 0 ? firsts.reduce((least, each) => Math.min(least, each)) : isTime(facts.since) ? facts.since : 0,
      ...{ bytesUp: String(up), bytesDown: String(down) },
      ratingGroup: kind === 'flow' ? `qfi${name === undefined ? '' : `-${name}`}` : (name ?? ''),
      ...{ serviceClass: serviceClass ?? '', apn: facts.apn ?? '', visited: facts.visited ?? '', rat: rat ?? '' },
      ...{ slice: facts.slice ?? '', chargingId: facts.chargingId ?? '' },
      cause: group.findLast(({ container }) => container.triggers.length > 0)?.container.triggers.at(-1) ?? '',
      containers: group.map(({ report, container }) => ({ report: report.number, ...container })),
    },
  ];
}

/** Of a clock that was set: what is of 1970 has no agreement, and waits where somebody sees it. */
const isTime = (micros: number | undefined): micros is number => micros !== undefined && micros >= 0 && micros <= MOST;

/** No trunk has this name, so that the record waits where somebody sees it. */
const UNKNOWN_NETWORK = 'unknown-network';
