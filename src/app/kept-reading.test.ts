import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeptReading } from './kept-reading.ts';

/** Readings that end when they are told to, by a clock that stands still otherwise. */
function world() {
  let nowMs = 0;
  const open: { readonly done: (value: string) => void; readonly failed: (error: Error) => void }[] = [];
  const kept = new KeptReading(
    () => new Promise<string>((done, failed) => open.push({ done, failed })),
    () => nowMs,
  );
  return { kept, open, pass: (ms: number) => (nowMs += ms) };
}

async function known(tookMs: number) {
  const all = world();
  const first = all.kept.now('1');
  all.pass(tookMs);
  all.open.shift()?.done('first');
  assert.equal(await first, 'first');
  return all;
}

test('the first reading is waited for, by all who ask meanwhile, and made once', async () => {
  const { kept, open } = world();
  const both = [kept.now('1'), kept.now('1')];
  assert.equal(open.length, 1);
  open.shift()?.done('first');
  assert.deepEqual(await Promise.all(both), ['first', 'first']);
});

test('under the same mark it is known for a while; under another it is read again after a rest of twice its time', async () => {
  const { kept, open, pass } = await known(10);
  pass(14_000);
  assert.equal(await kept.now('1'), 'first');
  pass(1_001);
  const old = kept.now('1');
  assert.equal(open.length, 1);
  pass(10);
  open.shift()?.done('second');
  assert.equal(await old, 'second');
  assert.equal(await kept.now('2'), 'second');
  assert.equal(open.length, 0, 'it rests');
  pass(21);
  const moved = kept.now('2');
  open.shift()?.done('third');
  assert.equal(await moved, 'third');
});

test('a slow one is read beside: what is known is answered meanwhile', async () => {
  const { kept, open, pass } = await known(1_000);
  pass(2_001);
  assert.equal(await kept.now('2'), 'first');
  assert.equal(await kept.now('3'), 'first');
  assert.equal(open.length, 1, 'one reading at a time');
  open.shift()?.done('second');
  await new Promise(setImmediate);
  assert.equal(await kept.now('3'), 'second');
});

test('a reading beside that failed is made again by who asks next, who hears of its fault', async () => {
  const { kept, open, pass } = await known(1_000);
  pass(2_001);
  assert.equal(await kept.now('2'), 'first');
  open.shift()?.failed(new Error('no server'));
  await new Promise(setImmediate);
  const next = kept.now('2');
  open.shift()?.failed(new Error('still none'));
  await assert.rejects(next, /still none/);
});
