import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildMessage } from '#codecs/diameter/build.ts';
import { RELAY, readCapabilities } from '#codecs/diameter/capabilities.ts';
import { MessageWriter } from '#codecs/diameter/writer.ts';
import { dictionary, goldenOctets } from './fixtures.ts';

const SY = 16777302;

/** The golden CER has 4 alone and Sy within Vendor-Specific-Application-Id. */
for (const [ours, common] of [
  [[4], [4]],
  [
    [SY, 4],
    [SY, 4],
  ],
  [[16777238, SY], [SY]],
  [[16777238], []],
  [[RELAY], [RELAY]],
] as const) {
  test(`who has ${ours.join(', ')} has ${common.length === 0 ? 'nothing' : common.join(', ')} in common with the peer`, () => {
    const found = readCapabilities(goldenOctets('CER'), ours);
    assert.deepEqual(found.common, common);
    assert.deepEqual(
      found.grouped,
      common.filter((each) => each === SY),
    );
    assert.equal(found.fault?.error, common.length === 0 ? 'DIAMETER_NO_COMMON_APPLICATION' : undefined);
  });
}

test('a relay has every application, and a peer without any has none', () => {
  const peer = (applications: readonly number[]) => {
    const values = {
      'Origin-Host': 'a.example',
      'Origin-Realm': 'example',
      'Host-IP-Address': '192.0.2.1',
      'Vendor-Id': 0,
      'Product-Name': 'x',
    };
    const built = buildMessage(
      dictionary,
      new MessageWriter(),
      { command: 'CER', hopByHop: 1, endToEnd: 1 },
      { ...values, 'Auth-Application-Id': applications },
    );
    assert.ok(built.ok);
    return readCapabilities(built.value, [4, SY]);
  };
  assert.deepEqual(peer([RELAY]).common, [4, SY]);
  assert.match(peer([]).fault?.message ?? '', /applications none,/);
});
