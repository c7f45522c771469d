import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FetchedBatch, messagesOf } from './records.ts';

const TRANSACTIONAL = 0x10;
const CONTROL = 0x30;

function batch(firstOffset: number, values: readonly (string | null)[], attributes = 0, producerId = -1n): FetchedBatch {
  const records = values.map((value, offsetDelta) => ({ offsetDelta, key: null, value: value === null ? null : Buffer.from(value) }));
  return { firstOffset: BigInt(firstOffset), lastOffsetDelta: values.length - 1, attributes, producerId, records };
}

function marker(offset: number, kind: 'abort' | 'commit', producerId: bigint): FetchedBatch {
  const key = Buffer.from([0, 0, 0, kind === 'abort' ? 0 : 1]);
  return {
    firstOffset: BigInt(offset),
    lastOffsetDelta: 0,
    attributes: CONTROL,
    producerId,
    records: [{ offsetDelta: 0, key, value: Buffer.alloc(6) }],
  };
}

function told(batches: readonly FetchedBatch[], from: number, messages = 100, before?: number, aborted: [bigint, number][] = []): string {
  const limits = before === undefined ? { messages } : { messages, before: BigInt(before) };
  const transactions = aborted.map(([producerId, firstOffset]) => ({ producerId, firstOffset: BigInt(firstOffset) }));
  const { values, next } = messagesOf(batches, transactions, BigInt(from), limits);
  return `${values.map(String).join(',')} → ${next}`;
}

test('messages before the offset that was asked for, in the middle of a batch, are left out', () => {
  assert.equal(told([batch(10, ['a', 'b', 'c']), batch(13, ['d'])], 11), 'b,c,d → 14');
});

test('no more than asked for are taken, and none at the bound or behind it', () => {
  assert.equal(told([batch(10, ['a', 'b', 'c'])], 10, 2), 'a,b → 12');
  assert.equal(told([batch(10, ['a', 'b', 'c'])], 10, 100, 11), 'a → 11');
  assert.equal(told([batch(10, ['a']), batch(20, ['b'])], 10, 100, 15), 'a → 15');
});

test('tombstones, and offsets that compaction removed, are passed over', () => {
  assert.equal(told([batch(10, ['a', null]), batch(20, ['b'])], 10), 'a,b → 21');
  assert.equal(told([batch(10, [null])], 10), ' → 11');
  assert.equal(told([], 10), ' → 10');
});

test('what a producer aborted is no message; what another wrote meanwhile, and the same one later, is', () => {
  const batches = [
    batch(0, ['aborted'], TRANSACTIONAL, 1n),
    batch(1, ['plain']),
    batch(2, ['other'], TRANSACTIONAL, 2n),
    batch(3, ['aborted too'], TRANSACTIONAL, 1n),
    marker(4, 'abort', 1n),
    marker(5, 'commit', 2n),
    batch(6, ['again'], TRANSACTIONAL, 1n),
    marker(7, 'commit', 1n),
  ];
  assert.equal(told(batches, 0, 100, undefined, [[1n, 0]]), 'plain,other,again → 8');
});
