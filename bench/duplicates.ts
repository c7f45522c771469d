/**
 * Finding repetitions: keys claimed in batches against durable PostgreSQL, as a load does it: look-up, run written and committed,
 * runs merged. All keys are within the window of 90 days. One record in a hundred repeats an earlier one; one in ten thousand is
 * given the hash of an earlier one and is none: both are checked against the generator, one by one. What the books say of a hit is
 * the generator's answer here, since there are no records. Beside it what it takes to begin: a new process with the same keys.
 * At 1 and 10 million events; `--events <n>`: up to so many, for example 100000000.
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
import { type Figure, figure, report } from './harness.ts';

type Client = Parameters<Parameters<typeof withUsageWriter>[2]>[1];

const BATCH = 100_000;
const DAY = 86_400;
/** The window, and the days on which records start: all of them are in every window. */
const DAYS = 90;
const REPEATED_EVERY = 100;
const COLLIDING_EVERY = 10_000;
/** Batches that are only looked up, at each size. */
const LOOK_UPS = 10;
const asked = process.argv.indexOf('--events');
const MOST = Math.round(Number((asked < 0 ? undefined : process.argv[asked + 1]) ?? 10_000_000) / BATCH) * BATCH || 10_000_000;
const sizes = [...new Set([1_000_000, 10_000_000, MOST])].filter((size) => size <= MOST).map((size) => size / 1_000_000);

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
  /** Keys not met before, asked for and not claimed. */
  readonly lookUpsPerSecond: readonly number[];
  readonly disk: Disk;
  readonly residentMegabytes: number;
  readonly seconds: number;
  readonly begin: Begin;
  readonly beginSmall: Begin;
}

interface Disk {
  /** Tables with what merging has left in them, and the log. */
  readonly databaseBytes: number;
  readonly logBytes: number;
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
  report('duplicates', right, points.flatMap(figuresOf), [...points.flatMap(notesOf), ...points.slice(-1).map(billionOf)]);
}

function figuresOf({
  millions,
  last,
  mean,
  lookUpsPerSecond,
  bytesPerEvent,
  storedBytesPerEvent,
  begin,
  beginSmall,
}: Point): readonly Figure[] {
  return [
    figure(`lookups_per_s_${millions}M`, lookUpsPerSecond),
    figure(
      `ns_per_event_claim_${millions}M`,
      last.map(({ claim }) => claim),
    ),
    figure(`cpu_ns_per_event_claim_${millions}M`, [mean.claimCpu]),
    figure(`cpu_ns_per_event_all_${millions}M`, [mean.claimCpu + mean.writeCpu + mean.mergeCpu]),
    figure(`memory_bytes_per_event_${millions}M`, [bytesPerEvent]),
    figure(`disk_bytes_per_event_${millions}M`, [storedBytesPerEvent]),
    figure(`begin_ms_${millions}M`, [begin.ms]),
    figure(`begin_small_file_ms_${millions}M`, [beginSmall.ms]),
  ];
}

function notesOf({
  millions,
  mean,
  runs,
  seconds,
  residentMegabytes,
  bytesPerEvent,
  storedBytesPerEvent,
  disk,
  begin,
  beginSmall,
}: Point): readonly string[] {
  const { claimCpu, writeCpu, mergeCpu, claim, write, merge } = mean;
  return [
    `${millions} million, processor time on average: ${Math.round(claimCpu)} ns to claim, ${Math.round(writeCpu)} to write the run and commit, ${Math.round(mergeCpu)} to merge (by the clock ${Math.round(claim)}, ${Math.round(write)}, ${Math.round(merge)}); ${seconds.toFixed(0)} s since the beginning`,
    `${millions} million: ${runs} runs, ${bytesPerEvent.toFixed(2)} bytes an event in memory (the process has ${residentMegabytes} MB), ${storedBytesPerEvent.toFixed(1)} in the database, where ${gigabytes(disk.databaseBytes)} GB stand with what merging has left, and ${gigabytes(disk.logBytes)} GB of log`,
    `${millions} million, a new process: ${begin.ms.toFixed(0)} ms and ${begin.residentMegabytes} MB before 100,000 records are claimed, ${beginSmall.ms.toFixed(0)} ms and ${beginSmall.residentMegabytes} MB for a file of 1,000`,
  ];
}

