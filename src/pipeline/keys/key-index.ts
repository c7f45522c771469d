/**
 * Finds repetitions: which record of a source has a key already. Hashes of all keys within the window are in memory; an equal hash
 * only says where to look, and the stored key decides. One writer at a time uses it; what another process has written in
 * between is found by reading the list of runs with every claim.
 */
import { daysNear, daysOfStarts, SECONDS_PER_DAY } from './days.ts';
import { makeRun } from './key-run.ts';
import { type Hits, MemoryRun } from './memory-run.ts';
import type { EntryPlace, KeyBatch, KeyReader, NewRun, StoredKey } from './ports.ts';
import { HashOrder } from './sort-hashes.ts';

const TWO_32 = 2 ** 32;

/** Runs that so many claims have not looked into are let go. */
const CLAIMS_KEPT = 64;

/** What became of a batch's keys. */
export interface Claimed {
  /** For each record its own number, or that of the record that has its key. Own for those that were skipped. */
  readonly owners: Float64Array;
  /** To be written in the batch's transaction: `KeyRunStore.writeRuns`. None when nothing new was claimed. */
  readonly runs: readonly NewRun[];
}

/** Sorted hashes of a batch. */
interface Sorted {
  readonly count: number;
  readonly hi: Uint32Array;
  readonly lo: Uint32Array;
  /** Index of the record in the batch. */
  readonly records: Uint32Array;
}

/** Claimed, and neither committed nor rolled back. */
interface Pending {
  readonly claimed: Claimed;
  readonly batch: KeyBatch;
  readonly own: Sorted;
  readonly memory: MemoryRun;
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
  readonly #pending: Pending[] = [];
  readonly #order = new HashOrder();
  #claims = 0;

  constructor(reader: KeyReader) {
    this.#reader = reader;
  }

  /**
   * Claims keys for the records of a batch: the first with a key has it. Batches may be claimed before the ones before them are
   * committed; they count as if they were. A record that had claimed its key before, under the same number, has it still. One claim at a
   * time.
   */
  async claim(batch: KeyBatch): Promise<Claimed> {
    this.#claims += 1;
    const sorted = this.#sort(batch);
    const owners = Float64Array.from(batch.ids.subarray(0, batch.count));
    if (sorted.count === 0) return { owners, runs: [] };
    const days = daysOfStarts(batch.startSeconds, sorted.records, sorted.count);
    const owned = await this.#ownedBefore(batch, sorted, days);
    const own = claimTheRest(batch, sorted, owned, owners);
    const runs = runsOf(batch, own, days);
    const claimed = { owners, runs };
    if (own.count > 0) this.#pending.push({ claimed, batch, own, memory: memoryOf(own, days) });
    return claimed;
  }

  /** The batch is in the books, its runs under these numbers. */
  committed(sourceId: number, claimed: Claimed, runIds: readonly number[]): void {
    this.rolledBack(claimed);
    const known = this.#runsOf(sourceId);
    for (const [index, run] of claimed.runs.entries()) {
      const runId = runIds[index];
      if (runId === undefined || known.has(runId)) continue;
      const memory = new MemoryRun({ runId, entries: run.entries, addressBits: run.addressBits, idHigh: run.idHigh, days: run.days });
      for (const { chunk, words } of run.chunks) memory.load(chunk, words);
      memory.lastClaim = this.#claims;
      known.set(runId, memory);
    }
  }

  /** The batch is not in the books. Batches claimed after it must be claimed again. */
  rolledBack(claimed: Claimed): void {
    const at = this.#pending.findIndex((pending) => pending.claimed === claimed);
    if (at >= 0) this.#pending.splice(at, 1);
  }

