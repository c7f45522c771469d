/**
 * Brings a number as a switch or partner wrote it to E.164 digits (ITU-T E.164: at most 15, never
 * beginning with 0). Never throws, whatever the text is.
 *
 * How bare digits are read, in this order: international after a plus or the international prefix;
 * national after the national prefix; national without any prefix where the national prefix is the
 * empty text; national where the country code is 1 and the number has ten digits from 2 upwards
 * (North American switches write 2125550100, which would otherwise be Morocco); else already E.164.
 *
 * A nature of address (ITU-T Q.763 §3.9), where the record has one, decides before all of these.
 */
export const numberNatures = ['international', 'national', 'subscriber', 'unknown', 'network-specific'] as const;
export type NumberNature = (typeof numberNatures)[number];

export interface NumberWriting {
  /** Country calling code that a national number belongs to, for example 44. */
  readonly countryCode?: string;
  /** For example 0. The empty text says: national numbers are written without a prefix. */
  readonly nationalPrefix?: string;
  /** For example 00 or 011. A leading plus is always understood. */
  readonly internationalPrefix?: string;
  /** Technical prefixes such as `1234#`, removed first; the first that matches. */
  readonly stripPrefixes?: readonly string[];
  /** Technical prefixes that say something, tried before `stripPrefixes`: removed, and the reading has the tag. */
  readonly technicalPrefixes?: readonly TechnicalPrefix[];
  /** Stands before a subscriber number, behind the country code; the empty text where numbers have none. */
  readonly areaCode?: string;
  /** Bare digits of exactly this many, from 2 upwards, are a subscriber number (North American 7-digit dialling). */
  readonly subscriberDigits?: number;
  /** SMS and MMS: a sender of letters is a name and no number, not a fault. */
  readonly alphanumericSenders?: boolean;
}

export interface TechnicalPrefix {
  readonly prefix: string;
  /** What it says, as bins and reports name it. */
  readonly tag: string;
}

export type NumberFault = 'not-digits' | 'too-long' | 'nothing-after-prefix' | 'leading-zero' | 'no-country-code' | 'no-area-code';

export type NumberReading =
  /** E.164 digits without a plus. */
  | { readonly kind: 'number'; readonly digits: string; readonly tag?: string }
  /**
   * Fewer than 7 digits and not written as international, or network-specific by its nature: an emergency or service
   * code (112, 1471), which means something only in its own network. It is no E.164 number: 112 is not a call to the United States.
   */
  | { readonly kind: 'short-code'; readonly digits: string; readonly tag?: string }
  /** Nothing was written. */
  | { readonly kind: 'absent' }
  /** The caller or the network kept it back: anonymous, restricted, unknown … */
  | { readonly kind: 'withheld' }
  | { readonly kind: 'invalid'; readonly fault: NumberFault };

export const MAX_E164_DIGITS = 15;
/** The shortest international numbers in use (country code and subscriber) have 7 digits. */
export const MIN_E164_DIGITS = 7;
/** Longer texts are refused unread. */
const MAX_TEXT = 256;

const ABSENT: NumberReading = { kind: 'absent' };
const WITHHELD: NumberReading = { kind: 'withheld' };
const withheldWords = new Set([
  'anonymous',
  'unknown',
  'restricted',
  'private',
  'withheld',
  'unavailable',
  'presentation-restricted',
  'no-number',
  'none',
  'null',
  'nil',
  'n/a',
  'blocked',
  'coin line/payphone',
]);

/**
 * Reads a number written by the rules of its trunk or source. See the head of this file for how bare digits are read.
 * `nature`: what the record says of them.
 */
export function normaliseNumber(text: string, rules: NumberWriting, nature: NumberNature = 'unknown'): NumberReading {
  if (text.length === 0) return ABSENT;
  if (text.length > MAX_TEXT) return invalid('too-long');
  if (rules.technicalPrefixes !== undefined) {
    for (const { prefix, tag } of rules.technicalPrefixes) {
      if (prefix === '' || !text.startsWith(prefix)) continue;
      return tagged(text.length === prefix.length ? invalid('nothing-after-prefix') : read(text.slice(prefix.length), rules, nature), tag);
    }
  }
  return read(text, rules, nature);
}

function tagged(reading: NumberReading, tag: string): NumberReading {
  return reading.kind === 'number' || reading.kind === 'short-code' ? { ...reading, tag } : reading;
}

function read(text: string, rules: NumberWriting, nature: NumberNature): NumberReading {
  // The road of nearly all records, several times as fast: digits, perhaps a plus or a technical prefix before them.
  const written = withoutTechnicalPrefix(text, rules);
  const from = written.charCodeAt(0) === PLUS ? 1 : 0;
  return isDigits(written, from) ? fromDigits(written, from, from === 1, rules, nature) : fromWritten(text, rules, nature);
}

const PLUS = 43;

function withoutTechnicalPrefix(text: string, { stripPrefixes }: NumberWriting): string {
  if (stripPrefixes === undefined) return text;
  for (const prefix of stripPrefixes) if (prefix !== '' && text.startsWith(prefix)) return text.slice(prefix.length);
  return text;
}

