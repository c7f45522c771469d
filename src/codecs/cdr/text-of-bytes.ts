import type { UsageEncoding } from '#core/usage/source.ts';

/** What windows-1252 has at 0x80 to 0x9f; the five bytes it leaves open stand for themselves. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * The text of a record whose bytes were read one character each (Latin-1); of UTF-16, which was decoded
 * before, the text itself. Undefined when it is not in the encoding. Nearly all records are ASCII and returned as they are.
 */
export function textOfBytes(bytes: string, encoding: UsageEncoding): string | undefined {
  if (encoding === 'latin1') return bytes;
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return bytes.isWellFormed() ? bytes : undefined;
  if (!/[\u0080-\u00ff]/.test(bytes)) return bytes;
  if (encoding === 'windows-1252') return bytes.replace(/[\u0080-\u009f]/g, (byte) => WINDOWS_1252.charAt(byte.charCodeAt(0) - 0x80));
  try {
    return decodeURIComponent(bytes.replace(/[%\u0080-\u00ff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`));
  } catch {
    return undefined;
  }
}
