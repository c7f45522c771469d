/**
 * Finds repetitions: which record of a source has a key already. Hashes of all keys within the window are in memory; an equal hash
 * only says where to look, and the stored key decides. One writer at a time uses it; what another process has written in
 * between is found by reading the list of runs with every claim.
 */
import { daysNear, daysOfStarts, mergedDays, SECONDS_PER_DAY } from './days.ts';
import { EntrySpace, makeRun } from './key-run.ts';
import { type Hits, MemoryRun } from './memory-run.ts';
import { type PendingClaim, PendingKeys, type Sorted } from './pending-keys.ts';
import type { EntryPlace, KeyBatch, KeyReader, NewRun, RunFacts, StoredKey } from './ports.ts';
import { FEWEST_FILTERED, RunFilter } from './run-filter.ts';
import { HashOrder } from './sort-hashes.ts';

const TWO_32 = 2 ** 32;

/** Runs that so many claims have not looked into are let go. */
const CLAIMS_KEPT = 64;

/** What became of a batch's keys. Open until it is committed or rolled back. */
export interface Claimed {
  /** For each record its own number, or that of the record that has its key. Own for those that were skipped. */
  readonly owners: Float64Array;
  readonly pending: PendingClaim;
  /** UTC days of its starts. */
  readonly days: readonly number[];
}

/** Live runs by source. */
export type RunLists = Map<number, readonly RunFacts[]>;

/** A run to be written in the transaction of its claims. */
export interface ClaimedRun {
  readonly sourceId: number;
  readonly run: NewRun;
}

/** A hash of the batch, and where an equal one is stored. */
interface Hit {
  readonly asked: number;
  readonly idHigh: number;
  readonly place: EntryPlace;
}

interface Candidate {
  readonly asked: number;
  readonly id: number;
}

export class KeyIndex {
  readonly #reader: KeyReader;
  /** By source, by number of the run. */
  readonly #sources = new Map<number, Map<number, MemoryRun>>();
  readonly #pending = new PendingKeys();
  readonly #order = new HashOrder();
  readonly #sorted = new EntrySpace();
  readonly #joined = new EntrySpace();
  readonly #passed = new EntrySpace();
  /** By source and address bits. */
  readonly #filters = new Map<string, RunFilter>();
  #claims = 0;

  constructor(reader: KeyReader) {
    this.#reader = reader;
  }

  /**
   * Claims keys for the records of a batch: the first with a key has it. Batches may be claimed before the ones before them are
   * committed; they count as if they were. A record that had claimed its key before, under the same number, has it still. One claim at a
   * time. `lists`: what was read of the lists of runs where nobody else can write meanwhile, and is read no more.
   */
  async claim(batch: KeyBatch, lists: RunLists = new Map()): Promise<Claimed> {
    this.#claims += 1;
    const sorted = this.#sort(batch);
    const owners = Float64Array.from(batch.ids.subarray(0, batch.count));
    const days = daysOfStarts(batch.startSeconds, sorted.records, sorted.count);
    const owned = sorted.count === 0 ? new Map<number, number>() : await this.#ownedBefore(batch, sorted, days, lists);
    const pending = { batch, own: claimTheRest(batch, sorted, owned, owners) };
    this.#pending.add(pending);
    return { owners, pending, days };
  }

  /** The runs of all claims of a transaction: one a source, or one for each upper half of the records' numbers. */
  runsOf(claims: readonly Claimed[]): readonly ClaimedRun[] {
    const bySource = Map.groupBy(claims, ({ pending }) => pending.batch.sourceId);
    return [...bySource].flatMap(([sourceId, some]) => {
      const days = mergedDays(some.map((claimed) => claimed.days));
      return this.#join(some, days).map((run) => ({ sourceId, run }));
    });
  }

