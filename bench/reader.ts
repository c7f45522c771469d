/**
 * What a reader of the bulk road costs by itself: the bench's call records cut, decoded, normalised, rated, hashed and made rows in a
 * thread, without PostgreSQL. Processor time, the least of many rounds, because other work on the machine only ever adds to it. With
 * `--digest` a digest of all that came out, to be held beside another version's. `--rounds <n>`.
 */
import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { compileConfiguration, readConfiguration } from '#app/configuration.ts';
import { openSharedBook, type SharedBook } from '#core/rating/compile-book.ts';
import { valueOrThrow } from '#core/refusals.ts';
import type { Source } from '#core/usage/source.ts';
import { parseSource } from '#operations/usage/source.ts';
import { BatchReader, buffersOf, type ReadBatch } from '#pipeline/batch-reader.ts';
import { writePipelineConfiguration, writePipelineTraffic } from './support/pipeline-traffic.ts';

const RECORDS = 200_000;
const PIECE_BYTES = 1 << 20;
const MOST = 16_384;

interface Work {
  readonly shared: SharedBook;
  readonly source: Source;
  readonly file: string;
  readonly rounds: number;
  readonly digest: boolean;
}

if (isMainThread) await begin();
else measure(workerData as Work); // begin() gives it

async function begin(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-reader-'));
  try {
    writePipelineConfiguration(folder);
    const setup = valueOrThrow(readConfiguration(folder));
    const { shared } = valueOrThrow(compileConfiguration(setup.book));
    const source = valueOrThrow(parseSource(setup.sources[0]));
    const file = writePipelineTraffic(join(folder, 'traffic'), RECORDS, RECORDS, 10).files[0] ?? '';
    const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1]) || 12;
    const work: Work = { shared, source, file, rounds, digest: process.argv.includes('--digest') };
    const worker = new Worker(new URL(import.meta.url), { workerData: work });
    await new Promise((resolve, reject) => {
      worker.on('error', reject);
      worker.on('exit', resolve);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure({ shared, source, file, rounds, digest }: Work): void {
  const bytes = readFileSync(file);
  const head = { markBytes: 0, text: bytes.toString('latin1', 0, 4096), headerLine: undefined, bodyFrom: 0 };
  const reader = new BatchReader(openSharedBook(shared), { first: 1, second: 2 });
  const thread: number[] = [];
  const all: number[] = [];
  const digests: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    reader.open({ fileId: 1, source, head });
    const before = [process.threadCpuUsage(), process.cpuUsage()] as const;
    for (let from = 0; from < bytes.length; ) {
      const cut = from + PIECE_BYTES >= bytes.length ? bytes.length : bytes.lastIndexOf(10, from + PIECE_BYTES) + 1;
      const piece = { bytes: bytes.subarray(from, cut).slice(), from, continues: false, closed: true, last: cut === bytes.length };
      const batches = reader.read(piece, MOST);
      if (round === 0 && digest) digests.push(...batches.map(digestOf));
      // As when they are sent: the memory leaves the thread.
      else for (const batch of batches) structuredClone(batch.count, { transfer: [...buffersOf(batch)] });
      from = cut;
    }
    if (round === 0) continue;
    const [own, whole] = [process.threadCpuUsage(before[0]), process.cpuUsage(before[1])];
    thread.push((own.user + own.system) / RECORDS);
    all.push((whole.user + whole.system) / RECORDS);
  }
  console.log(`µs of processor a record: the thread ${told(thread)}; with what the collector does beside it ${told(all)}`);
  if (digest) console.log(hash('sha256', digests.join()));
}

function told(figures: readonly number[]): string {
  const sorted = figures.toSorted((a, b) => a - b);
  return `${sorted[0]?.toFixed(2)} at best, ${sorted[sorted.length >> 1]?.toFixed(2)} in the middle`;
}

function digestOf({ rows, ...rest }: ReadBatch): string {
  const plain = (_: string, value: unknown): unknown =>
    typeof value === 'bigint' ? `${value}n` : ArrayBuffer.isView(value) ? hash('sha256', value as Uint8Array) : value; // hash takes any view
  return hash('sha256', JSON.stringify([rows, rest], plain));
}
