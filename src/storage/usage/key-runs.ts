/** Runs of keys in PostgreSQL. Runs and chunks are what `pipeline/keys` makes of them; here they are bytes. */
import type pg from 'pg';
import type {
  EntryPlace,
  HashSeed,
  KeyMergeStep,
  KeyOwner,
  KeyStore,
  Merge,
  NewRun,
  RunChunk,
  RunFacts,
  StoredKey,
  StoredRun,
} from '#pipeline/keys/ports.ts';
import { copyBinaryRows } from '../copy-binary.ts';
import { inTransaction } from './in-transaction.ts';
import { keyOwners } from './key-owners.ts';
import { selectStoredKeys } from './stored-keys.ts';

/** Chunks inserted by one statement: 12 MB. */
const CHUNKS_AT_ONCE = 64;
/** When more hashes of a chunk are asked for, it is read whole. */
const MOST_SLICES = 200;
/** Bytes of an entry: the upper word of its hash, the lower word of the number. */
const ENTRY_BYTES = 8;

interface RunRow {
  readonly run_id: bigint;
  readonly entries: bigint;
  readonly address_bits: number;
  readonly id_high: number;
  readonly days: readonly number[];
  readonly live: boolean;
  readonly merged_into: bigint | null;
  readonly next_chunk: number;
  readonly placed: bigint;
}

/** Reads and writes on one connection: that of the one writer of usage. */
export class KeyRunStore implements KeyStore {
  readonly seed: HashSeed;
  readonly rebuild: boolean;
  readonly #client: pg.PoolClient;

  private constructor(client: pg.PoolClient, seed: HashSeed, rebuild: boolean) {
    this.#client = client;
    this.seed = seed;
    this.rebuild = rebuild;
  }

  static async open(client: pg.PoolClient): Promise<KeyRunStore> {
    const { rows } = await client.query<{ first: bigint; second: bigint; rebuild: boolean }>(
      'select first, second, rebuild from usage_key_seed',
    );
    const [row] = rows;
    if (row === undefined) throw new Error('usage_key_seed has no row');
    return new KeyRunStore(client, { first: Number(row.first), second: Number(row.second) }, row.rebuild);
  }

  async runs(sourceId: number): Promise<readonly StoredRun[]> {
    const { rows } = await this.#client.query<RunRow>('select * from usage_key_run where source_id = $1 order by run_id', [sourceId]);
    return rows.map((row) => ({
      ...factsOf(row),
      live: row.live,
      mergedInto: row.merged_into === null ? undefined : Number(row.merged_into),
    }));
  }

