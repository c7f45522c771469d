import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CauseScheme, classifyCause } from './cause-classes.ts';

/** As the sources named in docs/data-sources.md have them. */
const unanswered: readonly (readonly [CauseScheme, string, string | undefined])[] = [
  ['q850', '17', 'busy'],
  ['q850', '016', 'cancelled'],
  ['q850', '19 No answer from user (user alerted)', 'no-answer'],
  ['q850', '24', 'rejected'],
  ['q850', '52', 'rejected'],
  ['q850', '53', 'rejected'],
  ['q850', '54', 'rejected'],
  ['q850', '34', 'congestion'],
  ['q850', '102', 'failed'],
  ['q850', '128', undefined],
  ['sip', 'SIP/2.0 486 Busy Here', 'busy'],
  ['sip', '482', 'unreachable'],
  ['sip', '483', 'unreachable'],
  ['sip', '504', 'failed'],
  ['sip', '438', 'rejected'],
  ['sip', '699', undefined],
  ['3gpp', '3', 'failed'],
  ['3gpp', 'unsuccessfulCallAttempt', 'failed'],
  ['3gpp', 'unSuccessfulServiceDelivery', 'failed'],
  ['3gpp', 'normalRelease', 'cancelled'],
  ['3gpp', 'constructor', undefined],
  ['text', 'NO ANSWER', 'no-answer'],
  ['text', 'USER_BUSY', 'busy'],
];

test('an unanswered call has the class that the standard of its cause says', () => {
  for (const [scheme, cause, expected] of unanswered)
    assert.equal(classifyCause(false, cause, scheme, new Map()), expected, `${scheme} ${cause}`);
});

test('an answered call that the network ended was dropped; a class of one’s own comes first', () => {
  assert.equal(classifyCause(true, 'abnormalRelease', '3gpp', new Map()), 'dropped');
  assert.equal(classifyCause(true, 'serviceDeliveryEndSuccessfully', '3gpp', new Map()), 'answered');
  assert.equal(classifyCause(false, '17', 'q850', new Map([['17', 'congestion']])), 'congestion');
});
