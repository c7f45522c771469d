/** Several large files in one command: readers are at the next while one gets into the books. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadUsage } from '#app/usage/load.ts';
import { assertBooksAgree, largeFileOf, line, rollup, type TestHome, withHome, write } from './home.ts';

const RECORDS = 15_000;
const A_BATCH = RECORDS / 3;
const QUIET = { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined };

/** Each file has lines of the rollup and trunks that the others have not. */
const routes = [
  { in: 'north', out: 'home', b: '00442079460000' },
  { in: 'home', out: 'north', b: '+4930123456' },
  { in: 'home', out: 'north', b: '+442079460000' },
] as const;

function writeFiles(home: TestHome): readonly string[] {
  const content = routes.map((route, file) =>
    largeFileOf(Array.from({ length: RECORDS }, (_, record) => line({ id: `${file}-${record}`, ...route, seconds: record % 100 }))),
  );
  return content.map((text, index) => write(home, `${index}.csv`, text));
}

function load(home: TestHome, files: readonly string[], threads: number, stopAfter?: number): ReturnType<typeof loadUsage> {
  const onProgress = (_file: string, phase: string, _bytes: number, _total: number, counts: { readonly read: number }): void => {
    if (phase === 'loading' && stopAfter !== undefined && counts.read >= stopAfter) throw new Error('stopped');
  };
  return loadUsage(home, { files, source: 'switch', allOrNothing: false, threads, batchRecords: A_BATCH }, { ...QUIET, onProgress });
}

test('files begun before their turn leave the same books, also where one was loaded before or half of it', async () => {
  const alone = await withHome(async (home) => {
    const files = writeFiles(home);
    for (const file of files) await load(home, [file], 0);
    return rollup(home);
  });
  await withHome(async (home) => {
    const [first, second, third] = writeFiles(home) as [string, string, string];
    await assert.rejects(load(home, [second], 2, A_BATCH), /stopped/);
    const reports = await load(home, [first, first, second, third, first], 2);
    assert.deepEqual(
      reports.map(({ state, counts }) => [state, counts.rated]),
      [
        ['loaded', RECORDS],
        ['already-loaded', 0],
        ['resumed', RECORDS],
        ['loaded', RECORDS],
        ['already-loaded', 0],
      ],
    );
    assert.deepEqual(await rollup(home), alone);
    await assertBooksAgree(home);
  });
});
