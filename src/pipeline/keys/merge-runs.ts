/**
 * Merging: eight runs of like size become one, so that few runs have to be asked. A merge goes by in steps, each a
 * transaction; the sources answer until it is done, so it may end anywhere and go on later, in another process too.
 */
import { mergedDays } from './days.ts';
import { addressBitsFor, addressOf, chunkAddresses, chunkCount, type Entries, EntrySpace, makeChunk, wordsOf } from './key-run.ts';
import type { KeyMergeStep, KeyMergeStore, RunChunk, RunFacts, StoredRun } from './ports.ts';
import { HashOrder } from './sort-hashes.ts';

/** Runs that are merged at once. */
export const FAN_OUT = 8;
/** Runs below this are of tier 0; each tier above has eight times as much. */
const SMALLEST_TIER = 16_384;
/** Runs of this tier (8 to 67 million) stay: larger ones could not be left out of memory when they get old. */
const LAST_TIER = 4;
/** Entries merged in one transaction. */
const STEP_ENTRIES = 262_144;

export interface MergeOptions {
  readonly fanOut?: number;
  readonly smallestTier?: number;
  readonly stepEntries?: number;
}

function tierOf(entries: number, smallestTier: number): number {
  let tier = 0;
  for (let most = smallestTier; entries > most && tier < LAST_TIER; most *= 8) tier++;
  return tier;
}

/**
 * Merges runs of a source, in each tier about `entries` entries (all that there is with Infinity). Gives back the entries that were written anew.
 * Called after a batch with eight times its size, it keeps up.
 */
export async function mergeRuns(store: KeyMergeStore, sourceId: number, entries: number, options: MergeOptions = {}): Promise<number> {
  const smallestTier = options.smallestTier ?? SMALLEST_TIER;
  const written = new Map<number, number>();
  const total = (): number => [...written.values()].reduce((sum, one) => sum + one, 0);
  for (;;) {
    const runs = await store.runs(sourceId);
    const next =
      underWay(runs).find(({ entries: size }) => (written.get(tierOf(size, smallestTier)) ?? 0) < entries) ??
      (await beginMerge(store, sourceId, runs, options, (tier) => (written.get(tier) ?? 0) < entries));
    if (next === undefined) return total();
    const tier = tierOf(next.entries, smallestTier);
    const step = Math.min(options.stepEntries ?? STEP_ENTRIES, next.entries);
    written.set(tier, (written.get(tier) ?? 0) + (await store.transaction((transaction) => mergeStep(transaction, next.runId, step))));
  }
}

/** Targets that are being made. */
function underWay(runs: readonly StoredRun[]): readonly StoredRun[] {
  return runs.filter(({ live }) => !live);
}

async function beginMerge(
  store: KeyMergeStore,
  sourceId: number,
  runs: readonly StoredRun[],
  { fanOut = FAN_OUT, smallestTier = SMALLEST_TIER }: MergeOptions,
  mayWrite: (tier: number) => boolean,
): Promise<RunFacts | undefined> {
  const free = runs.filter(({ live, mergedInto }) => live && mergedInto === undefined);
  const alike = Map.groupBy(free, ({ entries, idHigh }) => `${tierOf(entries, smallestTier)} ${idHigh}`);
  for (const group of alike.values()) {
    const sources = group.slice(0, fanOut);
    const entries = sources.reduce((sum, run) => sum + run.entries, 0);
    const [first] = sources;
    if (first === undefined || sources.length < fanOut || tierOf(first.entries, smallestTier) === LAST_TIER) continue;
    if (!mayWrite(tierOf(entries, smallestTier))) continue;
    const days = mergedDays(sources.map((run) => run.days));
    const target = { entries, addressBits: addressBitsFor(entries), idHigh: first.idHigh, days };
    const ids = sources.map(({ runId }) => runId);
    const runId = await store.transaction((step) => step.begin(sourceId, target, ids));
    return { ...target, runId };
  }
  return undefined;
}

