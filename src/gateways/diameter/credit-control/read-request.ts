/**
 * A Credit-Control-Request in the words of charging (RFC 8506 §3.1, TS 32.299 §6.4). The message was checked against the
 * dictionary before: lengths and types hold, and what its rules require is there. That is so for AVPs that the dictionary has: one is
 * told by its code and its vendor, everywhere, for others have the same codes.
 */
import { AvpCursor } from '#codecs/diameter/avp-cursor.ts';
import { HEADER_BYTES } from '#codecs/diameter/header.ts';
import type { DiameterFault } from '#codecs/diameter/results.ts';
import { ntpToUnix } from '#codecs/diameter/values.ts';
import { KnownTexts, readUtf8 } from '#codecs/octet-texts.ts';
import { readDebitReference } from '#core/charging/debit-reference.ts';
import {
  type AdviceWanted,
  type ChargingOperation,
  type ChargingRequest,
  type DebitReference,
  type Identity,
  inOrder,
  type RequestItem,
  type UsedUnits,
} from '#core/charging/request.ts';
import { isDiameterSession } from '#core/charging/session-names.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { avp, avp3gpp, VENDOR_3GPP } from './codes.ts';
import { type FactsDraft, type ReadFacts, readServiceInformation } from './read-facts.ts';
import { readItem, readUnits, readUsed, withOne } from './read-item.ts';

/** Service-Context-Id to service: the part in front of `@`, of which the release may stand before it (`8.32251@3gpp.org`). */
export type ServiceContexts = ReadonlyMap<string, Service>;

/** TS 32.299 §7.1.12: PS, SMS, MMS, IMS, MMTel; RFC 8506 leaves others to whoever serves them. */
export const standardContexts: ServiceContexts = new Map<string, Service>([
  ['32251@3gpp.org', 'data'],
  ['32255@3gpp.org', 'data'],
  ['32260@3gpp.org', 'voice'],
  ['32275@3gpp.org', 'voice'],
  ['32276@3gpp.org', 'voice'],
  ['32274@3gpp.org', 'sms'],
  ['32270@3gpp.org', 'mms'],
  ['32271@3gpp.org', 'event'],
]);

export interface ReadingSettings {
  readonly contexts: ServiceContexts;
  readonly texts: PeerTexts;
  /** MCC and MNC of our networks; a subscriber in another roams. Empty: nobody knows. */
  readonly homeNetworks: readonly string[];
}

/** Of sessions and subscribers that come again: a text that a table was asked for once is found in others without being made, flattened and hashed anew. */
export interface PeerTexts {
  readonly sessions: KnownTexts;
  readonly subscribers: KnownTexts;
}

/** `bytes`: what all of them may take of memory. */
export function peerTexts(bytes: number): PeerTexts {
  return { sessions: KnownTexts.within((bytes * 2) / 3), subscribers: KnownTexts.within(bytes / 3) };
}

export type ReadRequest = TakenRequest | { readonly ok: false; readonly fault: DiameterFault };

/** What was asked, and what the answer repeats or follows the form of. */
export interface TakenRequest {
  readonly ok: true;
  readonly request: ChargingRequest;
  /** CC-Request-Type. */
  readonly type: number;
  /** Multiple-Services-Credit-Control in the request: then in the answer. */
  readonly multiple: boolean;
  readonly action: number | undefined;
  /** The request has Proxy-Info, which the answer repeats. */
  readonly isProxied: boolean;
}

const [INITIAL, UPDATE, TERMINATION, EVENT] = [1, 2, 3, 4];
const actions: readonly ChargingOperation[] = ['event-debit', 'event-refund', 'balance-check', 'price-enquiry'];
/** By Subscription-Id-Type (RFC 8506 §8.47). */
export const identityKinds: readonly Identity['kind'][] = ['msisdn', 'imsi', 'sip-uri', 'nai', 'private'];
/** By AoC-Request-Type (TS 32.299 §7.2.16). */
const advices: readonly (AdviceWanted | undefined)[] = [undefined, 'full', 'cost', 'tariff'];
const NOT_ADVISED = 0;
const MICROS = 1_000_000;
const MULTIPLE_SERVICES_SUPPORTED = 1;
const NOBODY: readonly Identity[] = [];
const names = new KnownTexts();
/** Messages are read one after the other, each in one go: the same cursors, and those inside them, serve all. */
const outer = new AvpCursor(new DataView(new ArrayBuffer(0)));

