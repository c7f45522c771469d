/** One source from round to round, whatever its place does; the others do not notice. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CollectingResult } from '#operations/collecting/collect-source.ts';
import { databaseFault } from '#storage/database-fault.ts';
import { correlateUsage } from '../usage/correlate.ts';
import type { Collector, SourceReader } from './collector.ts';
import { readerOf } from './readers.ts';
import type { CollectedSource } from './sources.ts';

/** A place that fails is looked at less and less often, but at least so often. */
const LONGEST_WAIT_SECONDS = 900;
const LONGEST_TOPIC_WAIT_SECONDS = 20;
/** For what is fetched when the collector is told to stop. */
const GRACE_MS = 5_000;
const LONGEST_DATABASE_WAIT_SECONDS = 30;

export class SourceRunner {
  readonly source: CollectedSource;
  readonly #collector: Collector;
  readonly #stop = new AbortController();
  readonly #reader: SourceReader;
  #running: Promise<void> | undefined;

  constructor(source: CollectedSource, collector: Collector) {
    this.source = source;
    this.#collector = collector;
    this.#reader = readerOf(source, collector);
  }

  /** One look at where the files come from. Throws only for faults of the database. */
  async round(): Promise<CollectingResult> {
    const { home, loading, events } = this.#collector;
    const { id } = this.source;
    const result = await this.#reader.round(() => this.#stop.signal.aborted);
    // Time runs out also when nothing comes.
    await loading.take(() => correlateUsage(home, { source: id, nowMicros: Date.now() * 1000 }));
    for (const alarm of result.alarms) events.onAlarm(id, alarm);
    // Opened anew next time, with the secrets of then.
    if (!result.reached) await this.#reader.close();
    events.onRound(id, result);
    return result;
  }

  /** Round after round, until `stop`. */
  start(): void {
    this.#running = this.#run();
  }

  /** Files under way are finished, what was not begun is left. */
  async stop(): Promise<void> {
    this.#stop.abort();
    // What hangs is let go of; a file that is being put into the books is not.
    const letGo = setTimeout(() => void this.#reader.close(), GRACE_MS);
    await this.#running;
    clearTimeout(letGo);
    await this.#reader.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    let failures = 0;
    while (!signal.aborted) {
      const wait = await this.#attempt(failures);
      failures = wait.failed ? failures + 1 : 0;
      await sleep(wait.seconds * 1000, undefined, { signal }).catch(() => undefined); // aborted: the loop ends
    }
  }

  async #attempt(failures: number): Promise<{ readonly failed: boolean; readonly seconds: number }> {
    const { log } = this.#collector.home;
    const { id, collecting } = this.source;
    const { everySeconds } = collecting;
    try {
      const { reached } = await this.round();
      if (reached) return { failed: false, seconds: everySeconds };
      // A topic fills meanwhile, and keeps its messages for a time only.
      const longest = collecting.place.kind === 'kafka' ? LONGEST_TOPIC_WAIT_SECONDS : LONGEST_WAIT_SECONDS;
      const most = Math.max(everySeconds, longest);
      return { failed: true, seconds: Math.min(most, everySeconds * 2 ** Math.min(failures, 16)) };
    } catch (error) {
      const seconds = Math.min(LONGEST_DATABASE_WAIT_SECONDS, 2 ** Math.min(failures, 8));
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ source: id, reason, seconds }, 'collecting was interrupted, it goes on by itself');
      await this.#revive(error);
      return { failed: true, seconds };
    }
  }

  async #revive(error: unknown): Promise<void> {
    const { rejoin, log } = this.#collector.home;
    if (rejoin === undefined || databaseFault(error)?.code !== 'database.lost') return;
    try {
      await this.#collector.loading.take(rejoin);
    } catch (fault) {
      log.warn({ reason: fault instanceof Error ? fault.message : String(fault) }, 'the database could not be started again');
    }
  }
}
