/** Names of senders: 7-bit characters packed into octets, in the default alphabet of 3GPP TS 23.038 §6.2.1. */
const ALPHABET =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** The characters in the octets; a last one that is only filling (0) is left out. */
export function packedText(text: string, from: number, to: number): string {
  let out = '';
  let bits = 0;
  let count = 0;
  for (let at = from; at < Math.min(to, from + 64); at++) {
    bits |= text.charCodeAt(at) << count;
    count += 8;
    for (; count >= 7; count -= 7) {
      out += ALPHABET[bits & 127];
      bits >>= 7;
    }
  }
  return (to - from) % 7 === 0 && out.endsWith('@') ? out.slice(0, -1) : out;
}
