/** The keys of a run of the pipeline: what a batch claims is known to the next when it is in the books. */
import type { UsageTransaction } from '../ports.ts';
import { KeyHasher } from './key-hash.ts';
import { type Claimed, type ClaimedRun, KeyIndex, type RunLists } from './key-index.ts';
import { mergeRuns } from './merge-runs.ts';
import type { KeyBatch, KeyHash, KeyOwner, KeyReader, KeyStore, NewRun } from './ports.ts';

/** A record that wants its key. */
export interface KeyClaim {
  readonly id: number;
  readonly key: string;
  readonly startMicros: number;
}

/** Numbers of those whose key another record has, with that record's number. */
export type Owners = ReadonlyMap<number, number>;

/** Entries merged after a batch for each of its own, in each tier: what a tier gets is merged once. */
const MERGED_PER_CLAIM = 8;
/** A small batch pays for more than its share, so that many small files do not leave many small runs. */
const LEAST_MERGED = 131_072;

export class SourceKeys {
  readonly hasher: KeyHasher;
  readonly index: KeyIndex;
  readonly #store: KeyStore;

  private constructor(store: KeyStore) {
    this.#store = store;
    this.hasher = new KeyHasher(store.seed);
    this.index = new KeyIndex(store);
  }

  /** Reads nothing but what must be made anew: after an update from a release with another index. */
  static async open(store: KeyStore): Promise<SourceKeys> {
    if (store.rebuild) await rebuildRuns(store);
    return new SourceKeys(store);
  }

  /** A transaction in which keys are claimed. When it has committed, runs are merged as far as its size allows. */
  async transaction<T, Transaction extends UsageTransaction>(
    run: (work: (transaction: Transaction) => Promise<T>) => Promise<T>,
    work: (transaction: Transaction, claims: TransactionKeys) => Promise<T>,
  ): Promise<T> {
    const claims: Claimed[] = [];
    let runs: readonly ClaimedRun[] = [];
    const runIds: number[] = [];
    let value: T;
    try {
      value = await run(async (transaction) => {
        const done = await work(transaction, new TransactionKeys(this, claims));
        runs = this.index.runsOf(claims);
        for (const { sourceId, run } of runs) runIds.push(await transaction.writeKeyRun(sourceId, run));
        return done;
      });
    } catch (error) {
      this.index.rolledBack(claims);
      throw error;
    }
    this.index.committed(claims, runs, runIds);
    for (const { sourceId, run } of runs) await this.keepUp(sourceId, run.entries);
    return value;
  }

  /** Merges runs of a source after so many claims. */
  async keepUp(sourceId: number, claims: number): Promise<void> {
    await mergeRuns(this.#store, sourceId, Math.max(LEAST_MERGED, MERGED_PER_CLAIM * claims));
  }
}

/** The claims of one transaction. */
export class TransactionKeys {
  readonly #keys: SourceKeys;
  readonly #claims: Claimed[];
  /** Only the one writer of usage has transactions: no run comes or goes in between. */
  readonly #lists: RunLists = new Map();

  constructor(keys: SourceKeys, claims: Claimed[]) {
    this.#keys = keys;
    this.#claims = claims;
  }

  /** Claims keys for records, in their order. */
  async claim(sourceId: number, windowDays: number, claims: readonly KeyClaim[]): Promise<Owners> {
    const found = await this.claimBatch(batchOf(this.#keys.hasher, sourceId, windowDays, claims));
    const owners = new Map<number, number>();
    for (const [index, { id }] of claims.entries()) {
      const owner = found[index];
      if (owner !== undefined && owner !== id) owners.set(id, owner);
    }
    return owners;
  }

  /** Claims the keys of a batch that is hashed already. For each record its own number, or that of the record that has its key. */
  async claimBatch(batch: KeyBatch): Promise<Float64Array> {
    const claimed = await this.#keys.index.claim(batch, this.#lists);
    this.#claims.push(claimed);
    return claimed.owners;
  }
}

/** `hash`: of a key that is not known any more. */
type HashedClaim = KeyClaim & { readonly hash?: KeyHash | undefined };

function batchOf(hasher: KeyHasher, sourceId: number, windowDays: number, claims: readonly HashedClaim[]): KeyBatch {
  const hi = new Uint32Array(claims.length);
  const lo = new Uint32Array(claims.length);
  for (const [index, { key, hash }] of claims.entries()) {
    if (hash === undefined) hasher.hash(key);
    const words = hash ?? hasher;
    hi[index] = words.hi;
    lo[index] = words.lo;
  }
  return {
    sourceId,
    count: claims.length,
    hi,
    lo,
    startSeconds: Float64Array.from(claims, ({ startMicros }) => Math.floor(startMicros / 1_000_000)),
    ids: Float64Array.from(claims, ({ id }) => id),
    windowDays,
    keyAt: (index) => claims[index]?.key ?? '',
  };
}

/** Runs of what is in the books, which has no repetitions. */
async function rebuildRuns(store: KeyStore): Promise<void> {
  const hasher = new KeyHasher(store.seed);
  await store.rebuildRuns(async (owners: readonly KeyOwner[]): Promise<readonly NewRun[]> => {
    const claims = owners.map(({ id, sourceKey, hash, startMicros }) => ({ id, key: sourceKey, hash, startMicros: startMicros ?? 0 }));
    const index = new KeyIndex(NOTHING_STORED);
    const claimed = await index.claim(batchOf(hasher, owners[0]?.sourceId ?? 0, 0, claims));
    return index.runsOf([claimed]).map(({ run }) => run);
  });
}

const NOTHING_STORED: KeyReader = {
  runs: async () => [],
  words: async function* () {},
  entriesAt: async () => new Uint32Array(0),
  storedKeys: async () => new Map(),
};