  /** The claims are in the books, their runs under these numbers. */
  committed(claims: readonly Claimed[], runs: readonly ClaimedRun[], runIds: readonly number[]): void {
    this.rolledBack(claims);
    for (const [index, { sourceId, run }] of runs.entries()) {
      const known = this.#runsOf(sourceId);
      const runId = runIds[index];
      if (runId === undefined || known.has(runId)) continue;
      const memory = new MemoryRun({ runId, entries: run.entries, addressBits: run.addressBits, idHigh: run.idHigh, days: run.days });
      for (const { chunk, words } of run.chunks) memory.load(chunk, words);
      memory.lastClaim = this.#claims;
      known.set(runId, memory);
    }
  }

  /** The claims are not in the books. Batches claimed after them must be claimed again. */
  rolledBack(claims: readonly Claimed[]): void {
    this.#pending.remove(new Set(claims.map(({ pending }) => pending)));
  }

  /** Bytes of memory that the runs take when they are wholly loaded, and their number. */
  get size(): { readonly runs: number; readonly entries: number; readonly bytes: number } {
    const all = [...this.#sources.values()].flatMap((runs) => [...runs.values()]);
    return {
      runs: all.length,
      entries: all.reduce((sum, { facts }) => sum + facts.entries, 0),
      bytes: [...all, ...this.#filters.values()].reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  /** Valid until the next claim. */
  #sort(batch: KeyBatch): Sorted {
    const order = this.#order.sort(batch.hi, batch.count);
    this.#sorted.reserve(batch.count);
    const { hi, lo, idLow: records } = this.#sorted;
    let count = 0;
    for (let at = 0; at < batch.count; at++) {
      const record = order[at] ?? 0;
      if (batch.skip?.(record) === true) continue;
      hi[count] = batch.hi[record] ?? 0;
      lo[count] = batch.lo[record] ?? 0;
      records[count++] = record;
    }
    return { count, hi, lo, records };
  }

  /** What claims have claimed, in order of the upper words, as runs. */
  #join(claims: readonly Claimed[], days: readonly number[]): readonly NewRun[] {
    const count = claims.reduce((sum, { pending }) => sum + pending.own.count, 0);
    this.#joined.reserve(count);
    const { hi, lo, idLow } = this.#joined;
    const idHigh = new Float64Array(count);
    let at = 0;
    for (const { pending } of claims) {
      const { own, batch } = pending;
      hi.set(own.hi.subarray(0, own.count), at);
      lo.set(own.lo.subarray(0, own.count), at);
      for (let index = 0; index < own.count; index++, at++) {
        const id = batch.ids[own.records[index] ?? 0] ?? 0;
        idHigh[at] = Math.floor(id / TWO_32);
        idLow[at] = id % TWO_32;
      }
    }
    const order = this.#order.sort(hi, count);
    return highsOf(idHigh).map((high) => {
      this.#sorted.reserve(count);
      const part = this.#sorted;
      let some = 0;
      for (let place = 0; place < count; place++) {
        const from = order[place] ?? 0;
        if (idHigh[from] !== high) continue;
        part.hi[some] = hi[from] ?? 0;
        part.lo[some] = lo[from] ?? 0;
        part.idLow[some++] = idLow[from] ?? 0;
      }
      return makeRun({ count: some, hi: part.hi, lo: part.lo, idLow: part.idLow }, high, days);
    });
  }

  #runsOf(sourceId: number): Map<number, MemoryRun> {
    const known = this.#sources.get(sourceId) ?? new Map<number, MemoryRun>();
    this.#sources.set(sourceId, known);
    return known;
  }

  /** Numbers of the records that had the key before this batch, by place in the sorted hashes. */
  async #ownedBefore(batch: KeyBatch, sorted: Sorted, days: readonly number[], lists: RunLists): Promise<ReadonlyMap<number, number>> {
    const owned = new Map<number, number>();
    const own = (asked: number, id: number): void => {
      owned.set(asked, Math.min(id, owned.get(asked) ?? id));
    };
    const idOf = (asked: number): number | undefined => batch.ids[sorted.records[asked] ?? 0];
    const storedDays = new Set<number>();
    const hits: Hit[] = [];
    const reached = await this.#runsNear(batch, days, lists);
    for (const run of reached) await this.#loadFor(run, sorted);
    for (const [addressBits, runs] of Map.groupBy(reached, ({ facts }) => facts.addressBits)) {
      const asked = this.#asked(batch.sourceId, addressBits, runs, sorted);
      for (const run of runs) {
        const before = hits.length;
        findIn(run, asked, hits);
        if (hits.length > before) for (const day of daysNear(run.facts.days, days, batch.windowDays)) storedDays.add(day);
      }
    }
    this.#letGo();
    const candidates = await this.#candidates(sorted, hits);
    if (candidates.length > 0) {
      const stored = await this.#reader.storedKeys(
        likelyDays(batch, sorted, candidates),
        [...storedDays].sort((a, b) => a - b),
      );
      for (const { asked, id } of candidates) {
        const key = stored.get(id);
        if (key !== undefined && isSame(batch, sorted.records[asked] ?? 0, key)) own(asked, id);
      }
    }
    this.#pending.find(sorted, (asked, { batch: other }, earlier) => {
      const record = sorted.records[asked] ?? 0;
      if (other.sourceId !== batch.sourceId || !near(batch, batch.startSeconds[record] ?? 0, other.startSeconds[earlier] ?? 0)) return;
      if (other.keyAt(earlier) === batch.keyAt(record)) own(asked, other.ids[earlier] ?? 0);
    });
    // A record that is taken up again keeps the key it has.
    for (const { asked, id } of candidates) if (idOf(asked) === id) owned.set(asked, id);
    return owned;
  }

  /** Live runs whose events may be within the window of these days. */
  async #runsNear(batch: KeyBatch, days: readonly number[], lists: RunLists): Promise<readonly MemoryRun[]> {
    const known = this.#runsOf(batch.sourceId);
    const listed = lists.get(batch.sourceId) ?? (await this.#reader.runs(batch.sourceId)).filter(({ live }) => live);
    lists.set(batch.sourceId, listed);
    const live = new Set(listed.map(({ runId }) => runId));
    for (const runId of known.keys()) if (!live.has(runId)) known.delete(runId);
    const near: MemoryRun[] = [];
    for (const facts of listed) {
      if (daysNear(facts.days, days, batch.windowDays).length === 0) continue;
      const run = known.get(facts.runId) ?? new MemoryRun(facts);
      known.set(facts.runId, run);
      run.lastClaim = this.#claims;
      near.push(run);
    }
    return near;
  }

  /** Reads what of the run these hashes need. */
  async #loadFor(run: MemoryRun, { hi, count }: Sorted): Promise<void> {
    const missing = run.missingFor(hi, count);
    if (missing.length > 0) for await (const { chunk, words } of this.#reader.words(run.facts.runId, missing)) run.load(chunk, words);
  }

  /** Those hashes that must be looked up in runs of the same size. */
  #asked(sourceId: number, addressBits: number, runs: readonly MemoryRun[], sorted: Sorted): Asked {
    const name = `${sourceId} ${addressBits}`;
    if (runs.length < FEWEST_FILTERED || !runs.every(({ complete }) => complete)) {
      this.#filters.delete(name);
      return { ...sorted, places: undefined };
    }
    const filter = this.#filters.get(name) ?? new RunFilter(addressBits);
    this.#filters.set(name, filter);
    filter.cover(runs);
    this.#passed.reserve(sorted.count);
    const { hi, lo, idLow: places } = this.#passed;
    return { count: filter.pass(sorted, { hi, lo, places }), hi, lo, places };
  }

  /** The records of those hits whose 64 bits are equal. */
  async #candidates({ hi }: Sorted, hits: readonly Hit[]): Promise<readonly Candidate[]> {
    if (hits.length === 0) return [];
    const entries = await this.#reader.entriesAt(hits.map(({ place }) => place));
    return hits.flatMap(({ asked, idHigh }, index) =>
      entries[2 * index] === hi[asked] ? [{ asked, id: idHigh * TWO_32 + (entries[2 * index + 1] ?? 0) }] : [],
    );
  }

  #letGo(): void {
    for (const runs of this.#sources.values())
      for (const [runId, { lastClaim }] of runs) if (lastClaim < this.#claims - CLAIMS_KEPT) runs.delete(runId);
  }
}