/** By proportion to the largest size. */
function billionOf({ millions, bytesPerEvent, storedBytesPerEvent, disk, begin }: Point): string {
  const times = 1_000 / millions;
  return `a billion in the window, by proportion to ${millions} million: ${bytesPerEvent.toFixed(1)} GB of memory, ${storedBytesPerEvent.toFixed(1)} GB in the database (${gigabytes(disk.databaseBytes * times)} with what merging leaves), ${((begin.ms * times) / 1000).toFixed(0)} s for a new process to begin`;
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
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
  /** Numbers whose key is not under their own hash: repetitions, and those with the hash of another. They are not repeated. */
  readonly #notRepeated = new Set<number>();
  readonly #start = performance.now();

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
    const lookUpsPerSecond: number[] = [];
    for (let batch = 0; batch < LOOK_UPS; batch++) lookUpsPerSecond.push(await this.#lookUp(batch * BATCH));
    const { rows: sizes } = await this.#client.query<{ database: bigint; log: string }>(
      'select pg_database_size(current_database()) as database, (select sum(size) from pg_ls_waldir())::text as log',
    );
    const disk = { databaseBytes: Number(sizes[0]?.database), logBytes: Number(sizes[0]?.log) };
    const residentMegabytes = Math.round(process.memoryUsage.rss() / 1e6);
    const seconds = (performance.now() - this.#start) / 1000;
    const begin = await this.#begin(BATCH);
    return {
      millions,
      ...{ lookUpsPerSecond, disk, residentMegabytes, seconds },
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

  /** Keys a second, of a batch that nobody has claimed and that is not claimed now. */
  async #lookUp(ahead: number): Promise<number> {
    const { batch, originals } = this.#make(BATCH, ahead);
    const start = performance.now();
    const claimed = await this.#index.claim(batch);
    const seconds = (performance.now() - start) / 1000;
    this.#index.rolledBack([claimed]);
    this.#check(claimed.owners, batch, originals);
    this.#nextId -= BATCH;
    return BATCH / seconds;
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

  /** `ahead`: so many numbers behind what is claimed; what they repeat is claimed. */
  #make(count: number, ahead = 0): { readonly batch: KeyBatch; readonly originals: Float64Array } {
    const hi = new Uint32Array(count);
    const lo = new Uint32Array(count);
    const startSeconds = new Float64Array(count);
    const ids = new Float64Array(count);
    const originals = new Float64Array(count);
    for (let index = 0; index < count; index++) {
      const id = this.#nextId + ahead + index;
      const before = ahead === 0 ? id : this.#nextId;
      let original = id;
      let hashed = id;
      if (index % REPEATED_EVERY === 7 && id > 1_000) original = hashed = this.#earlier(before);
      else if (index % COLLIDING_EVERY === 13 && id > 1_000) hashed = this.#earlier(before);
      if (hashed === id) this.#notRepeated.delete(id);
      else this.#notRepeated.add(id);
      this.#hasher.hash(keyOf(hashed));
      hi[index] = this.#hasher.hi;
      lo[index] = this.#hasher.lo;
      startSeconds[index] = startOf(original);
      ids[index] = id;
      originals[index] = original;
    }
    this.#nextId += count;
    return {
      batch: { sourceId: 1, count, hi, lo, startSeconds, ids, windowDays: DAYS, keyAt: (index) => keyOf(originals[index] ?? 0) },
      originals,
    };
  }

  /** A record before this one whose key is under its own hash. */
  #earlier(id: number): number {
    for (;;) {
      const earlier = 1 + Math.floor(this.#random() * (id - 1));
      if (!this.#notRepeated.has(earlier)) return earlier;
    }
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
