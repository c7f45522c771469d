/** Containers of what was used: of rating groups, and of QoS flows (TS 32.291 §6.1.6.2). */
import type { ReportingReason, RequestItem, Units, UsedUnits } from '#core/charging/request.ts';
import type { RoamingContainer } from '#core/charging/roaming-session.ts';
import { type Fields, UINT32, UINT64 } from './fields.ts';
import { accessOf } from './read-facts.ts';

export interface Container {
  readonly kind: RoamingContainer['kind'];
  /** QFI or rating group. */
  readonly name: string | undefined;
  readonly order: bigint;
  readonly triggers: readonly string[];
  readonly units: Units;
  /** When and under which conditions. */
  readonly about: Fields | undefined;
}

const MOST_QFI = 63n;
const TARIFF_TIME_CHANGE = 'TARIFF_TIME_CHANGE';

/** TriggerType: why usage is reported; others are changes of conditions. */
const reasons: Readonly<Record<string, ReportingReason>> = {
  QUOTA_THRESHOLD: 'threshold',
  QHT: 'quota-holding-time',
  FINAL: 'final',
  QUOTA_EXHAUSTED: 'quota-exhausted',
  VALIDITY_TIME: 'validity-time',
  OTHER_QUOTA_TYPE: 'other-quota-type',
  FORCED_REAUTHORISATION: 'forced-reauthorisation',
};

function containerOf(container: Fields): Pick<Container, 'order' | 'triggers' | 'units'> {
  return {
    order: container.required('localSequenceNumber', container.whole('localSequenceNumber', UINT32)) ?? 0n,
    triggers: container.objects('triggers').flatMap((trigger) => trigger.text('triggerType') ?? []),
    units: unitsOf(container),
  };
}

/** Of roaming (TS 32.255 §5.1.9): the octets of each QoS flow, told and not asked for. */
export function flowContainers(information: Fields): readonly Container[] {
  return information.objects('multipleQFIcontainer').map((container) => {
    const about = container.object('qFIContainerInformation');
    const flow = about?.whole('qFI', MOST_QFI);
    return { kind: 'flow', name: flow === undefined ? undefined : String(flow), about, ...containerOf(container) };
  });
}

export function groupContainers(usage: Fields, group: string | undefined): readonly Container[] {
  return usage
    .objects('usedUnitContainer')
    .map((container) => ({ kind: 'group', name: group, about: container.object('pDUContainerInformation'), ...containerOf(container) }));
}

/** Flows as items that are charged to an account: rating group `qfi-<n>`. */
export function flowItems(flows: readonly Container[]): readonly RequestItem[] {
  return [...Map.groupBy(flows, ({ name }) => name)].map(([name, each]) => ({
    ratingGroup: name === undefined ? 'qfi' : `qfi-${name}`,
    ...usedOf(each),
  }));
}

export function usedOf(unordered: readonly Container[]): Pick<RequestItem, 'used' | 'reason'> {
  const containers = unordered.toSorted(inSequence);
  const change = containers.findLastIndex(({ triggers }) => triggers.includes(TARIFF_TIME_CHANGE));
  const used = containers.map(
    ({ units }, index): UsedUnits => (change < 0 ? units : { ...units, change: index <= change ? 'before' : 'after' }),
  );
  const triggers = [...containers.flatMap((each) => each.triggers)];
  const reason = triggers.map((trigger) => reasons[trigger]).find((known) => known !== undefined);
  return {
    used,
    ...(triggers.length === 0 ? {} : { reason: reason ?? 'rating-condition-change' }),
  };
}

const inSequence = (one: Container, other: Container): number => (one.order < other.order ? -1 : one.order > other.order ? 1 : 0);

export function unitsOf(fields: Fields): Units {
  const [seconds, bytes] = [fields.whole('time', UINT32), fields.whole('totalVolume', UINT64)];
  const [bytesUp, bytesDown] = [fields.whole('uplinkVolume', UINT64), fields.whole('downlinkVolume', UINT64)];
  const events = fields.whole('serviceSpecificUnits', UINT64);
  return {
    ...(seconds === undefined ? {} : { seconds }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(bytesUp === undefined ? {} : { bytesUp }),
    ...(bytesDown === undefined ? {} : { bytesDown }),
    ...(events === undefined ? {} : { events }),
  };
}

/** As they are kept for the bill between networks. What is only a total counts as towards the subscriber. */
export function roamingContainers(containers: readonly Container[]): readonly RoamingContainer[] {
  return containers.toSorted(inSequence).map(({ kind, name, order, triggers, units, about }) => {
    const up = units.bytesUp ?? 0n;
    const rest = (units.bytes ?? 0n) - up;
    const down = units.bytesDown ?? (rest > 0n ? rest : 0n);
    const first = about?.instant('timeofFirstUsage');
    const last = about?.instant('timeofLastUsage') ?? about?.instant('reportTime');
    const [quality, rat] = [about?.object('qoSInformation')?.whole('5qi', 255n), about?.text('rATType')];
    return {
      ...{ kind, sequence: String(order), up: String(up), down: String(down), triggers },
      ...(name === undefined ? {} : { name }),
      ...(first === undefined ? {} : { first }),
      ...(last === undefined ? {} : { last }),
      ...(quality === undefined ? {} : { serviceClass: `5qi-${quality}` }),
      ...(rat === undefined ? {} : { rat: accessOf(rat) }),
    };
  });
}
