/**
 * Tables of charging that autovacuum, which comes by once a minute, leaves for too long: what it would do, in time. The log is deleted as fast as it is written, and what was
 * deleted is room for what follows only when it was vacuumed: without room each page is asked of the system anew, which takes longer than what is written to it. And entries of
 * the journal are found by what its BRIN index has summarised; ranges that it has not are read whole.
 */
import { MICROS_PER_DAY } from '#core/time/zoned.ts';
import type { Database } from '../database.ts';
import { journalDay } from './journal.ts';

/** Rows of the log: five seconds of 12,500 requests each. Below, there is not much to be gained. */
const DEAD_ROWS = 2_000;
/** At autovacuum's pace: nobody waits for it, and commits are not to wait for a core. */
const PACE = "set vacuum_cost_delay = '2ms'";
/** Who waits for longer (`deadlock_timeout`) stops an autovacuum that is on its way. */
const LOCK_WAIT = "set local lock_timeout = '100ms'";
/** Of the index of the journal, as migration 210 makes it. */
const PAGES_PER_RANGE = 16;
/** Of one transaction: 32 MB of the journal, read in a tenth of a second. */
const RANGES_AT_ONCE = 256;

export interface Tended {
  readonly vacuumed: boolean;
  /** Ranges of the journal. */
  readonly summarised: number;
  /** There are more. */
  readonly isBehind: boolean;
}

interface Table {
  readonly name: string;
  readonly pages: number;
  readonly dead: bigint;
  readonly isOurs: boolean;
  /** Somebody else has it, or waits for it, to vacuum it or to change it. */
  readonly isTaken: boolean;
}

/** Each look does what is due and can be done at once. Others may look at the same tables: who comes second finds that it is done. */
export class ChargingTables {
  readonly #database: Database;
  /** Of days of the journal, how many ranges from their beginning on are known to be summarised. Asking for each costs two microseconds. */
  #summarised: ReadonlyMap<string, number> = new Map();

  constructor(database: Database) {
    this.#database = database;
  }

  /** The log, and the journal of the instant's UTC day and of the one before. `stop` ends it early. */
  async look(atMicros: number, stop: AbortSignal): Promise<Tended> {
    const [yesterday, today] = [journalDay(atMicros - MICROS_PER_DAY), journalDay(atMicros)];
    const [log, ...days] = await this.#tables(['charging_log', yesterday, today]);
    const vacuumed = log !== undefined && Number(log.dead) >= DEAD_ROWS && !log.isTaken && (await this.#vacuum(log.name, stop));
    const ranges = new Map<string, number>();
    let [summarised, isBehind] = [0, false];
    for (const { name, pages, isTaken } of days) {
      // The last range of today is not full: with a summary, each entry that follows would change it.
      const full = name === today ? Math.floor(pages / PAGES_PER_RANGE) : Math.ceil(pages / PAGES_PER_RANGE);
      let [from, made] = [this.#summarised.get(name) ?? 0, 0];
      while (from < full && made === 0 && !isTaken && !stop.aborted) {
        const to = Math.min(full, from + RANGES_AT_ONCE);
        const done = await this.#summarise(name, from, to);
        if (done === undefined) break;
        [from, made] = [to, done];
      }
      ranges.set(name, from);
      summarised += made;
      isBehind ||= made > 0 && from < full;
    }
    this.#summarised = ranges;
    return { vacuumed, summarised, isBehind };
  }

  /** Those that are there. Asked first whether it can be done: PostgreSQL's log has a line for each attempt that fails. */
  async #tables(names: readonly string[]): Promise<readonly Table[]> {
    const { rows } = await this.#database.pool.query<Table>(
      `select c.relname as name, (pg_relation_size(c.oid) / current_setting('block_size')::int)::int as pages, pg_stat_get_dead_tuples(c.oid) as dead,
              pg_has_role(c.relowner, 'usage') as "isOurs",
              c.oid in (select l.relation from pg_locks l
                         where l.locktype = 'relation' and l.database = (select oid from pg_database where datname = current_database())
                           and l.mode not in ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'SIReadLock')) as "isTaken"
         from unnest($1::text[]) with ordinality as n(name, place) join pg_class c on c.oid = to_regclass(n.name)
        order by n.place`,
      [names],
    );
    const foreign = rows.find(({ isOurs }) => !isOurs);
    if (foreign !== undefined) throw new Error(`only the owner of ${foreign.name} may vacuum and summarise it`);
    return rows;
  }

  /** How many ranges had no summary yet; undefined: somebody else has the table. */
  async #summarise(name: string, from: number, to: number): Promise<number | undefined> {
    try {
      return await this.#database.transaction(async (client) => {
        await client.query(LOCK_WAIT);
        const { rows } = await client.query<{ made: number }>(
          'select sum(brin_summarize_range($1, range * $2::bigint))::int as made from generate_series($3::int, $4::int) as range',
          [`${name}_entry_id_idx`, PAGES_PER_RANGE, from, to - 1],
        );
        return rows[0]?.made ?? 0;
      });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === '55P03') return undefined; // lock_not_available
      throw error;
    }
  }

  async #vacuum(name: string, stop: AbortSignal): Promise<boolean> {
    const { pool } = this.#database;
    const client = await pool.connect();
    let [isSound, cancel] = [false, (): void => undefined];
    try {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      cancel = () => void pool.query('select pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => undefined);
      stop.addEventListener('abort', cancel);
      await client.query(PACE);
      if (!stop.aborted) await client.query(`vacuum (skip_locked) ${name}`);
      await client.query('reset vacuum_cost_delay');
      isSound = !stop.aborted; // else what comes of cancelling may still be on its way
      return isSound;
    } finally {
      stop.removeEventListener('abort', cancel);
      client.release(!isSound);
    }
  }
}
