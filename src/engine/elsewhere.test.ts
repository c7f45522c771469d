import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Elsewhere } from './elsewhere.ts';
import type { Found } from './ports.ts';

test('of very many names those are forgotten that were found longest ago, and not those that were found again just now', () => {
  const elsewhere = new Elsewhere();
  const find = (names: readonly string[]): void => {
    for (const name of names) elsewhere.addAccount(name, 1);
    const found: Found = { accounts: [], sessions: [], closed: [], identities: names.map((name) => [name, name]) };
    elsewhere.addNames(found, () => false);
  };
  find(['first', 'second']);
  find(Array.from({ length: 4_998 }, (_, index) => `m${index}`)); // as many as are kept
  find(['first', 'new', 'newer']);
  const isKnown = (name: string): boolean => elsewhere.shardOf({ kind: 'identity', name }) !== undefined;
  assert.deepEqual(['first', 'second', 'new', 'newer'].map(isKnown), [true, false, true, true]);
});
