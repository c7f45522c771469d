import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync, zstdDecompressSync } from 'node:zlib';
import { RefusedError } from '#core/refusals.ts';
import { openArchive } from './archive-reader.ts';
import { archiveFile, FRAME_BYTES, removeHalfWritten } from './archive-writer.ts';

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-archive-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Three frames and a bit, no two parts alike. */
const content = Buffer.from(Array.from({ length: 350_000 }, (_, index) => `${index},${(index * 7919) % 104_729}\n`).join(''));

test('what was archived is read back whole, in part and from the middle, and any zstd unpacks it', async () => {
  assert.ok(content.length > 3 * FRAME_BYTES);
  await withFolder(async (folder) => {
    writeFileSync(join(folder, 'a.csv'), content);
    const { path, sha256, contentBytes } = await archiveFile(join(folder, 'a.csv'), folder);
    assert.deepEqual([contentBytes, sha256.toString('hex')], [content.length, createHash('sha256').update(content).digest('hex')]);
    assert.deepEqual(zstdDecompressSync(readFileSync(join(folder, path))), content);
    const archive = await openArchive(path, folder);
    for (const [from, length] of [
      [0, 10],
      [FRAME_BYTES - 5, 10],
      [FRAME_BYTES, 1],
      [100, 2 * FRAME_BYTES],
      [content.length - 3, 10],
    ] as const)
      assert.deepEqual(Buffer.from(await archive.read(from, length)), content.subarray(from, from + length));
    const parts: Uint8Array[] = [];
    for await (const part of archive.stream(FRAME_BYTES + 17)) parts.push(Uint8Array.from(part));
    assert.deepEqual(Buffer.concat(parts), content.subarray(FRAME_BYTES + 17));
    await archive.close();
  });
});

test('a gzip file and the same file plain are one archive', async () => {
  await withFolder(async (folder) => {
    writeFileSync(join(folder, 'a.csv'), content);
    writeFileSync(join(folder, 'b'), gzipSync(content));
    assert.deepEqual(await archiveFile(join(folder, 'b'), folder), await archiveFile(join(folder, 'a.csv'), folder));
  });
});

test('a gzip file may be padded with zeros; what stands behind them is not passed over in silence', async () => {
  await withFolder(async (folder) => {
    const padding = Buffer.alloc(70_000);
    const archive = (...parts: Buffer[]): Promise<object> => {
      writeFileSync(join(folder, 'padded.gz'), Buffer.concat(parts));
      return archiveFile(join(folder, 'padded.gz'), folder);
    };
    const plain = await archive(content);
    assert.deepEqual(await archive(gzipSync(content), padding), plain);
    assert.deepEqual(await archive(gzipSync(content.subarray(0, 1000)), gzipSync(content.subarray(1000))), plain);
    await assert.rejects(archive(gzipSync(content), padding, gzipSync(content)), (error) => {
      assert.ok(error instanceof RefusedError);
      assert.equal(error.refusals[0]?.code, 'usage.file-unreadable');
      // Which of the two depends on the pieces in which the file is read.
      assert.match(error.refusals[0]?.message ?? '', /the gzip ends at byte \d+, and byte \d+ is not zero|incorrect header check/);
      return true;
    });
    assert.deepEqual(
      readdirSync(join(folder, 'archive', 'usage')).filter((name) => name.startsWith('.')),
      [],
    );
  });
});

test('a file that cannot be read leaves nothing behind', async () => {
  await withFolder(async (folder) => {
    writeFileSync(join(folder, 'cut.gz'), gzipSync(content).subarray(0, 1000));
    await assert.rejects(
      archiveFile(join(folder, 'cut.gz'), folder),
      (error) => error instanceof RefusedError && error.refusals[0]?.code === 'usage.file-unreadable',
    );
    assert.deepEqual(readdirSync(join(folder, 'archive/usage')), []);
  });
});

test('an archive that is damaged or gone is said by name', async () => {
  await withFolder(async (folder) => {
    writeFileSync(join(folder, 'a.csv'), content);
    const { path } = await archiveFile(join(folder, 'a.csv'), folder);
    truncateSync(join(folder, path), 1000);
    const lost = (error: unknown): boolean => error instanceof RefusedError && error.refusals[0]?.code === 'usage.archive-missing';
    await assert.rejects(openArchive(path, folder), lost);
    await assert.rejects(openArchive('archive/none.zst', folder), lost);
  });
});

test('a pipe, a folder and a device are refused by name and not waited for', async () => {
  await withFolder(async (folder) => {
    const pipe = join(folder, 'pipe');
    assert.equal(spawnSync('mkfifo', [pipe]).status, 0);
    for (const [file, what] of [
      [pipe, 'a pipe'],
      [folder, 'a folder'],
      ['/dev/zero', 'a device or a socket'],
    ] as const)
      await assert.rejects(archiveFile(file, folder), new RegExp(`it is ${what}; .*usage\\.file-unreadable`));
  });
});

test('what a killed load left half-written is removed, and nothing else', async () => {
  await withFolder(async (folder) => {
    await removeHalfWritten(folder);
    writeFileSync(join(folder, 'a.csv'), content);
    const { path } = await archiveFile(join(folder, 'a.csv'), folder);
    writeFileSync(join(folder, 'archive', 'usage', '.writing-4711-0123456789ab'), 'half');
    await removeHalfWritten(folder);
    assert.deepEqual(readdirSync(join(folder, 'archive', 'usage')), [path.split('/')[2]]);
    assert.ok(readFileSync(join(folder, path)).length > 0);
  });
});
