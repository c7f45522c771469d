/**
 * Several statements in one go and in one transaction: all are sent before the first answer comes, and one `Sync` behind them is the commit (PostgreSQL's extended query protocol,
 * "pipelining"). Where one fails, the rest is passed over and nothing of it is written.
 */
import type pg from 'pg';
import type { Connection } from 'pg';
import { tooLate } from './ask.ts';
import { pipelineMessage } from './pipeline-message.ts';

/** Prepared under its name (ASCII), once a connection. */
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

/** What the driver's connection has; its types ask for a second argument that it has not had for years. */
interface Wire {
  readonly stream: { readonly writable: boolean; cork(): void; uncork(): void; write(octets: Buffer): void };
  parse(statement: Statement): void;
  close(what: { type: 'S'; name: string }): void;
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
    const message = pipelineMessage(this.#steps);
    wire.stream.cork();
    try {
      for (const { statement } of this.#steps) {
        if (prepared?.has(statement.name) === true) continue;
        // It is there where an earlier attempt got so far and failed behind it.
        wire.close({ type: 'S', name: statement.name });
        wire.parse(statement);
        this.#isPreparing = true;
      }
      if (wire.stream.writable) wire.stream.write(message);
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
