/** What `storage/usage/key-runs.ts` does, on maps: for tests and the benchmark. A transaction that throws leaves everything as it was. */
import { mergeRuns } from '../merge-runs.ts';
import type { EntryPlace, KeyMergeStep, KeyMergeStore, KeyReader, NewRun, RunChunk, RunFacts, StoredKey, StoredRun } from '../ports.ts';

interface Row {
  readonly sourceId: number;
  readonly facts: RunFacts;
  readonly live: boolean;
  readonly mergedInto: number | undefined;
  readonly chunks: readonly RunChunk[];
  readonly placed: number;
}

export class PlainStore implements KeyReader, KeyMergeStore {
  readonly keys = new Map<number, StoredKey>();
  /** Steps of merges until one throws. */
  stepsLeft = Number.POSITIVE_INFINITY;
  #rows = new Map<number, Row>();
  #nextRun = 1;

  async runs(sourceId: number): Promise<readonly StoredRun[]> {
    return [...this.#rows.values()]
      .filter((row) => row.sourceId === sourceId)
      .map(({ facts, live, mergedInto }) => ({ ...facts, live, mergedInto }));
  }

  async *words(runId: number, chunks: readonly number[]): AsyncGenerator<Omit<RunChunk, 'entries'>> {
    for (const chunk of chunks) yield this.#chunk(runId, chunk);
  }

  async entriesAt(places: readonly EntryPlace[]): Promise<Uint32Array> {
    const found = new Uint32Array(2 * places.length);
    for (const [index, { runId, chunk, position }] of places.entries()) {
      const { entries } = this.#chunk(runId, chunk);
      found.set(new Uint32Array(entries.slice(8 * position, 8 * position + 8).buffer), 2 * index);
    }
    return found;
  }

  async storedKeys(ids: ReadonlyMap<number, number>, days: readonly number[]): Promise<ReadonlyMap<number, StoredKey>> {
    const found = new Map<number, StoredKey>();
    for (const id of ids.keys()) {
      const key = this.keys.get(id);
      if (key === undefined) continue;
      if (key.startMicros === undefined || days.includes(Math.floor(key.startMicros / 86_400_000_000))) found.set(id, key);
    }
    return found;
  }

  write(sourceId: number, runs: readonly NewRun[]): readonly number[] {
    return runs.map(({ chunks, ...facts }) => {
      const runId = this.#nextRun++;
      this.#rows.set(runId, { sourceId, facts: { ...facts, runId }, live: true, mergedInto: undefined, chunks, placed: 0 });
      return runId;
    });
  }

  /** All numbers in live runs of a source, in order. */
  ids(sourceId: number): readonly number[] {
    return [...this.#rows.values()]
      .filter((row) => row.live && row.sourceId === sourceId)
      .flatMap(({ facts, chunks }) =>
        chunks.flatMap(({ entries }) =>
          [...new Uint32Array(entries.slice().buffer)].filter((_, index) => index % 2 === 1).map((low) => facts.idHigh * 2 ** 32 + low),
        ),
      )
      .sort((a, b) => a - b);
  }

  async merge(sourceId: number, entries: number, options: Parameters<typeof mergeRuns>[3]): Promise<number> {
    return mergeRuns(this, sourceId, entries, options);
  }

  async transaction<T>(work: (step: KeyMergeStep) => Promise<T>): Promise<T> {
    const before = new Map(this.#rows);
    try {
      const value = await work(this.#step());
      this.stepsLeft -= 1;
      if (this.stepsLeft < 0) throw new Error('killed');
      return value;
    } catch (error) {
      this.#rows = before;
      throw error;
    }
  }

  #step(): KeyMergeStep {
    const change = (runId: number, change: Partial<Row>): void => {
      this.#rows.set(runId, { ...this.#row(runId), ...change });
    };
    const sourcesOf = (target: number): readonly Row[] => [...this.#rows.values()].filter(({ mergedInto }) => mergedInto === target);
    return {
      begin: async (sourceId, target, sources) => {
        const [runId] = this.write(sourceId, [{ ...target, chunks: [] }]);
        if (runId === undefined) throw new Error('no run was written');
        change(runId, { live: false });
        for (const source of sources) change(source, { mergedInto: runId });
        return runId;
      },
      merge: async (target) => {
        const { facts, chunks, placed } = this.#row(target);
        return { target: facts, sources: sourcesOf(target).map((row) => row.facts), nextChunk: chunks.length, placed };
      },
      chunks: async (runId, from, to) => this.#row(runId).chunks.slice(from, to),
      addChunks: async (runId, chunks, placed) => change(runId, { chunks: [...this.#row(runId).chunks, ...chunks], placed }),
      finish: async (target) => {
        for (const { facts } of sourcesOf(target)) this.#rows.delete(facts.runId);
        change(target, { live: true });
      },
    };
  }

  #row(runId: number): Row {
    const row = this.#rows.get(runId);
    if (row === undefined) throw new Error(`no run ${runId}`);
    return row;
  }

  #chunk(runId: number, chunk: number): RunChunk {
    const found = this.#row(runId).chunks[chunk];
    if (found === undefined) throw new Error(`no chunk ${chunk} of run ${runId}`);
    return found;
  }
}