/** The road for all the rest: URIs, separators, words. */
function fromWritten(text: string, rules: NumberWriting, nature: NumberNature): NumberReading {
  const { user, context } = userPart(text);
  if (user === '') return ABSENT;
  if (withheldWords.has(user.toLowerCase())) return WITHHELD;
  const plain = user.replace(/^\+(.*)\(0\)/, '+$1').replace(/[\s.()/\u00a0-]/g, '');
  if (plain === '') return ABSENT;
  const written = withoutTechnicalPrefix(plain, rules);
  if (written === '') return invalid('nothing-after-prefix');
  const from = written.startsWith('+') ? 1 : 0;
  if (!isDigits(written, from)) return invalid(written === '+' ? 'nothing-after-prefix' : 'not-digits');
  if (from === 0 && context !== undefined) return fromDigits(context + written, 0, true, rules, nature);
  return fromDigits(written, from, from === 1, rules, nature);
}

/** `digits` from position `from` are 0 to 9 only; `international` says that a plus stood before them. */
function fromDigits(digits: string, from: number, international: boolean, rules: NumberWriting, nature: NumberNature): NumberReading {
  if (international) return e164(digits.slice(from));
  if (nature !== 'unknown') return byNature(digits, rules, nature);
  const { countryCode, nationalPrefix, internationalPrefix } = rules;
  if (internationalPrefix !== undefined && internationalPrefix !== '' && digits.startsWith(internationalPrefix)) {
    return e164(digits.slice(internationalPrefix.length));
  }
  const short = digits.length < MIN_E164_DIGITS;
  if (countryCode !== undefined && countryCode !== '') {
    if (nationalPrefix === '') return short ? { kind: 'short-code', digits } : e164(countryCode + digits);
    if (nationalPrefix !== undefined && digits.startsWith(nationalPrefix) && !short) {
      const rest = digits.slice(nationalPrefix.length);
      return rest === '' ? invalid('nothing-after-prefix') : e164(countryCode + rest);
    }
    if (rules.subscriberDigits === digits.length && digits >= '2') return subscriber(digits, rules);
    if (countryCode === '1' && digits.length === 10 && digits >= '2') return { kind: 'number', digits: `1${digits}` };
  }
  return short ? { kind: 'short-code', digits } : e164(digits);
}

/** The nature says what the digits are; prefixes that it makes needless are taken off where they stand nevertheless. */
function byNature(digits: string, rules: NumberWriting, nature: Exclude<NumberNature, 'unknown'>): NumberReading {
  const { countryCode, nationalPrefix = '', internationalPrefix = '' } = rules;
  switch (nature) {
    case 'international':
      return e164(internationalPrefix !== '' && digits.startsWith(internationalPrefix) ? digits.slice(internationalPrefix.length) : digits);
    case 'national': {
      if (countryCode === undefined || countryCode === '') return invalid('no-country-code');
      const rest = nationalPrefix !== '' && digits.startsWith(nationalPrefix) ? digits.slice(nationalPrefix.length) : digits;
      return rest === '' ? invalid('nothing-after-prefix') : e164(countryCode + rest);
    }
    case 'subscriber':
      return subscriber(digits, rules);
    case 'network-specific':
      return digits.length > MAX_E164_DIGITS ? invalid('too-long') : { kind: 'short-code', digits };
  }
}

function subscriber(digits: string, { countryCode, areaCode }: NumberWriting): NumberReading {
  if (countryCode === undefined || countryCode === '') return invalid('no-country-code');
  return areaCode === undefined ? invalid('no-area-code') : e164(countryCode + areaCode + digits);
}

function e164(digits: string): NumberReading {
  if (digits.length === 0) return invalid('nothing-after-prefix');
  if (digits.length > MAX_E164_DIGITS) return invalid('too-long');
  if (digits.charCodeAt(0) === 48) return invalid('leading-zero');
  return { kind: 'number', digits };
}

function invalid(fault: NumberFault): NumberReading {
  return { kind: 'invalid', fault };
}

function isDigits(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return text.length > from;
}

/**
 * The user part of a `sip:`, `sips:` or `tel:` URI, also in angle brackets behind a display name, without parameters
 * (RFC 3261 §19.1, RFC 3966 §3). A local number with a global phone-context gives the context's digits too.
 */
function userPart(text: string): { readonly user: string; readonly context: string | undefined } {
  const bracketed = /<([^>]*)>?/.exec(text);
  let rest = (bracketed?.[1] ?? text).trim().replace(/^"|"$/g, '').trim();
  rest = rest.replace(/^(?:sips?|tel):/i, '');
  const context = /;phone-context=\+?(\d{1,7})(?:[;@]|$)/i.exec(rest)?.[1];
  rest = rest.split('@', 1)[0] ?? '';
  rest = rest.split(';', 1)[0] ?? '';
  rest = rest.replace(/:.*$/, '').replace(/%2b/gi, '+').replace(/%23/g, '#').replace(/%2a/gi, '*');
  return { user: rest.trim(), context };
}
