import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../../test/support/seeded.ts';
import { TextMap } from './text-map.ts';

for (const parts of [1, 64]) {
  test(`what a Map says, whatever comes and goes, in ${parts} parts`, () => {
    const ours = new TextMap<number>(parts);
    const map = new Map<string, number>();
    const random = seeded(11);
    const next = (below: number): number => Math.floor(random() * below);
    for (let step = 0; step < 200_000; step += 1) {
      // It grows, shrinks and grows again.
      const names = step % 50_000 < 25_000 ? 5_000 : 50;
      const key = `pgw${next(3)};${next(names)}`;
      const act = next(4);
      if (act === 0) assert.equal(ours.delete(key), map.delete(key));
      else if (act === 1) assert.equal(ours.get(key), map.get(key));
      else if (act === 2) assert.equal(ours.has(key), map.has(key));
      else {
        ours.set(key, step);
        map.set(key, step);
      }
      assert.equal(ours.size, map.size);
    }
    assert.deepEqual([...ours.keys()].sort(), [...map.keys()].sort());
    assert.deepEqual([...ours.values()].sort(), [...map.values()].sort());
    for (const [key, value] of map) assert.equal(ours.get(key), value);
    for (const key of map.keys()) assert.equal(ours.delete(key), true);
    assert.equal(ours.size, 0);
  });
}

test('texts are told by what they say, however they came about', () => {
  const map = new TextMap<string>();
  for (const key of ['', '\0', 'a', 'ä', '日本', '😀', 'x'.repeat(5_000)]) map.set(key, key);
  assert.equal(map.size, 7);
  assert.equal(map.get(['日', '本'].join('')), '日本');
  assert.equal(map.get('xx'.repeat(2_500)), 'x'.repeat(5_000));
  assert.equal(map.get('b'), undefined);
  map.clear();
  assert.equal(map.size, 0);
  assert.equal(map.get('a'), undefined);
  assert.equal(map.delete('a'), false);
});

test('a value that is undefined is a member', () => {
  const map = new TextMap<undefined>();
  map.set('a', undefined);
  assert.equal(map.has('a'), true);
  assert.deepEqual([...map.values()], [undefined]);
});
