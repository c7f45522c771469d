import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** `carillon collect run` in a process of its own. */
export function startCollecting(environment: Readonly<Record<string, string>>): ChildProcess {
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  const inherited = Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL' && !name.startsWith('CARILLON_'));
  const env = { ...Object.fromEntries(inherited), ...environment };
  return spawn(process.execPath, [main, 'collect', 'run', '--json'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', (status) => resolve(status));
  });
}
