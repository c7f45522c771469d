import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ipv6Octets, ipv6Text, readUtf8 } from '../octet-texts.ts';
import type { DataType, OctetForm } from './dictionary.ts';
import { octetsText } from './mobile-values.ts';
import { ntpToUnix, readValue, unixToNtp } from './values.ts';

function viewOf(hex: string): DataView {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const cases: readonly (readonly [DataType, string, ReturnType<typeof readValue>])[] = [
  ['Integer32', 'ffffffff', -1],
  ['Unsigned32', 'ffffffff', 4294967295],
  ['Unsigned32', 'ffffff', undefined],
  ['Integer64', 'ffffffffffffffff', -1n],
  ['Unsigned64', 'ffffffffffffffff', 18446744073709551615n],
  ['Float32', '3fc00000', 1.5],
  ['Float64', '3ff8000000000000', 1.5],
  ['Enumerated', '00000002', 2],
  ['UTF8String', 'c3bc', 'ü'],
  ['UTF8String', 'f09f9882', '😂'],
  ['UTF8String', 'c3', undefined],
  ['UTF8String', 'eda080', undefined],
  ['UTF8String', 'c0af', undefined],
  ['UTF8String', '', ''],
  ['DiameterIdentity', Buffer.from('a_b.example').toString('hex'), 'a_b.example'],
  ['DiameterIdentity', '', undefined],
  [
    'DiameterURI',
    Buffer.from('aaa://host.example.com:6666;transport=tcp;protocol=diameter').toString('hex'),
    'aaa://host.example.com:6666;transport=tcp;protocol=diameter',
  ],
  ['DiameterURI', Buffer.from('http://x').toString('hex'), undefined],
  ['IPFilterRule', Buffer.from('permit in ip from any to any').toString('hex'), 'permit in ip from any to any'],
  ['IPFilterRule', Buffer.from('allow all').toString('hex'), undefined],
  ['Address', '0001 c0000201', '192.0.2.1'],
  ['Address', '0001 c00002', undefined],
  ['Address', '0002 20010db8000000000000000000000001', '2001:db8::1'],
  ['Address', '0008 3439', '49'],
  ['Address', '0006 020000000001', '6:020000000001'],
  ['Address', '00', undefined],
];
for (const [type, hex, value] of cases) {
  test(`${type} ${hex} is ${String(value)}`, () => {
    const view = viewOf(hex);
    assert.equal(readValue(type, view, 0, view.byteLength), value);
  });
}

test('Time goes on after 2036-02-07, when its 32 bits begin anew', () => {
  const seconds = (text: string): number => Date.parse(text) / 1000;
  assert.equal(ntpToUnix(0xffff_ffff), seconds('2036-02-07T06:28:15Z'));
  assert.equal(ntpToUnix(0), seconds('2036-02-07T06:28:16Z'));
  assert.equal(ntpToUnix(0x8000_0000), seconds('1968-01-20T03:14:08Z'));
  assert.equal(ntpToUnix(0x7fff_ffff), seconds('2104-02-26T09:42:23Z'));
  for (const text of ['1968-01-20T03:14:08Z', '2026-11-22T01:30:00Z', '2036-02-07T06:28:16Z', '2104-02-26T09:42:23Z'])
    assert.equal(ntpToUnix(unixToNtp(seconds(text)) ?? -1), seconds(text));
  assert.equal(unixToNtp(seconds('1968-01-20T03:14:07Z')), undefined);
  assert.equal(unixToNtp(seconds('2104-02-26T09:42:24Z')), undefined);
});

for (const [text, hex] of [
  ['::', '00000000000000000000000000000000'],
  ['::1', '00000000000000000000000000000001'],
  ['2001:db8:0:1:1:1:1:1', '20010db8000000010001000100010001'],
  ['2001:0:0:1::1', '20010000000000010000000000000001'],
] as const) {
  test(`the IPv6 address ${text} is written as RFC 5952 says`, () => {
    assert.equal(ipv6Text(viewOf(hex), 0), text);
    assert.equal(Buffer.from(ipv6Octets(text) ?? []).toString('hex'), hex);
  });
}

for (const [form, hex, text] of [
  ['plmn', '62f210', '262-01'],
  ['plmn', '130014', '310-410'],
  ['plmn', 'ffffff', undefined],
  ['tbcd', '947110325476f8', '4917012345678'],
  ['tbcd', '9f71', undefined],
  ['ms-time-zone', '4001', '+01:00, daylight saving +1 h'],
  ['ms-time-zone', '8a00', '-07:00'],
  ['ms-time-zone', '2200', '+05:30'],
  ['ms-time-zone', '40', undefined],
  ['rat-type', '06', 'E-UTRAN'],
  ['ipv4', 'c0000201', '192.0.2.1'],
  ['ipv6-prefix', '004020010db800010002', '2001:db8:1:2::/64'],
  ['ipv6-prefix', '008020010db8', undefined],
  ['user-location', '0062f210123456789', undefined],
  ['user-location', '0062f21012345678', 'CGI 262-01 LAC 4660 CI 22136'],
  ['user-location', '8962f210000001 62f210 0123456789', '5GS TAI 262-01 TAC 1, NCGI 262-01 NCI 4886718345'],
  ['user-location', 'fa01', 'type 250 0x01'],
] as const satisfies readonly (readonly [OctetForm, string, string | undefined])[]) {
  test(`${form} ${hex} is ${text}`, () => {
    const view = viewOf(hex.length % 2 === 0 || hex.includes(' ') ? hex : hex.slice(0, 12));
    assert.equal(octetsText(form, view, 0, view.byteLength), text);
  });
}

test('UTF-8 that the platform refuses is refused, NUL too, and the rest reads alike', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let first = 0; first < 65_536; first += 37) {
    const bytes = Uint8Array.from([first >> 8, first & 255, 0x80, 0xbf]);
    for (let length = 1; length <= 4; length += 1) {
      let expected: string | undefined;
      try {
        expected = decoder.decode(bytes.subarray(0, length));
        if (expected.includes('\0')) expected = undefined;
      } catch {
        expected = undefined;
      }
      assert.equal(readUtf8(new DataView(bytes.buffer), 0, length), expected, Buffer.from(bytes.subarray(0, length)).toString('hex'));
    }
  }
});
