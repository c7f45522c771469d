import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf } from './place.ts';

test('a place is an IPv4 address, or the network that a line of IPv6 has, however it is written', () => {
  assert.equal(placeOf('192.0.2.7'), '192.0.2.7');
  assert.equal(placeOf('::ffff:192.0.2.7'), '192.0.2.7');
  assert.equal(placeOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64');
  assert.equal(placeOf('2001:0DB8::1'), '2001:db8:0:0::/64');
  assert.equal(placeOf('2001:db8:0:0:ffff::'), placeOf('2001:db8::2'));
  assert.equal(placeOf('fe80::1%eth0'), 'fe80:0:0:0::/64');
  assert.equal(placeOf('::1'), '0:0:0:0::/64');
});
