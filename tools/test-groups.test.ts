import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { groupTests } from './test-groups.ts';

/** Names in a folder with these files; a group as its members. */
function grouped(
  files: Readonly<Record<string, string>>,
  isAlone = (_: string): boolean => false,
): readonly (string | readonly string[])[] {
  const root = mkdtempSync(join(tmpdir(), 'carillon-groups-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    const tests = Object.keys(files).filter((name) => name.endsWith('.test.ts'));
    return groupTests(root, root, tests, isAlone).map((file) => {
      if (!file.startsWith(root)) return file;
      const members = [...readFileSync(file, 'utf8').matchAll(/^import "(file:.*)";$/gm)];
      return members.map(([, member = '']) => relative(root, fileURLToPath(member)));
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const plain = "test('a', () => undefined);\n";

test('files of a folder share a process, each file has one, and a file by itself is left as it is', () => {
  const names = Array.from({ length: 8 }, (_, index) => `test/usage/${index}.test.ts`);
  const files = { ...Object.fromEntries(names.map((name) => [name, plain])), 'test/tax/tax.test.ts': plain };
  assert.deepEqual(grouped(files), [names.slice(0, 4), names.slice(4), 'test/tax/tax.test.ts']);
});

test('what minds who else is in its process stays alone, also when only its helper does', () => {
  const alone: Readonly<Record<string, string>> = {
    'test/usage/hook.test.ts': 'afterEach(() => undefined);\n',
    'test/usage/environment.test.ts': "process.env.NO_COLOR = '1';\n",
    'test/usage/clock.test.ts': 'mock.timers.enable();\n',
    'test/usage/memory.test.ts': 'process.memoryUsage();\n',
    'test/usage/helped.test.ts': "import { stage } from '../support/stage.ts';\n",
    'test/usage/long.test.ts': plain,
  };
  const files = { ...alone, 'test/usage/a.test.ts': plain, 'test/usage/b.test.ts': plain };
  const helpers = { 'test/support/stage.ts': "import { more } from './more.ts';\n", 'test/support/more.ts': 'before(() => undefined);\n' };
  const found = grouped({ ...files, ...helpers }, (file) => file.includes('long'));
  assert.deepEqual(found, [...Object.keys(alone), ['test/usage/a.test.ts', 'test/usage/b.test.ts']]);
});
