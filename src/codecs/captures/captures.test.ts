import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCapture } from './capture-file.ts';
import { readPacket } from './packets.ts';
import { SctpDirection } from './sctp.ts';
import { TcpDirection } from './tcp.ts';

const octets = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function segment(sequence: number, data: string, flags = 0x18): string {
  return `9c400f1c ${sequence.toString(16).padStart(8, '0')} 00000000 50${flags.toString(16).padStart(2, '0')}ffff 00000000 ${data}`.replaceAll(
    ' ',
    '',
  );
}
const bytesIn = (hex: string): number => hex.length / 2;
const word = (number: number): string => number.toString(16).padStart(4, '0');
function ipv4(payload: string, { fragment = '4000', protocol = '06' } = {}): string {
  return `4500${word(20 + bytesIn(payload))}0001${fragment}40${protocol}0000c000020ac0000201${payload}`;
}
function ipv6(payload: string, next = '06', extension = ''): string {
  return `60000000${word(bytesIn(extension + payload))}${next}40${'20010db8'.padEnd(30, '0')}0a${'20010db8'.padEnd(30, '0')}01${extension}${payload}`;
}
const SEGMENT = segment(1, 'aabb');

for (const [what, link, frame] of [
  ['Ethernet', 1, `0200000000010200000000020800${ipv4(SEGMENT)}`],
  ['Ethernet with padding behind', 1, `0200000000010200000000020800${ipv4(SEGMENT)}00000000`],
  ['two VLAN tags', 1, `02000000000102000000000288a800018100000208 00${ipv4(SEGMENT)}`],
  ['Linux cooked', 113, `00000001000602000000000100000800${ipv4(SEGMENT)}`],
  ['Linux cooked, version 2', 276, `0800000000000001000100060200000000010000${ipv4(SEGMENT)}`],
  ['BSD loopback', 0, `02000000${ipv4(SEGMENT)}`],
  ['raw IP', 101, ipv4(SEGMENT)],
  ['IPv6', 1, `02000000000102000000000286dd${ipv6(SEGMENT)}`],
  ['IPv6 with options', 101, ipv6(SEGMENT, '00', '0600010400000000')],
] as const) {
  test(`${what} is looked through to the segment`, () => {
    const packet = readPacket({ link, data: octets(frame) });
    assert.ok(packet);
    assert.equal(packet.protocol, 'tcp');
    assert.equal(hexOf(new Uint8Array(packet.view.buffer, packet.view.byteOffset, packet.view.byteLength)), SEGMENT);
  });
}

for (const [what, frame] of [
  ['a fragment', ipv4(SEGMENT, { fragment: '2000' })],
  ['another protocol', ipv4(SEGMENT, { protocol: '11' })],
  ['a header that is cut', ipv4(SEGMENT).slice(0, 36)],
  ['IPv6 options beyond the end', ipv6('', '00', '06ff010400000000')],
  ['nothing', ''],
] as const) {
  test(`${what} is no packet`, () => assert.equal(readPacket({ link: 101, data: octets(frame) }), undefined));
}

const pcap = (magic: string, length: string, rest: string): Uint8Array =>
  octets(`${magic}${'00'.repeat(16)}${rest}${'00'.repeat(8)}${length}${length}aabbcc`);
for (const [what, file] of [
  ['pcap, little-endian', pcap('d4c3b2a1', '03000000', '01000000')],
  ['pcap, big-endian with nanoseconds', pcap('a1b23c4d', '00000003', '00000001')],
  [
    'pcapng, big-endian',
    octets(`0a0d0d0a 0000001c 1a2b3c4d 00010000 ffffffffffffffff 0000001c  00000001 00000014 00010000 00000000 00000014
      00000006 00000024 00000000 00000000 00000000 00000003 00000003 aabbcc00 00000024`),
  ],
  [
    'pcapng with a simple packet',
    octets(`0a0d0d0a 1c000000 4d3c2b1a 01000000 ffffffffffffffff 1c000000  01000000 14000000 01000000 00000000 14000000
      03000000 14000000 03000000 aabbcc00 14000000`),
  ],
] as const) {
  test(`${what} gives its frame`, () => {
    assert.deepEqual(
      [...(readCapture(file) ?? [])].map(({ link, data }) => [link, hexOf(data)]),
      [[1, 'aabbcc']],
    );
  });
}

function tcpOf(...segments: readonly string[]): string[] {
  const direction = new TcpDirection();
  const given = segments.flatMap((one) => [...direction.push(viewOf(octets(one)))]);
  return [...given, ...direction.finish()].map(({ data, afterGap }) => `${afterGap ? '…' : ''}${hexOf(data)}`);
}

test('segments are put in order, across the end of the numbers, and what comes twice counts once', () => {
  const segments = [
    segment(0xffff_fffd, '', 2),
    segment(0, '0303'),
    segment(0xffff_fffe, '0101'),
    segment(0xffff_fffe, '010103'),
    segment(2, '04'),
  ];
  assert.deepEqual(tcpOf(...segments), ['0101', '0303', '04']);
});

test('octets that were lost are passed over at the end, and it is said', () => {
  assert.deepEqual(tcpOf(segment(100, '01'), segment(105, '06'), segment(103, '04')), ['01', '…04', '…06']);
});

test('a gap is passed over when too much waits behind it', () => {
  const direction = new TcpDirection();
  assert.equal([...direction.push(viewOf(octets(segment(0, '01'))))].length, 1);
  let given = 0;
  for (let piece = 0; piece < 40; piece += 1) {
    given += [...direction.push(viewOf(octets(segment(10 + piece * 32_768, '00'.repeat(32_768)))))].length;
  }
  assert.ok(given > 30);
});

test('many small segments behind a gap are bounded', () => {
  const direction = new TcpDirection();
  let given = [...direction.push(viewOf(octets(segment(0, '01'))))].length;
  for (let piece = 0; piece < 5000; piece += 1) given += [...direction.push(viewOf(octets(segment(10 + piece * 2, '00'))))].length;
  assert.ok(given >= 5000 - 1024);
});

const chunk = (number: number, flags: number, data: string): string =>
  `00${flags.toString(16).padStart(2, '0')}${word(16 + bytesIn(data))}${number.toString(16).padStart(8, '0')}000000000000002e${data}${'00'.repeat((4 - (bytesIn(data) % 4)) % 4)}`;
test('fragments of SCTP are joined, a repeated chunk counts once, and one without its beginning is left out', () => {
  const direction = new SctpDirection();
  const packet = `0f1c0f1c0000000700000000${[chunk(1, 3, '01'), chunk(1, 3, '01'), chunk(2, 2, '0202'), chunk(3, 0, '03'), chunk(4, 1, '04'), chunk(6, 1, '06')].join('')}`;
  assert.deepEqual([...direction.push(viewOf(octets(packet)))].map(hexOf), ['01', '02020304']);
});