  async *words(runId: number, chunks: readonly number[]): AsyncGenerator<Omit<RunChunk, 'entries'>> {
    const query = `select chunk, words from usage_key_chunk where run_id = ${Number(runId)} and chunk = any('{${chunks.map(Number).join(',')}}')`;
    for await (const [chunk, words] of copyBinaryRows(this.#client, query)) {
      if (chunk && words) yield { chunk: chunk.readInt32BE(0), words };
    }
  }

  /** In the order of the places. */
  async entriesAt(places: readonly EntryPlace[]): Promise<Uint32Array> {
    const entries = new Uint32Array(2 * places.length);
    const put = (index: number, bytes: Buffer, at: number): void => {
      entries[2 * index] = bytes.readUInt32LE(at);
      entries[2 * index + 1] = bytes.readUInt32LE(at + 4);
    };
    const slices: number[] = [];
    const byChunk = Map.groupBy(places.keys(), (index) => `${places[index]?.runId} ${places[index]?.chunk}`);
    for (const indices of byChunk.values()) {
      const first = places[indices[0] ?? 0];
      if (indices.length <= MOST_SLICES || first === undefined) {
        slices.push(...indices);
        continue;
      }
      const query = `select entries from usage_key_chunk where run_id = ${first.runId} and chunk = ${first.chunk}`;
      for await (const [bytes] of copyBinaryRows(this.#client, query))
        if (bytes) for (const index of indices) put(index, bytes, ENTRY_BYTES * (places[index]?.position ?? 0));
    }
    if (slices.length > 0) {
      const { rows } = await this.#client.query<{ at: bigint; entry: Buffer }>(
        `select at, substring(entries from position + 1 for ${ENTRY_BYTES}) as entry
           from unnest($1::bigint[], $2::integer[], $3::integer[]) with ordinality as asked(run_id, chunk, position, at)
           join usage_key_chunk using (run_id, chunk)`,
        [
          slices.map((index) => places[index]?.runId),
          slices.map((index) => places[index]?.chunk),
          slices.map((index) => ENTRY_BYTES * (places[index]?.position ?? 0)),
        ],
      );
      for (const { at, entry } of rows) put(slices[Number(at) - 1] ?? 0, entry, 0);
    }
    return entries;
  }

  storedKeys(ids: ReadonlyMap<number, number>, days: readonly number[]): Promise<ReadonlyMap<number, StoredKey>> {
    return selectStoredKeys(this.#client, ids, days);
  }

  /** Writes a run in the transaction of its claims. Gives back its number, for `KeyIndex.committed`. */
  async writeRun(sourceId: number, run: NewRun): Promise<number> {
    const runId = await this.#insertRun(sourceId, run, true);
    await insertChunks(this.#client, runId, run.chunks);
    return runId;
  }

  async rebuildRuns(runsOf: (owners: readonly KeyOwner[]) => Promise<readonly NewRun[]>): Promise<void> {
    await inTransaction(this.#client, async () => {
      await this.#client.query('delete from usage_key_run');
      for await (const owners of keyOwners(this.#client))
        for (const [sourceId, some] of Map.groupBy(owners, (owner) => owner.sourceId))
          for (const run of await runsOf(some)) await this.writeRun(sourceId, run);
      await this.#client.query('update usage_key_seed set rebuild = false');
    });
  }

  /** Frees the keys of these records, for good: none of these numbers may claim a key again. In a transaction. */
  async release(ranges: readonly { readonly first: number; readonly last: number }[]): Promise<void> {
    await this.#client.query(
      'insert into usage_key_release (first_event_id, last_event_id) select * from unnest($1::bigint[], $2::bigint[])',
      [ranges.map(({ first }) => first), ranges.map(({ last }) => last)],
    );
  }

  async transaction<T>(work: (step: KeyMergeStep) => Promise<T>): Promise<T> {
    return inTransaction(this.#client, () => work(new MergeStep(this.#client, (...run) => this.#insertRun(...run))));
  }

  async #insertRun(sourceId: number, run: Omit<RunFacts, 'runId'>, live: boolean): Promise<number> {
    const { rows } = await this.#client.query<{ run_id: bigint }>(
      `insert into usage_key_run (source_id, entries, address_bits, id_high, days, live, next_chunk, placed)
       values ($1, $2, $3, $4, $5, $6, 0, 0) returning run_id`,
      [sourceId, run.entries, run.addressBits, run.idHigh, run.days, live],
    );
    return Number(rows[0]?.run_id);
  }
}

class MergeStep implements KeyMergeStep {
  readonly #client: pg.PoolClient;
  readonly #insertRun: (sourceId: number, run: Omit<RunFacts, 'runId'>, live: boolean) => Promise<number>;

  constructor(client: pg.PoolClient, insertRun: (sourceId: number, run: Omit<RunFacts, 'runId'>, live: boolean) => Promise<number>) {
    this.#client = client;
    this.#insertRun = insertRun;
  }

  async begin(sourceId: number, target: Omit<RunFacts, 'runId'>, sourceRunIds: readonly number[]): Promise<number> {
    const runId = await this.#insertRun(sourceId, target, false);
    await this.#client.query('update usage_key_run set merged_into = $1 where run_id = any($2::bigint[])', [runId, sourceRunIds]);
    return runId;
  }

  async merge(targetRunId: number): Promise<Merge> {
    const { rows } = await this.#client.query<RunRow>('select * from usage_key_run where run_id = $1 or merged_into = $1 order by run_id', [
      targetRunId,
    ]);
    const target = rows.find(({ run_id }) => Number(run_id) === targetRunId);
    if (target === undefined || target.live) throw new Error(`run ${targetRunId} is not being merged`);
    const sources = rows.filter((row) => row !== target).map(factsOf);
    return { target: factsOf(target), sources, nextChunk: target.next_chunk, placed: Number(target.placed) };
  }

  async chunks(runId: number, from: number, to: number): Promise<readonly RunChunk[]> {
    const query = `select chunk, words, entries from usage_key_chunk where run_id = ${Number(runId)} and chunk >= ${Number(from)} and chunk < ${Number(to)} order by chunk`;
    const chunks: RunChunk[] = [];
    for await (const [chunk, words, entries] of copyBinaryRows(this.#client, query))
      if (chunk && words && entries) chunks.push({ chunk: chunk.readInt32BE(0), words, entries });
    return chunks;
  }

  async addChunks(runId: number, chunks: readonly RunChunk[], placed: number): Promise<void> {
    await insertChunks(this.#client, runId, chunks);
    await this.#client.query('update usage_key_run set next_chunk = next_chunk + $2, placed = $3 where run_id = $1', [
      runId,
      chunks.length,
      placed,
    ]);
  }

  async finish(targetRunId: number): Promise<void> {
    await this.#client.query('delete from usage_key_run where merged_into = $1', [targetRunId]);
    await this.#client.query('update usage_key_run set live = true where run_id = $1', [targetRunId]);
  }
}

async function insertChunks(client: pg.PoolClient, runId: number, chunks: readonly RunChunk[]): Promise<void> {
  for (let from = 0; from < chunks.length; from += CHUNKS_AT_ONCE) {
    const some = chunks.slice(from, from + CHUNKS_AT_ONCE);
    const rows = some.map((_, index) => `($1, $${3 * index + 2}, $${3 * index + 3}, $${3 * index + 4})`).join(', ');
    const values = some.flatMap(({ chunk, words, entries }) => [chunk, bufferOf(words), bufferOf(entries)]);
    await client.query(`insert into usage_key_chunk (run_id, chunk, words, entries) values ${rows}`, [runId, ...values]);
  }
}

/** Sent as bytes, not as text. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function factsOf(row: RunRow): RunFacts {
  return {
    runId: Number(row.run_id),
    entries: Number(row.entries),
    addressBits: row.address_bits,
    idHigh: row.id_high,
    days: row.days,
  };
}
