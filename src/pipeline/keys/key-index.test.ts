import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { KeyHasher } from './key-hash.ts';
import { type Claimed, KeyIndex } from './key-index.ts';
import type { KeyBatch } from './ports.ts';
import { PlainStore } from './testing/plain-store.ts';

const DAY = 86_400;

interface Call {
  readonly key: string;
  readonly start: number;
  readonly rejected?: boolean;
}

/** Bits of the hash that are looked at: 6 make nearly every two keys equal in their hashes. */
function batchOf(calls: readonly Call[], firstId: number, windowDays: number, bits = 64, sourceId = 1): KeyBatch {
  const hasher = new KeyHasher({ first: 11, second: 22 });
  const hi = new Uint32Array(calls.length);
  const lo = new Uint32Array(calls.length);
  for (const [index, { key }] of calls.entries()) {
    hasher.hash(key);
    hi[index] = bits === 64 ? hasher.hi : hasher.hi & -(2 ** (32 - bits / 2));
    lo[index] = bits === 64 ? hasher.lo : hasher.lo & (2 ** (bits / 2) - 1);
  }
  return {
    sourceId,
    count: calls.length,
    hi,
    lo,
    startSeconds: Float64Array.from(calls, ({ start }) => start),
    ids: Float64Array.from(calls, (_, index) => firstId + index),
    windowDays,
    keyAt: (index) => calls[index]?.key ?? '',
    skip: (index) => calls[index]?.rejected === true,
  };
}

/** The law, as plainly as it can be said. */
class Model {
  readonly owners: { readonly id: number; readonly key: string; readonly start: number }[] = [];

  claim(calls: readonly Call[], firstId: number, windowDays: number): readonly number[] {
    const before = this.owners.length;
    return calls.map(({ key, start, rejected }, index) => {
      const id = firstId + index;
      if (rejected === true) return id;
      const same = this.owners.filter((owner) => owner.key === key && Math.abs(owner.start - start) <= windowDays * DAY);
      const earlier = same.filter((owner) => this.owners.indexOf(owner) < before).map((owner) => owner.id);
      const owner = earlier.length > 0 ? Math.min(...earlier) : same[0]?.id;
      if (owner === undefined) this.owners.push({ id, key, start });
      return owner ?? id;
    });
  }
}

interface Open {
  readonly batch: KeyBatch;
  readonly claimed: Claimed;
}

/** One transaction: writes the runs of these batches and puts their records into the books. */
function commit(index: KeyIndex, store: PlainStore, open: readonly Open[]): void {
  for (const { batch, claimed } of open)
    for (let record = 0; record < batch.count; record++) {
      const id = batch.ids[record] ?? 0;
      if (claimed.owners[record] === id && batch.skip?.(record) !== true)
        store.keys.set(id, { sourceKey: batch.keyAt(record), startMicros: (batch.startSeconds[record] ?? 0) * 1_000_000 });
    }
  const claims = open.map(({ claimed }) => claimed);
  const runs = index.runsOf(claims);
  const runIds = runs.flatMap(({ sourceId, run }) => store.write(sourceId, [run]));
  index.committed(claims, runs, runIds);
}

async function claimAndCommit(index: KeyIndex, store: PlainStore, batch: KeyBatch): Promise<readonly number[]> {
  const claimed = await index.claim(batch);
  commit(index, store, [{ batch, claimed }]);
  return [...claimed.owners];
}

const at = (day: number, seconds = 0): number => (20_000 + day) * DAY + seconds;

test('the first record with a key has it, in the batch and in those after', async () => {
  const store = new PlainStore();
  const index = new KeyIndex(store);
  const calls = [
    { key: 'a', start: at(0) },
    { key: 'b', start: at(0) },
    { key: 'a', start: at(1) },
  ];
  assert.deepEqual(await claimAndCommit(index, store, batchOf(calls, 1, 90)), [1, 2, 1]);
  assert.deepEqual(await claimAndCommit(index, store, batchOf(calls, 4, 90)), [1, 2, 1]);
});

