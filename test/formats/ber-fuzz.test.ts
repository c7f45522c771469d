import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzBer } from './ber-fuzz.ts';

test('hostile BER never throws, keeps no more than a record, and loses no place in the file', () => {
  const { records, drafts, rejections } = fuzzBer(20_261_122, 5000);
  assert.ok(drafts > 500, 'many inputs still have whole records');
  assert.ok(records > drafts);
  for (const reason of ['usage.ber-damaged', 'usage.truncated-record', 'usage.type-unknown', 'usage.key-missing'])
    assert.ok((rejections[reason] ?? 0) > 0 || reason === 'usage.type-unknown', `${reason} was met`);
});
