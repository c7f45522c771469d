/**
 * Finding repetitions: keys claimed in batches against durable PostgreSQL, as a load does it: look-up, run written and committed,
 * runs merged. One record in a hundred repeats an earlier one; owners are checked against the generator. Beside it what it takes
 * to begin: a new process with the same keys. At 1 and 10 million events; BENCH_MILLIONS=100 adds further sizes.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Installation, withInstallation } from '#app/installation.ts';
import { KeyHasher } from '#pipeline/keys/key-hash.ts';
import { KeyIndex } from '#pipeline/keys/key-index.ts';
import { mergeRuns } from '#pipeline/keys/merge-runs.ts';
import type { KeyBatch, KeyReader, StoredKey } from '#pipeline/keys/ports.ts';
import { inTransaction } from '#storage/usage/in-transaction.ts';
import type { KeyRunStore } from '#storage/usage/key-runs.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { seeded } from '../test/support/seeded.ts';
import { figure, report } from './harness.ts';

type Client = Parameters<Parameters<typeof withUsageWriter>[2]>[1];

const BATCH = 100_000;
const DAY = 86_400;
/** Records start within so many days: all of them are in every window. */
const DAYS = 30;
const REPEATED_EVERY = 100;
const sizes = [...new Set([1, 10, Number(process.env.BENCH_MILLIONS ?? 10)])];

/** What the generator makes of a number: both the key and the start. */
const keyOf = (id: number): string => `17600${id % 89_999}.${id}/a`;
const startOf = (id: number): number => 1_790_000_000 + ((Math.imul(id, 0x9e3779b1) >>> 0) % (DAYS * DAY));

/** Nanoseconds an event, by the clock and of processor time (this process and the one of PostgreSQL that serves it). */
interface Times {
  claim: number;
  write: number;
  merge: number;
  claimCpu: number;
  writeCpu: number;
  mergeCpu: number;
}

interface Point {
  readonly millions: number;
  /** Nanoseconds an event in each of the last ten batches, and over all. */
  readonly last: readonly Times[];
  readonly mean: Times;
  readonly runs: number;
  readonly bytesPerEvent: number;
  readonly storedBytesPerEvent: number;
  readonly begin: Begin;
  readonly beginSmall: Begin;
}

interface Begin {
  readonly ms: number;
  readonly residentMegabytes: number;
}

let right = true;

async function measure({ database }: Installation): Promise<void> {
  await database.pool.query("insert into usage_source (name) values ('bench')");
  const points: Point[] = [];
  await withUsageWriter(
    database,
    () => undefined,
    async (writer, client) => {
      const store = writer.keys as KeyRunStore; // what withUsageWriter makes
      const life = new Life(store, client);
      for (const millions of sizes) points.push(await life.grow(millions));
    },
  );
  report(
    'duplicates',
    right,
    points.flatMap(({ millions, last, mean, bytesPerEvent, begin, beginSmall }) => [
      figure(
        `ns_per_event_claim_${millions}M`,
        last.map(({ claim }) => claim),
      ),
      figure(`cpu_ns_per_event_claim_${millions}M`, [mean.claimCpu]),
      figure(`cpu_ns_per_event_all_${millions}M`, [mean.claimCpu + mean.writeCpu + mean.mergeCpu]),
      figure(`memory_bytes_per_event_${millions}M`, [bytesPerEvent]),
      figure(`begin_ms_${millions}M`, [begin.ms]),
      figure(`begin_small_file_ms_${millions}M`, [beginSmall.ms]),
    ]),
    points.flatMap(({ millions, mean, runs, storedBytesPerEvent, begin, beginSmall }) => [
      `${millions} million, processor time on average: ${Math.round(mean.claimCpu)} ns to claim, ${Math.round(mean.writeCpu)} to write the run and commit, ${Math.round(mean.mergeCpu)} to merge (by the clock ${Math.round(mean.claim)}, ${Math.round(mean.write)}, ${Math.round(mean.merge)})`,
      `${millions} million: ${runs} runs, ${storedBytesPerEvent.toFixed(1)} bytes an event in the database`,
      `${millions} million, a new process: ${begin.ms.toFixed(0)} ms and ${begin.residentMegabytes} MB before 100,000 records are claimed, ${beginSmall.ms.toFixed(0)} ms and ${beginSmall.residentMegabytes} MB for a file of 1,000`,
    ]),
  );
}

interface Clocks {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Processor time of a process of this machine, in steps of 10 ms; 0 where the system does not say. */
function backendCpuMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

function meanOf(all: readonly Times[]): Times {
  const mean = { claim: 0, write: 0, merge: 0, claimCpu: 0, writeCpu: 0, mergeCpu: 0 };
  for (const times of all) for (const name of Object.keys(mean) as (keyof Times)[]) mean[name] += times[name] / all.length; // its own names
  return mean;
}

class Life {
  readonly #store: KeyRunStore;
  readonly #client: Client;
  readonly #hasher: KeyHasher;
  readonly #reader: KeyReader;
  readonly #index: KeyIndex;
  readonly #random = seeded(5);
  #nextId = 1;
  #backend: number | undefined;
  /** Numbers that own their key are those of no repetition: the generator knows by this. */
  readonly #repeats = new Set<number>();