test('a key is a repetition within the window to the second, and genuine beyond it', async () => {
  const store = new PlainStore();
  const index = new KeyIndex(store);
  await claimAndCommit(index, store, batchOf([{ key: 'a', start: at(0, 100) }], 1, 90));
  const calls = [
    { key: 'a', start: at(90, 100) },
    { key: 'a', start: at(-90, 100) },
    { key: 'a', start: at(90, 101) },
    { key: 'a', start: at(-90, 99) },
  ];
  assert.deepEqual(await claimAndCommit(index, store, batchOf(calls, 10, 90)), [1, 1, 12, 13]);
});

test('rejected records claim nothing; one that is taken up claims under its old number and keeps it', async () => {
  const store = new PlainStore();
  const index = new KeyIndex(store);
  const rejected = { key: 'a', start: at(0), rejected: true };
  assert.deepEqual(await claimAndCommit(index, store, batchOf([rejected], 1, 90)), [1]);
  assert.deepEqual(await claimAndCommit(index, store, batchOf([{ key: 'b', start: at(0) }], 2, 90)), [2]);
  const again = batchOf([{ key: 'a', start: at(0) }], 1, 90);
  assert.deepEqual(await claimAndCommit(index, store, again), [1]);
  const third = await index.claim(again);
  assert.deepEqual([...third.owners], [1]);
  assert.deepEqual(index.runsOf([third]), []);
});

test('a key whose record is no longer in the books is free', async () => {
  const store = new PlainStore();
  const index = new KeyIndex(store);
  await claimAndCommit(index, store, batchOf([{ key: 'a', start: at(0) }], 1, 90));
  store.keys.delete(1);
  assert.deepEqual(await claimAndCommit(index, store, batchOf([{ key: 'a', start: at(0) }], 2, 90)), [2]);
  assert.deepEqual(await claimAndCommit(index, store, batchOf([{ key: 'a', start: at(0) }], 3, 90)), [2]);
});

test('batches claimed before the one before is committed see its keys; what is rolled back is free', async () => {
  const store = new PlainStore();
  const index = new KeyIndex(store);
  const call = { key: 'a', start: at(0) };
  const first = await index.claim(batchOf([call], 1, 90));
  const second = await index.claim(batchOf([call], 2, 90));
  assert.deepEqual([...second.owners], [1]);
  index.rolledBack([second]);
  index.rolledBack([first]);
  assert.deepEqual([...(await index.claim(batchOf([call], 3, 90))).owners], [3]);
});

test('numbers beyond 2^32 come back whole, also when one batch goes over it', async () => {
  const store = new PlainStore();
  const index = new KeyIndex(store);
  const calls = Array.from({ length: 20 }, (_, number) => ({ key: `k${number}`, start: at(0) }));
  const first = 3 * 2 ** 32 - 10;
  const claimed = await index.claim(batchOf(calls, first, 90));
  assert.equal(index.runsOf([claimed]).length, 2);
  commit(index, store, [{ batch: batchOf(calls, first, 90), claimed }]);
  const expected = calls.map((_, number) => first + number);
  assert.deepEqual(await claimAndCommit(new KeyIndex(store), store, batchOf(calls, first + 100, 90)), expected);
});

test('sources do not know of each other', async () => {
  const store = new PlainStore();
  const index = new KeyIndex(store);
  await claimAndCommit(index, store, batchOf([{ key: 'a', start: at(0) }], 1, 90, 64, 1));
  assert.deepEqual(await claimAndCommit(index, store, batchOf([{ key: 'a', start: at(0) }], 2, 90, 64, 2)), [2]);
});

test('only runs that the window can reach are read, and those long unused are let go', async () => {
  const store = new PlainStore();
  const writing = new KeyIndex(store);
  await claimAndCommit(writing, store, batchOf([{ key: 'a', start: at(0) }], 1, 90));
  await claimAndCommit(writing, store, batchOf([{ key: 'b', start: at(200) }], 2, 90));
  const index = new KeyIndex(store);
  await index.claim(batchOf([{ key: 'c', start: at(250) }], 3, 90));
  assert.deepEqual([index.size.runs, index.size.entries], [1, 1]);
  for (let claim = 0; claim < 70; claim++) index.rolledBack([await index.claim(batchOf([{ key: 'c', start: at(600) }], 4, 90))]);
  assert.equal(index.size.runs, 0);
});

