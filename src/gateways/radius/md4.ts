/** MD4 (RFC 1320), which Node's OpenSSL no longer has: MS-CHAP makes of a password what Windows keeps of it. Protects nothing by itself. */
const ROUNDS = [
  { add: 0, shifts: [3, 7, 11, 19], order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] },
  { add: 0x5a82_7999, shifts: [3, 5, 9, 13], order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15] },
  { add: 0x6ed9_eba1, shifts: [3, 9, 11, 15], order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15] },
] as const;

const mixed = [
  (x: number, y: number, z: number) => (x & y) | (~x & z),
  (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
  (x: number, y: number, z: number) => x ^ y ^ z,
] as const;

export function md4(octets: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((octets.length + 9) / 64) * 64);
  padded.set(octets);
  padded[octets.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(octets.length) * 8n, true);
  let state: readonly number[] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
  for (let block = 0; block < padded.length; block += 64) {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (const [round, { add, shifts, order }] of ROUNDS.entries()) {
      const mix = mixed[round] ?? mixed[0];
      for (const [step, word] of order.entries()) {
        const sum = (a + mix(b, c, d) + view.getUint32(block + word * 4, true) + add) | 0;
        const by = shifts[step % 4] ?? 0;
        [a, b, c, d] = [d, (sum << by) | (sum >>> (32 - by)), b, c];
      }
    }
    state = [a, b, c, d].map((word, index) => (word + (state[index] ?? 0)) | 0);
  }
  const sum = new Uint8Array(16);
  const words = new DataView(sum.buffer);
  for (const [index, word] of state.entries()) words.setInt32(index * 4, word, true);
  return sum;
}
