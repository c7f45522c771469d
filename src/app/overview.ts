/** What is behind the overview: the books' figures, read again when their mark is another, and the engine's counters. */
import type { Overview, OverviewDesk } from '#api/overview/overview.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { ChargingEngine } from '#engine/engine.ts';
import { overviewBooksOn } from '#storage/overview/figures.ts';
import { collectingAlarms } from './collecting/overview.ts';
import { list as listDisputes } from './disputes.ts';
import type { Installation } from './installation.ts';
import { periodBoard } from './periods/closing.ts';
import { listSuspense } from './usage/suspense.ts';

/** A week, and the week before. */
const DAYS = 14;
/** Before that there were no telephones, and PostgreSQL writes years otherwise. */
const OLDEST = '1800-01-01';
const MOST_ALARMS = 100;
const MOST_DISPUTES = 100;
/** Without a new mark things may still be others: records were put right, a day has begun. */
const KNOWN_MS = 15_000;
const LOOK_MS = 900;
/** While figures move all the time, they are read again after so many times the time that reading took: a third of a core at most. */
const REST = 2;

type Books = Omit<Overview, 'charging'>;
type Engine = Pick<ChargingEngine, 'state' | 'counts'>;

export interface OverviewSources extends OverviewDesk {
  /** For streams: what is known, read again when it may be another. */
  readonly now: () => Promise<Overview>;
}

export function overviewOf(home: Pick<Installation, 'database' | 'settings'>, engine: Engine): OverviewSources {
  const books = overviewBooksOn(home.database);
  const rate = requestRate(engine);
  let known: { readonly shown: Books; readonly mark: string; readonly atMs: number; readonly tookMs: number } | undefined;
  const chargingNow = () => {
    const { sessions, accounts, waiting } = engine.state;
    return { sessions, accounts, waiting, requestsPerSecond: rate() };
  };
  return {
    async read(on) {
      return { ...(await readBooks(home, on)), charging: chargingNow() };
    },
    async now() {
      const mark = await books.mark();
      const [nowMs, restMs] = [performance.now(), (known?.tookMs ?? 0) * REST];
      const isOld = known === undefined || nowMs - known.atMs > (known.mark === mark ? Math.max(KNOWN_MS, restMs) : restMs);
      if (known === undefined || isOld) {
        const shown = await readBooks(home, undefined);
        known = { shown, mark, atMs: performance.now(), tookMs: performance.now() - nowMs };
      }
      return { ...known.shown, charging: chargingNow() };
    },
  };
}

async function readBooks(home: Pick<Installation, 'database' | 'settings'>, asked: string | undefined): Promise<Books> {
  const { database } = home;
  const books = overviewBooksOn(database);
  const today = new Date().toISOString().slice(0, 10);
  const on = asked ?? (await books.lastDay(today)) ?? today;
  const [days, groups, alarms, board, disputes] = await Promise.all([
    on < OLDEST
      ? []
      : books.traffic(
          Temporal.PlainDate.from(on)
            .subtract({ days: DAYS - 1 })
            .toString(),
          on,
        ),
    listSuspense(database, { by: 'reason', limit: 1_000 }),
    collectingAlarms(database, { source: undefined, cleared: false, limit: MOST_ALARMS }),
    periodBoard(home, today, today),
    listDisputes(database),
  ]);
  const byDaySide = Map.groupBy(days, ({ day, side }) => `${day} ${side}`);
  const byDayCurrency = Map.groupBy(days, ({ day, currency }) => `${day} ${currency}`);
  return {
    on,
    traffic: [...byDaySide.values()].flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const sum = (of: 'events' | 'answered'): number => Number(all.reduce((total, each) => total + each[of], 0n));
      return [{ day: first.day, side: first.side, events: sum('events'), answered: sum('answered') }];
    }),
    money: [...Map.groupBy(days, ({ day, side, currency }) => `${day} ${side} ${currency}`).values()].flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const { day, side, currency } = first;
      return [{ day, side, currency, amount: formatNanos(sumNanos(all)) }];
    }),
    margin: [...byDayCurrency.values()].flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const of = (side: string): bigint => sumNanos(all.filter((each) => each.side === side));
      return [{ day: first.day, currency: first.currency, amount: formatNanos(of('receivable') - of('payable')) }];
    }),
    held: groups.map(({ group, records, receivable, payable }) => ({
      ...{ reason: group, records, receivable: monies(receivable), payable: monies(payable) },
    })),
    alarms: alarms.map(({ source, kind, detail, raisedAtMicros }) => ({ source, kind, detail, at: formatInstant(raisedAtMicros) })),
    due: board.due.map(({ agreement, party, label }) => ({ agreement, party, period: label })),
    disputes: disputes
      .filter(({ state }) => state !== 'settled' && state !== 'withdrawn')
      .toSorted((a, b) => (a.respondBy < b.respondBy ? -1 : 1))
      .slice(0, MOST_DISPUTES)
      .map(({ id, party, document, reason, respondBy, netNanos, currency }) => ({
        ...{ dispute: String(id), party, document, reason, respondBy, amount: formatNanos(netNanos), currency },
      })),
  };
}

const sumNanos = (all: readonly { readonly nanos: bigint }[]): bigint => all.reduce((total, { nanos }) => total + nanos, 0n);

const monies = (byCurrency: Readonly<Record<string, bigint>>) =>
  Object.entries(byCurrency).map(([currency, nanos]) => ({ amount: formatNanos(nanos), currency }));

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
