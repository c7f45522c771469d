import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { BatchKeys } from './batch-keys.ts';
import type { ReadBatch } from './batch-reader.ts';
import { EventRows } from './event-rows.ts';

const eventOf = (id: string, startMicros: number): UsageEvent => ({
  id,
  source: 'switch',
  service: 'voice',
  startMicros,
  called: '442079460000',
  answered: true,
  durationMicros: 1_000_000,
  quantity: 0,
  bytesUp: 0,
  bytesDown: 0,
});

test('keys are the same before and after the batch is let go, of rows of several days and of what is in none', () => {
  const rows = new EventRows();
  const names = ['first', 'zweite-é', 'on another day', '', 'held', 'again on the first day', 'x'.repeat(300)];
  for (const [record, id] of names.entries()) {
    if (record === 3 || record === 4) continue;
    const start = record === 2 ? 86_400_000_000 : 0;
    rows.add({ record, fileId: 1, byteFrom: 0, byteLength: 1 }, eventOf(id, start), []);
  }
  const held = { index: 4, kind: 'held', event: eventOf('held', 0), reason: 'rating.trunk-unknown', detail: '', leg: undefined } as const;
  const rejected = { index: 3, kind: 'rejected', reason: 'usage.columns-missing', detail: '' } as const;
  const batch: ReadBatch = {
    count: names.length,
    toBytes: 0,
    byteFrom: new Float64Array(names.length),
    byteLength: new Float64Array(names.length),
    hi: new Uint32Array(names.length),
    lo: new Uint32Array(names.length),
    startSeconds: new Float64Array(names.length),
    rows: rows.take(),
    others: [rejected, held],
    newLines: [],
    passed: {},
    newTrunks: [],
  };
  const keys = new BatchKeys(batch);
  const all = (): string[] => names.map((_, index) => keys.at(index));
  assert.deepEqual(all(), names);
  keys.pack();
  for (const day of batch.rows) day.bytes.fill(0);
  assert.deepEqual(all(), names);
});
