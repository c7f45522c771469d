import assert from 'node:assert/strict';
import test from 'node:test';
import { setImmediate as soon } from 'node:timers/promises';
import { turns } from './turns.ts';

/** A step that takes a millisecond of processor: more than one go may take. */
function slowly(times: number, done: () => void): () => boolean {
  let left = times;
  return () => {
    if (left === 0) return false;
    left -= 1;
    const untilMs = performance.now() + 1;
    while (performance.now() < untilMs);
    done();
    return true;
  };
}

test('one who has much to deal with keeps neither what else happens nor the others waiting until all is done', async () => {
  const order: string[] = [];
  turns.add(slowly(20, () => order.push('much')));
  turns.add(slowly(1, () => order.push('little')));
  await soon();
  order.push('elsewhere');
  while (order.length < 22) await soon();
  assert.ok(order.indexOf('elsewhere') < 20, order.join(' '));
  assert.ok(order.indexOf('little') < order.lastIndexOf('much'), order.join(' '));
  assert.equal(order.filter((each) => each === 'much').length, 20);
});

test('who has said that there is nothing is asked no more, and may be added again', async () => {
  let asked = 0;
  const none = (): boolean => {
    asked += 1;
    return false;
  };
  turns.add(none);
  for (let round = 0; round < 3; round += 1) await soon();
  assert.equal(asked, 1);
  turns.add(none);
  await soon();
  assert.equal(asked, 2);
});
