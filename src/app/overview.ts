/** What is behind the overview: its parts, each read again when the books' mark is another and as often as its reading costs, and the engine's counters. */
import type { Overview, OverviewDesk } from '#api/overview/overview.ts';
import type { ChargingEngine } from '#engine/engine.ts';
import { overviewBooksOn } from '#storage/overview/figures.ts';
import type { Installation } from './installation.ts';
import { KeptReading } from './kept-reading.ts';
import { overviewParts } from './overview-parts.ts';

const LOOK_MS = 900;

type Engine = Pick<ChargingEngine, 'state' | 'counts'>;

export interface OverviewSources extends OverviewDesk {
  /** For streams: what is known, read again when it may be another. What takes long is read beside: its figures come when they are there. */
  readonly now: () => Promise<Overview>;
}

export function overviewOf(home: Pick<Installation, 'database' | 'settings'>, engine: Engine): OverviewSources {
  const books = overviewBooksOn(home.database);
  const parts = overviewParts(home, books);
  const rate = requestRate(engine);
  const chargingNow = () => {
    const { sessions, accounts, waiting } = engine.state;
    return { sessions, accounts, waiting, requestsPerSecond: rate() };
  };
  const kept = {
    figures: new KeptReading(() => parts.figures(undefined)),
    held: new KeptReading(parts.held),
    alarms: new KeptReading(parts.alarms),
    due: new KeptReading(parts.due),
    disputes: new KeptReading(parts.disputes),
  };
  return {
    async read(on) {
      const [figures, held, alarms, due, disputes] = await Promise.all([
        parts.figures(on),
        parts.held(),
        parts.alarms(),
        parts.due(),
        parts.disputes(),
      ]);
      return { ...figures, held, alarms, due, disputes, charging: chargingNow() };
    },
    async now() {
      const mark = await books.mark();
      const [figures, held, alarms, due, disputes] = await Promise.all([
        kept.figures.now(mark),
        kept.held.now(mark),
        kept.alarms.now(mark),
        kept.due.now(mark),
        kept.disputes.now(mark),
      ]);
      return { ...figures, held, alarms, due, disputes, charging: chargingNow() };
    },
  };
}

/** Answers a second, between two looks. */
function requestRate({ counts }: Engine): () => number {
  const total = (): number => counts.answered.values().reduce((sum, each) => sum + each, 0);
  let [before, atMs, rate] = [total(), performance.now(), 0];
  return () => {
    const [now, nowMs] = [total(), performance.now()];
    // Several look within one second: they see the same.
    if (nowMs - atMs >= LOOK_MS) [before, atMs, rate] = [now, nowMs, Math.round((now - before) / ((nowMs - atMs) / 1_000))];
    return rate;
  };
}
