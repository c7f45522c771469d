/** Access-Request: who it is, and what may be used. Accept with limits and our name of the session, or Reject with the reason. */

import type { RadiusDictionary } from '#codecs/radius/dictionary.ts';
import { packetCodes, type RadiusPacket } from '#codecs/radius/packet.ts';
import { textOf } from '#codecs/radius/values.ts';
import { type NamedValue, utf8 } from '#codecs/radius/write-value.ts';
import type { ChargingRequest, Identity, Units } from '#core/charging/request.ts';
import { attribute } from './attribute-codes.ts';
import type { Authenticator } from './authenticate.ts';
import { authenticatorOf } from './authenticators.ts';
import type { KnownSessions } from './known-sessions.ts';
import { refusalOf, verdictOf } from './limits.ts';
import type { ChargingService } from './ports.ts';
import { eventMicros, factsOf, nasOf, placeOf } from './read-request.ts';
import { sessionName } from './session-name.ts';
import type { RadiusClient, Refused } from './settings.ts';

/** Undefined: no answer, the NAS asks again. `result` is for counters. */
export interface Reply {
  readonly code: number;
  readonly values: readonly NamedValue[];
  readonly result: string;
  /** For the log, where something was refused. */
  readonly detail?: string;
}

export interface HandlingOptions {
  readonly charging: ChargingService;
  readonly dictionary: RadiusDictionary;
  readonly homeNetworks: readonly string[];
  readonly known: KnownSessions;
  /** UTC microseconds. */
  readonly now: () => number;
}

/** More than any grant: the plan's own most holds. */
const ALL_SECONDS = 1_000_000_000n;
const ALL_BYTES = 1n << 50n;

export function wantedBy({ grant, service }: RadiusClient): Units | 'any' {
  if (grant === 'portions') return 'any';
  return service === 'voice' ? { seconds: ALL_SECONDS } : { bytes: ALL_BYTES };
}

/**
 * The session of what a NAS calls so. Calls have ids of their own; ids of access sessions begin anew after a reboot, and the user tells them apart.
 */
export function sessionOfId(client: RadiusClient, packet: RadiusPacket, address: string): string | undefined {
  const id = textOf(packet, attribute.acctSessionId);
  if (id === undefined || id === '') return undefined;
  const user = client.service === 'voice' ? '' : (textOf(packet, attribute.userName) ?? '');
  return sessionName(client.name, nasOf(packet, address), ['id', id, user]);
}

export async function handleAccess(
  options: HandlingOptions,
  authenticator: Authenticator,
  client: RadiusClient,
  packet: RadiusPacket,
  address: string,
): Promise<Reply | undefined> {
  const { dictionary, charging, known, now } = options;
  const proof = await authenticator.prove(packet, client);
  if (proof.kind === 'busy') return undefined;
  const said = proof.said?.map(({ name, octets }) => ({ definition: dictionary.named(name), octets })) ?? [];
  if (proof.kind === 'refused') {
    const refused = reject(dictionary, client, 'not-authenticated', proof.detail);
    return { ...refused, values: [...refused.values, ...said] };
  }
  const place = placeOf(packet, address);
  const sum = Buffer.from(authenticatorOf(packet)).toString('hex');
  const fresh = sessionName(client.name, nasOf(packet, address), ['access', sum, String(packet.identifier), place.userName ?? ''], place);
  const ask = (session: string): ReturnType<ChargingService['handle']> =>
    charging.handle(initialRequest(options, client, packet, session, proof.identities, now()));
  let session = sessionOfId(client, packet, address) ?? fresh;
  let answer = await ask(session);
  // The NAS uses an id again that a session had before.
  if (answer.result === 'out-of-order' && session !== fresh) {
    session = fresh;
    answer = await ask(session);
  }
  if (answer.result === 'too-busy' || answer.result === 'unable-to-comply' || answer.result === 'out-of-order') return undefined;
  const verdict = verdictOf(dictionary, client, answer, 0);
  if (verdict.kind === 'stop') return reject(dictionary, client, verdict.reason, answer.detail ?? answer.items[0]?.detail);
  known.heard(session, { client: client.name, place, elapsedSeconds: 0, atMs: now() / 1_000, told: verdict.text });
  const values = [...verdict.limits, { definition: dictionary.named('Class'), octets: utf8(session) }, ...said, ...client.accept];
  return { code: packetCodes.accessAccept, values, result: 'accept' };
}

function initialRequest(
  { homeNetworks }: HandlingOptions,
  client: RadiusClient,
  packet: RadiusPacket,
  session: string,
  identities: readonly Identity[],
  nowMicros: number,
): ChargingRequest {
  return {
    ...{ session, number: 0, operation: 'initial', identities, service: client.service, totals: 'known' },
    eventMicros: eventMicros(packet, nowMicros),
    facts: factsOf(packet, client, homeNetworks),
    items: [{ requested: wantedBy(client), used: [] }],
  };
}

function reject(dictionary: RadiusDictionary, client: RadiusClient, reason: Refused, detail: string | undefined): Reply {
  const values = refusalOf(dictionary, client, reason);
  return { code: packetCodes.accessReject, values, result: reason, ...(detail === undefined ? {} : { detail }) };
}
