import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decodeDiameter } from '#app/diameter.ts';
import { readCapture } from '#codecs/captures/capture-file.ts';
import { checkMessage } from '#codecs/diameter/check.ts';
import { messagesOfCapture } from '#codecs/diameter/input.ts';
import { type AvpNode, messageTree } from '#codecs/diameter/tree.ts';
import { MessageWriter } from '#codecs/diameter/writer.ts';
import { dictionary, golden, octets, type TsharkAvp } from './fixtures.ts';

/** Lines as Wireshark has them, from our tree. */
function lines(nodes: readonly AvpNode[], depth = 0): TsharkAvp[] {
  return nodes.flatMap((node): TsharkAvp[] => [
    [depth, node.offset, node.code, node.vendor, node.length, node.definition?.name ?? '?', node.value ?? null],
    ...lines(node.members, depth + 1),
  ]);
}

/** A value in our words, from Wireshark's: it writes addresses and octets as digits, times and some names otherwise. */
function ours([, , , , , name, value]: TsharkAvp): string | null {
  const type = dictionary.names.get(name)?.type;
  if (value === null) return null;
  if (name === 'Auth-Application-Id' || type === 'Unsigned32') return value.replace(/^.* \((\d+)\)$/, name === 'Result-Code' ? '$&' : '$1');
  if (type === 'UTF8String') return JSON.stringify(value);
  if (type === 'Time') return new Date(value.replace(/\.\d+/, '')).toISOString().replace('.000', '');
  if (type === 'Address' && /^0001[0-9a-f]{8}$/.test(value)) return [...octets(value.slice(4))].join('.');
  return value;
}

for (const { message, hex, header, avps } of golden) {
  test(`${message} of another implementation decodes to what Wireshark shows`, () => {
    const tree = messageTree(dictionary, octets(hex));
    assert.ok(tree);
    assert.deepEqual(
      [tree.header.length, tree.header.command, tree.header.application, tree.header.hopByHop, tree.header.endToEnd, tree.header.flags],
      [header.length, header.command, header.application, header.hopByHop, header.endToEnd, header.flags].map(Number),
    );
    const found = lines(tree.avps);
    const unlike = found.filter(([, , , , , name]) =>
      /^(3GPP-(MS-TimeZone|RAT-Type|User-Location-Info|NSAPI|Charging-Id|PDP-Type)|Host-IP-Address|Inband-Security-Id|User-Equipment-Info-Value)$/.test(
        name,
      ),
    );
    const skipped = new Set(unlike.map(([, offset]) => offset));
    assert.equal(found.length, avps.length);
    for (const [index, line] of avps.entries()) {
      const mine = found[index];
      assert.ok(mine);
      assert.deepEqual(mine.slice(0, 5), line.slice(0, 5));
      assert.equal(mine[5], line[5]);
      // An empty group has no members that Wireshark could show.
      if (!skipped.has(line[1])) assert.equal(mine[6] ?? null, ours(line));
    }
  });
}

test('octets of 3GPP that Wireshark leaves as digits are read as their standards say', () => {
  const update = golden.find(({ message }) => message === 'CCR-U');
  assert.ok(update);
  const texts = new Map(lines(messageTree(dictionary, octets(update.hex))?.avps ?? []).map(([, , , , , name, value]) => [name, value]));
  assert.equal(texts.get('3GPP-MS-TimeZone'), '+01:00, daylight saving +1 h');
  assert.equal(texts.get('3GPP-RAT-Type'), 'E-UTRAN');
  assert.equal(texts.get('3GPP-User-Location-Info'), 'TAI 262-01 TAC 4660, ECGI 262-01 ECI 11259137');
  assert.equal(texts.get('3GPP-Charging-Id'), '4660');
  assert.equal(texts.get('User-Equipment-Info-Value'), '0x33353132333430303030303030313031 "3512340000000101"');
});

test('the messages of another implementation have no fault but those that it made', () => {
  const fatal = golden.flatMap(({ message, hex }) =>
    checkMessage(dictionary, octets(hex))
      .filter((fault) => fault.fatal)
      .map(({ error, path }) => `${message} ${error} ${path}`),
  );
  assert.deepEqual(fatal, ['CCA-I DIAMETER_AVP_OCCURS_TOO_MANY_TIMES Credit-Control-Failure-Handling']);
});

/** diam/message_test.go of go-diameter (BSD-3): the octets, and below what its authors say is in them. */
const GO_DIAMETER_CER = octets(`
  010000cc 80000101 00000000 a8cc407d a8c1b2b4 00000108 4000000c 74657374 00000128 40000011 6c6f6361 6c686f73 74000000 00000101
  4000000e 00010a01 00010000 0000010a 4000000c 0000000d 0000010d 00000013 676f2d64 69616d65 74657200 00000116 4000000c 5350228a
  00000109 4000000c 000028af 00000109 4000000c 0000000d 00000102 4000000c 00000004 0000012b 4000000c 00000000 00000104 40000020
  00000102 4000000c 00000004 0000010a 4000000c 000028af 0000010b 0000000c 00000001`);

