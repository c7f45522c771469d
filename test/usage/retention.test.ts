import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pruneArchive } from '#app/usage/archive.ts';
import { showRecords } from '#app/usage/look-up.ts';
import { assertBooksAgree, configure, fileOf, line, loadOne, operator, type TestHome, withHome, write } from './home.ts';

const collect = '    format: delimited\n    collect: {from: directory, path: /nowhere, archiveDays: 30}\n';
const files = { ...operator, 'operator.yaml': operator['operator.yaml'].replace('    format: delimited\n', () => collect) };

async function loadOld(
  home: TestHome,
  name: string,
  lines: readonly string[],
  daysAgo: number,
): Promise<{ readonly id: number; readonly path: string }> {
  const { fileId = 0 } = await loadOne(home, write(home, name, fileOf(lines)));
  const { rows } = await home.database.pool.query<{ archive_path: string }>(
    'update usage_file set finished_at = now() - make_interval(days => $2) where file_id = $1 returning archive_path',
    [fileId, daysAgo],
  );
  return { id: fileId, path: join(home.dataFolder, rows[0]?.archive_path ?? '') };
}

test('a raw file leaves the archive after the days of its source, unless a record of it waits; what was booked stays', async () => {
  await withHome(async (home) => {
    const young = await loadOld(home, 'young.csv', [line({ id: '1' })], 29);
    const old = await loadOld(home, 'old.csv', [line({ id: '2' })], 31);
    const held = await loadOld(home, 'held.csv', [line({ id: '3', in: 'unheard-of', out: 'nobody' })], 31);
    const rejected = await loadOld(home, 'rejected.csv', [line({ id: '4', seconds: 'x' })], 31);
    const told = await pruneArchive(home, { dryRun: true });
    assert.deepEqual(
      told.files.map(({ fileId }) => fileId),
      [old.id],
    );
    assert.equal(existsSync(old.path), true);
    await pruneArchive(home, { dryRun: false });
    assert.deepEqual(
      [young, old, held, rejected].map(({ path }) => existsSync(path)),
      [true, false, true, true],
    );
    assert.deepEqual((await pruneArchive(home, { dryRun: false })).files, []);
    await assert.rejects(showRecords(home, { file: 'old.csv', raw: true, limit: 10 }), /left the archive on .*usage\.archive-removed/);
    assert.equal((await showRecords(home, { file: 'old.csv', raw: false, limit: 10 })).length, 1);
    await assertBooksAgree(home);
    // The same file again is known all the same, and leaves nothing behind for long.
    assert.equal((await loadOne(home, write(home, 'again.csv', fileOf([line({ id: '2' })])))).state, 'already-loaded');
    assert.deepEqual(await pruneArchive(home, { dryRun: false }), { files: [], orphans: 1 });
    assert.equal(existsSync(old.path), false);
  }, files);
});

test('a content that another source keeps stays; what no file of the books needs goes', async () => {
  const text = files['operator.yaml'];
  const second = text.slice(text.indexOf('  - id: switch')).replace('id: switch', 'id: other').replace('archiveDays: 30', 'archiveDays: 0');
  await withHome(
    async (home) => {
      const { path } = await loadOld(home, 'a.csv', [line({ id: '1' })], 31);
      await loadOne(home, write(home, 'b.csv', fileOf([line({ id: '1' })])), false, 'other');
      const orphan = join(home.dataFolder, `archive/usage/00/${'0'.repeat(64)}.zst`);
      mkdirSync(join(orphan, '..'), { recursive: true });
      writeFileSync(orphan, 'x');
      const { files: removed, orphans } = await pruneArchive(home, { dryRun: false });
      assert.deepEqual([removed.length, orphans, existsSync(path), existsSync(orphan)], [1, 1, true, false]);
      await configure(home, files);
    },
    { ...files, 'operator.yaml': text + second },
  );
});
