/** Runs carillon's own commands, as a reader would, in the demonstration's data folder. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const main = join(root, 'src/cli/main.ts');

export interface Finished {
  readonly stdout: string;
  readonly status: number;
}

export interface Carillon {
  /** Output is collected; what goes to stderr (progress, refusals) goes to the screen. */
  run(args: readonly string[]): Promise<Finished>;
}

/** The environment without settings of the reader's own installation: the demonstration must not touch that. */
export function demoEnvironment(dataFolder: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CARILLON_') && name !== 'DATABASE_URL');
  return { ...Object.fromEntries(inherited), CARILLON_DATA: dataFolder, CARILLON_LOG_LEVEL: 'warn' };
}

export function carillonIn(dataFolder: string): Carillon {
  const env = demoEnvironment(dataFolder);
  return {
    run: (args) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [main, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
        const chunks: Buffer[] = [];
        child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
        child.on('error', reject);
        child.on('close', (status) => resolve({ stdout: Buffer.concat(chunks).toString('utf8'), status: status ?? 1 }));
      }),
  };
}
