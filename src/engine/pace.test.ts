import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Pace } from './pace.ts';

/** With a clock of its own, that stands unless it is moved on. */
function paced(context: TestContext): { readonly pace: Pace; readonly tried: () => number; readonly pass: (milliseconds: number) => void } {
  let [nowMs, tries] = [1_000, 0];
  context.mock.method(performance, 'now', () => nowMs);
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const pace = new Pace(() => {
    tries += 1;
  });
  const pass = (milliseconds: number): void => {
    nowMs += milliseconds;
    context.mock.timers.tick(milliseconds);
  };
  return { pace, tried: () => tries, pass };
}

test('behind a commit with some answers the next begins two milliseconds later, without being asked for again', (context) => {
  const { pace, tried, pass } = paced(context);
  pace.began(4);
  assert.ok(!pace.allows(1));
  assert.ok(!pace.allows(2));
  pass(1);
  assert.equal(tried(), 0);
  pass(1);
  assert.equal(tried(), 1, 'once, however many came');
  assert.ok(pace.allows(2));
  pace.began(4);
  pass(2);
  assert.ok(pace.allows(1));
  assert.equal(tried(), 1, 'nothing waited');
});

test('where few come, or one after the other, nobody waits', (context) => {
  const { pace } = paced(context);
  assert.ok(pace.allows(1));
  pace.began(1);
  assert.ok(pace.allows(1));
  pace.began(3);
  assert.ok(pace.allows(9));
});

test('enough answers wait for nothing, and neither does what has none', (context) => {
  const { pace, tried, pass } = paced(context);
  pace.began(9);
  assert.ok(!pace.allows(31));
  assert.ok(pace.allows(32));
  pace.began(32);
  pass(10);
  assert.equal(tried(), 0, 'who waited is in the commit that began');
  pace.began(9);
  assert.ok(pace.allows(0));
});
