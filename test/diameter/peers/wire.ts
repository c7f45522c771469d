/** What went over the wire, for tshark. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';

/** A way to the node that keeps what the node sent. */
export async function tapped(port: number, wire: Buffer[]): Promise<{ port: number; close: () => void }> {
  const server = createServer((inside) => {
    const outside = createConnection({ host: '127.0.0.1', port });
    inside.pipe(outside);
    outside.on('data', (piece) => {
      wire.push(Buffer.from(piece));
      inside.write(piece);
    });
    for (const [one, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, close: () => server.close() };
}

/** What tshark calls malformed in octets that one side sent: as one TCP segment after the other, in a capture of raw IP. */
export function malformed(
  folder: string,
  octets: Buffer,
  command: number | string,
  { dissector, field } = { dissector: 'diameter', field: 'diameter.cmd.code' },
): readonly string[] {
  const file = join(folder, 'wire.pcap');
  const packets: Buffer[] = [Buffer.from('d4c3b2a1020004000000000000000000ffff000065000000', 'hex')];
  for (let at = 0; at < octets.length; at += 1_400) packets.push(packet(octets.subarray(at, at + 1_400), at));
  writeFileSync(file, Buffer.concat(packets));
  const { stdout, stderr, status } = spawnSync(
    'tshark',
    ['-r', file, '-d', `tcp.port==3868,${dissector}`, '-T', 'fields', '-e', field, '-e', '_ws.malformed', '-e', '_ws.expert.message'],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  assert.match(stdout, new RegExp(String(command)), 'tshark saw the answers');
  return stdout.split('\n').filter((line) => /malformed|wrong|unknown|error/i.test(line));
}

function packet(data: Buffer, sequence: number): Buffer {
  const head = Buffer.alloc(16 + 40);
  head.writeUInt32LE(40 + data.length, 8);
  head.writeUInt32LE(40 + data.length, 12);
  head.writeUInt16BE(0x4500, 16);
  head.writeUInt16BE(40 + data.length, 18);
  head.set([0x40, 6], 16 + 8);
  head.set([192, 0, 2, 1, 192, 0, 2, 2], 16 + 12);
  head.writeUInt16BE(3868, 36);
  head.writeUInt16BE(40_000, 38);
  head.writeUInt32BE(sequence + 1, 40);
  head.writeUInt32BE(1, 44);
  head.writeUInt16BE(0x5018, 48);
  head.writeUInt16BE(65_535, 50);
  return Buffer.concat([head, data]);
}
