/**
 * Commands in a process that stays: hundreds of tests run several each, the demonstration eighty, and a process of its own costs a command 0.3 s of
 * processor, most of it for loading what the one before has loaded. Each is run by `run` of src/cli/main.ts, with the folder and the environment that it is given, one
 * at a time in a process. What a process alone can show (signals, its end, standard input) is not seen here: `isKept` says which are.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

export interface CliResult {
  /** Exit status, or the signal that ended it. */
  readonly status: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Asked {
  readonly args: readonly string[];
  readonly cwd: string;
  /** All of it. */
  readonly environment: NodeJS.ProcessEnv;
  /** What goes to standard error goes to standard output, in the order in which a terminal shows both. */
  readonly isTogether: boolean;
  /** Ends what is printed. */
  readonly mark: string;
}

/** They stay until a signal comes, or are about processes themselves. */
const ALONE = ['serve', 'collect', 'delivery', 'notifications', 'card', 'database', 'bench', 'diameter', 'radius'];

/** They read files only. */
const WITHOUT_DATABASE = ['formats', 'e-invoice', 'reference'];

/** These look at one connection, and end. */
const ENDS = [
  ['diameter', 'send'],
  ['radius', 'send'],
  ['radius', 'password'],
];

/** A command that starts PostgreSQL of its own, or stops it as the last that leaves, is seen as a process: only with a database elsewhere, a server that stays, or none. */
export const isKept = (args: readonly string[], environment: NodeJS.ProcessEnv, hasServer = false): boolean =>
  (hasServer || environment.DATABASE_URL !== undefined || WITHOUT_DATABASE.includes(args[0] ?? '')) &&
  (!args.some((arg) => ALONE.includes(arg)) || ENDS.some((words) => words.every((word, place) => args[place] === word)));

const program = fileURLToPath(new URL('./kept-process.ts', import.meta.url));
const idle: Kept[] = [];

interface Kept {
  readonly child: ChildProcess;
  /** None keeps this process alive while nothing is asked. */
  readonly hold: (isHeld: boolean) => void;
}

/** Runs `carillon` with these arguments in a process that nobody else uses meanwhile. */
export async function runKept(
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv,
  isTogether = false,
): Promise<CliResult> {
  const kept = idle.pop() ?? start();
  kept.hold(true);
  const result = await ask(kept.child, { args, cwd, environment, isTogether, mark: randomUUID() });
  kept.hold(false);
  idle.push(kept);
  return result;
}

/** Ends those that nobody uses: what follows needs none. */
export function endKept(): void {
  for (const { child } of idle.splice(0)) child.disconnect();
}

function start(): Kept {
  const child = fork(program, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
  const handles = [child, child.channel, child.stdout as Socket | null, child.stderr as Socket | null]; // pipes of a child are sockets
  return {
    child,
    hold(isHeld) {
      for (const handle of handles)
        if (isHeld) handle?.ref?.();
        else handle?.unref?.();
    },
  };
}

function ask(child: ChildProcess, asked: Asked): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const printed = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
    let status: number | undefined;
    const take = (name: keyof typeof printed) => (part: Buffer) => {
      printed[name] = Buffer.concat([printed[name], part]);
      finish();
    };
    const takers = { stdout: take('stdout'), stderr: take('stderr') };
    const told = (message: unknown): void => {
      status = Number(message);
      finish();
    };
    const ended = (code: number | null, signal: string | null): void => {
      leave();
      reject(new Error(`carillon ${asked.args.join(' ')} ended its process (${code ?? signal}): ${printed.stdout}${printed.stderr}`));
    };
    const leave = (): void => {
      child.stdout?.off('data', takers.stdout);
      child.stderr?.off('data', takers.stderr);
      child.off('message', told).off('exit', ended);
    };
    const finish = (): void => {
      if (status === undefined || !isWhole(printed.stdout, asked.mark) || !isWhole(printed.stderr, asked.mark)) return;
      leave();
      resolve({ status, stdout: withoutMark(printed.stdout, asked.mark), stderr: withoutMark(printed.stderr, asked.mark) });
    };
    child.stdout?.on('data', takers.stdout);
    child.stderr?.on('data', takers.stderr);
    child.on('message', told).once('exit', ended);
    child.send(asked);
  });
}

const isWhole = (printed: Buffer, mark: string): boolean => printed.subarray(-mark.length).toString() === mark;

const withoutMark = (printed: Buffer, mark: string): string => printed.subarray(0, -mark.length).toString();
