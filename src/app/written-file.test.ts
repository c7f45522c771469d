import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { RefusedError } from '#core/refusals.ts';
import { fileAt, fileName, writeWhole } from './written-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'carillon-written-'));
after(() => rmSync(folder, { recursive: true }));

test('a file is whole under its name or not there, its folder is made, and .gz packs it', async () => {
  const file = join(folder, 'new', 'deep', 'a.csv');
  await writeWhole(file, ['a,', Buffer.from('b\n')]);
  assert.equal(readFileSync(file, 'utf8'), 'a,b\n');
  await writeWhole(`${file}.gz`, ['a,b\n']);
  assert.equal(gunzipSync(readFileSync(`${file}.gz`)).toString(), 'a,b\n');
  const broken = function* () {
    yield 'half';
    throw new Error('no more');
  };
  await assert.rejects(writeWhole(file, broken()), /no more/);
  assert.equal(readFileSync(file, 'utf8'), 'a,b\n', 'what was there stays');
  assert.deepEqual(readdirSync(join(folder, 'new', 'deep')), ['a.csv', 'a.csv.gz'], 'no part is left');
});

test('a pipe is written to and stays one', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reading = promisify(execFile)('cat', [pipe], { timeout: 10_000 });
  await writeWhole(pipe, ['a,b\n']);
  assert.equal((await reading).stdout, 'a,b\n');
  assert.ok(statSync(pipe).isFIFO());
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.part')),
    [],
  );
});

test('what a killed run left half written is gone with the next one; what others write stays', async () => {
  const place = join(folder, 'batch');
  mkdirSync(place);
  const module = fileURLToPath(new URL('./written-file.ts', import.meta.url));
  const script = `import { writeWhole } from ${JSON.stringify(module)};
    import { readdirSync } from 'node:fs';
    const chunks = async function* () {
      yield 'half';
      while (readdirSync(${JSON.stringify(place)}).length === 0) await new Promise((again) => setTimeout(again, 1)); // it is opened meanwhile
      process.kill(process.pid, 'SIGKILL');
    };
    await writeWhole(${JSON.stringify(join(place, 'batch.pdf'))}, chunks());`;
  assert.throws(() => execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: join(module, '..'), stdio: 'ignore' }));
  const [left = '', ...more] = readdirSync(place);
  assert.ok(left.endsWith('.part') && more.length === 0, left);
  // Of a process that lives, of another machine, and of somebody who calls a file so.
  const others = [left.replace(/\.\d+\.part$/, `.${process.ppid}.part`), 'a.pdf.elsewhere.4194999.part', 'notes.part'];
  for (const name of others) writeFileSync(join(place, name), '');
  await writeWhole(join(place, 'batch.pdf'), ['whole']);
  assert.deepEqual(readdirSync(place).sort(), ['batch.pdf', ...others].sort());
});

// Through links: if this broke, a test run by root would replace the devices of the machine.
test('a device is written to and stays one, and nothing is made beside it', async () => {
  const links = join(folder, 'links');
  mkdirSync(links);
  symlinkSync('/dev/null', join(links, 'null'));
  symlinkSync('/dev/stdout', join(links, 'stdout'));
  await writeWhole(join(links, 'null'), ['a,b\n']);
  const module = fileURLToPath(new URL('./written-file.ts', import.meta.url));
  const script = `import { writeWhole } from ${JSON.stringify(module)}; await writeWhole(${JSON.stringify(join(links, 'stdout'))}, ['a,b\\n']);`;
  // Through cat, since a child's output of Node is a socket, which cannot be opened by a name.
  const shown = execFileSync('sh', ['-c', '"$0" --input-type=module -e "$1" | cat', process.execPath, script], { cwd: join(module, '..') });
  assert.equal(shown.toString(), 'a,b\n');
  assert.deepEqual(readdirSync(links).sort(), ['null', 'stdout']);
  assert.ok(readdirSync(links).every((name) => lstatSync(join(links, name)).isSymbolicLink()));
});

test('a place that cannot be written is refused by name', async () => {
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'full'));
  for (const place of [join(folder, 'file', 'a.csv'), join(folder, 'full'), '/proc/nothing/a.csv'])
    await assert.rejects(
      writeWhole(place, ['a']),
      (error) => error instanceof RefusedError && error.refusals[0]?.code === 'statement.output-unwritable',
      place,
    );
});

test('a folder gets a name that every file system takes', async () => {
  assert.equal(await fileAt(`${folder}/`, 'a.csv'), join(folder, 'a.csv'));
  assert.equal(await fileAt(folder, 'a.csv'), join(folder, 'a.csv'));
  assert.equal(await fileAt(join(folder, 'other'), 'a.csv'), join(folder, 'other'));
  assert.equal(fileName('statement', '../north: 1', '2026-10'), 'statement-.._north_1-2026-10');
});
