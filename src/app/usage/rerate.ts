/** `carillon usage rerate`: charges in the books priced again. The difference is shown, and booked when that is asked for. */
import type pg from 'pg';
import type { CounterKey } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Period } from '#core/time/period.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { Service, UsageEvent } from '#core/usage/usage-event.ts';
import { suggestion } from '#operations/configuration/suggestion.ts';
import {
  findUnratable,
  type LegFilter,
  type RerateDifference,
  RerateSums,
  rerateEvent,
  type Unratable,
} from '#operations/usage/rerate-charges.ts';
import { type Rerating, settleDisturbedCounters } from '#operations/usage/settle-counters.ts';
import type { Correction, StandingEvent } from '#operations/usage/standing-charge.ts';
import { comparePlaces, placeOf } from '#pipeline/counter-book.ts';
import { lastKnowledge } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { deletedOf } from '#storage/retention/demand-detail.ts';
import { analyzeGrownTables } from '#storage/statistics.ts';
import { CorrectionStretches } from '#storage/usage/correction-stretches.ts';
import { CorrectionBooks } from '#storage/usage/corrections.ts';
import { StoredCounterBooks } from '#storage/usage/counter-books.ts';
import { inTransaction } from '#storage/usage/in-transaction.ts';
import {
  closeRerateRun,
  disturbCounters,
  type EventFilter,
  openRerateRun,
  selectBookedNames,
  selectLineIds,
  standingEvents,
} from '#storage/usage/rerate.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { knownBooks } from './counters.ts';
import type { UsageHome } from './home.ts';
import { fileIdsOf } from './look-up.ts';

export interface RerateRequest {
  readonly agreement?: string;
  readonly tariff?: string;
  readonly destination?: string;
  /** Number of a rate. */
  readonly rate?: number;
  readonly service?: Service;
  readonly file?: string;
  /** Local days of each charge's agreement. */
  readonly period?: Period;
  /** Price with what was known then instead of now. */
  readonly knownAtMicros?: number;
  /** Now, microseconds. */
  readonly nowMicros: number;
  /** Events that cannot be priced any more: keep their charges, or book nothing at all. */
  readonly unratable: 'keep' | 'block';
  /** Undefined: only show. */
  readonly book?: { readonly why: string; readonly by: string };
}

export interface RerateReport {
  /** Of the run that booked; undefined when nothing was booked. */
  readonly run: number | undefined;
  readonly booked: boolean;
  readonly knownAtMicros: number;
  /** Charges looked at. */
  readonly looked: number;
  readonly differences: readonly RerateDifference[];
  /** The first of them, and how many there are. */
  readonly unratable: readonly Unratable[];
  readonly unratableEvents: number;
}

export interface RerateEvents {
  /** Another process writes usage; this one waits. */
  onWait(): void;
  /** Charges looked at so far; those in tiers a second time, when their counters are gone through. */
  onProgress(looked: number): void;
}

const MOST_UNRATABLE = 20;
const MOST_WHY = 500;
/** Of those in tiers, which are gone through once more. */
const CHARGES_PER_PROGRESS = 2_000;

/**
 * Throws RefusedError: no filter or no reason (`usage.rerate-unclear`), names under which nothing is booked
 * (`usage.nothing-booked`), events of which some were deleted (`usage.detail-deleted`), events that cannot be priced any more, where they are to block (`usage.rerate-blocked`).
 */
export async function rerateUsage({ database }: UsageHome, request: RerateRequest, events: RerateEvents): Promise<RerateReport> {
  const why = request.book?.why.trim() ?? 'shown only';
  if (why === '' || why.length > MOST_WHY) throw unclear(`the words of --why must be 1 to ${MOST_WHY} characters`);
  const filter = await eventFilter(database, request);
  const gone = await deletedOf(database.pool, filter);
  if (gone !== undefined) throw new RefusedError(gone);
  const known = await lastKnowledge(database.pool);
  if (request.knownAtMicros !== undefined && request.knownAtMicros > request.nowMicros)
    throw unclear(`what will be known at ${formatInstant(request.knownAtMicros)} is not known yet`);
  const knownAtMicros = Math.min(request.knownAtMicros ?? known, known);
  return withUsageWriter(database, events.onWait, async (_, client) => {
    const books = knownBooks(database);
    const run = new Rerun(database, client, filter, request, knownAtMicros, books, events);
    if (request.book === undefined) return run.show();
    if (request.unratable === 'block') await run.refuseUnratable();
    return run.book(why, request.book.by);
  });
}

