/** Long work and costly reads in threads of their own, so that requests and charging are answered meanwhile. */
import { Worker } from 'node:worker_threads';
import { RefusedError, refuse } from '#core/refusals.ts';
import { viewNow } from '#operations/access/ports.ts';
import { JobCancelled, type JobKind } from '#operations/jobs/run-jobs.ts';
import type { ApiHome } from '../api/home.ts';
import type { Fault, FromThread, JobTask, ReadTask, ThreadData, ToThread } from './messages.ts';
import { type CostlyReads, costlyReads } from './reads.ts';

/** Reads that wait or are read, of all clients; beyond, they are refused. */
const MOST_READS = 16;
/** Without work for so long a thread ends, and gives its memory back: beginning one takes longer than most of what is asked of it. */
const IDLE_MS = 600_000;
/** So long a thread may take to end by itself. */
const LEAVE_MS = 2_000;

export interface Aside {
  /** The same kinds; what they do is done in a thread. */
  readonly kinds: (kinds: readonly JobKind[]) => readonly JobKind[];
  readonly reads: CostlyReads;
  /** Ends what runs. */
  readonly close: () => Promise<void>;
}

/** No threads: all of it is done where it is asked. */
export function inPlace(home: ApiHome): Aside {
  return { kinds: (kinds) => kinds, reads: costlyReads(home), close: async () => undefined };
}

/** At most so many threads, each begun when it is needed. */
export function inThreads({ database, settings, dataFolder, log }: ApiHome, most: number): Aside {
  const { address } = database;
  const threads = new Set<Thread>();
  const begun = (): Thread => {
    const thread = new Thread(
      { address, settings, dataFolder },
      () => threads.delete(thread),
      (error) => log.error({ err: error }, 'a thread beside the main one ended'),
    );
    threads.add(thread);
    return thread;
  };
  /** The one with the least to do, or a new one. */
  const free = (): Thread => {
    const [least] = [...threads].sort((a, b) => a.open - b.open);
    return least === undefined || (least.open > 0 && threads.size < most) ? begun() : least;
  };
  let reading = 0;
  const read = async (task: ReadTask): Promise<unknown> => {
    if (reading >= MOST_READS) throw new RefusedError(refuse('api.too-busy', `${reading} costly questions wait already`));
    reading += 1;
    try {
      return await free().do(task, () => undefined);
    } finally {
      reading -= 1;
    }
  };
  const far =
    (name: string) =>
    (...words: readonly unknown[]) =>
      read({ kind: 'read', name, words, view: viewNow() });
  return {
    kinds: (kinds) =>
      kinds.map((kind) => ({
        ...kind,
        run: (input, by, { job, progress, signal }) => free().do({ kind: 'job', name: kind.kind, job, input, by }, progress, signal),
      })),
    // Each has the name, the words and the answer of its namesake in the table that the thread has, too.
    reads: new Proxy({}, { get: (_, name) => far(String(name)) }) as CostlyReads,
    async close() {
      await Promise.all([...threads].map((thread) => thread.end()));
    },
  };
}

interface Open {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly progress: (done: number, total: number | undefined) => void;
}

class Thread {
  readonly #worker: Worker;
  readonly #open = new Map<number, Open>();
  readonly #ended: Promise<void>;
  readonly #leaves: () => void;
  #last = 0;
  #idle: NodeJS.Timeout | undefined;

  /** `leaves`: it takes nothing more. */
  constructor(data: ThreadData, leaves: () => void, failed: (error: Error) => void) {
    this.#leaves = leaves;
    this.#worker = new Worker(new URL('./begin-thread.ts', import.meta.url), { workerData: data });
    this.#worker.on('message', (told: FromThread) => this.#told(told));
    let broken: Error | undefined;
    this.#worker.on('error', (error) => {
      broken = error instanceof Error ? error : new Error(String(error));
    });
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        clearTimeout(this.#idle);
        leaves();
        if (broken !== undefined) failed(broken);
        for (const { reject } of this.#open.values()) reject(broken ?? new Error('the thread ended before its work was done'));
        this.#open.clear();
        resolve();
      });
    });
  }

  /** How much it has to do. */
  get open(): number {
    return this.#open.size;
  }

  do(task: JobTask | ReadTask, progress: Open['progress'], signal?: AbortSignal): Promise<unknown> {
    clearTimeout(this.#idle);
    this.#last += 1;
    const id = this.#last;
    const stop = (): void => this.#worker.postMessage({ id, stop: true } satisfies ToThread);
    const done = new Promise<unknown>((resolve, reject) => this.#open.set(id, { resolve, reject, progress }));
    this.#worker.postMessage({ id, task } satisfies ToThread);
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    return done.finally(() => {
      signal?.removeEventListener('abort', stop);
      if (this.#open.size === 0) this.#idle = setTimeout(() => void this.end(), IDLE_MS).unref();
    });
  }

  async end(): Promise<void> {
    this.#leaves();
    this.#worker.postMessage('end' satisfies ToThread);
    const patience = setTimeout(() => void this.#worker.terminate(), LEAVE_MS);
    await this.#ended;
    clearTimeout(patience);
  }

  #told(told: FromThread): void {
    const open = this.#open.get(told.id);
    if (open === undefined) return;
    if ('progress' in told) {
      try {
        open.progress(...told.progress);
      } catch (error) {
        if (!(error instanceof JobCancelled)) throw error; // the thread is told by the signal
      }
      return;
    }
    this.#open.delete(told.id);
    if ('value' in told) open.resolve(told.value);
    else if ('refusals' in told) open.reject(new RefusedError(...told.refusals));
    else if ('cancelled' in told) open.reject(new JobCancelled());
    else open.reject(errorOf(told.fault));
  }
}

function errorOf({ message, stack, code }: Fault): Error {
  const error = new Error(message);
  error.stack = stack;
  return code === undefined ? error : Object.assign(error, { code });
}
