/** For tests in which an engine is killed: the next one has its accounts when the lease of the dead is over, however busy the machine is. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

const MOST_MS = 60_000;

/** Until the engine whose metrics these are has every shard. */
export async function untilItHasAll(metrics: string): Promise<void> {
  for (const from = performance.now(); ; await sleep(20)) {
    const text = await (await fetch(metrics)).text();
    if (/\ncarillon_charging_shards 64\n/.test(text)) return;
    assert.ok(performance.now() - from < MOST_MS, text);
  }
}
