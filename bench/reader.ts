/**
 * What a reader of the bulk road costs by itself: the pipeline bench's call records cut, decoded, normalised, rated, hashed and made
 * rows in a thread, without PostgreSQL. Processor time of the process, the collector's included, for the road of plain calls and for
 * the general one; other work on the machine only ever adds to it, so the least is nearest to the truth. Both roads must
 * give the same rows, to the byte. `--rounds <n>`.
 */
import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { compileConfiguration, readConfiguration } from '#app/configuration.ts';
import { openSharedBook, type SharedBook } from '#core/rating/compile-book.ts';
import { valueOrThrow } from '#core/refusals.ts';
import type { Source } from '#core/usage/source.ts';
import { parseSource } from '#operations/usage/source.ts';
import { BatchReader, buffersOf, type ReadBatch } from '#pipeline/batch-reader.ts';
import { figure, report } from './harness.ts';
import { writePipelineConfiguration, writePipelineTraffic } from './support/pipeline-traffic.ts';

const RECORDS = 200_000;
const PIECE_BYTES = 1 << 20;
const MOST = 16_384;

interface Work {
  readonly shared: SharedBook;
  readonly source: Source;
  readonly file: string;
  readonly rounds: number;
  readonly plain: boolean;
}

interface Measured {
  /** A record in each round. */
  readonly micros: readonly number[];
  /** Of all that came out of the first. */
  readonly digest: string;
}

if (isMainThread) await begin();
else parentPort?.postMessage(measure(workerData as Work)); // begin() gives it

async function begin(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-reader-'));
  try {
    writePipelineConfiguration(folder);
    const setup = valueOrThrow(readConfiguration(folder));
    const { shared } = valueOrThrow(compileConfiguration(setup.book));
    const source = valueOrThrow(parseSource(setup.sources[0]));
    const file = writePipelineTraffic(join(folder, 'traffic'), RECORDS, RECORDS, 10).files[0] ?? '';
    const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1]) || 12;
    const plain = await inThread({ shared, source, file, rounds, plain: true });
    const general = await inThread({ shared, source, file, rounds, plain: false });
    report(
      'reader',
      plain.digest === general.digest,
      [figure('plain_us_per_cdr', plain.micros), figure('general_us_per_cdr', general.micros)],
      [`${RECORDS.toLocaleString('en')} records a round, ${rounds} rounds of each; microseconds of processor a record`],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each road in a thread of its own: what one has taught the compiler does not help or hinder the other. */
function inThread(work: Work): Promise<Measured> {
  const worker = new Worker(new URL(import.meta.url), { workerData: work });
  return new Promise((resolve, reject) => {
    worker.on('message', resolve);
    worker.on('error', reject);
  });
}

function measure({ shared, source, file, rounds, plain }: Work): Measured {
  const bytes = readFileSync(file);
  const reader = new BatchReader(openSharedBook(shared), { first: 1, second: 2 });
  const digest = hash('sha256', readAll(reader, source, bytes, plain, digestOf).join());
  const micros: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    readAll(reader, source, bytes, plain, undefined);
    const { user, system } = process.cpuUsage(before);
    micros.push((user + system) / RECORDS);
  }
  return { micros, digest };
}

/** A piece that says that the next continues it is read the general way. */
function readAll(
  reader: BatchReader,
  source: Source,
  bytes: Buffer,
  plain: boolean,
  digest: ((batch: ReadBatch) => string) | undefined,
): readonly string[] {
  const head = { markBytes: 0, text: bytes.toString('latin1', 0, 4096), headerLine: undefined, bodyFrom: 0 };
  reader.open({ fileId: 1, source, head });
  const told: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    const cut = from + PIECE_BYTES >= bytes.length ? bytes.length : bytes.lastIndexOf(10, from + PIECE_BYTES) + 1;
    // A copy with memory of its own, as pieces are that come from another thread.
    const piece = { bytes: new Uint8Array(bytes.subarray(from, cut)), from, continues: false, closed: plain, last: cut === bytes.length };
    for (const batch of reader.read(piece, MOST)) {
      if (digest !== undefined) told.push(digest(batch));
      // As when it is in the books: the memory comes back.
      else reader.spare.give(buffersOf(batch));
    }
    from = cut;
  }
  return told;
}

function digestOf({ rows, ...rest }: ReadBatch): string {
  const plain = (_: string, value: unknown): unknown =>
    typeof value === 'bigint' ? `${value}n` : ArrayBuffer.isView(value) ? hash('sha256', value as Uint8Array) : value; // hash takes any view
  return hash('sha256', JSON.stringify([rows, rest], plain));
}
