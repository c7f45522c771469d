/**
 * Memory of batches that are in the books, to be used for the next ones. New memory for each is cleared by the system, page by page. In
 * threads it is shared memory: V8 looks through its whole heap whenever 64 MB more of other memory have come, be they used or not, and the
 * batches that wait for the main thread come and go by as much.
 */
export class SpareMemory {
  readonly #isShared: boolean;
  readonly #bySize = new Map<number, ArrayBufferLike[]>();

  /** `isShared`: another thread looks at it too; both keep to the order of their messages. */
  constructor(isShared: boolean) {
    this.#isShared = isShared;
  }

  give(buffers: readonly ArrayBufferLike[]): void {
    for (const buffer of buffers) {
      const same = this.#bySize.get(buffer.byteLength);
      if (same === undefined) this.#bySize.set(buffer.byteLength, [buffer]);
      else same.push(buffer);
    }
  }

  /** So many bytes, with whatever is in them. */
  take(bytes: number): ArrayBufferLike {
    return this.#bySize.get(bytes)?.pop() ?? (this.#isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  }
}
