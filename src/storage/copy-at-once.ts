/** COPY of rows that are in memory: all is given to the socket in one go, without waiting for the server to ask for it. */
import type pg from 'pg';

const COPY_DATA = 0x64;
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]);
/** The server begins with a message when it has all of it. */
const MESSAGE_BYTES = 64 * 1024;

/**
 * COPY … FROM STDIN of these pieces. Queued like any query: when the server is busy it is sent behind what it does. Pieces are looked at
 * until the answer is there. Returns the number of rows. Throws what the server says; nothing is written then.
 *
 * A stream (`copyRows`) waits for the server before the first piece and for the socket behind each: the server had nothing to do
 * meanwhile.
 */
export function copyAtOnce(client: pg.PoolClient, copySql: string, pieces: readonly Uint8Array[]): Promise<number> {
  return new Promise((resolve, reject) => {
    client.query(new CopyAtOnce(copySql, pieces, resolve, reject));
  });
}

/** As `pg` wants what it runs to be. Only what a COPY can be answered with is here. */
class CopyAtOnce implements pg.Submittable {
  readonly #sql: string;
  readonly #pieces: readonly Uint8Array[];
  readonly #resolve: (rows: number) => void;
  readonly #reject: (error: Error) => void;
  /** Resolves when the server is ready for the next, whatever it said. */
  readonly answered: Promise<void>;
  readonly #end: () => void;
  #rows = 0;

  constructor(sql: string, pieces: readonly Uint8Array[], resolve: (rows: number) => void, reject: (error: Error) => void) {
    this.#sql = sql;
    this.#pieces = pieces;
    this.#resolve = resolve;
    this.#reject = reject;
    const { promise, resolve: end } = Promise.withResolvers<void>();
    [this.answered, this.#end] = [promise, end];
  }

  submit(connection: pg.Connection): void {
    const { stream } = connection;
    stream.cork();
    connection.query(this.#sql);
    for (const piece of this.#pieces)
      for (let from = 0; from < piece.length; from += MESSAGE_BYTES) {
        const part = piece.subarray(from, from + MESSAGE_BYTES);
        const head = Buffer.from([COPY_DATA, 0, 0, 0, 0]);
        head.writeUInt32BE(4 + part.length, 1); // it counts itself
        stream.write(head);
        stream.write(part);
      }
    stream.write(COPY_DONE);
    stream.uncork();
  }

  handleCopyInResponse(): void {
    // It has all of it.
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#rows = Number(/^COPY (\d+)$/.exec(text)?.[1]);
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#rows);
    this.#end();
  }

  /** Also when the connection is lost: nothing answers then. The server reads what is left of the rows and forgets it. */
  handleError(error: Error): void {
    this.#reject(error);
    this.#end();
  }
}
