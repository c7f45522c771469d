/**
 * `npm test [-- <part of a path>… | --<option of node --test>…]`: all tests of src and test, or those whose path
 * contains one of the parts. Types and formatting are tests too (test/tidy/toolchain.test.ts).
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { stopTestCluster } from '../test/support/database.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const args = process.argv.slice(2);
const parts = args.filter((arg) => !arg.startsWith('-'));
const options = args.filter((arg) => arg.startsWith('-'));

const all = globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts', 'demo/**/*.test.ts'], { cwd: root })
  .filter((file) => !file.includes('/fixtures/'))
  .sort();
const files = parts.length === 0 ? all : all.filter((file) => parts.some((part) => file.includes(part)));
if (files.length === 0) {
  process.stderr.write(`no test file has ${parts.join(' or ')} in its path\n`);
  process.exit(1);
}

const child = spawn(
  process.execPath,
  // One file more than processors: tests wait for servers, timers and other processes.
  ['--test', `--test-concurrency=${availableParallelism() + 1}`, '--test-timeout=300000', ...options, ...files],
  // A setting in the environment of whoever runs the tests must not decide what they find.
  { cwd: root, stdio: 'inherit', env: { ...withoutSettings(process.env), NODE_OPTIONS: '' } },
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', async (code, signal) => {
  await stopTestCluster();
  process.exit(code ?? (signal === 'SIGINT' ? 130 : 1));
});

function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name !== 'DATABASE_URL' && !name.startsWith('CARILLON_')));
}
