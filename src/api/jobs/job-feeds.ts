/** Jobs as they go on, for those who watch: one look at the database for all of them. */
import type { JobBooks, JobRow } from '#operations/jobs/ports.ts';
import type { EventFeed } from '../event-stream.ts';

const LOOK_MS = 1_000;

interface Watcher {
  readonly id: bigint;
  last: string;
  readonly told: (job: JobRow) => void;
}

export class JobFeeds {
  readonly #books: Pick<JobBooks, 'findAll'>;
  readonly #failed: (error: unknown) => void;
  readonly #watchers = new Set<Watcher>();
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  /** `failed` is told when the jobs could not be read; it is tried again. */
  constructor(books: Pick<JobBooks, 'findAll'>, failed: (error: unknown) => void) {
    this.#books = books;
    this.#failed = failed;
  }

  /** Begins with the job as it is, says every change, and ends with the job. */
  of(first: JobRow, show: (job: JobRow) => unknown): EventFeed {
    return {
      start: (send, end) => {
        const tell = (job: JobRow): void => {
          send({ event: 'job', data: show(job) });
          if (job.state !== 'running') end();
        };
        const watcher: Watcher = { id: first.id, last: standingOf(first), told: tell };
        this.#watchers.add(watcher);
        tell(first);
        this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
        return () => {
          this.#watchers.delete(watcher);
          if (this.#watchers.size > 0) return;
          clearInterval(this.#timer);
          this.#timer = undefined;
        };
      },
    };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#watchers.clear();
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return; // a slow database is not asked twice
    this.#isLooking = true;
    try {
      const jobs = await this.#books.findAll([...new Set([...this.#watchers].map(({ id }) => id))]);
      const byId = new Map(jobs.map((job) => [job.id, job]));
      for (const watcher of this.#watchers) {
        const job = byId.get(watcher.id);
        if (job === undefined || standingOf(job) === watcher.last) continue;
        watcher.last = standingOf(job);
        watcher.told(job);
      }
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#isLooking = false;
    }
  }
}

function standingOf({ state, done, total, cancelAsked }: JobRow): string {
  return [state, done, total, cancelAsked].join();
}
