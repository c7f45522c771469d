/** Brings a world's files to the collectors' inboxes and runs them, killing what the seed says. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { runKept } from '../../tools/kept-command.ts';
import type { Random } from './random.ts';
import type { Delivery, FileSource } from './world.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface Place {
  readonly folder: string;
  readonly data: string;
}

export function inboxOf({ folder }: Place, source: FileSource): string {
  const inbox = join(folder, `inbox-${source}`);
  mkdirSync(inbox, { recursive: true });
  return inbox;
}

/** As a well-behaved switch does: under another name first, then renamed. */
export function deliver(place: Place, { source, name, content, packed }: Delivery): void {
  const inbox = inboxOf(place, source);
  const bytes = packed ? gzipSync(content) : Buffer.from(content);
  writeFileSync(join(inbox, `${name}.tmp`), bytes);
  renameSync(join(inbox, `${name}.tmp`), join(inbox, name));
}

export const victims = ['collector', 'server', 'backend'] as const;
export type Victim = (typeof victims)[number];

export interface Kill {
  readonly victim: Victim;
  readonly afterMs: number;
}

export function someKill(random: Random): Kill {
  return { victim: random.pick(victims), afterMs: 300 + random.below(2_500) };
}

export interface Ended {
  readonly status: number | string;
  readonly output: string;
}

/**
 * Runs `carillon` on the place's data; kills the victim when its time has come and the command still runs. One that nothing is to happen to runs in
 * the process that stays for the next.
 */
export async function run(place: Place, args: readonly string[], kill?: Kill): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL' && !name.startsWith('CARILLON_'));
  const environment = { ...Object.fromEntries(inherited), NO_COLOR: '1' };
  if (kill === undefined && args[0] !== 'database') {
    const { status, stdout, stderr } = await runKept(['--data', place.data, ...args], place.folder, environment);
    return { status, output: `${stdout}${stderr}` };
  }
  const child = spawn(process.execPath, [main, '--data', place.data, ...args], { cwd: place.folder, env: environment });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const timer = kill === undefined ? undefined : setTimeout(() => strike(place, kill.victim, child.pid ?? 0), kill.afterMs);
  const status = await new Promise<number | string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  clearTimeout(timer);
  return { status, output };
}

/** Nothing to kill is no fault: the server may not have started yet. */
function strike({ data }: Place, victim: Victim, collector: number): void {
  const pidFile = join(data, 'postgres', 'postmaster.pid');
  const server = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : undefined;
  const target = victim === 'collector' ? collector : victim === 'server' ? server : server === undefined ? undefined : backendOf(server);
  if (target === undefined || !(target > 1)) return;
  try {
    process.kill(target, 'SIGKILL');
  } catch {
    // it has just ended
  }
}

/** A process of the server that works for the collector: the one that copies rows, if there is one. */
function backendOf(server: number): number | undefined {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === server);
  const titled = children.map((pid) => ({ pid: Number(pid), title: titleOf(pid) })).filter(({ title }) => title.includes('carillon'));
  return (titled.find(({ title }) => title.includes('COPY')) ?? titled[0])?.pid;
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

function titleOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