/** `now`, in UTC microseconds, stands for an Event-Timestamp that is not there. */
export function readCreditControlRequest(view: DataView, settings: ReadingSettings, now: () => number): ReadRequest {
  outer.begin(view, HEADER_BYTES);
  let identities: Identity[] | undefined;
  let items: RequestItem[] | undefined;
  let services: string[] | undefined;
  let session = '';
  let context = '';
  let user = '';
  let type = 0;
  let number = 0;
  let sessionAt = 0;
  let typeAt = 0;
  let actionAt = 0;
  let adviceAt = 0;
  let advice = NOT_ADVISED;
  let action: number | undefined;
  let eventMicros: number | undefined;
  let requested: RequestItem['requested'];
  let used: UsedUnits[] | undefined;
  let information: ReadFacts | undefined;
  let refundOf: DebitReference | undefined;
  let isProxied = false;
  let knowsPools = false;
  while (outer.next()) {
    if (outer.vendor === VENDOR_3GPP && outer.code === avp3gpp.serviceInformation) {
      information = readServiceInformation(outer.inside());
      continue;
    }
    if (outer.vendor === VENDOR_3GPP && outer.code === avp3gpp.refundInformation)
      refundOf = readDebitReference(readUtf8(view, outer.from, outer.to) ?? '');
    if (outer.vendor === VENDOR_3GPP && outer.code === avp3gpp.aocRequestType) {
      advice = view.getUint32(outer.from);
      adviceAt = outer.at;
    }
    if (outer.vendor !== 0) continue;
    switch (outer.code) {
      case avp.sessionId:
        session = settings.texts.sessions.read(view, outer.from, outer.to) ?? '';
        sessionAt = outer.at;
        break;
      case avp.proxyInfo:
        isProxied = true;
        break;
      case avp.serviceContext:
        context = names.read(view, outer.from, outer.to) ?? '';
        break;
      case avp.requestType:
        type = view.getUint32(outer.from);
        typeAt = outer.at;
        break;
      case avp.requestNumber:
        number = view.getUint32(outer.from);
        break;
      case avp.requestedAction:
        action = view.getUint32(outer.from);
        actionAt = outer.at;
        break;
      case avp.eventTimestamp:
        eventMicros = ntpToUnix(view.getUint32(outer.from)) * MICROS;
        break;
      case avp.userName:
        user = readUtf8(view, outer.from, outer.to) ?? '';
        break;
      case avp.subscription: {
        const identity = readIdentity(outer.inside(), settings.texts.subscribers);
        if (identity !== undefined) identities = withOne(identities, identity);
        break;
      }
      case avp.multipleServices:
        knowsPools = view.getUint32(outer.from) === MULTIPLE_SERVICES_SUPPORTED;
        break;
      case avp.services:
        items = withOne(items, readItem(outer.inside()));
        break;
      case avp.requested:
        requested = readUnits(outer.inside()) ?? 'any';
        break;
      case avp.used:
        used = withOne(used, readUsed(outer.inside()).used);
        break;
      case avp.serviceIdentifier:
        services = withOne(services, String(view.getUint32(outer.from)));
        break;
      default:
    }
  }
  if (identities === undefined && user !== '') identities = [{ kind: 'nai', value: user }];
  if (session === '') return wrongValue('Session-Id', sessionAt, 'a session has a name');
  if (!isDiameterSession(session)) return wrongValue('Session-Id', sessionAt, 'names of this form are of sessions of another protocol');
  if (type < INITIAL || type > EVENT) return wrongValue('CC-Request-Type', typeAt, `there is no type ${type}`);
  if (type === EVENT && action === undefined) {
    const message = 'an event needs a Requested-Action';
    return { ok: false, fault: { ...noPlace, message, missing: { code: avp.requestedAction, vendor: 0, zeros: 4 } } };
  }
  const operation = operationOf(type, action);
  if (operation === undefined) return wrongValue('Requested-Action', actionAt, `there is no action ${action}`);
  if (advice >= advices.length) return wrongValue('AoC-Request-Type', adviceAt, `there is no type ${advice}`);
  const multiple = items !== undefined;
  if (!multiple && (requested !== undefined || used !== undefined || operation !== 'terminate'))
    items = [
      {
        ...(services === undefined ? {} : { services }),
        ...(requested === undefined ? {} : { requested }),
        used: used ?? [],
        ...(refundOf === undefined ? {} : { refundOf }),
      },
    ];
  const service = serviceOf(context, settings.contexts, information);
  const facts = factsOf(information, identities ?? NOBODY, service, settings);
  const request: Open<ChargingRequest> = {
    session,
    number,
    operation,
    identities: inOrder(identities ?? NOBODY),
    service,
    eventMicros: eventMicros ?? now(),
    items: items ?? [],
    facts,
  };
  // A client that knows several services in one session knows what they share (RFC 8506 §5.1.2); only Multiple-Services-Credit-Control can name a pool.
  if (knowsPools && multiple && operation === 'initial') request.knowsPools = true;
  if (information?.usedSinceMicros !== undefined) request.usedSinceMicros = information.usedSinceMicros;
  const wanted = information?.advisesMoney === false ? undefined : advices[advice];
  if (wanted !== undefined) request.advice = wanted;
  return { ok: true, request, type, multiple, action, isProxied };
}

