import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CliResult, isKept, runKept } from '../../tools/kept-command.ts';

export type { CliResult };

export interface CliOptions {
  /** Current folder; a relative data folder starts there. */
  readonly cwd?: string;
  /** Added to the environment, from which settings of whoever runs the tests are removed. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Standard input. */
  readonly input?: string;
  /** Its data folder has a server that runs meanwhile, for `carillon serve` or the test: that this command leaves it is not looked at. */
  readonly hasServer?: boolean;
}

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** Runs `carillon` with these arguments and collects what it prints: in a process that stays for the next, where that is all the same. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const environment = environmentOf(options);
  return options.input === undefined && isKept(args, environment, options.hasServer)
    ? runKept(args, options.cwd ?? tmpdir(), environment)
    : runAlone(args, options);
}

/** The same in a process of its own. */
export function runAlone(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [main, ...args], { cwd: options.cwd ?? tmpdir(), env: environmentOf(options) });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A command that does not read its input may be gone before it is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({ status: code ?? signal ?? 'unknown', stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

function environmentOf({ environment }: CliOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL' && !name.startsWith('CARILLON_'));
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', ...environment };
}

/** An empty folder for the work, removed afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-test-'));
  let isDone = false;
  try {
    const result = await work(folder);
    isDone = true;
    return result;
  } finally {
    // What failed says more than a folder that something still writes into.
    await rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
      if (isDone) throw error;
    });
  }
}