test("go-diameter's request is read as its authors say, has no fault, and is written octet for octet", () => {
  const avp = (name: string) => dictionary.named(name);
  const found = lines(messageTree(dictionary, GO_DIAMETER_CER)?.avps ?? []).map(([, , , , , name, value]) => [name, value]);
  assert.deepEqual(found, [
    ['Origin-Host', 'test'],
    ['Origin-Realm', 'localhost'],
    ['Host-IP-Address', '10.1.0.1'],
    ['Vendor-Id', '13'],
    ['Product-Name', '"go-diameter"'],
    ['Origin-State-Id', '1397760650'],
    ['Supported-Vendor-Id', '10415'],
    ['Supported-Vendor-Id', '13'],
    ['Auth-Application-Id', '4'],
    ['Inband-Security-Id', 'NO_INBAND_SECURITY (0)'],
    ['Vendor-Specific-Application-Id', null],
    ['Auth-Application-Id', '4'],
    ['Vendor-Id', '10415'],
    ['Firmware-Revision', '1'],
  ]);
  assert.deepEqual(checkMessage(dictionary, GO_DIAMETER_CER), []);
  const written = new MessageWriter(16)
    .start(0x80, 257, 0, 0xa8cc407d, 0xa8c1b2b4)
    .text(avp('Origin-Host'), 'test')
    .text(avp('Origin-Realm'), 'localhost')
    .octets(avp('Host-IP-Address'), [0, 1, 10, 1, 0, 1])
    .unsigned32(avp('Vendor-Id'), 13)
    .text(avp('Product-Name'), 'go-diameter')
    .unsigned32(avp('Origin-State-Id'), 1397760650)
    .unsigned32(avp('Supported-Vendor-Id'), 10415)
    .unsigned32(avp('Supported-Vendor-Id'), 13)
    .unsigned32(avp('Auth-Application-Id'), 4)
    .unsigned32(avp('Inband-Security-Id'), 0)
    .open(avp('Vendor-Specific-Application-Id'))
    .unsigned32(avp('Auth-Application-Id'), 4)
    .unsigned32(avp('Vendor-Id'), 10415)
    .close()
    .unsigned32(avp('Firmware-Revision'), 1)
    .finish();
  assert.deepEqual(Buffer.from(written).toString('hex'), Buffer.from(GO_DIAMETER_CER).toString('hex'));
});

for (const [file, names] of [
  ['tcp.pcap', ['CER', 'DWR', 'CCR-I', 'CCR-U', 'CCR-T', 'CCR-E', 'RAA', 'CEA', 'DWA', 'CCA-I', 'RAR']],
  ['sctp.pcap', ['CER', 'DWR', 'CCR-U']],
  ['sctp.pcapng', ['CER', 'DWR', 'CCR-U']],
] as const) {
  test(`${file} gives the same messages as Wireshark's reassembly`, () => {
    const path = new URL(`../golden/diameter/${file}`, import.meta.url).pathname;
    const found = [...decodeDiameter(path)].map((decoded) =>
      decoded.kind === 'message' ? Buffer.from(decoded.message.found.bytes).toString('hex') : decoded,
    );
    assert.deepEqual(
      found,
      names.map((name) => golden.find(({ message }) => message === name)?.hex),
    );
  });
}

test('a capture that is cut anywhere gives what is whole, and never fails', () => {
  const whole = new Uint8Array(readFileSync(new URL('../golden/diameter/tcp.pcap', import.meta.url)));
  let before = 0;
  for (let length = 24; length <= whole.length; length += 61) {
    const messages = [...(messagesOfCapture(whole.subarray(0, length)) ?? [])].filter(({ kind }) => kind === 'message').length;
    assert.ok(messages >= before, `${length} octets`);
    before = messages;
  }
  assert.ok(before >= 7);
});

test('a dump of whole Ethernet frames, as tshark -x prints it, gives their messages', () => {
  const frames = [...(readCapture(new Uint8Array(readFileSync(new URL('../golden/diameter/sctp.pcap', import.meta.url)))) ?? [])];
  const dump = frames.map(({ data }) => {
    const lines =
      Buffer.from(data)
        .toString('hex')
        .match(/.{1,32}/g) ?? [];
    return lines
      .map((line, index) => `${(index * 16).toString(16).padStart(4, '0')}  ${(line.match(/../g) ?? []).join(' ')}   ....`)
      .join('\n');
  });
  const names = [...decodeDiameter(dump.join('\n\n'))].map((decoded) =>
    decoded.kind === 'message' ? decoded.message.tree?.header.command : decoded,
  );
  assert.deepEqual(names, [257, 280, 272]);
});
