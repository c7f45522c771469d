/** Who reads a partition: whoever has PostgreSQL's advisory lock on it. It falls with the connection, and so with the process. */
import pg from 'pg';
import type { PartitionTurns } from '#operations/collecting/ports.ts';

/** Any number; it is the name of these locks in the database. */
const PARTITION_LOCKS = 732_110_944;

/**
 * The turns of one source. They have a connection of their own beside the pool, made when it is first needed: a pool of ten
 * whose connections were all held by locks could put nothing into the books.
 */
export function partitionTurns({ options }: pg.Pool, source: string): PartitionTurns {
  let connection: Promise<pg.Client> | undefined;
  const lost = new WeakSet<pg.Client>();

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client(options);
    // Without a listener a connection lost between two queries would be an uncaught error.
    client.on('error', () => lost.add(client)).on('end', () => lost.add(client));
    await client.connect();
    return client;
  }

  /** The connection, or a new one when that is lost: its locks have fallen. */
  async function connected(): Promise<pg.Client> {
    connection ??= connect();
    const mine = connection;
    const client = await mine.catch(() => undefined);
    if (client !== undefined && !lost.has(client)) return client;
    if (connection === mine) connection = connect();
    return connection;
  }

  return {
    async alone(topic, partition, work) {
      const client = await connected();
      const name = JSON.stringify([source, topic, partition]);
      const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as free', [
        PARTITION_LOCKS,
        name,
      ]);
      if (rows[0]?.free !== true) return false;
      try {
        await work(() => !lost.has(client));
      } finally {
        // A connection that is gone has let go of it already.
        await client.query('select pg_advisory_unlock($1, hashtext($2))', [PARTITION_LOCKS, name]).catch(() => undefined);
      }
      return true;
    },
    async close() {
      const before = connection;
      connection = undefined;
      await before?.then(
        (client) => client.end(),
        () => undefined,
      );
    },
  };
}
