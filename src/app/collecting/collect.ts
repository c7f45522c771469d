/** `carillon collect`: fetches the files of all sources that say where theirs come from, until it is told to stop. */
import { setTimeout } from 'node:timers/promises';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { Collecting } from '#core/usage/collecting.ts';
import { type CollectingResult, collectSource } from '#operations/collecting/collect-source.ts';
import type { Alarm, LoadedIntoBooks, Place } from '#operations/collecting/ports.ts';
import { parseSource } from '#operations/usage/source.ts';
import { collectingStore } from '#storage/collecting/collecting-store.ts';
import { loadSources } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import type { UsageHome } from '../usage/home.ts';
import { type FileReport, loadUsage } from '../usage/load.ts';
import { openPlace } from './places.ts';

export interface CollectRequest {
  /** Only these; all that collect when empty. */
  readonly sources: readonly string[];
  /** One round over each source, and no more. */
  readonly once: boolean;
  /** Aborted: files under way are finished, then it returns. */
  readonly stop: AbortSignal;
}

export interface CollectEvents {
  onFile(source: string, report: FileReport): void;
  onAlarm(source: string, alarm: Alarm): void;
  onRound(source: string, result: CollectingResult): void;
}

export interface CollectedSource {
  readonly id: string;
  readonly collecting: Collecting;
}

/** Sources are looked at one after the other: usage has one writer at a time. Throws RefusedError when there is nothing to collect. */
export async function collect(
  installation: UsageHome,
  request: CollectRequest,
  events: CollectEvents,
): Promise<readonly CollectingResult[]> {
  const sources = await collectingSources(installation.database, request.sources);
  if (sources.length === 0) throw new RefusedError(refuse('collect.nothing-to-collect', 'no source has collect: in its declaration'));
  const opened = await Promise.all(
    sources.map(async (source) => ({
      source,
      place: await openPlace(source, installation),
      nextRound: 0,
      results: [] as CollectingResult[],
    })),
  );
  try {
    for (;;) {
      for (const one of opened) {
        if (request.stop.aborted) return opened.flatMap(({ results }) => results);
        if (Date.now() < one.nextRound) continue;
        const result = await round(installation, one.source, one.place, request.stop, events);
        events.onRound(one.source.id, result);
        one.nextRound = Date.now() + one.source.collecting.everySeconds * 1000;
        one.results = [result];
      }
      if (request.once || request.stop.aborted) return opened.flatMap(({ results }) => results);
      const wait = Math.max(0, Math.min(...opened.map(({ nextRound }) => nextRound)) - Date.now());
      await setTimeout(wait, undefined, { signal: request.stop }).catch(() => undefined); // aborted: seen above
    }
  } finally {
    await Promise.all(opened.map(({ place }) => place.close()));
  }
}

async function round(
  installation: UsageHome,
  source: CollectedSource,
  place: Place,
  stop: AbortSignal,
  events: CollectEvents,
): Promise<CollectingResult> {
  const result = await collectSource(source, {
    place,
    store: collectingStore(installation.database.pool),
    load: (path, name, unchanged) => load(installation, source.id, { path, name, unchanged }, events),
    now: () => Date.now() * 1000,
    stopping: () => stop.aborted,
  });
  for (const alarm of result.alarms) events.onAlarm(source.id, alarm);
  return result;
}

async function load(
  installation: UsageHome,
  source: string,
  file: { readonly path: string; readonly name: string; readonly unchanged: () => Promise<void> },
  events: CollectEvents,
): Promise<LoadedIntoBooks> {
  const silent = { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined };
  const [report] = await loadUsage(installation, { files: [file], source, allOrNothing: false }, silent);
  if (report === undefined) throw new Error(`no report of ${file.name}`);
  events.onFile(source, report);
  return {
    state: report.state === 'refused' ? 'refused' : 'loaded',
    fileId: report.fileId,
    refusals: report.refusals,
    differences: report.differences ?? [],
    before: report.state === 'already-loaded',
  };
}

/** Sources with `collect:` as known now. Throws RefusedError for a name that is none of them. */
export async function collectingSources(database: Database, wanted: readonly string[]): Promise<readonly CollectedSource[]> {
  const declared = await loadSources(database);
  const sources = declared.flatMap((source) => {
    const { id, collecting } = valueOrThrow(parseSource(source, { field: `sources ${source.id}` }));
    return collecting === undefined ? [] : [{ id, collecting }];
  });
  for (const name of wanted)
    if (!sources.some(({ id }) => id === name))
      throw new RefusedError(
        refuse(
          'collect.nothing-to-collect',
          `source ${name} has no collect: in its declaration; these have: ${sources.map(({ id }) => id).join(', ') || 'none'}`,
        ),
      );
  return wanted.length === 0 ? sources : sources.filter(({ id }) => wanted.includes(id));
}