  /** Bytes of memory that the runs take when they are wholly loaded, and their number. */
  get size(): { readonly runs: number; readonly entries: number; readonly bytes: number } {
    const all = [...this.#sources.values()].flatMap((runs) => [...runs.values()]);
    return {
      runs: all.length,
      entries: all.reduce((sum, { facts }) => sum + facts.entries, 0),
      bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  #sort(batch: KeyBatch): Sorted {
    const order = this.#order.sort(batch.hi, batch.count);
    const hi = new Uint32Array(batch.count);
    const lo = new Uint32Array(batch.count);
    const records = new Uint32Array(batch.count);
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

  #runsOf(sourceId: number): Map<number, MemoryRun> {
    const known = this.#sources.get(sourceId) ?? new Map<number, MemoryRun>();
    this.#sources.set(sourceId, known);
    return known;
  }

  /** Numbers of the records that had the key before this batch, by place in the sorted hashes. */
  async #ownedBefore(batch: KeyBatch, sorted: Sorted, days: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const owned = new Map<number, number>();
    const own = (asked: number, id: number): void => {
      owned.set(asked, Math.min(id, owned.get(asked) ?? id));
    };
    const idOf = (asked: number): number | undefined => batch.ids[sorted.records[asked] ?? 0];
    const storedDays = new Set<number>();
    const hits: Hit[] = [];
    for (const run of await this.#runsNear(batch, days)) {
      const before = hits.length;
      await this.#findIn(run, sorted, hits);
      if (hits.length > before) for (const day of daysNear(run.facts.days, days, batch.windowDays)) storedDays.add(day);
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
    for (const pending of this.#pending) if (pending.batch.sourceId === batch.sourceId) findPending(pending, batch, sorted, own);
    // A record that is taken up again keeps the key it has.
    for (const { asked, id } of candidates) if (idOf(asked) === id) owned.set(asked, id);
    return owned;
  }

  /** Live runs whose events may be within the window of these days. */
  async #runsNear(batch: KeyBatch, days: readonly number[]): Promise<readonly MemoryRun[]> {
    const known = this.#runsOf(batch.sourceId);
    const listed = (await this.#reader.runs(batch.sourceId)).filter(({ live }) => live);
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

  /** Adds where hashes of a stored run are equal, as far as memory knows. */
  async #findIn(run: MemoryRun, { hi, lo, count }: Sorted, hits: Hit[]): Promise<void> {
    const { runId, idHigh } = run.facts;
    const missing = run.missingFor(hi, count);
    if (missing.length > 0) for await (const { chunk, words } of this.#reader.words(runId, missing)) run.load(chunk, words);
    const found: Hits = { asked: [], positions: [] };
    run.find(hi, lo, count, found);
    for (const [index, asked] of found.asked.entries()) {
      const { chunk, begins } = run.chunkOf(hi[asked] ?? 0);
      hits.push({ asked, idHigh, place: { runId, chunk, position: (found.positions[index] ?? 0) - begins } });
    }
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

/** The law of repetitions, for records of one source. */
function isSame(batch: KeyBatch, record: number, { sourceKey, startMicros }: StoredKey): boolean {
  if (batch.keyAt(record) !== sourceKey) return false;
  return startMicros === undefined || near(batch, batch.startSeconds[record] ?? 0, Math.floor(startMicros / 1_000_000));
}

function near({ windowDays }: KeyBatch, a: number, b: number): boolean {
  return Math.abs(a - b) <= windowDays * SECONDS_PER_DAY;
}

function findPending(pending: Pending, batch: KeyBatch, sorted: Sorted, own: (asked: number, id: number) => void): void {
  const hits: Hits = { asked: [], positions: [] };
  pending.memory.find(sorted.hi, sorted.lo, sorted.count, hits);
  for (const [index, asked] of hits.asked.entries()) {
    const earlier = pending.own.records[hits.positions[index] ?? 0] ?? 0;
    const record = sorted.records[asked] ?? 0;
    const starts = [batch.startSeconds[record] ?? 0, pending.batch.startSeconds[earlier] ?? 0] as const;
    if (pending.batch.keyAt(earlier) === batch.keyAt(record) && near(batch, ...starts)) own(asked, pending.batch.ids[earlier] ?? 0);
  }
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

function memoryOf(own: Sorted, days: readonly number[]): MemoryRun {
  const run = makeRun({ ...own, idLow: own.records }, 0, days);
  const memory = new MemoryRun({ ...run, runId: 0 });
  for (const { chunk, words } of run.chunks) memory.load(chunk, words);
  return memory;
}

/** One run, or one for each upper half of the records' numbers. */
function runsOf(batch: KeyBatch, own: Sorted, days: readonly number[]): readonly NewRun[] {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let at = 0; at < own.count; at++) {
    const id = batch.ids[own.records[at] ?? 0] ?? 0;
    least = Math.min(least, id);
    most = Math.max(most, id);
  }
  const runs: NewRun[] = [];
  for (let idHigh = Math.floor(least / TWO_32); idHigh * TWO_32 <= most; idHigh++) {
    const part = { hi: new Uint32Array(own.count), lo: new Uint32Array(own.count), idLow: new Uint32Array(own.count) };
    let count = 0;
    for (let at = 0; at < own.count; at++) {
      const idLow = (batch.ids[own.records[at] ?? 0] ?? 0) - idHigh * TWO_32;
      if (idLow < 0 || idLow >= TWO_32) continue;
      part.hi[count] = own.hi[at] ?? 0;
      part.lo[count] = own.lo[at] ?? 0;
      part.idLow[count++] = idLow;
    }
    if (count > 0) runs.push(makeRun({ count, ...part }, idHigh, days));
  }
  return runs;
}
