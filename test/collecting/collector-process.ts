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

/** mulberry32: numbers from 0 to 1 out of a seed. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