/** Makes the next chunks of the target, about `entries` entries; the last step makes it live. */
async function mergeStep(step: KeyMergeStep, targetRunId: number, entries: number): Promise<number> {
  const merge = await step.merge(targetRunId);
  const { target, sources, nextChunk } = merge;
  const all = chunkCount(target);
  const to = Math.min(all, nextChunk + Math.max(1, Math.round((entries / target.entries) * all)));
  const readers = sources.map((run) => new SourceReader(step, run, target.addressBits));
  const made: RunChunk[] = [];
  let { placed } = merge;
  const space = { order: new HashOrder(), all: new EntrySpace(), sorted: new EntrySpace() };
  for (let chunk = nextChunk; chunk < to; chunk++) {
    const merged = await gather(readers, { chunk, to }, space);
    made.push(makeChunk(merged, 0, merged.count, { chunk, addressBits: target.addressBits, placed }));
    placed += merged.count;
  }
  await step.addChunks(targetRunId, made, placed);
  if (to === all) {
    if (placed !== target.entries) throw new Error(`merged run ${targetRunId} has ${placed} entries, not ${target.entries}`);
    await step.finish(targetRunId);
  }
  return placed - merge.placed;
}

interface Space {
  readonly order: HashOrder;
  readonly all: EntrySpace;
  readonly sorted: EntrySpace;
}

/** All entries of one chunk of the target, in order. Valid until the next. */
async function gather(readers: readonly SourceReader[], range: { chunk: number; to: number }, space: Space): Promise<Entries> {
  const { order, all, sorted } = space;
  const parts: Part[] = [];
  for (const reader of readers) parts.push(await reader.read(range.chunk, range.to));
  const count = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  all.reserve(count);
  sorted.reserve(count);
  let at = 0;
  for (const { lo, pairs, from, to } of parts)
    for (let index = from; index < to; index++, at++) {
      all.hi[at] = pairs[2 * index] ?? 0;
      all.lo[at] = lo[index] ?? 0;
      all.idLow[at] = pairs[2 * index + 1] ?? 0;
    }
  const places = order.sort(all.hi, count);
  for (let place = 0; place < count; place++) {
    const from = places[place] ?? 0;
    sorted.hi[place] = all.hi[from] ?? 0;
    sorted.lo[place] = all.lo[from] ?? 0;
    sorted.idLow[place] = all.idLow[from] ?? 0;
  }
  return { count, hi: sorted.hi, lo: sorted.lo, idLow: sorted.idLow };
}

/** Some of the entries of a stored chunk: lower words, and pairs of upper word and number. */
interface Part {
  readonly lo: Uint32Array;
  readonly pairs: Uint32Array;
  readonly from: number;
  readonly to: number;
}

/** Reads a source run along the chunks of the target: several of the target's chunks stand in one of the source's. */
class SourceReader {
  readonly #step: KeyMergeStep;
  readonly #run: RunFacts;
  /** How many chunks of the target are one of this run; less than 1 never, a target has more addresses than its sources. */
  readonly #targetChunks: number;
  readonly #targetBits: number;
  #first = -1;
  #chunks: readonly RunChunk[] = [];
  #current = -1;
  #lo = new Uint32Array(0);
  #pairs = new Uint32Array(0);

  constructor(step: KeyMergeStep, run: RunFacts, targetBits: number) {
    this.#step = step;
    this.#run = run;
    this.#targetBits = targetBits;
    this.#targetChunks = chunkCount({ addressBits: targetBits }) / chunkCount(run);
  }

  /** Entries of the target's chunk. Chunks up to that of `to` are read at once. */
  async read(chunk: number, to: number): Promise<Part> {
    const wanted = Math.floor(chunk / this.#targetChunks);
    if (this.#first < 0) {
      this.#first = wanted;
      this.#chunks = await this.#step.chunks(this.#run.runId, wanted, Math.ceil(to / this.#targetChunks));
    }
    if (wanted !== this.#current) {
      const stored = this.#chunks[wanted - this.#first];
      if (stored === undefined) throw new Error(`run ${this.#run.runId} has no chunk ${wanted}`);
      this.#lo = wordsOf(stored.words.subarray(4 * (chunkAddresses(this.#run) + 1)));
      this.#pairs = wordsOf(stored.entries);
      this.#current = wanted;
    }
    const perChunk = chunkAddresses({ addressBits: this.#targetBits });
    const from = firstAt(this.#pairs, chunk * perChunk, this.#targetBits);
    const end = firstAt(this.#pairs, (chunk + 1) * perChunk, this.#targetBits);
    return { lo: this.#lo, pairs: this.#pairs, from, to: end };
  }
}

/** The first entry at or behind an address. */
function firstAt(pairs: Uint32Array, address: number, addressBits: number): number {
  let from = 0;
  let to = pairs.length / 2;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (addressOf(pairs[2 * middle] ?? 0, addressBits) < address) from = middle + 1;
    else to = middle;
  }
  return from;
}
