/** Runs carillon's own commands, as a reader would, in the demonstration's data folder. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runKept } from '../tools/kept-command.ts';

export const root = join(import.meta.dirname, '..');
const main = join(root, 'src/cli/main.ts');

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

export interface Carillon {
  /**
   * Output is collected, what was refused behind it. With `live`, stderr (the progress bar) goes to the screen at once, from a process of its own;
   * all others run in one that stays, as most of their time would be its start.
   */
  run(args: readonly string[], options?: { readonly live?: boolean }): Promise<Finished>;
}

/** Names of the settings of the reader's own installation, which the demonstration must not touch. */
export function ignoredSettings(environment: NodeJS.ProcessEnv): readonly string[] {
  return Object.keys(environment).filter((name) => name.startsWith('CARILLON_') || name === 'DATABASE_URL');
}

export function demoEnvironment(dataFolder: string): NodeJS.ProcessEnv {
  const ignored = ignoredSettings(process.env);
  const inherited = Object.entries(process.env).filter(([name]) => !ignored.includes(name));
  return { ...Object.fromEntries(inherited), CARILLON_DATA: dataFolder, CARILLON_LOG_LEVEL: 'warn' };
}

export function carillonIn(dataFolder: string): Carillon {
  const env = demoEnvironment(dataFolder);
  return {
    async run(args, { live = false } = {}) {
      if (live) return runLive(args, env);
      const { stdout, stderr, status } = await runKept(args, root, env);
      return { stdout, stderr, status: Number(status) };
    },
  };
}

function runLive(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
    const out: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => resolve({ stdout: Buffer.concat(out).toString('utf8'), stderr: '', status: status ?? 1 }));
  });
}
