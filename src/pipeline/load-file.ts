/** One archived file into the books, batch by batch, from where it was left. */
import { setImmediate } from 'node:timers/promises';
import { makeDecoder, type RecordDecoder } from '#codecs/cdr/record-decoder.ts';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import { windowDaysOf } from '#core/usage/repetitions.ts';
import type { Source } from '#core/usage/source.ts';
import { type Batch, type BatchRecord, type BatchResult, bookBatch } from './book-batch.ts';
import type { SourceKeys } from './keys/source-keys.ts';
import { Normaliser } from './normalise.ts';
import type { ArchivedContent, Counts, LoadedFile, ReasonCounts, UsageWriter } from './ports.ts';
import { type Configuration, readRecord } from './read-record.ts';
import { type FileHead, RecordStream, readHead } from './record-stream.ts';

/** A batch ends with whichever comes first. Memory is some 1 KB a record. */
const BATCH_RECORDS = 40_000;
const BATCH_BYTES = 16 << 20;
/** Records read between two looks at what else there is to do: the batch before is being written meanwhile. */
const RECORDS_AT_ONCE = 500;

export interface LoadOptions {
  readonly writer: UsageWriter;
  readonly keys: SourceKeys;
  readonly file: LoadedFile;
  readonly content: ArchivedContent;
  readonly source: Source;
  readonly configuration: Configuration;
  /** Refuse the file when a record would be rejected, instead of keeping the others. */
  readonly allOrNothing: boolean;
  /** Records of a batch at most. */
  readonly batchRecords?: number;
  readonly onProgress: (bytes: number, counts: Counts) => void;
}

export interface LoadResult {
  readonly counts: Counts;
  readonly reasons: ReasonCounts;
}

/**
 * Loads what is not yet loaded of the file. Refused, with nothing taken: `usage.file-encoding`,
 * `usage.header-differs`, `usage.file-refused`, `usage.source-invalid`.
 */
export async function loadFile(options: LoadOptions): Promise<Result<LoadResult>> {
  const { content, source, file } = options;
  const opened = await openRecords(content, source);
  if (!opened.ok) return opened;
  const { head, decoder } = opened.value;
  if (options.allOrNothing && file.offsetBytes === 0) {
    const refusal = await findRejected(content, source, head, decoder);
    if (refusal !== undefined) return { ok: false, refusals: [refusal] };
  }
  const normaliser = new Normaliser(source, options.configuration.compiled.shared.book.trunks);
  const stream = new RecordStream(content, source, head, Math.max(file.offsetBytes, head.bodyFrom));
  let total: LoadResult = { counts: file.counts, reasons: file.reasons };
  let offset = file.offsetBytes;
  let writing: Promise<BatchResult> | undefined;
  try {
    for (;;) {
      // This batch is read while the one before is written.
      const batch = await gather(stream, decoder, normaliser, options.configuration, offset, options.batchRecords ?? BATCH_RECORDS);
      if (writing !== undefined) {
        total = added(total, await writing);
        options.onProgress(offset, total.counts);
      }
      offset = batch.toBytes;
      writing = bookBatch(options.writer, options.keys, { ...file, windowDays: windowDaysOf(source) }, batch, options.configuration);
      writing.catch(() => undefined); // reported where it is awaited
      if (batch.done) break;
    }
    total = added(total, await writing);
    options.onProgress(offset, total.counts);
    return { ok: true, value: total };
  } finally {
    await writing?.catch(() => undefined);
    await stream.close();
  }
}

/** What is needed to read records of a file, from any place of it. */
export async function openRecords(
  content: ArchivedContent,
  source: Source,
): Promise<Result<{ readonly head: FileHead; readonly decoder: RecordDecoder }>> {
  const made = makeDecoder(source);
  if (!made.ok) return made;
  const head = await readHead(content, source);
  if ('code' in head) return { ok: false, refusals: [head] };
  if (head.headerLine !== undefined) {
    const header = made.value.header(head.headerLine);
    if (!header.ok) return header;
  }
  return { ok: true, value: { head, decoder: made.value } };
}

async function gather(
  stream: RecordStream,
  decoder: RecordDecoder,
  normaliser: Normaliser,
  { compiled }: Configuration,
  fromBytes: number,
  batchRecords: number,
): Promise<Batch> {
  const records: BatchRecord[] = [];
  const { splitter } = stream;
  let toBytes = fromBytes;
  while (records.length < batchRecords && toBytes - fromBytes < BATCH_BYTES) {
    const next = stream.next();
    if (!(next === true || (await next))) return { records, fromBytes, toBytes, done: true };
    const { byteFrom, byteLength } = stream;
    const read = stream.tooLong ?? readRecord(splitter.text, splitter.ended, decoder, normaliser, compiled);
    toBytes = byteFrom + byteLength;
    if (read.kind === 'skipped') continue;
    records.push({ byteFrom, byteLength, read });
    if (records.length % RECORDS_AT_ONCE === 0) await setImmediate();
  }
  return { records, fromBytes, toBytes, done: false };
}

/** Reads the whole file for nothing but its damage. */
async function findRejected(
  content: ArchivedContent,
  source: Source,
  head: FileHead,
  decoder: RecordDecoder,
): Promise<Refusal | undefined> {
  const stream = new RecordStream(content, source, head, head.bodyFrom);
  let read = 0;
  let rejected = 0;
  let first: { readonly place: string; readonly detail: string; readonly reason: string } | undefined;
  try {
    for (;;) {
      const next = stream.next();
      if (!(next === true || (await next))) break;
      read += 1;
      const { splitter } = stream;
      const decoded = stream.tooLong ?? decoder.decode(splitter.text, splitter.ended);
      if (decoded.kind !== 'rejected') continue;
      rejected += 1;
      first ??= { place: `byte ${stream.byteFrom}`, detail: decoded.detail, reason: decoded.reason };
    }
  } finally {
    await stream.close();
  }
  if (first === undefined) return undefined;
  return refuse(
    'usage.file-refused',
    `${rejected} of ${read} records are damaged; the first at ${first.place}: ${first.reason}, ${first.detail}`,
  );
}

function added(total: LoadResult, { counts, reasons }: BatchResult): LoadResult {
  const sums: Record<string, number> = { ...total.reasons };
  for (const [reason, number] of Object.entries(reasons)) sums[reason] = (sums[reason] ?? 0) + number;
  return {
    counts: {
      read: total.counts.read + counts.read,
      rated: total.counts.rated + counts.rated,
      held: total.counts.held + counts.held,
      duplicate: total.counts.duplicate + counts.duplicate,
      rejected: total.counts.rejected + counts.rejected,
    },
    reasons: sums,
  };
}
