/**
 * `npm test [-- <part of a path>… | --<option of node>…]`: all tests of src, test, tools and demo, or those whose path
 * contains one of the parts. Types and formatting are tests too (test/tidy/toolchain.test.ts). Small files share processes
 * (test-groups.ts); `TEST_ALONE=1 npm test` gives each its own, to see whether one disturbs another.
 */
import { randomUUID } from 'node:crypto';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { groupTests } from './test-groups.ts';
import { homeInMemory } from './test-home.ts';

/** These take longest and start first: at the end of the run none is left that others would have to wait for. */
const LONGEST: readonly string[] = [
  'test/web/web',
  'test/docs/guides.test.ts',
  'demo/main.test.ts',
  'test/tidy/toolchain.test.ts',
  'test/operating/killed-server.test.ts',
  'test/collecting/kafka.test.ts',
  'src/storage/postgres/cluster-life.test.ts',
  'test/usage/rerate.test.ts',
  'test/usage/correlating.test.ts',
  'test/radius/serve.test.ts',
  'test/delivery/killed.test.ts',
  'test/simulation/',
  'test/charging/simulation/',
  'test/usage/crash',
  'test/operating/',
];
/** Next come those that share a process and are slow, and those that wait long: what is left for the end is short. */
const LONG = /\/test-(usage|api|charging|settlement|collecting|formats|properties)-\d+\.test\.mjs$|^test\/collecting\//;

/** Of a file: the journeys take five minutes on two slow processors. */
const TIMEOUT_MS = 900_000;

const root = fileURLToPath(new URL('../', import.meta.url));
const args = process.argv.slice(2);
const parts = args.filter((arg) => !arg.startsWith('-'));
const options = args.filter((arg) => arg.startsWith('-'));

const all = globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts', 'demo/**/*.test.ts'], { cwd: root })
  .filter((file) => !file.includes('/fixtures/'))
  .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
const files = parts.length === 0 ? all : all.filter((file) => parts.some((part) => file.includes(part)));
if (files.length === 0) {
  process.stderr.write(`no test file has ${parts.join(' or ')} in its path\n`);
  process.exit(1);
}

process.chdir(root);
// A setting in the environment of whoever runs the tests must not decide what they find.
for (const name of Object.keys(process.env)) if (name === 'DATABASE_URL' || name.startsWith('CARILLON_')) delete process.env[name];
process.env.NODE_OPTIONS = '';
// What several files need and takes long is made once in a run (test/web/told-once.ts).
process.env.TEST_RUN = randomUUID();
const home = homeInMemory();
if (home !== undefined) process.env.TMPDIR = home;
// Hundreds of processes load the same files: a command starts in 0.15 s instead of 0.4 s.
process.env.NODE_COMPILE_CACHE = fileURLToPath(new URL('../.build/compile-cache', import.meta.url));

const isLong = (file: string): boolean => LONGEST.some((start) => file.startsWith(start));
const groups = mkdtempSync(join(tmpdir(), 'carillon-test-groups-'));
process.on('exit', () => rmSync(groups, { recursive: true, force: true }));
const shared = process.env.TEST_ALONE === undefined ? groupTests(root, groups, files, isLong) : files;
const tests = run({
  files: shared.toSorted((a, b) => rank(a) - rank(b)),
  // Two files more than processors: tests wait for servers, timers and other processes. With one more an eighth of the time was nobody's.
  concurrency: availableParallelism() + 2,
  timeout: TIMEOUT_MS,
  execArgv: options,
});
tests.on('test:fail', ({ todo }) => {
  if (todo === undefined || todo === false) process.exitCode = 1;
});
tests.compose(spec).pipe(process.stdout);
tests.on('end', async () => {
  // It looks where its files are when it is loaded.
  const { stopTestCluster } = await import('../test/support/database.ts');
  await stopTestCluster();
});

function rank(file: string): number {
  const place = LONGEST.findIndex((start) => file.startsWith(start));
  return place === -1 ? LONGEST.length + (LONG.test(file) ? 0 : 1) : place;
}
