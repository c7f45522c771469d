/** ChargingDataRequest (TS 32.291 §6.1.6.2.1) in the words of charging. */

import { JsonFault, type JsonObject, parseStrictJson } from '#codecs/json/strict-json.ts';
import { type ChargingOperation, type ChargingRequest, type Identity, inOrder, type RequestItem } from '#core/charging/request.ts';
import { type Fault, Fields, UINT32 } from './fields.ts';
import { type ProblemDetails, problem } from './problem.ts';
import { type Container, flowContainers, flowItems, groupContainers, unitsOf, usedOf } from './read-containers.ts';
import { readFacts } from './read-facts.ts';
import { type ReadRoaming, type RoamingNetworks, readRoaming } from './read-roaming.ts';
import { type RoamingProfile, readRoamingProfile } from './roaming-profile.ts';

export type Step = 'create' | 'update' | 'release';

export interface ReadChargingData {
  /** Without its session: that is ours to name. */
  readonly request: Omit<ChargingRequest, 'session'>;
  /** Where we ask and tell the consumer. */
  readonly notifyUri: string | undefined;
  /** What makes a creation that comes again the same: consumer, subscriber, charging id, time, number. */
  readonly sameness: string;
  readonly oneTime: boolean;
  /** It is told of QoS flows of a roamer; with what the consumer proposes for how. */
  readonly roaming: { readonly proposed: RoamingProfile | undefined } | undefined;
  /** What it tells of use between networks. */
  readonly between: ReadRoaming | undefined;
}

/** A subscriber in another network than those at home roams. `offline`: no quota is asked for, whatever stands there. */
export function readChargingData(text: string, step: Step, networks: RoamingNetworks, offline: boolean): ReadChargingData | ProblemDetails {
  const body = objectOf(text);
  if (typeof body === 'string') return problem('INVALID_MSG_FORMAT', body);
  const fields = new Fields(body);
  const consumer = fields.required('nfConsumerIdentification', fields.object('nfConsumerIdentification'));
  consumer?.required('nodeFunctionality', consumer.text('nodeFunctionality'));
  const eventMicros = fields.required('invocationTimeStamp', fields.instant('invocationTimeStamp'));
  const number = fields.required('invocationSequenceNumber', fields.whole('invocationSequenceNumber', UINT32));
  const information = readFacts(fields, networks.home);
  const oneTime = !offline && step === 'create' && fields.flag('oneTimeEvent');
  const identities = [...inOrder(identitiesOf(fields, information.gpsi))];
  const groups: Container[] = [];
  const items = fields.objects('multipleUnitUsage').map((each) => {
    const item = itemOf(each, groups);
    return offline ? withoutQuota(item) : item;
  });
  const roaming = fields.object('roamingQBCInformation');
  const flows = roaming === undefined ? undefined : flowContainers(roaming);
  const between = networks.areBilled && !oneTime ? readRoaming(information, identities, { flows, groups }, networks) : undefined;
  const proposed = roaming?.object('roamingChargingProfile');
  const profile = proposed === undefined ? undefined : readRoamingProfile(proposed);
  // Flow based and QoS flow based charging count the same octets: with rating groups these are charged.
  const isByFlows = flows !== undefined && !fields.has('multipleUnitUsage') && !oneTime;
  if (isByFlows) items.push(...flowItems(flows));
  if (isByFlows && information.homeNetwork !== undefined) identities.push({ kind: 'private', value: `plmn-${information.homeNetwork}` });
  const notifyUri = fields.text('notifyUri');
  const sameness = [
    consumer?.text('nFName') ?? consumer?.text('nFFqdn') ?? consumer?.text('nodeFunctionality') ?? '',
    fields.text('subscriberIdentifier') ?? '',
    String(fields.whole('chargingId', UINT32) ?? information.chargingId ?? ''),
    information.session,
    String(eventMicros),
    String(number),
  ].join('|');
  const postEvent = fields.text('oneTimeEventType') === 'PEC';
  const { faults } = fields;
  if (faults.length > 0 || eventMicros === undefined || number === undefined) return faultsProblem(faults);
  return {
    ...{ notifyUri, sameness, oneTime },
    roaming: roaming === undefined ? undefined : { proposed: profile },
    between,
    request: {
      number: Number(number),
      operation: oneTime ? 'event-debit' : operations[step],
      ...{ identities, eventMicros, facts: information.facts },
      service: information.service ?? 'event',
      ...(information.usedSinceMicros === undefined ? {} : { usedSinceMicros: information.usedSinceMicros }),
      items: oneTime && postEvent ? items.map(debited) : items,
      ...(offline || isByFlows ? { offline: true as const } : {}),
    },
  };
}

/** All that is wrong with a body, and where. */
export function faultsProblem(faults: readonly Fault[]): ProblemDetails {
  return problem(
    faults.some(({ missing }) => missing) ? 'MANDATORY_IE_MISSING' : 'MANDATORY_IE_INCORRECT',
    faults.map(({ param, reason }) => `${param}: ${reason}`).join('; '),
    faults.map(({ param, reason }) => ({ param, reason })),
  );
}

const withoutQuota = ({ requested: _, ...item }: RequestItem): RequestItem => item;

const operations: Readonly<Record<Step, ChargingOperation>> = { create: 'initial', update: 'update', release: 'terminate' };

/** The body's object, or what is wrong with its JSON. */
export function objectOf(text: string): JsonObject | string {
  try {
    const value = parseStrictJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : 'the body is no JSON object'; // isArray forgets readonly
  } catch (error) {
    if (error instanceof JsonFault) return error.message;
    throw error;
  }
}

/** SUPI, then GPSI (TS 29.571 §5.3.2): `imsi-26201…`, `nai-…`, `msisdn-49…`. */
function identitiesOf(fields: Fields, gpsi: string | undefined): readonly Identity[] {
  const identities = [fields.text('subscriberIdentifier'), gpsi].flatMap((text) => (text === undefined ? [] : [identityOf(text)]));
  if (identities.some((identity) => identity === undefined)) fields.wrong('subscriberIdentifier', 'it must be imsi-…, nai-… or msisdn-…');
  return identities.filter((identity) => identity !== undefined);
}

/** Undefined: it is none of the forms. */
export function identityOf(text: string): Identity | undefined {
  const [, kind, value = ''] = /^(imsi|nai|gci|gli|msisdn|extid)-(.+)$/.exec(text) ?? [];
  if (kind === 'imsi') return /^\d{5,15}$/.test(value) ? { kind, value } : undefined;
  if (kind === 'msisdn') return /^\d{5,15}$/.test(value) ? { kind, value } : undefined;
  if (kind === 'nai') return { kind, value };
  return kind === undefined ? undefined : { kind: 'private', value: text };
}

function itemOf(usage: Fields, groups: Container[]): RequestItem {
  const group = usage.required('ratingGroup', usage.whole('ratingGroup', UINT32));
  const requested = usage.object('requestedUnit');
  const name = group === undefined ? undefined : String(group);
  const containers = groupContainers(usage, name);
  groups.push(...containers);
  const units = requested === undefined ? undefined : unitsOf(requested);
  return {
    ratingGroup: name ?? '',
    ...(units === undefined ? {} : { requested: Object.keys(units).length === 0 ? 'any' : units }),
    ...usedOf(containers),
  };
}

/** PEC: the event has happened, and what was used is debited (TS 32.290 §5.2.2). */
function debited({ used, ...item }: RequestItem): RequestItem {
  const [first] = used;
  return { ...item, ...(first === undefined ? {} : { requested: first }), used: [] };
}
