/** What a part of the search index is put together with, beyond what loads of tests reach. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BlockSets } from './block-sets.ts';
import { integersOf, textsOf, wideOf } from './part-columns.ts';
import { TrafficSums } from './traffic-sums.ts';

test('blocks come back in order for each of more keys than there was room for, the last bit of a word too', () => {
  const sets = new BlockSets<bigint>(100);
  const wanted = new Map(Array.from({ length: 500 }, (_, key) => [BigInt(key), [key % 7, 31, 32, 63, 64, 99 - (key % 3)]] as const));
  for (const [key, blocks] of wanted) for (const block of [...blocks].reverse()) sets.add(key, block);
  for (const [key, blocks] of wanted) assert.deepEqual(sets.blocksOf(key), blocks);
  assert.deepEqual([...sets.keys], [...wanted.keys()]);
  assert.deepEqual(sets.blocksOf(500n), []);

  const joined = new BlockSets<string>(100);
  joined.join('both', sets, 1n);
  joined.join('both', sets, 2n);
  joined.join('both', sets, 999n);
  assert.deepEqual(joined.blocksOf('both'), [1, 2, 31, 32, 63, 64, 97, 98]);
});

test('sums beyond 2⁵³ are exact, above and below zero', () => {
  const sums = new TrafficSums();
  const [micros, nanos] = [9_007_199_254_740_993n, -4_611_686_018_427_387_905n];
  const call = { answered: 1, microsHigh: 0, microsLow: 0, nanosHigh: 0, nanosLow: 0, pdd: 12_000, pddIsSlow: true };
  for (let key = 0; key < 100; key += 1)
    for (let times = 0; times <= key % 3; times += 1)
      sums.add(key, {
        ...call,
        ...{ microsHigh: Number(micros >> 32n), microsLow: Number(micros & 0xffffffffn) },
        ...{ nanosHigh: Number(nanos >> 32n), nanosLow: Number(nanos & 0xffffffffn) },
        ...(times === 0 ? {} : { pdd: -1, pddIsSlow: false }),
      });
  const found = [...sums.entries()];
  assert.equal(found.length, 100);
  for (const [key, sum] of found) {
    const attempts = 1 + (key % 3);
    const of = { attempts, answered: attempts, micros: BigInt(attempts) * micros, nanos: BigInt(attempts) * nanos };
    assert.deepEqual(sum, { ...of, pddCalls: 1, pddMillis: 12_000, pddSlow: 1 });
  }
});

test("columns are read as PostgreSQL's binary format has them", () => {
  const array = (elements: readonly (Buffer | null)[]): Buffer => {
    const head = Buffer.alloc(20);
    head.writeInt32BE(1, 0);
    head.writeInt32BE(elements.length, 12);
    const length = (of: number): Buffer => {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32BE(of);
      return bytes;
    };
    return Buffer.concat([head, ...elements.flatMap((of) => (of === null ? [length(-1)] : [length(of.length), of]))]);
  };
  assert.deepEqual([...integersOf(array([Buffer.from([0xff, 0xff, 0xff, 0xfe]), Buffer.from([0, 0, 1, 0])]))], [-2, 256]);
  const wide = Buffer.alloc(8);
  wide.writeBigInt64BE(-3n);
  const { high, low } = wideOf(array([wide, Buffer.from([0, 0, 0, 1, 0, 0, 0, 2])]));
  assert.deepEqual([...high, ...low], [-1, 1, 0xfffffffd, 2]);
  assert.deepEqual(textsOf(array([Buffer.from('16'), null, Buffer.from(''), Buffer.from('größer')])), ['16', null, '', 'größer']);
});