type Open<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const noPlace = { error: 'DIAMETER_MISSING_AVP', fatal: true, offset: 0, path: '', chain: [] } as const;

/** `at`: the offset of the AVP, which stands at the top. */
function wrongValue(path: string, at: number, message: string): ReadRequest {
  return { ok: false, fault: { error: 'DIAMETER_INVALID_AVP_VALUE', fatal: true, path, message, offset: at, chain: [at] } };
}

function operationOf(type: number, action: number | undefined): ChargingOperation | undefined {
  if (type === INITIAL) return 'initial';
  if (type === UPDATE) return 'update';
  if (type === TERMINATION) return 'terminate';
  return type === EVENT && action !== undefined ? actions[action] : undefined;
}

function readIdentity(cursor: AvpCursor, subscribers: KnownTexts): Identity | undefined {
  let type = -1;
  let value = '';
  while (cursor.next()) {
    if (cursor.vendor !== 0) continue;
    if (cursor.code === avp.subscriptionType) type = cursor.view.getInt32(cursor.from);
    else if (cursor.code === avp.subscriptionData) value = subscribers.read(cursor.view, cursor.from, cursor.to) ?? '';
  }
  const kind = identityKinds[type];
  return kind === undefined || value === '' ? undefined : { kind, value: kind === 'msisdn' ? withoutPlus(value) : value };
}

const withoutPlus = (number: string): string => (number.startsWith('+') ? number.slice(1) : number);

/** What the context says; where it is none of those known, what Service-Information is about, and otherwise an event. */
function serviceOf(context: string, contexts: ServiceContexts, information: ReadFacts | undefined): Service {
  const known = contexts.get(context);
  if (known !== undefined) return known;
  const at = context.indexOf('@');
  const release = context.lastIndexOf('.', at < 0 ? context.length : at);
  return contexts.get(context.slice(release + 1)) ?? information?.service ?? 'event';
}

function factsOf(
  information: ReadFacts | undefined,
  identities: readonly Identity[],
  service: Service,
  { homeNetworks }: ReadingSettings,
): FactsDraft {
  const facts = information?.facts ?? {};
  const { visitedNetwork } = facts;
  if (facts.calling === undefined && (service === 'data' || information?.terminating !== true)) {
    const subscriber = numberOf(identities);
    if (subscriber !== undefined) facts.calling = subscriber;
  }
  if (visitedNetwork !== undefined && homeNetworks.length > 0) facts.roaming = !homeNetworks.includes(visitedNetwork);
  return facts;
}

function numberOf(identities: readonly Identity[]): string | undefined {
  for (const { kind, value } of identities) if (kind === 'msisdn') return value;
  return undefined;
}
