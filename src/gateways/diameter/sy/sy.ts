/**
 * Sy (TS 29.219): a PCRF subscribes to the policy counters of a subscriber (SLR), ends that (STR), and is told when a status changes (SNR).
 */
import { type AvpValues, buildMessage, readMessage } from '#codecs/diameter/build.ts';
import type { Dictionary } from '#codecs/diameter/dictionary.ts';
import { RETRANSMITTED } from '#codecs/diameter/header.ts';
import { type ResultName, resultCodes } from '#codecs/diameter/results.ts';
import { MessageWriter } from '#codecs/diameter/writer.ts';
import { type Identity, inOrder } from '#core/charging/request.ts';
import type { SpendingAnswer, SpendingLimitService } from '#operations/charging/spending-ports.ts';
import { type BaseMessages, FAULT_OF_OURS, sessionOf } from '../base-messages.ts';
import type { IncomingRequest } from '../connection.ts';
import { avp } from '../credit-control/codes.ts';
import { identityKinds } from '../credit-control/read-request.ts';
import type { Application } from '../server.ts';
import type { NodeIdentity } from '../settings.ts';
import { experimentalResults, requestTypes, SESSION_TERMINATION, SPENDING_LIMIT, SY, VENDOR_3GPP } from './codes.ts';
import { statusReports } from './policy-reports.ts';

export interface SySettings {
  readonly dictionary: Dictionary;
  readonly identity: NodeIdentity;
  /** What was thrown behind the gateway: a mistake of ours, or a store that does not answer. */
  readonly failed: (error: unknown, session: string) => void;
}

/** Requests of Sy, each command an application of the server. */
export function sy(limits: SpendingLimitService, base: () => BaseMessages, settings: SySettings): readonly Application[] {
  const { dictionary, identity, failed } = settings;
  const writer = new MessageWriter();
  return [
    { id: SY, command: SPENDING_LIMIT, kept: [], handle: (incoming) => answered(incoming, spendingLimit(incoming)) },
    { id: SY, command: SESSION_TERMINATION, kept: [], handle: (incoming) => answered(incoming, termination(incoming)) },
  ];

  function answered({ header, message, connection }: IncomingRequest, answer: Promise<Uint8Array>): void {
    answer.then(
      (octets) => connection.answer(octets),
      (error: unknown) => {
        failed(error, sessionOf(message));
        connection.answer(base().errorAnswer(header, message, FAULT_OF_OURS));
      },
    );
  }

  async function spendingLimit(incoming: IncomingRequest): Promise<Uint8Array> {
    const { header, message, connection } = incoming;
    const values = readMessage(dictionary, message)?.values ?? {};
    const id = textOf(values['Session-Id']);
    const counters = listOf(values['Policy-Counter-Identifier']).map(textOf);
    const peer = {
      host: textOf(values['Origin-Host']),
      realm: textOf(values['Origin-Realm']),
      via: connection.peer?.host ?? '',
    };
    if (values['SL-Request-Type'] === requestTypes.intermediate)
      return spendingAnswer(incoming, values, await limits.modify(id, { counters, peer }));
    const identities = inOrder(listOf(values['Subscription-Id']).flatMap(identityOf));
    if (identities.length === 0) {
      const words = 'an initial request says whose counters are wanted';
      const missing = { code: avp.subscription, vendor: 0, zeros: 0 };
      const fault = { error: 'DIAMETER_MISSING_AVP', fatal: true, offset: 0, path: '', chain: [], message: words, missing } as const;
      return base().errorAnswer(header, message, fault);
    }
    const wanted = { id, kind: 'sy', identities, counters, peer, expiresMicros: undefined } as const;
    return spendingAnswer(incoming, values, await limits.subscribe(wanted));
  }

  function spendingAnswer(incoming: IncomingRequest, values: AvpValues, answer: SpendingAnswer): Uint8Array {
    const application = { 'Auth-Application-Id': SY };
    switch (answer.kind) {
      case 'counters':
        return built(incoming, 'SLA', values, {
          ...{ ...application, 'Result-Code': resultCodes.DIAMETER_SUCCESS },
          'Policy-Counter-Status-Report': statusReports(answer.counters),
        });
      case 'no-counters':
        return built(incoming, 'SLA', values, { ...application, ...experimental('DIAMETER_ERROR_NO_AVAILABLE_POLICY_COUNTERS') });
      case 'unknown-counters':
        return built(incoming, 'SLA', values, {
          ...{ ...application, ...experimental('DIAMETER_ERROR_UNKNOWN_POLICY_COUNTERS') },
          'Failed-AVP': [{ 'Policy-Counter-Identifier': answer.unknown }],
        });
      case 'user-unknown':
        return built(incoming, 'SLA', values, { ...application, 'Result-Code': resultCodes.DIAMETER_USER_UNKNOWN });
      case 'unknown-subscription':
        return built(incoming, 'SLA', values, { ...application, 'Result-Code': resultCodes.DIAMETER_UNKNOWN_SESSION_ID });
    }
  }

  /** Sent again because its answer was lost (T), it finds nothing to end, and that is what was wanted. */
  async function termination(incoming: IncomingRequest): Promise<Uint8Array> {
    const values = readMessage(dictionary, incoming.message)?.values ?? {};
    const known = await limits.unsubscribe(textOf(values['Session-Id']));
    const isRepeated = (incoming.header.flags & RETRANSMITTED) !== 0;
    const result: ResultName = known || isRepeated ? 'DIAMETER_SUCCESS' : 'DIAMETER_UNKNOWN_SESSION_ID';
    return built(incoming, 'STA', values, { 'Result-Code': resultCodes[result] });
  }

  function built({ header }: IncomingRequest, command: 'SLA' | 'STA', request: AvpValues, values: AvpValues): Uint8Array {
    const { hopByHop, endToEnd } = header;
    const answer = buildMessage(
      dictionary,
      writer,
      { command, application: SY, hopByHop, endToEnd },
      {
        'Session-Id': textOf(request['Session-Id']),
        'Origin-Host': identity.host,
        'Origin-Realm': identity.realm,
        'Origin-State-Id': identity.originState,
        ...values,
        ...(request['Proxy-Info'] === undefined ? {} : { 'Proxy-Info': request['Proxy-Info'] }),
      },
    );
    if (!answer.ok) throw new TypeError(answer.refusals.map(({ message, at }) => `${at?.field ?? ''} ${message}`).join('; '));
    return answer.value;
  }
}

const experimental = (result: keyof typeof experimentalResults): AvpValues => ({
  'Experimental-Result': { 'Vendor-Id': VENDOR_3GPP, 'Experimental-Result-Code': experimentalResults[result] },
});

type Value = AvpValues[string];

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
const listOf = (value: Value | undefined): readonly Exclude<Value, readonly unknown[]>[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Exclude<Value, readonly unknown[]>]; // isArray forgets readonly

function identityOf(value: Value): readonly Identity[] {
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Uint8Array) return [];
  const { 'Subscription-Id-Type': type, 'Subscription-Id-Data': data } = value as AvpValues; // neither list nor octets: a group
  const kind = typeof type === 'number' ? identityKinds[type] : undefined;
  if (kind === undefined || typeof data !== 'string' || data === '') return [];
  return [{ kind, value: kind === 'msisdn' ? data.replace(/^\+/, '') : data }];
}
