/** What an answer of charging means to a NAS: limits as attributes, or why not. */

import type { RadiusDictionary } from '#codecs/radius/dictionary.ts';
import type { NamedValue } from '#codecs/radius/write-value.ts';
import { utf8, valueOctets } from '#codecs/radius/write-value.ts';
import type { AnswerItem, ChargingAnswer, FinalUnit } from '#core/charging/answer.ts';
import type { RadiusClient, Refused } from './settings.ts';

/** RFC 2869 §5.16. */
const LEAST_INTERIM_SECONDS = 60;
const LIMIT_32 = 0xffff_ffffn;
/** Somebody who may only buy more is looked at again after so long. */
const REDIRECTED_SECONDS = 300;

export type Verdict =
  /** The session may go on; `limits` from its beginning. `text` is the same for the same limits. */
  | { readonly kind: 'go'; readonly limits: readonly NamedValue[]; readonly text: string }
  | { readonly kind: 'stop'; readonly reason: Refused };

/** `elapsedSeconds`: how long the session has lasted, as the NAS says. */
export function verdictOf(dictionary: RadiusDictionary, client: RadiusClient, answer: ChargingAnswer, elapsedSeconds: number): Verdict {
  const [item] = answer.items;
  const result = item === undefined || answer.result !== 'granted' ? answer.result : item.result;
  const interim = interimOf(dictionary, client, item?.validitySeconds);
  if (result === 'no-charge') return go([...interim, ...resultCode(dictionary, client, '0')]);
  if (result !== 'granted' || item === undefined) return { kind: 'stop', reason: refusedFor(result) };
  if (item.granted === undefined) {
    const { finalUnit } = item;
    const profile = finalUnit === undefined ? undefined : profileFor(client, finalUnit);
    if (finalUnit === undefined || profile === undefined) return { kind: 'stop', reason: 'credit-limit-reached' };
    const to = finalUnit.action === 'redirect' ? finalUnit.to : finalUnit.action === 'restrict' ? finalUnit.filter : '';
    return go([...named(dictionary, 'Session-Timeout', elapsedSeconds + REDIRECTED_SECONDS), ...profile.map((each) => filled(each, to))]);
  }
  return go([
    ...timeOf(dictionary, client, item, elapsedSeconds),
    ...volumeOf(dictionary, client, item),
    ...interim,
    ...(item.slowTo === undefined ? [] : (client.profiles.get(item.slowTo) ?? [])),
    ...resultCode(dictionary, client, '0'),
  ]);
}

/** Reply-Message, and the vendor's number for it. */
export function refusalOf(dictionary: RadiusDictionary, client: RadiusClient, reason: Refused): readonly NamedValue[] {
  const text = client.messages[reason] ?? usualMessages[reason];
  return [
    { definition: dictionary.named('Reply-Message'), octets: utf8(text).subarray(0, 253) },
    ...resultCode(dictionary, client, returnCodes[reason]),
  ];
}

export const usualMessages: Readonly<Record<Refused, string>> = {
  'not-authenticated': 'The name or the password is wrong.',
  'user-unknown': 'There is no such customer.',
  'credit-limit-reached': 'Your credit is used up.',
  'service-denied': 'Your plan does not include this service.',
  'rating-failed': 'This destination is not available.',
  'unknown-session': 'The session has ended.',
  'units-not-fitting': 'The service is not available.',
};

/** h323-return-code of Cisco's VoIP attributes: 1 invalid account, 2 invalid password, 4 zero balance, 7 denied, 8 service not available, 9 number blocked. */
const returnCodes: Readonly<Record<Refused, string>> = {
  'not-authenticated': '2',
  'user-unknown': '1',
  'credit-limit-reached': '4',
  'service-denied': '7',
  'rating-failed': '9',
  'unknown-session': '8',
  'units-not-fitting': '8',
};

function refusedFor(result: ChargingAnswer['result']): Refused {
  return result in usualMessages ? (result as Refused) : 'service-denied'; // the keys are results
}

function go(limits: readonly NamedValue[]): Verdict {
  const text = limits.map(({ definition, octets }) => `${definition.name}=${Buffer.from(octets).toString('hex')}`).join(' ');
  return { kind: 'go', limits, text };
}

function interimOf(
  dictionary: RadiusDictionary,
  { interimSeconds }: RadiusClient,
  validitySeconds: number | undefined,
): readonly NamedValue[] {
  if (interimSeconds === 0) return [];
  return named(
    dictionary,
    'Acct-Interim-Interval',
    Math.max(LEAST_INTERIM_SECONDS, Math.min(interimSeconds, validitySeconds ?? interimSeconds)),
  );
}

/** A call: what is granted. Always: until the grant is to be renewed, since a NAS that is told no more must not go on. */
function timeOf(dictionary: RadiusDictionary, client: RadiusClient, item: AnswerItem, elapsedSeconds: number): readonly NamedValue[] {
  const until = item.validitySeconds === undefined ? undefined : BigInt(elapsedSeconds + item.validitySeconds);
  const granted = item.grantedInAll?.seconds;
  const seconds = granted === undefined ? until : until === undefined || granted < until ? granted : until;
  if (seconds === undefined) return [];
  const told = Number(seconds < LIMIT_32 ? seconds : LIMIT_32);
  const attributes = [...named(dictionary, 'Session-Timeout', told)];
  for (const { time } of client.dialects)
    if (time !== undefined) attributes.push(...text(dictionary, time.attribute, time.form, String(told)));
  return attributes;
}

function volumeOf(dictionary: RadiusDictionary, client: RadiusClient, { grantedInAll }: AnswerItem): readonly NamedValue[] {
  const bytes = grantedInAll?.bytes;
  if (bytes === undefined) return [];
  return client.dialects.flatMap(({ volume }) =>
    volume === undefined
      ? []
      : [...named(dictionary, volume.octets, Number(bytes & LIMIT_32)), ...named(dictionary, volume.gigawords, Number(bytes >> 32n))],
  );
}

function resultCode(dictionary: RadiusDictionary, { dialects }: RadiusClient, code: string): readonly NamedValue[] {
  return dialects.flatMap(({ result }) => (result === undefined ? [] : text(dictionary, result.attribute, result.form, code)));
}

function profileFor({ profiles }: RadiusClient, { action }: FinalUnit): readonly NamedValue[] | undefined {
  return action === 'terminate' ? undefined : profiles.get(action);
}

function filled({ definition, octets }: NamedValue, to: string): NamedValue {
  if (definition.type !== 'text') return { definition, octets };
  return { definition, octets: utf8(Buffer.from(octets).toString().replaceAll('{to}', to)).subarray(0, 253) };
}

function named(dictionary: RadiusDictionary, name: string, value: number): readonly NamedValue[] {
  const definition = dictionary.named(name);
  const octets = valueOctets(definition, String(value));
  if (typeof octets === 'string') throw new TypeError(octets); // numbers of 32 bits only
  return [{ definition, octets }];
}

function text(dictionary: RadiusDictionary, name: string, form: string, value: string): readonly NamedValue[] {
  return [{ definition: dictionary.named(name), octets: utf8(form.replace('{}', value)) }];
}
