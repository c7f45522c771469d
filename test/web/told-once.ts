/**
 * One run of the demonstration for several test files, which are processes of their own: who comes first claims it with a file that names its
 * process, runs it and writes down what it told; others wait for that. A claim whose process is gone is nobody's.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../support/project-files.ts';

export interface Told {
  /** Null: it did not end by itself. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The folder that it was told to use; gone. */
  readonly data: string;
  /** Names of what was in its folder of statements. */
  readonly statements: readonly string[];
}

/** Enough for the lines that its test looks for: a month for each partner, with all kinds of calls. */
const CALLS = 4_000;
const LOOK_AGAIN_MS = 250;
/** A minute on two slow processors that do nothing else. */
const TIMEOUT_MS = 480_000;

/**
 * What the demonstration tells in this run of the tests, in which everybody has the same name for it (undefined: a run of one file).
 * Both files are beside `place`. Who runs it does `keep` with its folder when it went well, before others hear of it.
 */
export async function toldOnce(
  place: string,
  run: string | undefined,
  keep: (data: string) => void,
  tell: (data: string) => Promise<Told> = demonstrate,
): Promise<Told> {
  const claim = `${place}.claim`;
  const written = `${place}.told.json`;
  for (;;) {
    const told = run === undefined ? undefined : readTold(written, run);
    if (told !== undefined) return told;
    if (!take(claim)) {
      await sleep(LOOK_AGAIN_MS);
      continue;
    }
    const folder = mkdtempSync(join(tmpdir(), 'demo-'));
    try {
      // Told since it was read, and the claim given back.
      const since = run === undefined ? undefined : readTold(written, run);
      if (since !== undefined) return since;
      const now = await tell(join(folder, 'd'));
      if (now.status === 0) keep(now.data);
      writeFileSync(`${written}.${process.pid}`, JSON.stringify({ ...now, run }));
      renameSync(`${written}.${process.pid}`, written);
      return now;
    } finally {
      rmSync(folder, { recursive: true, force: true });
      rmSync(claim, { force: true });
    }
  }
}

function readTold(written: string, run: string): Told | undefined {
  const text = readOrNone(written);
  if (text === undefined) return undefined;
  const told: Told & { readonly run?: string } = JSON.parse(text);
  return told.run === run ? told : undefined;
}

/** Whether it is ours now. */
function take(claim: string): boolean {
  try {
    writeFileSync(claim, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const holder = readOrNone(claim);
  // Empty: it is being written. Two who remove it at once may both run the demonstration, which costs time and nothing else.
  if (holder !== undefined && holder !== '' && !isAlive(Number(holder))) rmSync(claim, { force: true });
  return false;
}

function readOrNone(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function demonstrate(data: string): Promise<Told> {
  const args = [join(projectRoot, 'demo/main.ts'), '--data', data, '--calls', String(CALLS), '--exit'];
  const options = {
    cwd: projectRoot,
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    maxBuffer: 2 ** 26,
    // It says that it ignores this.
    env: { ...process.env, CARILLON_DATA: join(data, '..', 'somebody-else') },
  } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      const statements = status === 0 ? readdirSync(join(data, 'statements')) : [];
      resolve({ status, stdout, stderr: status === null ? `${stderr}${error?.message}` : stderr, data, statements });
    });
  });
}