/** A repetition nearly always starts when its original does. */
function likelyDays(batch: KeyBatch, { records }: Sorted, candidates: readonly Candidate[]): ReadonlyMap<number, number> {
  return new Map(candidates.map(({ asked, id }) => [id, Math.floor((batch.startSeconds[records[asked] ?? 0] ?? 0) / SECONDS_PER_DAY)]));
}

/** Sorted hashes that are looked up. `places`: where they stand in the whole batch; undefined when they are all of it. */
interface Asked extends Omit<Sorted, 'records'> {
  readonly places: Uint32Array | undefined;
}

/** Adds where hashes of a stored run are equal, as far as memory knows. */
function findIn(run: MemoryRun, { hi, lo, count, places }: Asked, hits: Hit[]): void {
  const { runId, idHigh } = run.facts;
  const found: Hits = { asked: [], positions: [] };
  run.find(hi, lo, count, found);
  for (const [index, at] of found.asked.entries()) {
    const { chunk, begins } = run.chunkOf(hi[at] ?? 0);
    const place = { runId, chunk, position: (found.positions[index] ?? 0) - begins };
    hits.push({ asked: places?.[at] ?? at, idHigh, place });
  }
}

/** The law of repetitions, for records of one source. */
function isSame(batch: KeyBatch, record: number, { sourceKey, startMicros }: StoredKey): boolean {
  if (sourceKey !== undefined && batch.keyAt(record) !== sourceKey) return false;
  return startMicros === undefined || near(batch, batch.startSeconds[record] ?? 0, Math.floor(startMicros / 1_000_000));
}

