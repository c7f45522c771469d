/** Loads of one process, one after the other: the compiled rates and the readers of one serve the next, as long as they fit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadUsage } from '#app/usage/load.ts';
import { assertBooksAgree, configure, largeFileOf, line, operator, rollup, type TestHome, withHome, write } from './home.ts';

const RECORDS = 15_000;
const QUIET = { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined };

function fileNamed(home: TestHome, name: string, seconds: number): string {
  const calls = Array.from({ length: RECORDS }, (_, record) =>
    line({ id: `${name}-${record}`, out: 'home', seconds: (record % 60) + seconds }),
  );
  return write(home, `${name}.csv`, largeFileOf(calls));
}

/** Four loads; before the third a rate changes, and in the fourth the threads are others. */
async function loadAll(home: TestHome, threads: readonly number[]): Promise<readonly object[]> {
  const tariffs = operator['tariffs.yaml'] ?? '';
  const dearer = { ...operator, 'tariffs.yaml': tariffs.replace('price: 0.05', 'price: 0.07') };
  assert.notEqual(dearer['tariffs.yaml'], tariffs);
  for (const [index, count] of threads.entries()) {
    if (index === 2) await configure(home, dearer);
    const files = [fileNamed(home, `f${index}`, index)];
    const [report] = await loadUsage(home, { files, source: 'switch', allOrNothing: false, threads: count }, QUIET);
    assert.equal(report?.counts.rated, RECORDS);
  }
  await assertBooksAgree(home);
  return rollup(home);
}

test('loads one after the other in one process price with what is known at each, whoever reads', async () => {
  const inThreads = await withHome((home) => loadAll(home, [2, 2, 2, 1]));
  const inOne = await withHome((home) => loadAll(home, [0, 0, 0, 0]));
  assert.deepEqual(inThreads, inOne);
  assert.ok(inOne.length > 1); // two rates, each with its line
});
