/** An event in the books replaced by another of the same records, by reversal: what correcting a rated record and joining a late part share. */
import type pg from 'pg';
import type { CounterKey } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { settleDisturbedCounters } from '#operations/usage/settle-counters.ts';
import { type CorrectionReason, replacement, type StandingEvent, standingOf } from '#operations/usage/standing-charge.ts';
import type { CorrelatedEvent, EventPart, PartTransaction, StoredPart } from '#pipeline/correlating/ports.ts';
import { CounterBook, comparePlaces, placeOf } from '#pipeline/counter-book.ts';
import type { UsageWriter } from '#pipeline/ports.ts';
import { type Configuration, rateFirst } from '#pipeline/read-record.ts';
import { RollupSums } from '#pipeline/rollup-sums.ts';
import { writeRated } from '#pipeline/write-rated.ts';
import type { Database } from '#storage/database.ts';
import { CorrectionBooks } from '#storage/usage/corrections.ts';
import { StoredCounterBooks } from '#storage/usage/counter-books.ts';
import { disturbCounters } from '#storage/usage/rerate.ts';
import { selectStandingEvent } from '#storage/usage/standing-rows.ts';
import { type CorrectionRun, detachParts, enterRun, markTakenBack } from '#storage/usage/taken-back.ts';
import { forgetScreened } from './forget-screened.ts';

/** With the right to write usage, which `writer` and `client` have. */
export interface Replacing {
  readonly database: Database;
  readonly writer: UsageWriter<PartTransaction>;
  readonly client: pg.PoolClient;
  /** Compiled books as known at an instant. */
  readonly books: (knownAtMicros: number) => Promise<CompiledBook>;
  /** Prices the event that comes: what is known now. */
  readonly configuration: Configuration;
  readonly nowMicros: number;
}

export interface ReplaceOrder extends Omit<CorrelatedEvent, 'eventId' | 'startMicros' | 'endMicros'> {
  readonly standing: StandingEvent;
  /** The event as it is from now on; it can be priced. */
  readonly event: UsageEvent;
  /** Whose file and bytes the event's row names. */
  readonly base: EventPart;
  /** Of the parts: those that are held until now. */
  readonly late: readonly StoredPart[];
  readonly endMicros: number;
  readonly reason: CorrectionReason;
  readonly run: CorrectionRun;
  /** Done in the same transaction. */
  readonly also?: (client: pg.ClientBase) => Promise<void>;
  /** Only see what would become of it. */
  readonly dryRun?: boolean;
}

/** An event before and after. */
export interface ReplacedEvent {
  readonly run: number;
  readonly before: StandingEvent;
  readonly after: StandingEvent;
}

/**
 * One transaction: the charges that stand are reversed, an event with a number of its own is booked with the same records
 * and charged, days that are closed in the first open one, and tiers that either of them moves are gone through again.
 * It is not screened again, since a person has looked at it; screening remembers it instead of the other.
 */
export async function replaceEvent(replacing: Replacing, order: ReplaceOrder): Promise<ReplacedEvent> {
  try {
    return await replacing.writer.transaction(async (transaction) => {
      const replaced = await replace(replacing, transaction, order);
      if (order.dryRun === true) throw new Undone(replaced);
      return replaced;
    });
  } catch (error) {
    if (error instanceof Undone) return error.replaced;
    throw error;
  }
}

/** Thrown so that nothing is booked of what was only to be seen. */
class Undone extends Error {
  readonly replaced: ReplacedEvent;

  constructor(replaced: ReplacedEvent) {
    super('not to be booked');
    this.replaced = replaced;
  }
}

async function replace(
  { database, client, books, configuration, nowMicros }: Replacing,
  transaction: PartTransaction,
  order: ReplaceOrder,
): Promise<ReplacedEvent> {
  const { standing: before, event, base, late, scope, group, missing, parts, endMicros } = order;
  const run = await enterRun(client, order.run);
  const rememberOthers = await forgetScreened(database, client, { events: [before.event] });
  const eventId = await transaction.takeNumbers(1);
  // Its charges are corrections, so that what is closed stays closed.
  const row = { id: eventId, byteFrom: base.byteFrom, byteLength: base.byteLength, event, charges: [] };
  await writeRated(transaction, base.fileId, [row], configuration.knownAtMicros, new RollupSums());
  await charge(client, transaction, configuration, order, eventId, run);
  await markTakenBack(client, [before.eventId], run, eventId);
  await detachParts(client, [before.eventId]);
  await transaction.writeCorrelated([{ eventId, scope, group, startMicros: event.startMicros, endMicros, missing, parts }], nowMicros);
  await leaveSuspense(transaction, late);
  await order.also?.(client);
  await rememberOthers([event]);
  await settleDisturbedCounters(new StoredCounterBooks(client, books, { correctionRun: run }));
  const after = await selectStandingEvent(client, eventId);
  if (after === undefined) throw new Error(`event ${eventId} was not written`);
  return { run, before, after };
}

async function charge(
  client: pg.PoolClient,
  transaction: PartTransaction,
  { compiled, knownAtMicros }: Configuration,
  { standing, event, reason }: ReplaceOrder,
  eventId: number,
  run: number,
): Promise<void> {
  const first = rateFirst(compiled, event);
  const counters = new CounterBook(await transaction.lockCounters(first.kind === 'rated' ? [...first.counters].sort() : []));
  const rated = rateEvent(compiled, event, counters.reader);
  if (rated.kind === 'held') throw new Error(`event ${eventId} cannot be priced: ${rated.reason}, ${rated.detail}`);
  const charges = rated.charges.map((each) => standingOf(each, knownAtMicros));
  const corrections = [
    ...standing.charges.flatMap((each) => replacement(standing, each, undefined, reason)),
    ...charges.flatMap((each) => replacement({ eventId, event }, undefined, each, reason)),
  ];
  await new CorrectionBooks(client, run).book(corrections);
  const moved = new Map<CounterKey, UsageEvent>();
  for (const { event: moving, moves } of corrections)
    for (const { key } of moves) {
      const known = moved.get(key);
      if (known === undefined || comparePlaces(placeOf(known), placeOf(moving)) < 0) moved.set(key, moving);
    }
  await disturbCounters(client, moved);
}

/** Parts that were held are rated with their event from now on. */
async function leaveSuspense(transaction: PartTransaction, late: readonly StoredPart[]): Promise<void> {
  await transaction.remove(
    'held',
    late.map(({ id }) => id),
  );
  for (const [fileId, some] of Map.groupBy(late, (part) => part.fileId)) {
    const reasons: Record<string, number> = {};
    for (const { reason } of some) reasons[reason] = (reasons[reason] ?? 0) - 1;
    await transaction.amendFile(fileId, { read: 0, rated: some.length, held: -some.length, duplicate: 0, rejected: 0 }, reasons);
  }
}
