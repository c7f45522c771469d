/**
 * Several statements in one go and in one transaction: all are sent before the first answer comes, and one `Sync` behind them is the commit (PostgreSQL's extended query protocol,
 * "pipelining"). Where one fails, the rest is passed over and nothing of it is written.
 */
import type pg from 'pg';
import type { Connection } from 'pg';
import { tooLate } from './ask.ts';

/** Prepared under its name, once a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Who looks at what the server does sees which part of charging it belongs to. */
export const statement = (name: string, text: string): Statement => ({ name, text: `/* ${name} */ ${text}` });

export interface Step {
  readonly statement: Statement;
  /** Buffers are sent as binary. */
  readonly values: readonly (Buffer | number | string)[];
}

/** A row's columns as PostgreSQL writes them; null as null. */
export type TextRow = readonly (string | null)[];

/**
 * The rows of each step. Rejects with the server's error, that of the connection, or one that says `timeout` when nothing came back within `silenceMs`: the connection is of
 * no use then.
 */
export function askAll(client: pg.PoolClient, steps: readonly Step[], silenceMs: number): Promise<readonly (readonly TextRow[])[]> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(tooLate, silenceMs, reject);
    client.query(
      new Pipeline(steps, (error, rows) => {
        clearTimeout(late);
        if (error === undefined) resolve(rows);
        else reject(error);
      }),
    );
  });
}

type Done = (error: Error | undefined, rows: readonly (readonly TextRow[])[]) => void;

/** Names that a connection has prepared. */
const preparedOf = new WeakMap<Connection, Set<string>>();

const textOrBinary = (value: unknown): unknown => (Buffer.isBuffer(value) ? value : String(value));

/** What the driver's messages take; its types ask for a second argument that it has not had for years. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  parse(statement: Statement): void;
  bind(config: { statement: string; values: readonly unknown[]; valueMapper: (value: unknown) => unknown }): void;
  execute(config: Record<string, never>): void;
  close(what: { type: 'S'; name: string }): void;
  sync(): void;
}

class Pipeline implements pg.Submittable {
  readonly #steps: readonly Step[];
  readonly #done: Done;
  #connection: Connection | undefined;
  #isPreparing = false;
  readonly #rows: TextRow[][] = [[]];

  constructor(steps: readonly Step[], done: Done) {
    this.#steps = steps;
    this.#done = done;
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    const wire = connection as unknown as Wire; // as it is, and not as its types have it
    const prepared = preparedOf.get(connection);
    wire.stream.cork();
    try {
      for (const { statement, values } of this.#steps) {
        if (prepared?.has(statement.name) !== true) {
          // It is there where an earlier attempt got so far and failed behind it.
          wire.close({ type: 'S', name: statement.name });
          wire.parse(statement);
          this.#isPreparing = true;
        }
        wire.bind({ statement: statement.name, values, valueMapper: textOrBinary });
        wire.execute({});
      }
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
  }

  handleDataRow({ fields }: { fields: TextRow }): void {
    this.#rows.at(-1)?.push(fields);
  }

  handleCommandComplete(): void {
    this.#rows.push([]);
  }

  handleReadyForQuery(): void {
    if (this.#isPreparing && this.#connection !== undefined) {
      const prepared = preparedOf.get(this.#connection) ?? new Set();
      for (const { statement } of this.#steps) prepared.add(statement.name);
      preparedOf.set(this.#connection, prepared);
    }
    this.#done(undefined, this.#rows.slice(0, this.#steps.length));
  }

  handleError(error: Error): void {
    this.#done(error, []);
  }
}
