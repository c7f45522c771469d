/** The code's close of random quarters beside a second, plain model of them in exact fractions: see model/README.md. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTestDatabase } from '../support/database.ts';
import { differences } from './model/compare.ts';
import { makeInDatabase } from './model/in-database.ts';
import { makeInMemory } from './model/in-memory.ts';
import { randomWorld } from './model/world.ts';

const worlds = Number(process.env.CARILLON_MODEL_WORLDS ?? '12');
const first = Number(process.env.CARILLON_MODEL_SEED ?? '1');

test(`${worlds * 3} random months of 20 partners come to what a second model of them says, to the last cent`, async () => {
  for (let seed = first; seed < first + worlds; seed++) {
    const world = randomWorld(seed);
    assert.deepEqual(differences(world, await makeInMemory(world)).slice(0, 10), [], `seed ${seed}`);
  }
});

test('whole months through PostgreSQL, accrued, closed and approved, come to the same', () =>
  withTestDatabase(async (database) => {
    const world = randomWorld(first);
    const made = await makeInDatabase(database, world);
    assert.deepEqual(differences(world, made).slice(0, 10), [], `seed ${first}`);
    assert.ok(made.documents.size > 20);
  }));
