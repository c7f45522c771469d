/**
 * The log of charging is deleted as fast as it is written, and what was deleted is room for what follows only when it was vacuumed. Autovacuum comes by once a minute: until then
 * each commit asked the system for new pages, which took longer than what is written to them (docs/decisions/0022-charging-tail.md).
 */
import type { Database } from '../database.ts';

/** Rows of the log: five seconds of 12,500 requests each. Below, there is not much to be gained. */
const DEAD_ROWS = 2_000;
/** At autovacuum's pace: nobody waits for it, and commits are not to wait for a core. */
const PACE = "set vacuum_cost_delay = '2ms'";

interface Log {
  readonly dead: bigint;
  readonly isOurs: boolean;
  /** Somebody else has it, or waits for it, to vacuum it or to change it. */
  readonly isTaken: boolean;
}

/** Vacuums the log when there is enough in it and nobody else does; whether it did. `stop` ends it early. */
export async function vacuumLog(database: Database, stop: AbortSignal): Promise<boolean> {
  const log = await lookAtLog(database);
  return Number(log.dead) >= DEAD_ROWS && !log.isTaken && vacuum(database, stop);
}

/** Asked first whether it can be done: PostgreSQL's log has a line for each attempt that fails. */
async function lookAtLog({ pool }: Database): Promise<Log> {
  const { rows } = await pool.query<Log>(
    `select pg_stat_get_dead_tuples(c.oid) as dead, pg_has_role(c.relowner, 'usage') as "isOurs",
            c.oid in (select l.relation from pg_locks l
                       where l.locktype = 'relation' and l.database = (select oid from pg_database where datname = current_database())
                         and l.mode not in ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'SIReadLock')) as "isTaken"
       from pg_class c where c.oid = 'charging_log'::regclass`,
  );
  if (rows[0]?.isOurs !== true) throw new Error('only the owner of charging_log may vacuum it');
  return rows[0];
}

async function vacuum({ pool }: Database, stop: AbortSignal): Promise<boolean> {
  const client = await pool.connect();
  let [isSound, cancel] = [false, (): void => undefined];
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    cancel = () => void pool.query('select pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => undefined);
    stop.addEventListener('abort', cancel);
    await client.query(PACE);
    if (!stop.aborted) await client.query('vacuum (skip_locked) charging_log');
    await client.query('reset vacuum_cost_delay');
    isSound = !stop.aborted; // else what comes of cancelling may still be on its way
    return isSound;
  } finally {
    stop.removeEventListener('abort', cancel);
    client.release(!isSound);
  }
}
