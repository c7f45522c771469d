/** `carillon collect run`: fetches files from where sources say that theirs come from, until it is told to stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { CollectingResult } from '#operations/collecting/collect-source.ts';
import { openSpool } from '#storage/collecting/spool.ts';
import type { Settings } from '../settings.ts';
import { pruneArchive } from '../usage/archive.ts';
import type { CollectEvents, Collector } from './collector.ts';
import { SourceRunner } from './source-runner.ts';
import { type CollectedSource, collectingSources } from './sources.ts';
import { Turns } from './turns.ts';
import { receiveUploads } from './uploads.ts';

export type { CollectEvents } from './collector.ts';

/** How often it is looked whether the declarations have changed. */
const CONFIGURATION_SECONDS = 5;
const PRUNE_EVERY_MS = 3_600_000;

export interface CollectRequest {
  /** Only these; all that collect when empty. */
  readonly sources: readonly string[];
  /** One round over each source, and no more. */
  readonly once: boolean;
  /** Where uploads are received; not in one round. */
  readonly uploads?: Settings['collect'];
  /** Aborted: files under way are finished, then it returns. */
  readonly stop: AbortSignal;
}

/**
 * Places are looked at and fetched from at the same time; files are put into the books one after the other. Gives back the
 * results of `once`. Throws RefusedError when there is nothing to collect at the beginning.
 */
export async function collect(
  home: Collector['home'],
  request: CollectRequest,
  events: CollectEvents,
): Promise<readonly CollectingResult[]> {
  const sources = await sourcesAtBeginning(home, request);
  if (sources.length === 0) throw new RefusedError(refuse('collect.nothing-to-collect', 'no source has collect: in its declaration'));
  const collector = { home, spool: await openSpool(home.dataFolder), loading: new Turns(), events };
  if (request.once) return once(sources, collector);
  await untilStopped(sources, collector, request);
  return [];
}

const ATTEMPTS = 5;

/** A connection that is cut just then only delays. */
async function sourcesAtBeginning(home: Collector['home'], { sources, once, stop }: CollectRequest): Promise<readonly CollectedSource[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await collectingSources(home.database, sources);
    } catch (error) {
      if (error instanceof RefusedError || once || stop.aborted || attempt === ATTEMPTS) throw error;
      await sleep(1000, undefined, { signal: stop }).catch(() => undefined); // aborted: one more attempt
    }
  }
}

async function once(sources: readonly CollectedSource[], collector: Collector): Promise<readonly CollectingResult[]> {
  const runners = sources.map((source) => new SourceRunner(source, collector));
  const results = await Promise.allSettled(runners.map((runner) => runner.round()));
  await Promise.all(runners.map((runner) => runner.stop()));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

async function untilStopped(
  first: readonly CollectedSource[],
  collector: Collector,
  { sources: wanted, stop, uploads }: CollectRequest,
): Promise<void> {
  const { home } = collector;
  const running = new Map<string, SourceRunner>();
  let sources = first;
  const desk = uploads === undefined ? undefined : await receiveUploads(home, uploads, () => sources);
  let pruneAt = 0;
  while (!stop.aborted) {
    await follow(running, sources, collector);
    if (Date.now() >= pruneAt) {
      pruneAt = Date.now() + PRUNE_EVERY_MS;
      await prune(collector);
    }
    await sleep(CONFIGURATION_SECONDS * 1000, undefined, { signal: stop }).catch(() => undefined); // aborted: the loop ends
    if (stop.aborted) break;
    try {
      sources = await collectingSources(home.database, wanted);
    } catch (error) {
      // The declarations of before count on: the database is away, or somebody is in the middle of changing them.
      home.log.debug({ reason: error instanceof Error ? error.message : String(error) }, 'the declarations could not be read');
    }
  }
  await desk?.close();
  await Promise.all([...running.values()].map((runner) => runner.stop()));
}

/** Raw files that their sources no longer keep leave the archive, and what is left there of killed loads. */
async function prune({ home, loading }: Collector): Promise<void> {
  try {
    const { files, orphans } = await loading.take(() => pruneArchive(home, { dryRun: false }));
    if (files.length + orphans > 0) home.log.info({ files: files.length, orphans }, 'raw files left the archive');
  } catch (error) {
    home.log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the archive could not be pruned');
  }
}

/** Starts what is new, stops what is no more, and starts anew what has changed. */
async function follow(running: Map<string, SourceRunner>, sources: readonly CollectedSource[], collector: Collector): Promise<void> {
  const { log } = collector.home;
  for (const [id, runner] of running) {
    const source = sources.find((one) => one.id === id);
    if (source !== undefined && JSON.stringify(source) === JSON.stringify(runner.source)) continue;
    running.delete(id);
    log.info({ source: id }, source === undefined ? 'the source collects no more' : 'the declaration has changed');
    await runner.stop();
  }
  for (const source of sources) {
    if (running.has(source.id)) continue;
    const runner = new SourceRunner(source, collector);
    running.set(source.id, runner);
    runner.start();
    log.debug({ source: source.id, place: source.collecting.place.kind }, 'collecting');
  }
}
