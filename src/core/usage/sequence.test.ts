import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { numberAt, positionOf, sequenceFinding, sequenceNumber } from './sequence.ts';

const rule = { pattern: '_(\\d+)\\.csv$', from: 1, to: 9999 };

test('the number is read from the name as the pattern says', () => {
  assert.equal(sequenceNumber('ny_000042.csv', rule), 42);
  assert.equal(sequenceNumber('ny.csv', rule), undefined);
  assert.equal(sequenceNumber('ny_99999999999999999999.csv', rule), undefined);
});

test('after the last number the row begins anew, and a file of before is late, not a round ahead', () => {
  const last = positionOf(9999, 9997, rule);
  assert.equal(last, 9998);
  assert.equal(positionOf(1, last, rule), 9999);
  assert.equal(positionOf(9998, 9999, rule), 9997);
});

test('numbers outside the range have no position', () => {
  assert.equal(positionOf(0, undefined, rule), undefined);
  assert.equal(positionOf(10_000, 5, rule), undefined);
});

test('next, gap, late and repeat are told apart', () => {
  assert.deepEqual(sequenceFinding(5, 4, false), { kind: 'next' });
  assert.deepEqual(sequenceFinding(8, 4, false), { kind: 'gap', first: 5, last: 7 });
  assert.deepEqual(sequenceFinding(3, 4, false), { kind: 'late' });
  assert.deepEqual(sequenceFinding(4, 4, true), { kind: 'repeat' });
  assert.deepEqual(sequenceFinding(40, undefined, false), { kind: 'next' });
});

test('whatever the round, a number less than half a round away is found at its true position', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e9 }),
      fc.integer({ min: 3, max: 5000 }),
      fc.integer({ min: -2500, max: 2500 }),
      (highest, round, away) => {
        const small = { pattern: '', from: 7, to: 6 + round };
        const truth = highest + away;
        fc.pre(truth >= 0 && Math.abs(away) < round / 2);
        const number = numberAt(truth, small);
        assert.equal(positionOf(number, highest, small), truth);
      },
    ),
  );
});
