/** The same record with its lengths in another form of BER. A plain writer of its own, for tests. */
export function rewritten(bytes: Buffer, form: 'indefinite' | 'long'): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    let end = at + 1;
    if ((byte(bytes, at) & 31) === 31) {
      while (byte(bytes, end) > 127) end += 1;
      end += 1;
    }
    const tag = bytes.subarray(at, end);
    const first = byte(bytes, end);
    const octets = first > 127 ? first - 128 : 0;
    const length = octets === 0 ? first : bytes.readUIntBE(end + 1, octets);
    const from = end + 1 + octets;
    const constructed = (byte(bytes, at) & 32) !== 0;
    const content = constructed ? rewritten(bytes.subarray(from, from + length), form) : bytes.subarray(from, from + length);
    if (constructed && form === 'indefinite') parts.push(tag, Buffer.from([0x80]), content, Buffer.from([0, 0]));
    else {
      const written = Buffer.alloc(5);
      written[0] = 0x84;
      written.writeUInt32BE(content.length, 1);
      parts.push(tag, form === 'long' ? written : shortest(content.length), content);
    }
    at = from + length;
  }
  return Buffer.concat(parts);
}

function byte(bytes: Buffer, at: number): number {
  return bytes[at] ?? 0;
}

function shortest(length: number): Buffer {
  if (length < 128) return Buffer.from([length]);
  return length < 256 ? Buffer.from([0x81, length]) : Buffer.from([0x82, length >> 8, length & 255]);
}
