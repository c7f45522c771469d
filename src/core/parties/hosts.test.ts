import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hosts, isHostPattern } from './hosts.ts';
import type { Trunk } from './parties.ts';

const trunks: readonly Trunk[] = [
  { id: 'wide', names: [], hosts: ['192.0.2.0/24', '*.example.net'] },
  { id: 'narrow', names: [], hosts: ['192.0.2.64/28', '*.east.example.net'] },
  { id: 'one', names: [], hosts: ['192.0.2.66', 'sbc1.example.net', '2001:db8::1'] },
];

const rows: readonly (readonly [written: string, trunk: string | undefined])[] = [
  ['192.0.2.66', 'one'],
  ['sip:192.0.2.66:5060;transport=udp', 'one'],
  ['192.0.2.67', 'narrow'],
  ['192.0.2.200:5061', 'wide'],
  ['198.51.100.1', undefined],
  ['SBC1.Example.net', 'one'],
  ['sip:+4420@sbc1.example.net', 'one'],
  ['a.east.example.net', 'narrow'],
  ['a.b.example.net', 'wide'],
  ['example.net', undefined],
  ['[2001:db8::1]:5060', 'one'],
  ['2001:db8::1', 'one'],
  ['', undefined],
  ['256.0.0.1', undefined],
];

for (const [written, trunk] of rows)
  test(`${JSON.stringify(written)} is on ${trunk ?? 'no trunk'}`, () => assert.equal(new Hosts(trunks).find(written)?.id, trunk));

test('a pattern is a host, a realm, an address or a network, and nothing else', () => {
  for (const good of ['a', 'sbc-1.example.net', '*.example.net', '192.0.2.1', '10.0.0.0/8', '2001:db8::1'])
    assert.ok(isHostPattern(good), good);
  for (const bad of ['', '*', 'a b', '10.0.0.0/33', '10.0.0/8', '300.1.1.1', '-a', 'a..b', 'sip:a', '10.0.0.1/x'])
    assert.ok(!isHostPattern(bad), bad);
});
