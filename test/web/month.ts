/** The demonstration's month as a data folder, copied for each run of the journeys: they change it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../support/project-files.ts';
import { type Told, toldOnce } from './told-once.ts';

/** Copies the month into the folder, which must not be there. Migrations that came since are applied by who opens it. */
export async function copyMonth(folder: string): Promise<void> {
  const kept = keptFolder();
  if (!existsSync(kept)) {
    const { status, stdout, stderr } = await demonstration();
    if (status !== 0)
      throw new Error(`the demonstration failed, and without its month there are no journeys: ${tail(stdout)}${tail(stderr)}`);
  }
  copy(kept, folder);
}

/**
 * What the demonstration tells, run once in a run of the tests: it takes a minute of processor, and both its own test and the journeys need it.
 * Who of them comes first runs it, the other waits; its month stays for the journeys of later runs.
 */
export function demonstration(): Promise<Told> {
  const kept = keptFolder();
  mkdirSync(dirname(kept), { recursive: true });
  return toldOnce(kept, process.env.TEST_RUN, (data) => {
    if (existsSync(kept)) return;
    const copied = `${kept}.${process.pid}`;
    copy(data, copied);
    renameSync(copied, kept);
  });
}

/** By what it is made of. */
function keptFolder(): string {
  const hash = createHash('sha256');
  for (const file of globSync(['demo/**/*.{ts,yaml,json}', 'examples/demo-operator/**/*.*'], { cwd: projectRoot }).sort())
    if (!file.endsWith('.test.ts')) hash.update(file).update(readFileSync(join(projectRoot, file)));
  return join(projectRoot, '.build', 'web-month', hash.digest('hex').slice(0, 16));
}

/** Owners and all: PostgreSQL starts with its own files only. */
function copy(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (status === 0) return;
  rmSync(to, { recursive: true, force: true });
  throw new Error(`the month was not copied: ${stderr}`);
}

const tail = (printed: string): string => printed.slice(-1_000);
