import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { configurationReference } from '#app/configuration-reference.ts';
import { writeFolder } from '#operations/configuration/write-folder.ts';
import { comparable } from './comparable.ts';
import { setupFrom } from './folders.ts';
import { generatedSetup } from './generated-setups.ts';

test('whatever a setup says, its files say it again', () => {
  fc.assert(
    fc.property(generatedSetup, (setup) => {
      const files = writeFolder(setup, configurationReference());
      const read = setupFrom(Object.fromEntries(files));
      assert.deepEqual(comparable(read.book), comparable(setup.book));
      assert.deepEqual(read.origins.tariffs, setup.origins.tariffs);
      assert.deepEqual(read.sources, setup.sources);
      assert.deepEqual([...writeFolder(read, configurationReference())], [...files], 'written again, the files are the same');
    }),
    { numRuns: 60 },
  );
});
