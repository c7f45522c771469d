/** A load that takes some seconds, by the command line on an embedded database, for tests that disturb it. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CliResult, runCli } from '../support/cli.ts';
import { fileOf, line, operator } from '../usage/home.ts';

/** Applies the configuration of the tests of usage and writes the file; runs commands on the data folder. */
export async function prepareLoad(folder: string, dataFolder: string, records: number) {
  const configuration = join(folder, 'configuration');
  mkdirSync(configuration);
  for (const [name, text] of Object.entries(operator)) writeFileSync(join(configuration, name), text);
  const file = join(folder, 'traffic.csv');
  const at = (index: number): string => new Date(Date.UTC(2026, 9, 5) + index * 4_000).toISOString().slice(0, 19).replace('T', ' ');
  writeFileSync(
    file,
    fileOf(Array.from({ length: records }, (_, index) => line({ id: `${index}`, start: at(index), seconds: 60, in: 'north' }))),
  );
  const run = (...args: string[]): Promise<CliResult> => runCli(['--data', dataFolder, '--log-level', 'silent', ...args], { cwd: folder });
  const load = (): Promise<CliResult> => run('usage', 'load', file, '--source', 'switch', '--json');
  const applied = await run('apply', configuration);
  assert.equal(applied.status, 0, applied.stderr);
  return { run, load, records };
}

/** A no with a name and a status, in one line and without a stack. */
export function assertRefused({ status, stderr }: CliResult, expected: RegExp): void {
  assert.equal(status, 1, stderr);
  assert.match(stderr, expected);
  assert.doesNotMatch(stderr, /^\s+at |should not happen/m);
}

/**
 * The load goes on, and nothing is missing or twice: it takes up all records, or finds the whole file in the books where the
 * disturbance came after the commit.
 */
export async function assertGoesOn({ run, load, records }: Awaited<ReturnType<typeof prepareLoad>>): Promise<void> {
  const again = await load();
  assert.equal(again.status, 0, again.stderr);
  const files = await run('usage', 'files', '--json');
  const { read, rated } = JSON.parse(files.stdout) as { read: number; rated: number }; // one line, for one file
  assert.deepEqual({ read, rated }, { read: records, rated: records }, `${again.stdout}${again.stderr}${files.stdout}`);
  const check = await run('check');
  assert.equal(check.status, 0, check.stderr);
  assert.match(check.stdout, /the books agree/);
}
