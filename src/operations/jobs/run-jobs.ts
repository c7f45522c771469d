/** Runs long work beside the requests that asked for it, and writes down how far it is. */
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { canonicalJson } from '#core/usage/canonical-json.ts';
import type { Permission } from '../access/permissions.ts';
import type { JobBooks, JobEnd, JobOwner, JobRow, NewJob } from './ports.ts';

export interface JobControl {
  readonly job: bigint;
  /** Throws JobCancelled where the job is to stop: only called where stopping is safe. */
  readonly progress: (done: number, total: number | undefined) => void;
  readonly signal: AbortSignal;
  /** Rows that it found, behind those of the part before: they are read page by page. */
  readonly keep: (part: string, rows: readonly unknown[]) => Promise<void>;
}

/** A kind of long work. What it does is done once however often it is started: after an interruption it is started again. */
export interface JobKind<Input = unknown> {
  readonly kind: string;
  /** Of whoever asks for it, sees it, stops it. */
  readonly permission: Permission;
  /** Only people who are signed in stop it or begin it again, as only they ask for it. */
  readonly byPeople?: true;
  readonly title: (input: Input) => string;
  /** The answer is kept as JSON. Throws RefusedError. */
  readonly run: (input: Input, by: string, control: JobControl) => Promise<unknown>;
  /** Puts away what it needed, once it is written that it is done: killed before that, it is begun again and finds everything. */
  readonly putAway?: (input: Input) => Promise<void>;
}

export class JobCancelled extends Error {}

interface Running {
  readonly id: bigint;
  readonly stop: AbortController;
  readonly over: Promise<void>;
  done: number;
  total: number | undefined;
}

const BEAT_MS = 2_000;
/** Running at once, of one who asked. */
const MOST_OF_OWNER = 8;
/** So long an orderly stop waits for a job to come to where it can be left. */
const LEAVE_MS = 5_000;

export class JobRunner {
  readonly #books: JobBooks;
  readonly #kinds: ReadonlyMap<string, JobKind>;
  readonly #failed: (error: unknown, job: string) => void;
  readonly #running = new Map<bigint, Running>();
  readonly #beat: NodeJS.Timeout;
  #isClosing = false;

  /** `failed` is told of faults of ours. */
  constructor(books: JobBooks, kinds: readonly JobKind[], failed: (error: unknown, job: string) => void) {
    this.#books = books;
    this.#kinds = new Map(kinds.map((each) => [each.kind, each]));
    this.#failed = failed;
    this.#beat = setInterval(() => void this.#beatAll(), BEAT_MS);
    this.#beat.unref();
  }

  get kinds(): ReadonlyMap<string, JobKind> {
    return this.#kinds;
  }

  /** Begins it, and answers before it is done. Where the same is done already, that is it. Throws RefusedError (`job.too-many`). */
  async start(kind: string, input: unknown, by: JobOwner, restartOf?: bigint): Promise<JobRow> {
    const known = this.#kinds.get(kind);
    if (known === undefined) throw new Error(`there is no job ${kind}`);
    const running = await this.#books.running(by.id);
    const text = canonicalJson(input);
    const same = running.find((each) => each.kind === kind && canonicalJson(each.input) === text);
    if (same !== undefined) return same;
    if (running.length >= MOST_OF_OWNER)
      throw new RefusedError(refuse('job.too-many', `${by.name} has ${running.length} running: ${running.map(({ id }) => id).join(', ')}`));
    const job: NewJob = { kind, input, by, title: known.title(input), ...(restartOf === undefined ? {} : { restartOf }) };
    const row = await this.#books.insert(job);
    this.#run(known, row);
    return row;
  }

  /** The same work again, as a new job; where somebody began it again already, that is it. Throws RefusedError (`job.not-restartable`). */
  async startAgain(old: JobRow, by: JobOwner): Promise<JobRow> {
    const at = { value: String(old.id) };
    if (old.state === 'running' || old.state === 'done')
      throw new RefusedError(refuse('job.not-restartable', `job ${old.id} is ${old.state}`, at));
    const again = await this.#books.findAgain(old.id);
    if (again?.state === 'running') return again;
    if (again?.state === 'done')
      throw new RefusedError(refuse('job.not-restartable', `job ${old.id} was begun again as job ${again.id}, which is done`, at));
    return this.start(old.kind, old.input, by, old.id);
  }

  /** Asks it to stop, wherever it runs: it does at the next place where nothing is half done. Throws RefusedError (`job.ended`). */
  async cancel(job: JobRow, by: string): Promise<void> {
    if (job.state !== 'running') throw new RefusedError(refuse('job.ended', `job ${job.id} is ${job.state}`, { value: String(job.id) }));
    await this.#books.askCancel(job.id, by);
    this.#running.get(job.id)?.stop.abort();
  }

  /** What runs is left where it is and told as interrupted. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#beat);
    const running = [...this.#running.values()];
    for (const { stop } of running) stop.abort();
    const patience = new Promise<void>((resolve) => setTimeout(resolve, LEAVE_MS).unref());
    await Promise.race([Promise.all(running.map(({ over }) => over)), patience]);
    for (const { id, done, total } of this.#running.values())
      await this.#books.end(id, done, total, { state: 'interrupted' }).catch((error: unknown) => this.#failed(error, String(id)));
  }

  #run(kind: JobKind, { id, input, by }: JobRow): void {
    const stop = new AbortController();
    const job: Running = { id, stop, done: 0, total: undefined, over: Promise.resolve() };
    const control: JobControl = {
      job: id,
      keep: (part, rows) => this.#books.keepRows(id, part, rows),
      signal: stop.signal,
      progress: (done, total) => {
        job.done = done;
        job.total = total;
        if (stop.signal.aborted) throw new JobCancelled();
      },
    };
    const work = async (): Promise<void> => {
      // The answer to who asked goes first.
      await new Promise(setImmediate);
      const end = await this.#endOf(kind, input, by.name, control, String(id));
      await this.#books.end(id, job.done, job.total, end);
      if (end.state === 'done') await kind.putAway?.(input);
    };
    const over = work()
      .catch((error: unknown) => this.#failed(error, String(id)))
      .finally(() => this.#running.delete(id));
    this.#running.set(id, Object.assign(job, { over }));
  }

  async #endOf(kind: JobKind, input: unknown, by: string, control: JobControl, id: string): Promise<JobEnd> {
    try {
      return { state: 'done', result: await kind.run(input, by, control) };
    } catch (error) {
      if (error instanceof JobCancelled) return { state: this.#isClosing ? 'interrupted' : 'cancelled' };
      if (error instanceof RefusedError) return { state: 'failed', refusals: error.refusals };
      this.#failed(error, id);
      const fault: Refusal = refuse('api.fault', `a fault of ours; the log has it as job ${id}`);
      return { state: 'failed', refusals: [fault] };
    }
  }

  /** A beat that cannot be written is missed: after some the job is told as interrupted, until one can. */
  async #beatAll(): Promise<void> {
    for (const { id, done, total, stop } of this.#running.values()) {
      try {
        if ((await this.#books.beat(id, done, total)).cancelAsked) stop.abort();
      } catch (error) {
        this.#failed(error, String(id));
      }
    }
  }
}