  constructor(store: KeyRunStore, client: Client) {
    this.#store = store;
    this.#client = client;
    this.#hasher = new KeyHasher(store.seed);
    // Records are not in the books here: what is found is looked up in the generator.
    this.#reader = {
      runs: (sourceId) => store.runs(sourceId),
      words: (runId, chunks) => store.words(runId, chunks),
      entriesAt: (places) => store.entriesAt(places),
      storedKeys: async (ids) =>
        new Map([...ids.keys()].map((id): [number, StoredKey] => [id, { sourceKey: keyOf(id), startMicros: startOf(id) * 1e6 }])),
    };
    this.#index = new KeyIndex(this.#reader);
  }

  async grow(millions: number): Promise<Point> {
    const all: Times[] = [];
    while (this.#nextId <= millions * 1_000_000) all.push(await this.#batch());
    const mean = meanOf(all);
    const { runs, entries, bytes } = this.#index.size;
    const { rows } = await this.#client.query<{ bytes: bigint }>(
      'select sum(length(words) + length(entries))::bigint as bytes from usage_key_chunk',
    );
    const begin = await this.#begin(BATCH);
    return {
      millions,
      last: all.slice(-10),
      mean,
      runs,
      bytesPerEvent: bytes / entries,
      storedBytesPerEvent: Number(rows[0]?.bytes ?? 0) / entries,
      begin,
      beginSmall: await this.#begin(1_000),
    };
  }

  async #batch(): Promise<Times> {
    const { batch, originals } = this.#make(BATCH);
    const t0 = await this.#clocks();
    const claimed = await this.#index.claim(batch);
    const t1 = await this.#clocks();
    const runs = this.#index.runsOf([claimed]);
    const runIds: number[] = [];
    await inTransaction(this.#client, async () => {
      for (const { run } of runs) runIds.push(await this.#store.writeRun(1, run));
    });
    this.#index.committed([claimed], runs, runIds);
    const t2 = await this.#clocks();
    await mergeRuns(this.#store, 1, 8 * BATCH);
    const t3 = await this.#clocks();
    this.#check(claimed.owners, batch, originals);
    const perEvent = (from: Clocks, to: Clocks, clock: keyof Clocks): number => ((to[clock] - from[clock]) * 1e6) / BATCH;
    return {
      claim: perEvent(t0, t1, 'wallMs'),
      write: perEvent(t1, t2, 'wallMs'),
      merge: perEvent(t2, t3, 'wallMs'),
      claimCpu: perEvent(t0, t1, 'cpuMs'),
      writeCpu: perEvent(t1, t2, 'cpuMs'),
      mergeCpu: perEvent(t2, t3, 'cpuMs'),
    };
  }

  async #clocks(): Promise<Clocks> {
    this.#backend ??= (await this.#client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid ?? 0;
    const { user, system } = process.cpuUsage();
    return { wallMs: performance.now(), cpuMs: (user + system) / 1000 + backendCpuMs(this.#backend) };
  }

  /** What a new process needs before it has claimed this many keys. Nothing is written. */
  async #begin(count: number): Promise<Begin> {
    const { batch, originals } = this.#make(count);
    const before = process.memoryUsage.rss();
    const start = performance.now();
    const claimed = await new KeyIndex(this.#reader).claim(batch);
    const ms = performance.now() - start;
    const residentMegabytes = Math.max(0, Math.round((process.memoryUsage.rss() - before) / 1e6));
    this.#check(claimed.owners, batch, originals);
    this.#nextId -= count;
    return { ms, residentMegabytes };
  }

  #make(count: number): { readonly batch: KeyBatch; readonly originals: Float64Array } {
    const hi = new Uint32Array(count);
    const lo = new Uint32Array(count);
    const startSeconds = new Float64Array(count);
    const ids = new Float64Array(count);
    const originals = new Float64Array(count);
    for (let index = 0; index < count; index++) {
      const id = this.#nextId + index;
      let original = id;
      if (index % REPEATED_EVERY === 7 && id > 1_000) {
        do original = 1 + Math.floor(this.#random() * (id - 1));
        while (this.#repeats.has(original));
        this.#repeats.add(id);
      } else this.#repeats.delete(id);
      this.#hasher.hash(keyOf(original));
      hi[index] = this.#hasher.hi;
      lo[index] = this.#hasher.lo;
      startSeconds[index] = startOf(original);
      ids[index] = id;
      originals[index] = original;
    }
    this.#nextId += count;
    return {
      batch: { sourceId: 1, count, hi, lo, startSeconds, ids, windowDays: 90, keyAt: (index) => keyOf(originals[index] ?? 0) },
      originals,
    };
  }

  #check(owners: Float64Array, { count }: KeyBatch, originals: Float64Array): void {
    for (let index = 0; index < count; index++) if (owners[index] !== originals[index]) right = false;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-duplicates-'));
try {
  const settings = { data: join(folder, 'data'), database: { url: '' }, log: { level: 'warn' as const } };
  await withInstallation({ settings, command: 'bench duplicates' }, measure);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
