/** Readers of batches: one in this thread for small files, several in threads of their own for large ones. The same code in both. */
import { Worker } from 'node:worker_threads';
import { type CompiledBook, openSharedBook } from '#core/rating/compile-book.ts';
import { BatchReader, buffersOf, type FileToRead, type Piece, type ReadBatch } from './batch-reader.ts';
import type { HashSeed } from './keys/key-hash.ts';
import type { FromThread, ThreadData, ToThread } from './reader-thread.ts';
import { BookNumbers } from './settle-rows.ts';

/** A file with less content is read before a thread would have started. */
const SMALL_BYTES = 4 << 20;

/** One reader, and what its numbers for lines and trunks mean. */
export interface Lane {
  readonly numbers: BookNumbers;
  /** Pieces given to it and not yet read. */
  readonly waiting: number;
  open(file: FileToRead): void;
  read(piece: Piece, most: number): Promise<readonly ReadBatch[]>;
  /** The batch's rows are in the books and nobody looks at them any more. */
  letGo(batch: ReadBatch): void;
}

export class Readers {
  readonly #book: CompiledBook;
  readonly #seed: HashSeed;
  readonly #threads: number;
  #own: OwnLane | undefined;
  #lanes: ThreadLane[] = [];

  /** `threads`: of large files; 0 reads all in this thread. They start when the first large file comes. */
  constructor(book: CompiledBook, seed: HashSeed, threads: number) {
    this.#book = book;
    this.#seed = seed;
    this.#threads = threads;
  }

  /** Whether a file with so much to read is read beside the main thread. */
  inThreads(bytes: number): boolean {
    return this.#threads > 0 && bytes >= SMALL_BYTES;
  }

  /** The lanes for a file with so much to read. */
  lanesFor(bytes: number): readonly Lane[] {
    if (!this.inThreads(bytes)) {
      this.#own ??= new OwnLane(new BatchReader(openSharedBook(this.#book.shared), this.#seed));
      return [this.#own];
    }
    while (this.#lanes.length < this.#threads) this.#lanes.push(new ThreadLane({ shared: this.#book.shared, seed: this.#seed }));
    return this.#lanes;
  }

  /** Milliseconds that readers have worked. */
  get busy(): number {
    return (this.#own?.busy ?? 0) + this.#lanes.reduce((sum, { busy }) => sum + busy, 0);
  }

  /** Numbers that a transaction gave out are void: it was rolled back. */
  forget(): void {
    this.#own?.numbers.forget();
    for (const { numbers } of this.#lanes) numbers.forget();
  }

  /** Whether the process goes on for them. They are kept from one load to the next, and must not keep it alive in between. */
  hold(held: boolean): void {
    for (const lane of this.#lanes) lane.hold(held);
  }

  async close(): Promise<void> {
    const lanes = this.#lanes;
    this.#lanes = [];
    await Promise.all(lanes.map((lane) => lane.close()));
  }
}

class OwnLane implements Lane {
  readonly numbers = new BookNumbers();
  readonly waiting = 0;
  busy = 0;
  readonly #reader: BatchReader;

  constructor(reader: BatchReader) {
    this.#reader = reader;
  }

  open(file: FileToRead): void {
    this.#reader.open(file);
  }

  async read(piece: Piece, most: number): Promise<readonly ReadBatch[]> {
    const start = performance.now();
    const batches = this.#reader.read(piece, most);
    this.busy += performance.now() - start;
    return batches;
  }

  letGo(): void {
    // It is small, and collected with the rest.
  }
}

class ThreadLane implements Lane {
  readonly numbers = new BookNumbers();
  busy = 0;
  readonly #worker: Worker;
  readonly #asked: { resolve(batches: readonly ReadBatch[]): void; reject(error: unknown): void }[] = [];
  #broken: Error | undefined;

  constructor(data: ThreadData) {
    this.#worker = new Worker(new URL('./reader-thread.ts', import.meta.url), { workerData: data });
    this.#worker.on('message', ({ batches, milliseconds }: FromThread) => {
      this.busy += milliseconds;
      this.#asked.shift()?.resolve(batches);
    });
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => this.#fail(new Error('a thread that reads usage ended')));
  }

  get waiting(): number {
    return this.#asked.length;
  }

  open(file: FileToRead): void {
    this.#send({ open: file }, []);
  }

  read(piece: Piece, most: number): Promise<readonly ReadBatch[]> {
    return new Promise((resolve, reject) => {
      if (this.#broken !== undefined) {
        reject(this.#broken);
        return;
      }
      this.#asked.push({ resolve, reject });
      this.#send({ piece, most }, [piece.bytes.buffer as ArrayBuffer]); // pieces are copies made for this
    });
  }

  /** Gives its memory back to the thread, for the next batches. */
  letGo(batch: ReadBatch): void {
    this.#send({ spare: buffersOf(batch) }, []);
  }

  hold(held: boolean): void {
    if (held) this.#worker.ref();
    else this.#worker.unref();
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(message: ToThread, transfer: ArrayBuffer[]): void {
    this.#worker.postMessage(message, transfer);
  }

  #fail(error: Error): void {
    this.#broken ??= error;
    for (const { reject } of this.#asked.splice(0)) reject(this.#broken);
  }
}
