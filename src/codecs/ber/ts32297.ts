/** Headers of 3GPP TS 32.297 §6.1: of a file of records, and of each record in it. */
import { hexDigits } from './values.ts';

/** What stands before the variable parts, and the two lengths in them. */
const LEAST_HEADER = 52;
const MOST_HEADER = 50 + 4 + 2 * 65_535 + 2;
const BEYOND_RELEASE_9 = 7;

export interface FileHeader32297 {
  /** Of the whole file, header included; undefined where it says 0xFFFFFFFF. */
  readonly fileBytes: number | undefined;
  readonly headerBytes: number;
  readonly highRelease: string;
  readonly lowRelease: string;
  /** Local time without a year, and its distance to UTC: `11-22 09:30 +01:00`. */
  readonly openedAt: string;
  readonly lastRecordAt: string;
  /** Undefined where it says 0xFFFFFFFF. */
  readonly records: number | undefined;
  readonly sequenceNumber: number;
  /** 0 normal, 1 size, 2 time, 3 number of records, 4 by hand, 5 version or encoding changed; 128 and up: abnormal. */
  readonly closeReason: number;
  readonly node: string;
  /** Records known to be lost: `0`, `3` or `at least 3`. */
  readonly lost: string;
}

/** Undefined: the text does not begin with a whole header of a file. */
export function readFileHeader(text: string): FileHeader32297 | undefined {
  if (text.length < LEAST_HEADER) return undefined;
  const fileBytes = number(text, 0, 4);
  const headerBytes = number(text, 4, 4);
  if (headerBytes < LEAST_HEADER || headerBytes > MOST_HEADER || headerBytes > text.length || fileBytes < headerBytes) return undefined;
  const filterBytes = number(text, 48, 2);
  const extensionAt = 50 + filterBytes;
  if (extensionAt + 2 > headerBytes) return undefined;
  const behind = extensionAt + 2 + number(text, extensionAt, 2);
  const [high, low] = [text.charCodeAt(8), text.charCodeAt(9)];
  const highExtended = high >> 5 === BEYOND_RELEASE_9 && behind < headerBytes;
  const lowAt = behind + (highExtended ? 1 : 0);
  const lowExtended = low >> 5 === BEYOND_RELEASE_9 && lowAt < headerBytes;
  if (behind > headerBytes) return undefined;
  return {
    fileBytes: unlessUnknown(fileBytes),
    headerBytes,
    highRelease: releaseText(high, highExtended ? text.charCodeAt(behind) : undefined),
    lowRelease: releaseText(low, lowExtended ? text.charCodeAt(lowAt) : undefined),
    openedAt: momentText(number(text, 10, 4)),
    lastRecordAt: momentText(number(text, 14, 4)),
    records: unlessUnknown(number(text, 18, 4)),
    sequenceNumber: number(text, 22, 4),
    closeReason: text.charCodeAt(26),
    node: hexDigits(text, 27, 47),
    lost: lostText(text.charCodeAt(47)),
  };
}

/** A file header begins with two lengths of 4 octets, the second below 65536; before a record that place has a tag, never two zeros. */
export function beginsFileHeader(text: string, at: number): boolean {
  return (
    text.charCodeAt(at + 4) === 0 &&
    text.charCodeAt(at + 5) <= 2 &&
    number(text, at + 4, 4) >= LEAST_HEADER &&
    number(text, at, 4) >= number(text, at + 4, 4)
  );
}

/** Octets of the header of a record: 5 when its release is beyond 9. */
export function recordHeaderBytes(text: string, at: number): number {
  return text.charCodeAt(at + 2) >> 5 === BEYOND_RELEASE_9 ? 5 : 4;
}

/** Octets of the record behind its header. */
export function recordBytes(text: string, at: number): number {
  return number(text, at, 2);
}

export const recordEncodings: Readonly<Record<number, string>> = { 1: 'BER', 2: 'unaligned PER', 3: 'aligned PER', 4: 'XER' };
export const BER_ENCODING = 1;

export function recordEncoding(text: string, at: number): number {
  return text.charCodeAt(at + 3) >> 5;
}

function number(text: string, at: number, octets: number): number {
  let value = 0;
  for (let index = at; index < at + octets; index++) value = value * 256 + text.charCodeAt(index);
  return value;
}

function unlessUnknown(value: number): number | undefined {
  return value === 0xffffffff ? undefined : value;
}

/** 0 is release 99, 1 to 6 are 4 to 9, 7 is 10 and what the extension adds to it. */
function releaseText(octet: number, extension: number | undefined): string {
  const code = octet >> 5;
  const release = code === 0 ? 99 : code < BEYOND_RELEASE_9 ? code + 3 : 10 + (extension ?? 0);
  return `${release}.${octet & 31}`;
}

/** 4 bits month, 5 day, 5 hour, 6 minute, 1 sign (set: plus), 5 hours and 6 minutes of distance to UTC. */
function momentText(value: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const bits = (shift: number, mask: number): number => Math.floor(value / 2 ** shift) & mask;
  const sign = bits(11, 1) === 1 ? '+' : '-';
  return `${two(bits(28, 15))}-${two(bits(23, 31))} ${two(bits(18, 31))}:${two(bits(12, 63))} ${sign}${two(bits(6, 31))}:${two(bits(0, 63))}`;
}

/** Bit 8 set: the number is exact; else at least as many. 255: 127 or more. */
function lostText(octet: number): string {
  if (octet === 0) return '0';
  if (octet === 255) return 'at least 127';
  if (octet === 128) return 'at least 1';
  return octet > 128 ? String(octet - 128) : `at least ${octet}`;
}
