/** The demonstration's month as a data folder, made once and copied for each run: journeys change it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../support/project-files.ts';

/** Enough for each partner to have every kind of line. */
const CALLS = 1_000;

/** Copies the month into the folder, which must not be there. Migrations that came since are applied by who opens it. */
export function copyMonth(folder: string): void {
  // Owners and all: PostgreSQL starts with its own files only.
  const { status, stderr } = spawnSync('cp', ['-a', madeMonth(), folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the month was not copied: ${stderr}`);
}

/**
 * Leaves a month that somebody else made for the journeys: the test of the demonstration does, which begins long before them when all tests
 * run. Nothing uses the folder meanwhile.
 */
export function offerMonth(folder: string): void {
  const kept = keptFolder();
  if (existsSync(kept)) return;
  const copied = `${kept}.${process.pid}`;
  mkdirSync(dirname(kept), { recursive: true });
  const { status } = spawnSync('cp', ['-a', folder, copied]);
  // Whoever needs it makes one then.
  if (status === 0) keep(copied, kept);
  else rmSync(copied, { recursive: true, force: true });
}

function madeMonth(): string {
  const kept = keptFolder();
  if (existsSync(kept)) return kept;
  const made = `${kept}.${process.pid}`;
  mkdirSync(dirname(kept), { recursive: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(projectRoot, 'demo/main.ts'), '--data', made, '--calls', String(CALLS), '--exit'],
    { cwd: projectRoot, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the month was not made: ${stdout.slice(-1_000)}${stderr.slice(-1_000)}`);
  keep(made, kept);
  return kept;
}

/** By what it is made of. */
function keptFolder(): string {
  const hash = createHash('sha256');
  for (const file of globSync(['demo/**/*.{ts,yaml,json}', 'examples/demo-operator/**/*.*'], { cwd: projectRoot }).sort())
    if (!file.endsWith('.test.ts')) hash.update(file).update(readFileSync(join(projectRoot, file)));
  return join(projectRoot, '.build', 'web-month', hash.digest('hex').slice(0, 16));
}

function keep(made: string, kept: string): void {
  try {
    renameSync(made, kept);
  } catch {
    rmSync(made, { recursive: true, force: true }); // somebody else was faster
  }
}