function near({ windowDays }: KeyBatch, a: number, b: number): boolean {
  return Math.abs(a - b) <= windowDays * SECONDS_PER_DAY;
}

/** Gives each key to the first record of the batch that has it and is not owned before. Fills in `owners`; returns who claims. */
function claimTheRest(batch: KeyBatch, sorted: Sorted, owned: ReadonlyMap<number, number>, owners: Float64Array): Sorted {
  const { count, hi, lo, records } = sorted;
  const own = { hi: new Uint32Array(count), lo: new Uint32Array(count), records: new Uint32Array(count) };
  let claiming = 0;
  let groupBegins = 0;
  for (let at = 0; at < count; at++) {
    const record = records[at] ?? 0;
    if (at > 0 && hi[at] !== hi[at - 1]) groupBegins = claiming;
    let owner = owned.size > 0 ? owned.get(at) : undefined;
    for (let earlier = groupBegins; earlier < claiming && owner === undefined; earlier++) {
      if (own.lo[earlier] !== lo[at]) continue;
      const other = own.records[earlier] ?? 0;
      if (!near(batch, batch.startSeconds[record] ?? 0, batch.startSeconds[other] ?? 0)) continue;
      if (batch.keyAt(other) === batch.keyAt(record)) owner = batch.ids[other];
    }
    if (owner !== undefined) {
      owners[record] = owner;
      continue;
    }
    own.hi[claiming] = hi[at] ?? 0;
    own.lo[claiming] = lo[at] ?? 0;
    own.records[claiming++] = record;
  }
  return { count: claiming, ...own };
}

/** The upper halves of numbers that there are: nearly always one. */
function highsOf(idHigh: Float64Array): readonly number[] {
  const highs: number[] = [];
  for (const high of idHigh) if (high !== highs.at(-1) && !highs.includes(high)) highs.push(high);
  return highs;
}
