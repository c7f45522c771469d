/** A reader of batches in a thread of its own. Messages in and out are those of `readers.ts`; they are answered in their order. */
import { parentPort, workerData } from 'node:worker_threads';
import { openSharedBook, type SharedBook } from '#core/rating/compile-book.ts';
import { BatchReader, type FileToRead, type Piece, type ReadBatch } from './batch-reader.ts';
import type { HashSeed } from './keys/key-hash.ts';
import { SpareMemory } from './spare-memory.ts';

export interface ThreadData {
  readonly shared: SharedBook;
  readonly seed: HashSeed;
}

export type ToThread =
  | { readonly open: FileToRead }
  | { readonly piece: Piece; readonly most: number }
  /** Memory of batches that nobody looks at any more. */
  | { readonly spare: readonly ArrayBufferLike[] };

export interface FromThread {
  readonly batches: readonly ReadBatch[];
  /** How long the thread worked on them. */
  readonly milliseconds: number;
}

if (parentPort !== null) serve(parentPort, workerData as ThreadData); // only readers.ts starts this file

function serve(port: NonNullable<typeof parentPort>, { shared, seed }: ThreadData): void {
  const reader = new BatchReader(openSharedBook(shared), seed, new SpareMemory(true));
  port.on('message', (message: ToThread) => {
    if ('open' in message) {
      reader.open(message.open);
      return;
    }
    if ('spare' in message) {
      reader.spare.give(message.spare);
      return;
    }
    const start = performance.now();
    const { piece, most } = message;
    const batches = reader.read(piece, most);
    (piece.bytes.buffer as ArrayBuffer).transfer(0); // it came as one; texts are copies
    const answer: FromThread = { batches, milliseconds: performance.now() - start };
    port.postMessage(answer);
  });
}
