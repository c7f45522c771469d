import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectRoot, readProjectFile } from '../support/project-files.ts';
import { checkFile, checkTree, type Violation } from './check.ts';

const shown = ({ place, what, reason }: Violation): string => `${place} ${what}: ${reason}`;

test('every import in src is one that the table of rooms allows, and core has no clock', () => {
  assert.deepEqual(checkTree(projectRoot).map(shown), []);
});

test('deliberate violations of every kind are caught, and nothing else', () => {
  const house = readProjectFile('test/layers/house-with-violations.txt').split(/^=== /m).slice(1);
  const caught = house.flatMap((entry) => {
    const end = entry.indexOf('\n');
    return checkFile(entry.slice(0, end), entry.slice(end + 1)).map(({ place, what }) => `${place} ${what}`);
  });
  assert.deepEqual(caught, [
    'src/app/wiring.ts:2 imports #cli/climbs.ts',
    'src/cellar/lost.ts:1 imports node:fs',
    'src/cli/climbs.ts:1 imports ../gateways/diameter/peer.ts',
    'src/cli/climbs.ts:2 imports #app/wiring',
    'src/codecs/csv/reads-tariffs.ts:1 imports #core/rating/allowed.ts',
    'src/core/magic/no-place.ts:1 imports ../money/allowed.ts',
    'src/core/money/reaches-out.ts:2 imports node:fs',
    'src/core/money/reaches-out.ts:3 imports zod',
    'src/core/money/reaches-out.ts:4 imports #storage/database.ts',
    'src/core/money/reaches-out.ts:5 imports ../rating/allowed.ts',
    'src/core/money/reaches-out.ts:7 imports #core/rating/allowed.ts',
    'src/core/rating/clocks.ts:4 uses Date.now',
    'src/core/rating/clocks.ts:5 uses new Date()',
    'src/core/rating/clocks.ts:6 uses Temporal.Now',
    'src/core/rating/clocks.ts:7 uses Math.random',
    'src/core/rating/clocks.ts:8 uses performance',
    'src/core/rating/clocks.ts:9 uses crypto',
    'src/gateways/diameter/peer.ts:1 imports ../radius/secret.ts',
    'src/operations/usage/load-usage.ts:4 imports #storage/calls-operations.ts',
    'src/pipeline/imports-test.ts:1 imports ../../test/support/database.ts',
    'src/storage/calls-operations.ts:2 imports #operations/usage/load-usage.ts',
  ]);
});
