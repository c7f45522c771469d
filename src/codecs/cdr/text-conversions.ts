/** How switches write what a rule must have in a plain form. A text that does not fit a conversion stays as it is. */
import type { TextConversion } from '#core/usage/source.ts';

const MOST_HEX_DIGITS = 64;

export function converted(text: string, conversion: TextConversion): string {
  switch (conversion) {
    case 'trim-zeros':
      return text.replace(/^0+(?=.)/, '');
    case 'lower':
      return text.toLowerCase();
    case 'upper':
      return text.toUpperCase();
    case 'digits':
      return text.replace(/\D+/g, '');
    case 'hex':
      return text.length <= MOST_HEX_DIGITS && /^(?:0x)?[0-9A-Fa-f]+$/.test(text)
        ? BigInt(text.startsWith('0x') ? text : `0x${text}`).toString()
        : text;
    case 'ip-decimal':
      return dotted(text, false);
    case 'ip-decimal-reversed':
      return dotted(text, true);
    case 'ip-hex':
      return addressOfHex(text);
    case 'gigawords':
      return withGigawords(text);
    case 'url':
      return urlDecoded(text).toWellFormed();
  }
}

/** Puts the point that is not written before the last digits: `0001234`, 1 is `000123.4`. */
export function pointed(text: string, decimals: number): string {
  if (!/^\d+$/.test(text)) return text;
  const digits = text.padStart(decimals + 1, '0');
  return decimals === 0 ? text : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Two counts, joined by a space: how often the second overflowed at 2³², and the second (RFC 2869 §5.1). */
function withGigawords(text: string): string {
  const match = /^(\d{0,10}) (\d{1,10})$/.exec(text);
  return match === null ? text.trim() : (BigInt(match[1] || '0') * 2n ** 32n + BigInt(match[2] ?? '0')).toString();
}

/** A 32-bit number, signed or not, as an IPv4 address; `reversed` has its lowest byte first. */
function dotted(text: string, reversed: boolean): string {
  if (!/^-?\d{1,10}$/.test(text)) return text;
  const value = Number(text);
  if (value > 0xffff_ffff || value < -0x8000_0000) return text;
  const bits = value >>> 0;
  const bytes = [bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255];
  return (reversed ? bytes.reverse() : bytes).join('.');
}

/** 8 hexadecimal digits are an IPv4 address, 32 an IPv6 address (written in full). */
function addressOfHex(text: string): string {
  const digits = text.startsWith('0x') ? text.slice(2) : text;
  if (/^[0-9A-Fa-f]{8}$/.test(digits)) return dotted(String(Number.parseInt(digits, 16)), false);
  if (!/^[0-9A-Fa-f]{32}$/.test(digits)) return text;
  return (digits.toLowerCase().match(/.{4}/g) ?? []).map((part) => part.replace(/^0{1,3}/, '')).join(':');
}

/** Text that was percent-encoded; as it is when that is not well formed. */
export function urlDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
