/** Settings of what customers and systems of others are told. */
import { isIP } from 'node:net';
import { documentLanguages } from '#core/parties/invoicing-terms.ts';
import type { SettingKey } from './settings.ts';

export const SMS_METHODS = ['GET', 'POST', 'PUT'] as const;
export const SMS_RECEIPTS = ['on', 'off'] as const;

export interface TellingSettings {
  readonly notify: {
    /** Of accounts that have said nothing. */
    readonly language: (typeof documentLanguages)[number];
    /** `22:00-07:00` in the zone of the account's plan; empty: none. */
    readonly quietHours: string;
    /** Messages that are not urgent, to one account in 24 hours. */
    readonly mostPerDay: number;
    /** Sender of mails: `Mira <info@mira.example>`. */
    readonly from: string;
    /** Days that messages and events are kept after they are over. */
    readonly keepDays: number;
  };
  readonly sms: {
    /** smpp://systemId@host:2775, smpps://…, or the address of an HTTP gateway; empty: no SMS is sent. */
    readonly gateway: string;
    /** Of SMPP: env:NAME or file:path. */
    readonly password: string;
    /** Number, short code, or a name of at most 11 characters. */
    readonly sender: string;
    readonly perSecond: number;
    readonly receipts: (typeof SMS_RECEIPTS)[number];
    readonly method: (typeof SMS_METHODS)[number];
    readonly contentType: string;
    readonly body: string;
    /** Of the header Authorization: env:NAME or file:path. */
    readonly authorization: string;
    /** Patterns on the answer of an HTTP gateway. */
    readonly success: string;
    readonly reference: string;
  };
  readonly webhooks: {
    /** Networks that are not public, separated by commas. */
    readonly allow: string;
    /** References that may be named over the API, separated by commas. */
    readonly secrets: string;
    readonly timeoutMs: number;
  };
}

type Kind = SettingKey['kind'];

const text = (expected: string, pattern = /^[^\0]{0,2000}$/): Kind => ({
  expected,
  parse: (value) => (value === '' || pattern.test(value) ? value : undefined),
});
const quiet: Kind = {
  expected: 'empty, or local times such as 22:00-07:00',
  parse: (value) => (value === '' || quietHoursOf(value) !== undefined ? value : undefined),
};
const gateway: Kind = {
  expected: 'empty, smpp://systemId@host:2775, smpps://systemId@host:3550, or the http(s) address of a gateway, without a password',
  parse: (value) =>
    value === '' || (/^(smpps?|https?):\/\/[^\s]+$/.test(value) && URL.canParse(value) && new URL(value).password === '')
      ? value
      : undefined,
};
const pattern: Kind = { expected: 'empty, or a regular expression', parse: (value) => (isPattern(value) ? value : undefined) };
export const networks: Kind = {
  expected: 'empty, or networks separated by commas, such as 10.1.0.0/16,127.0.0.1',
  parse: (value) => (value === '' || value.split(',').every((each) => isNetwork(each.trim())) ? value.replaceAll(/\s/g, '') : undefined),
};

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const family = isIP(address);
  const most = family === 6 ? 128 : 32;
  return family !== 0 && more.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= most));
}

/** Minutes of the local day; undefined: that is not what it says. */
export function quietHoursOf(text: string): { readonly from: number; readonly to: number } | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (match === null) return undefined;
  const [fromHour, fromMinute, toHour, toMinute] = match.slice(1).map(Number) as [number, number, number, number]; // four groups of digits
  return { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute };
}

const secretReferences: Kind = {
  expected: 'empty, or secrets separated by commas, each env:NAME or file:path',
  parse: (value) => {
    const all = value.split(',').map((each) => each.trim());
    return value.trim() === '' ? '' : all.every((each) => /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/.test(each)) ? all.join(',') : undefined;
  },
};

function isPattern(value: string): boolean {
  try {
    new RegExp(value);
    return value.length <= 500;
  } catch {
    return false;
  }
}

/** `kinds`: those that settings of several subjects share. */
export function tellingSettingKeys({
  whole,
  oneOf,
  secretReference,
}: {
  whole: (least: number, most: number) => Kind;
  oneOf: (values: readonly string[]) => Kind;
  secretReference: Kind;
}): readonly SettingKey[] {
  const key = (path: string, kind: Kind, fallback: string | number): SettingKey => ({
    key: path,
    environment: environmentOf(path),
    kind,
    fallback,
  });
  return [
    key('notify.language', oneOf(documentLanguages), 'en'),
    key('notify.quietHours', quiet, '22:00-07:00'),
    key('notify.mostPerDay', whole(0, 10_000), 20),
    key('notify.from', text('empty, or a sender such as Mira <info@mira.example>', /^[^\0\r\n]*[^\s@]+@[^\s@]+[^\0\r\n]*$/), ''),
    key('notify.keepDays', whole(1, 36_500), 90),
    key('sms.gateway', gateway, ''),
    key('sms.password', secretReference, ''),
    key('sms.sender', text('empty, a number, or a name of at most 11 characters', /^(\+?\d{1,20}|[A-Za-z0-9 ._-]{1,11})$/), ''),
    key('sms.perSecond', whole(1, 10_000), 10),
    key('sms.receipts', oneOf(SMS_RECEIPTS), 'on'),
    key('sms.method', oneOf(SMS_METHODS), 'POST'),
    key(
      'sms.contentType',
      text('empty, or a media type such as application/json', /^[\w.+-]+\/[\w.+-]+(; ?[\w-]+=[\w-]+)?$/),
      'application/json',
    ),
    key('sms.body', text('empty, or a text of at most 2000 characters'), ''),
    key('sms.authorization', secretReference, ''),
    key('sms.success', pattern, ''),
    key('sms.reference', pattern, ''),
    key('webhooks.allow', networks, ''),
    key('webhooks.secrets', secretReferences, ''),
    key('webhooks.timeoutMs', whole(100, 60_000), 10_000),
  ];
}

/** CARILLON_NOTIFY_QUIET_HOURS for notify.quietHours. */
const environmentOf = (path: string): string =>
  `CARILLON_${path
    .replaceAll(/[A-Z]/g, (letter) => `_${letter}`)
    .replace('.', '_')
    .toUpperCase()}`;
