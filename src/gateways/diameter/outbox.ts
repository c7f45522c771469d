/** Messages to one peer, gathered while one turn of the event loop lasts and written as one piece. */
import type { Socket } from 'node:net';

const FIRST_BYTES = 16_384;

export class Outbox {
  readonly #socket: Socket;
  readonly #mostUnreadBytes: number;
  readonly #changed: (state: 'blocked' | 'free' | 'overflow') => void;
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);
  #bytes = 0;
  #scheduled = false;
  #blocked = false;

  /** `changed`: the peer stopped or went on to read, or more than `mostUnreadBytes` wait for it. */
  constructor(socket: Socket, mostUnreadBytes: number, changed: (state: 'blocked' | 'free' | 'overflow') => void) {
    this.#socket = socket;
    this.#mostUnreadBytes = mostUnreadBytes;
    this.#changed = changed;
    socket.on('drain', () => {
      this.#blocked = false;
      this.#changed('free');
    });
  }

  /** The peer does not read as fast as it is written to. */
  get blocked(): boolean {
    return this.#blocked;
  }

  /** The message is copied: its buffer may be used again. */
  add(message: Uint8Array): void {
    const needed = this.#bytes + message.length;
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
      larger.set(this.#buffer.subarray(0, this.#bytes));
      this.#buffer = larger;
    }
    this.#buffer.set(message, this.#bytes);
    this.#bytes = needed;
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.flush());
  }

  flush(): void {
    this.#scheduled = false;
    if (this.#bytes === 0 || !this.#socket.writable) return;
    const taken = this.#socket.write(this.#buffer.subarray(0, this.#bytes));
    // What the system has taken need not be kept: mostly the same buffer serves again.
    if (this.#socket.writableLength > 0) this.#buffer = Buffer.allocUnsafe(FIRST_BYTES);
    this.#bytes = 0;
    if (taken) return;
    if (this.#socket.writableLength > this.#mostUnreadBytes) this.#changed('overflow');
    else if (!this.#blocked) {
      this.#blocked = true;
      this.#changed('blocked');
    }
  }
}
