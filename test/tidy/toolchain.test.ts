import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../support/project-files.ts';

/** The compiler, which Go made, takes 25 s of processor instead of 29 when it collects garbage as late as its memory allows. */
const SELDOM_COLLECTED = { GOGC: '400', GOMEMLIMIT: '2500MiB' };

function run(program: string, args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const file = join(projectRoot, 'node_modules', '.bin', program);
  const env = { ...process.env, NO_COLOR: '1', ...SELDOM_COLLECTED };
  const { status, stdout, stderr } = spawnSync(file, args, { cwd: projectRoot, encoding: 'utf8', env });
  return { status, output: `${stdout}${stderr}`.trim() };
}

test('the types check (tsc --build)', () => {
  // Each checker reads the types of all dependencies for itself: in one thread it takes 26 s of processor instead of 42, and others use what it leaves.
  const { status, output } = run('tsc', ['--build', '--singleThreaded', '--pretty', 'false']);
  assert.equal(status, 0, output);
});

test('formatting and lint find nothing (biome check)', () => {
  const { status, output } = run('biome', ['check', '--error-on-warnings', '--colors=off', '--max-diagnostics=50']);
  assert.equal(status, 0, output);
});

test("Node's and the browser's types are unknown in core and codecs", () => {
  const folder = join(projectRoot, '.build', 'types-in-core');
  mkdirSync(folder, { recursive: true });
  const compilerOptions = { rootDir: '.', outDir: 'out', tsBuildInfoFile: 'out.tsbuildinfo' };
  const config = { extends: '../../tsconfig.pure.json', compilerOptions, include: ['*.ts'], exclude: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(
    join(folder, 'reaches-out.ts'),
    `import { readFileSync } from 'node:fs';
export const a = process.pid;
export const b = document.title;
export const c = Buffer.from('');
export const d = fetch('');
export const allowed = Temporal.PlainDate.from('2026-10-25').dayOfWeek;
export { readFileSync };
`,
  );
  const { output } = run('tsc', ['--project', folder, '--pretty', 'false']);
  const refusedLines = [...output.matchAll(/reaches-out\.ts\((\d+),/g)].map((match) => Number(match[1]));
  assert.deepEqual(refusedLines, [1, 2, 3, 4, 5], output);
});
