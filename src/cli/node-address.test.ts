import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeAddress } from './node-address.ts';

test('where a node listens is a host, with a port in the same word; IPv6 with a port is in brackets', () => {
  assert.deepEqual(nodeAddress('ocs1.example.net'), { host: 'ocs1.example.net', port: undefined });
  assert.deepEqual(nodeAddress('127.0.0.1:1812'), { host: '127.0.0.1', port: 1812 });
  assert.deepEqual(nodeAddress('[2001:db8::1]:3868'), { host: '2001:db8::1', port: 3868 });
  assert.deepEqual(nodeAddress('2001:db8::1'), { host: '2001:db8::1', port: undefined });
  assert.deepEqual(nodeAddress('::1'), { host: '::1', port: undefined });
  for (const wrong of ['', 'host:', ':1812', 'host:port', 'host:0', 'host:65536', '[::1]x', 'a:1:2'])
    assert.throws(() => nodeAddress(wrong), /host:port/, wrong);
});
