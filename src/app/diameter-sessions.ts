/** The messages of a session or an event, by what a person says of it. */
import type { AvpValues } from '#codecs/diameter/build.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { SentMessage } from './diameter-send.ts';

export const sendServices = ['data', 'voice', 'sms', 'mms'] as const;
export const sendEvents = ['debit', 'refund', 'balance', 'price'] as const;

export interface SessionWanted {
  readonly session: string;
  /** Undefined: that of the node. */
  readonly destinationRealm: string | undefined;
  readonly destinationHost: string | undefined;
  /** `491701234567`, `imsi:26201…`, `sip:…`, `nai:…`, `private:…`. */
  readonly subscriber: string;
  readonly service: (typeof sendServices)[number];
  readonly called: string | undefined;
  readonly apn: string | undefined;
  readonly ratingGroups: readonly number[];
  /** `10MB`, `60s`, `3`; undefined: as much as the server chooses. */
  readonly ask: string | undefined;
  /** One report for each; the last ends the session. */
  readonly use: readonly string[];
  /** An event instead of a session. */
  readonly event: (typeof sendEvents)[number] | undefined;
}

const contexts = { data: '32251@3gpp.org', voice: '32260@3gpp.org', sms: '32274@3gpp.org', mms: '32270@3gpp.org' } as const;
const identityTypes = { msisdn: 0, imsi: 1, sip: 2, nai: 3, private: 4 } as const;
const bytesOf = { B: 1n, kB: 1_000n, KB: 1_000n, MB: 1_000_000n, GB: 1_000_000_000n } as const;
const secondsOf = { s: 1, min: 60, h: 3_600 } as const;
const [INITIAL, UPDATE, TERMINATION, EVENT] = [1, 2, 3, 4];
/** DIAMETER_LOGOUT. */
const LOGOUT = 1;

/** Throws RefusedError (`diameter.message-wrong`) for amounts and subscribers that are none. */
export function messagesOf(wanted: SessionWanted): readonly SentMessage[] {
  const { event, use, ask } = wanted;
  const requested = ask === undefined ? {} : unitsOf(ask);
  const message = (type: number, number: number, values: AvpValues): SentMessage => ({
    command: 'CCR',
    values: {
      'Session-Id': wanted.session,
      ...(wanted.destinationRealm === undefined ? {} : { 'Destination-Realm': wanted.destinationRealm }),
      ...(wanted.destinationHost === undefined ? {} : { 'Destination-Host': wanted.destinationHost }),
      'Auth-Application-Id': 4,
      'Service-Context-Id': contexts[wanted.service],
      'CC-Request-Type': type,
      'CC-Request-Number': number,
      'Event-Timestamp': Math.floor(Date.now() / 1_000),
      'Subscription-Id': [identityOf(wanted.subscriber)],
      ...serviceInformation(wanted),
      ...values,
    },
  });
  if (event !== undefined) {
    const action = { 'Requested-Action': sendEvents.indexOf(event) };
    return [message(EVENT, 0, { ...action, ...(event === 'balance' ? {} : services(wanted, { 'Requested-Service-Unit': requested })) })];
  }
  const reports = use.length === 0 ? [undefined] : use;
  return [
    message(INITIAL, 0, { 'Multiple-Services-Indicator': 1, ...services(wanted, { 'Requested-Service-Unit': requested }) }),
    ...reports.map((used, index) => {
      const last = index === reports.length - 1;
      const report = {
        ...(used === undefined ? {} : { 'Used-Service-Unit': [unitsOf(used)] }),
        ...(last ? {} : { 'Requested-Service-Unit': requested }),
      };
      return message(last ? TERMINATION : UPDATE, index + 1, {
        ...(last ? { 'Termination-Cause': LOGOUT } : {}),
        ...(used === undefined ? {} : services(wanted, report)),
      });
    }),
  ];
}

/** In rating groups where there are some, otherwise in the request itself. */
function services({ ratingGroups }: SessionWanted, item: AvpValues): AvpValues {
  if (ratingGroups.length === 0) return item;
  return { 'Multiple-Services-Credit-Control': ratingGroups.map((group) => ({ 'Rating-Group': group, ...item })) };
}

function serviceInformation({ service, called, apn, subscriber }: SessionWanted): AvpValues {
  const calling = /^\+?\d+$/.test(subscriber) ? { 'Calling-Party-Address': [`tel:+${subscriber.replace('+', '')}`] } : {};
  if (service === 'data') return apn === undefined ? {} : { 'Service-Information': { 'PS-Information': { 'Called-Station-Id': apn } } };
  if (called === undefined) return {};
  const address = { 'Address-Type': 1, 'Address-Data': called };
  if (service === 'sms')
    return { 'Service-Information': { 'SMS-Information': { 'Recipient-Info': [{ 'Recipient-Address': [address] }] } } };
  if (service === 'mms') return { 'Service-Information': { 'MMS-Information': { 'Recipient-Address': [address] } } };
  const ims = { 'Node-Functionality': 6, 'Role-Of-Node': 0, ...calling, 'Called-Party-Address': `tel:+${called.replace('+', '')}` };
  return { 'Service-Information': { 'IMS-Information': ims } };
}

function identityOf(text: string): AvpValues {
  const [, kind, value] = /^(imsi|sip|nai|private|msisdn):(.+)$/.exec(text) ?? [undefined, 'msisdn', text.replace('+', '')];
  const type = Object.entries(identityTypes).find(([name]) => name === kind)?.[1];
  if (type === undefined || value === undefined || value === '' || (kind === 'msisdn' && !/^\d+$/.test(value)))
    throw new RefusedError(
      refuse('diameter.message-wrong', 'a subscriber is a number, or imsi:…, sip:…, nai:…, private:…', {
        field: 'subscriber',
        value: text,
      }),
    );
  return { 'Subscription-Id-Type': type, 'Subscription-Id-Data': kind === 'sip' ? `sip:${value}` : value };
}

function unitsOf(text: string): AvpValues {
  const found = /^(\d{1,15})\s*(B|kB|KB|MB|GB|s|min|h)?$/.exec(text);
  const [, digits = '', unit] = found ?? [];
  if (found === null)
    throw new RefusedError(refuse('diameter.message-wrong', 'an amount is 10MB, 60s or 3 (events)', { field: 'units', value: text }));
  if (unit === undefined) return { 'CC-Service-Specific-Units': BigInt(digits) };
  if (unit === 's' || unit === 'min' || unit === 'h') return { 'CC-Time': Number(digits) * secondsOf[unit] };
  return { 'CC-Total-Octets': BigInt(digits) * (bytesOf[unit as keyof typeof bytesOf] ?? 1n) }; // the pattern has no others
}