type Books = (knownAtMicros: number) => Promise<CompiledBook>;

/** One look through the books, or the booking of what it found. */
class Rerun {
  readonly #database: Database;
  readonly #client: pg.PoolClient;
  readonly #filter: EventFilter;
  readonly #request: RerateRequest;
  readonly #legs: LegFilter;
  readonly #knownAtMicros: number;
  readonly #books: Books;
  readonly #events: RerateEvents;
  #sums: RerateSums;
  #looked = 0;
  #unratable: Unratable[] = [];
  #unratableEvents = 0;

  constructor(
    database: Database,
    client: pg.PoolClient,
    filter: EventFilter,
    request: RerateRequest,
    knownAtMicros: number,
    books: Books,
    events: RerateEvents,
  ) {
    this.#database = database;
    this.#client = client;
    this.#filter = filter;
    this.#request = request;
    this.#legs = legFilter(request);
    this.#knownAtMicros = knownAtMicros;
    this.#books = books;
    this.#events = events;
    this.#sums = new RerateSums(knownAtMicros);
  }

  /** The same as booking, in a transaction that is rolled back; what no counter is concerned with is not even written. */
  async show(): Promise<RerateReport> {
    const client = this.#client;
    await client.query('begin');
    try {
      const books = new CorrectionBooks(client);
      let counted = false;
      for await (const found of this.#look()) {
        this.#sums.add(found.corrections);
        await books.book(found.corrections.filter(({ eventId, leg }) => found.counted.has(`${eventId}/${leg}`)));
        await disturbCounters(client, found.counters);
        counted ||= found.counters.size > 0;
      }
      if (counted) await settleDisturbedCounters(new StoredCounterBooks(client, this.#books, { onBook: this.#onBook }), this.#rerating());
    } finally {
      await client.query('rollback');
    }
    return this.#report(undefined);
  }

  /** Throws when an event cannot be priced any more. */
  async refuseUnratable(): Promise<void> {
    for await (const { book, batch } of this.#read()) {
      for (const event of batch) {
        const { legs, unratable } = findUnratable(book, event, this.#legs);
        this.#looked += legs;
        this.#note(unratable);
      }
      this.#events.onProgress(this.#looked);
    }
    const [first] = this.#unratable;
    if (first !== undefined) {
      const told = `${this.#unratableEvents} events cannot be priced any more, for example ${first.eventId}: ${first.reason}, ${first.detail}`;
      throw new RefusedError(refuse('usage.rerate-blocked', told));
    }
    this.#looked = 0;
  }

  async book(why: string, by: string): Promise<RerateReport> {
    const client = this.#client;
    const { agreement, tariff, destination, rate, service, file, period } = this.#request;
    const subject = { agreement, tariff, destination, rate, service, file, from: period?.from, to: period?.to };
    const runId = await openRerateRun(client, { subject, why, by, knownAtMicros: this.#knownAtMicros });
    const stretches = new CorrectionStretches(client, new CorrectionBooks(client, runId));
    try {
      for await (const found of this.#look()) {
        await stretches.add(found.corrections, found.counters);
        this.#sums.add(found.corrections);
      }
      await stretches.end();
    } finally {
      await stretches.abandon();
    }
    await this.#settle(runId);
    const some = await inTransaction(client, () =>
      closeRerateRun(client, runId, { looked: this.#looked, unratable: this.#unratableEvents }),
    );
    await analyzeGrownTables(client);
    return this.#report(some ? runId : undefined);
  }

  async *#look(): AsyncGenerator<Found> {
    for await (const { book, batch } of this.#read()) {
      yield this.#lookAt(book, batch);
      this.#events.onProgress(this.#looked);
    }
  }

  /** On a connection of its own, which sees the books as they are when it begins. */
  async *#read(): AsyncGenerator<{ readonly book: CompiledBook; readonly batch: Iterable<StandingEvent> }> {
    this.#unratable = [];
    this.#unratableEvents = 0;
    const book = await this.#books(this.#knownAtMicros);
    const reader = await this.#database.pool.connect();
    try {
      await reader.query('begin isolation level repeatable read read only');
      for await (const batch of standingEvents(reader, this.#filter)) yield { book, batch };
    } finally {
      await reader.query('rollback').catch(() => undefined);
      reader.release();
    }
  }

  #lookAt(book: CompiledBook, batch: Iterable<StandingEvent>): Found {
    const corrections: Correction[] = [];
    const counters = new Map<CounterKey, UsageEvent>();
    const counted = new Set<string>();
    for (const event of batch) {
      const again = rerateEvent(book, this.#knownAtMicros, event, this.#legs);
      this.#looked += again.legs;
      corrections.push(...again.corrections);
      if (again.counters.size > 0) for (const { leg } of again.corrections) counted.add(`${event.eventId}/${leg}`);
      for (const [key, moving] of again.counters) {
        const known = counters.get(key);
        if (known === undefined || comparePlaces(placeOf(known), placeOf(moving)) < 0) counters.set(key, moving);
      }
      this.#note(again.unratable);
    }
    return { corrections, counters, counted };
  }

  #note(unratable: Unratable | undefined): void {
    if (unratable === undefined) return;
    this.#unratableEvents += 1;
    if (this.#unratable.length < MOST_UNRATABLE) this.#unratable.push(unratable);
  }

  /** What counters are concerned with, in steps that are transactions of their own. */
  async #settle(runId: number): Promise<void> {
    const reader = await this.#database.pool.connect();
    try {
      const onBook = this.#onBook;
      await settleDisturbedCounters(
        new StoredCounterBooks(this.#client, this.#books, { correctionRun: runId, onBook, reader }),
        this.#rerating(),
      );
    } finally {
      reader.release();
    }
  }

  readonly #onBook = (corrections: readonly Correction[]): void => this.#sums.add(corrections);

  #rerating(): Rerating {
    const { service, fileIds } = this.#filter;
    let gone = 0;
    return {
      knownAtMicros: this.#knownAtMicros,
      selects: ({ event, fileId, charge }) => {
        gone += 1;
        if (gone % CHARGES_PER_PROGRESS === 0) this.#events.onProgress(this.#looked + gone);
        return (
          (service === undefined || event.service === service) &&
          (fileIds === undefined || fileIds.includes(fileId)) &&
          this.#legs.fits(charge)
        );
      },
    };
  }

  #report(run: number | undefined): RerateReport {
    return {
      run,
      booked: run !== undefined,
      knownAtMicros: this.#knownAtMicros,
      looked: this.#looked,
      differences: this.#sums.list(),
      unratable: this.#unratable,
      unratableEvents: this.#unratableEvents,
    };
  }
}

interface Found {
  readonly corrections: readonly Correction[];
  readonly counters: ReadonlyMap<CounterKey, UsageEvent>;
  /** Charges (`1042/in`) among the corrections that depend on counters. */
  readonly counted: ReadonlySet<string>;
}

function legFilter({ agreement, tariff, destination, rate, period }: RerateRequest): LegFilter {
  return {
    fitsUncharged:
      agreement === undefined && tariff === undefined && destination === undefined && rate === undefined
        ? (day) => period === undefined || (day >= period.from && day < period.to)
        : undefined,
    fits: ({ line, day }) =>
      (agreement === undefined || line.agreement === agreement) &&
      (tariff === undefined || line.tariff === tariff) &&
      (destination === undefined || line.destination === destination) &&
      (rate === undefined || line.rateId === rate) &&
      (period === undefined || (day >= period.from && day < period.to)),
  };
}

async function eventFilter(database: Database, request: RerateRequest): Promise<EventFilter> {
  const { agreement, tariff, destination, rate, service, file, period } = request;
  if ([agreement, tariff, destination, rate, service, file, period].every((each) => each === undefined))
    throw unclear('say which charges: an agreement, a tariff, a destination, a rate, a service, a file or a period');
  const byLine = agreement !== undefined || tariff !== undefined || destination !== undefined || rate !== undefined;
  const lines = { agreement, tariff, destination, rateId: rate };
  const lineIds = byLine ? await selectLineIds(database.pool, lines) : undefined;
  if (lineIds?.length === 0) {
    for (const [what, name] of Object.entries({ agreement, tariff, destination })) {
      if (name === undefined) continue;
      const booked = await selectBookedNames(database.pool, what as 'agreement' | 'tariff' | 'destination'); // the keys above
      if (booked.includes(name)) continue;
      throw new RefusedError(
        refuse('usage.nothing-booked', `nothing is booked with ${what} ${JSON.stringify(name)}${suggestion(name, booked)}`, {
          field: what,
          value: name,
        }),
      );
    }
    throw new RefusedError(refuse('usage.nothing-booked', 'nothing is booked that fits all of it'));
  }
  return { lineIds, from: period?.from, to: period?.to, service, fileIds: await fileIdsOf(database, file) };
}

function unclear(problem: string): RefusedError {
  return new RefusedError(refuse('usage.rerate-unclear', problem));
}