test('many records over many chunks: all repetitions are found, whatever the merges', async () => {
  const store = new PlainStore();
  let index = new KeyIndex(store);
  const calls = Array.from({ length: 60_000 }, (_, number) => ({ key: `call-${number}`, start: at(0, number) }));
  for (let batch = 0; batch < 10; batch++) {
    const part = calls.slice(batch * 6_000, batch * 6_000 + 6_000);
    await claimAndCommit(index, store, batchOf(part, 1 + batch * 6_000, 90));
  }
  assert.ok((await store.merge(1, Number.POSITIVE_INFINITY, { fanOut: 3, smallestTier: 4_000 })) > 50_000);
  assert.deepEqual(
    store.ids(1),
    calls.map((_, number) => number + 1),
  );
  for (const reader of [index, new KeyIndex(store)]) {
    index = reader;
    const claimed = await index.claim(batchOf(calls, 100_000, 90));
    assert.deepEqual(
      [...claimed.owners],
      calls.map((_, number) => number + 1),
    );
  }
});

type Step =
  | { readonly do: 'load'; readonly calls: readonly Call[]; readonly end: 'commit' | 'rollback' | 'later' }
  | { readonly do: 'restart' }
  | { readonly do: 'merge'; readonly entries: number; readonly steps: number }
  | { readonly do: 'release'; readonly pick: number };

const call = fc.record({
  key: fc.integer({ min: 0, max: 40 }).map((number) => `k${number}`),
  start: fc.integer({ min: 0, max: 12 }).chain((day) => fc.integer({ min: 0, max: 3 }).map((second) => at(day, second))),
  rejected: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('load' as const),
      calls: fc.array(call, { maxLength: 30 }),
      end: fc.constantFrom('commit', 'commit', 'later', 'rollback'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('merge' as const),
      entries: fc.constantFrom(5, 40, Number.POSITIVE_INFINITY),
      steps: fc.integer({ min: 0, max: 6 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), pick: fc.nat() }) },
);

/** Random loads, restarts, merges that are killed, roll-backs and releases; the index must say what the model says. */
async function agrees(bits: number, windowDays: number, steps: readonly Step[]): Promise<void> {
  const store = new PlainStore();
  let index = new KeyIndex(store);
  const model = new Model();
  let nextId = 1;
  let open: Open[] = [];
  const commitAll = (): void => {
    // Either in one transaction or each in its own, in the order of claiming.
    if (open.length % 2 === 1) commit(index, store, open);
    else for (const one of open) commit(index, store, [one]);
    open = [];
  };
  for (const now of steps) {
    if (now.do === 'load') {
      const batch = batchOf(now.calls, nextId, windowDays, bits);
      const claimed = await index.claim(batch);
      if (now.end === 'rollback') {
        index.rolledBack([claimed]);
        nextId += now.calls.length;
        continue;
      }
      assert.deepEqual([...claimed.owners], model.claim(now.calls, nextId, windowDays));
      nextId += now.calls.length;
      open.push({ batch, claimed });
      if (now.end === 'commit' || open.length > 2) commitAll();
      continue;
    }
    commitAll();
    if (now.do === 'restart') index = new KeyIndex(store);
    if (now.do === 'merge') {
      store.stepsLeft = now.steps;
      await store.merge(1, now.entries, { fanOut: 2, smallestTier: 8, stepEntries: 10 }).catch((error: unknown) => {
        assert.match(String(error), /killed/);
      });
      store.stepsLeft = Number.POSITIVE_INFINITY;
    }
    if (now.do === 'release' && model.owners.length > 0) {
      const [gone] = model.owners.splice(now.pick % model.owners.length, 1);
      store.keys.delete(gone?.id ?? 0);
    }
  }
  commitAll();
  await store.merge(1, Number.POSITIVE_INFINITY, { fanOut: 2, smallestTier: 8 });
  const all = new Set(store.ids(1));
  for (const { id } of model.owners) assert.ok(all.has(id), `record ${id} is in no run`);
  assert.equal(all.size, store.ids(1).length);
}

for (const bits of [6, 64])
  test(`random operations give what a plain map gives, with hashes of ${bits} bits`, async () => {
    const windows = fc.integer({ min: 1, max: 8 });
    await fc.assert(
      fc.asyncProperty(windows, fc.array(step, { maxLength: 25 }), (windowDays, steps) => agrees(bits, windowDays, steps)),
      { numRuns: 250, seed: 3 },
    );
  });
