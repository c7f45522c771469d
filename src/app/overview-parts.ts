/** The parts of the overview, as the books have them now. */
import type { Overview } from '#api/overview/overview.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { DayOfTraffic, OverviewBooks } from '#operations/overview/ports.ts';
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

type Figures = Pick<Overview, 'on' | 'traffic' | 'money' | 'margin'>;
type Part<Name extends keyof Overview> = () => Promise<NonNullable<Overview[Name]>>;

export interface OverviewParts {
  /** `on` undefined: the last day with charges. */
  readonly figures: (on: string | undefined) => Promise<Figures>;
  readonly held: Part<'held'>;
  readonly alarms: Part<'alarms'>;
  readonly due: Part<'due'>;
  readonly disputes: Part<'disputes'>;
}

export function overviewParts(home: Pick<Installation, 'database' | 'settings'>, books: OverviewBooks): OverviewParts {
  const { database } = home;
  return {
    async figures(asked) {
      const today = utcToday();
      const on = asked ?? (await books.lastDay(today)) ?? today;
      if (on < OLDEST) return figuresOf(on, []);
      const from = Temporal.PlainDate.from(on).subtract({ days: DAYS - 1 });
      return figuresOf(on, await books.traffic(from.toString(), on));
    },
    async held() {
      const groups = await listSuspense(database, { by: 'reason', limit: 1_000 });
      return groups.map(({ group, records, receivable, payable }) => ({
        ...{ reason: group, records, receivable: monies(receivable), payable: monies(payable) },
      }));
    },
    async alarms() {
      const alarms = await collectingAlarms(database, { source: undefined, cleared: false, limit: MOST_ALARMS });
      return alarms.map(({ source, kind, detail, raisedAtMicros }) => ({ source, kind, detail, at: formatInstant(raisedAtMicros) }));
    },
    async due() {
      const today = utcToday();
      const { due } = await periodBoard(home, today, today);
      return due.map(({ agreement, party, label }) => ({ agreement, party, period: label }));
    },
    async disputes() {
      return (await listDisputes(database))
        .filter(({ state }) => state !== 'settled' && state !== 'withdrawn')
        .toSorted((a, b) => (a.respondBy < b.respondBy ? -1 : 1))
        .slice(0, MOST_DISPUTES)
        .map(({ id, party, document, reason, respondBy, netNanos, currency }) => ({
          ...{ dispute: String(id), party, document, reason, respondBy, amount: formatNanos(netNanos), currency },
        }));
    },
  };
}

function figuresOf(on: string, days: readonly DayOfTraffic[]): Figures {
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
  };
}

const utcToday = (): string => new Date().toISOString().slice(0, 10);

const sumNanos = (all: readonly { readonly nanos: bigint }[]): bigint => all.reduce((total, { nanos }) => total + nanos, 0n);

const monies = (byCurrency: Readonly<Record<string, bigint>>) =>
  Object.entries(byCurrency).map(([currency, nanos]) => ({ amount: formatNanos(nanos), currency }));
