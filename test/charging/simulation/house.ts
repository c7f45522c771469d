/** Engines in processes of their own over one database, and what goes wrong with them. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import type { Asked, Told } from './engine-process.ts';

const MOST_LAST_WORDS = 4_000;
const PROGRAM = fileURLToPath(new URL('./engine-process.ts', import.meta.url));

export interface EngineOptions {
  readonly url: string;
  readonly offsetMs: number;
  readonly leaseMs: number;
  readonly memoryBytes: number;
  /** Whether commits log what they change, and for how long, though they are small. */
  readonly mostRowsAtOnce: number;
  readonly logSeconds: number;
  /** Engines divide the shards, and ask each other. */
  readonly balance: boolean;
  /** What it notes is told. */
  readonly noted: (text: string) => void;
}

/** One engine, and who waits for it. */
export class RunningEngine {
  readonly #child: ChildProcess;
  readonly #asked = new Map<number, (told: Told | undefined) => void>();
  #next = 1;
  dead = false;
  /** How it ended by itself, which no engine does. */
  fault: string | undefined;
  /** Somebody killed it, or it has not begun: else its death is a fault of its own. */
  #mayDie = true;
  #lastWords = '';

  constructor(child: ChildProcess, noted: (text: string) => void) {
    this.#child = child;
    child.stderr?.on('data', (piece: Buffer) => {
      this.#lastWords = `${this.#lastWords}${piece}`.slice(-MOST_LAST_WORDS);
    });
    child.on('message', (told: Told) => {
      if (told.note !== undefined) noted(`${child.pid}: ${told.note}`);
      this.#asked.get(told.id)?.(told);
      this.#asked.delete(told.id);
    });
    child.on('exit', (code, signal) => {
      this.dead = true;
      if (!this.#mayDie) {
        this.fault = `engine ${child.pid} ended by itself (${signal ?? code}): ${this.#lastWords}`;
        noted(this.fault);
      }
      for (const tell of this.#asked.values()) tell(undefined);
      this.#asked.clear();
    });
  }

  /** Until one starts: PostgreSQL may be away at this moment, but not for minutes. */
  static async start(options: EngineOptions): Promise<RunningEngine> {
    for (let tries = 0; tries < 200; tries += 1) {
      const engine = await RunningEngine.#tryToStart(options);
      if (engine !== undefined) return engine;
      await sleep(100);
    }
    throw new Error('no engine starts');
  }

  static async #tryToStart({
    url,
    offsetMs,
    leaseMs,
    memoryBytes,
    mostRowsAtOnce,
    logSeconds,
    balance,
    noted,
  }: EngineOptions): Promise<RunningEngine | undefined> {
    const child = fork(PROGRAM, [url, ...[offsetMs, leaseMs, memoryBytes, mostRowsAtOnce, logSeconds, balance].map(String)], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    const engine = new RunningEngine(child, noted);
    await Promise.race([new Promise<unknown>((ready) => engine.#asked.set(0, ready)), once(child, 'exit')]);
    engine.#mayDie = false;
    return engine.dead ? undefined : engine;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Undefined: it died before it answered. */
  async handle(request: ChargingRequest): Promise<ChargingAnswer | undefined> {
    return (await this.#ask((id) => ({ id, request })))?.answer;
  }

  async apply(account: string, command: AccountCommand): Promise<Told['result']> {
    return (await this.#ask((id) => ({ id, account, command })))?.result;
  }

  /** As the kernel does it: nothing is finished, nobody is told. */
  async kill(): Promise<void> {
    if (this.dead) return;
    this.#mayDie = true;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  /** For so long it does nothing, as a machine that has no processor for it, and knows nothing of that afterwards. */
  async halt(ms: number): Promise<void> {
    this.#child.kill('SIGSTOP');
    await sleep(ms);
    this.#child.kill('SIGCONT');
  }

  #ask(make: (id: number) => Asked): Promise<Told | undefined> {
    if (this.dead) return Promise.resolve(undefined);
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.#child.send(make(id), (error) => {
        if (error !== null) resolve(undefined);
      });
    });
  }
}

/** False: it has ended since it was seen, as the backend of a connection does that nobody uses. */
export function killProcess(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
