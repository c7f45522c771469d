import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withFolder } from '../../test/support/cli.ts';
import { folderFault, makeFolders } from './data-folder.ts';

test('folders are made with those above them, and made again nothing happens', async () => {
  await withFolder(async (folder) => {
    const deep = join(folder, 'a', 'b', 'c');
    makeFolders(deep, 0o700);
    makeFolders(deep);
    assert.ok(existsSync(deep));
  });
});

test('a folder that can never be made is refused at once, also below /proc', (context) => {
  if (process.platform !== 'linux') return context.skip('there is no /proc');
  const program = `import { makeFolders } from ${JSON.stringify(new URL('data-folder.ts', import.meta.url).href)}; makeFolders('/proc/foo/bar');`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8', timeout: 20_000 });
  assert.equal(status, 1, 'it ended by itself');
  assert.match(stderr, /ENOENT/);
});

test('why a folder cannot be written is said: no space, only to be read, no right', () => {
  const fault = (code: string): string => {
    const { code: name, message } = folderFault(Object.assign(new Error(`${code}: it is so`), { code }), '/data');
    return `${name} ${message}`;
  };
  assert.match(fault('ENOSPC'), /^data-folder\.full no space is left.*Make room/);
  assert.match(fault('EDQUOT'), /^data-folder\.full /);
  assert.match(fault('EROFS'), /^data-folder\.not-usable .*can only be read/);
  assert.match(fault('EACCES'), /^data-folder\.not-usable user \d+ may not write the data folder/);
  assert.match(fault('ENOTDIR'), /^data-folder\.not-usable .*ENOTDIR/);
});
