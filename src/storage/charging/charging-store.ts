/** The store of online charging in PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { ChargingAccount } from '#core/charging/account.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { DebitReference, OriginalDebit } from '#core/charging/request.ts';
import {
  type BatchWrites,
  type ChargingStore,
  type CommandResult,
  type DuePlace,
  type Found,
  type MemberSessions,
  type OwnedShards,
  type RowWrites,
  StoreError,
  type TextOctets,
  type Wanted,
} from '#engine/ports.ts';
import { asHouse } from '#operations/access/ports.ts';
import type { Database } from '../database.ts';
import { ask } from './ask.ts';
import { commitSteps, rowSteps } from './commit.ts';
import { fromExactJson, toExactJson } from './exact-json.ts';
import { storeError } from './faults.ts';
import { findingSteps, foundOf, hasAdopted, poolsBeside } from './finding.ts';
import { forgetClosed } from './forgetting.ts';
import { makeJournalDays, selectDebit } from './journal.ts';
import { accountOfKept, keptOf } from './packed-account/kept-account.ts';
import { askAll, type Step, type TextRow } from './pipeline.ts';

/** A statement that takes longer is taken for lost: its connection is given up. */
const STATEMENT_TIMEOUT_MS = 10_000;
/**
 * Nothing came back of a statement that the server should have ended by itself: the way to it is gone. Without an end, a silence that nobody breaks (a partition of the network) would
 * hold who asks for a quarter of an hour.
 */
const SILENCE_MS = STATEMENT_TIMEOUT_MS + 2_000;
/** `close` waits for what is under way, and then ends its connections all the same. */
const CLOSE_MS = 2_000;

/** Uses a connection of its own for commits, one for the rows that follow them, and one for look-ups; the rest goes over the pool. */
export function openChargingStore(database: Database): ChargingStore {
  return new PostgresChargingStore(database);
}

class PostgresChargingStore implements ChargingStore {
  readonly #database: Database;
  readonly #days = new Set<number>();
  readonly #connections = new Map<Own, pg.PoolClient>();
  #finding: Promise<void> = Promise.resolve();
  /** Some accounts are found only in logs of engines that are gone, as the last look-up saw it. */
  #isInLogs = false;
  #forgetFrom = 0;
  /** How many statements are. Not which: a Set that gains and loses a member with each commit keeps the batch of every few (docs/decisions/0022-charging-tail.md). */
  #underWay = 0;
  #whenNone: (() => void) | undefined;
  #isClosed = false;

  constructor(database: Database) {
    this.#database = database;
  }

  textOf(account: ChargingAccount): string {
    return keptOf(account);
  }

  accountOf(id: string, text: string | TextOctets): ChargingAccount {
    return accountOfKept(id, text);
  }

  async enter(name: string, leaseMs: number, address: string | undefined): Promise<number> {
    const rows = await this.#rows<{ id: number }>(
      'insert into charging_engine (name, lease_ms, address) values ($1, $2, $3) returning engine_id as id',
      [name, leaseMs, address ?? null],
    );
    if (rows[0] === undefined) throw new Error('the engine was not entered');
    return rows[0].id;
  }

  async beginAnew(engineId: number, name: string, leaseMs: number): Promise<number> {
    const rows = await this.#rows<{ id: number }>('select charging_begin_anew($1, $2, $3) as id', [engineId, name, leaseMs]);
    if (rows[0] === undefined) throw new Error('the engine was not entered');
    return rows[0].id;
  }

  async renew(engineId: number, most: number): Promise<OwnedShards> {
    const rows = await this.#rows<{ shard: number; epoch: bigint }>('select shard, epoch from charging_renew($1, $2)', [engineId, most]);
    return new Map(rows.map(({ shard, epoch }) => [shard, epoch]));
  }

  async owners(): Promise<ReadonlyMap<number, string>> {
    const rows = await this.#rows<{ shard: number; address: string }>(
      'select shard, address from charging_shard join charging_engine using (engine_id) where address is not null and deposed_at is null',
      [],
    );
    return new Map(rows.map(({ shard, address }) => [shard, address]));
  }

  async engines(): Promise<{ engines: number; shards: number }> {
    const rows = await this.#rows<{ engines: bigint; shards: bigint }>(
      `select (select count(*) from charging_engine where deposed_at is null
                  and renewed_at > clock_timestamp() - make_interval(secs => lease_ms / 1000.0)) as engines,
              (select count(*) from charging_shard) as shards`,
      [],
    );
    return { engines: Number(rows[0]?.engines ?? 0), shards: Number(rows[0]?.shards ?? 0) };
  }

  async release(engineId: number, shards?: readonly number[]): Promise<void> {
    if (shards === undefined) await this.#rows('select charging_depose($1)', [engineId]);
    else
      await this.#rows('update charging_shard set engine_id = null, epoch = epoch + 1 where engine_id = $1 and shard = any($2)', [
        engineId,
        shards,
      ]);
  }

  async find(wanted: Wanted): Promise<Found> {
    const found = await this.#findWithoutPools(wanted);
    const pools = poolsBeside(found);
    if (pools.length === 0) return found;
    const beside = await this.#findWithoutPools({ accounts: pools, identities: [], sessions: wanted.sessions });
    return { ...found, accounts: [...found.accounts, ...beside.accounts], closed: [...found.closed, ...beside.closed] };
  }

  async #findWithoutPools(wanted: Wanted): Promise<Found> {
    // One after the other: look-ups come one at a time but for those of commands and repetitions.
    const before = this.#finding;
    const answers = this.#guarded(async () => {
      await before;
      const isComplete = this.#isInLogs;
      const found = await this.#askAll('finder', findingSteps(wanted, isComplete));
      this.#isInLogs = hasAdopted(found);
      return this.#isInLogs && !isComplete ? this.#askAll('finder', findingSteps(wanted, true)) : found;
    });
    this.#finding = answers.then(done, done);
    return foundOf(await answers);
  }

  async commit(writes: BatchWrites): Promise<void> {
    const steps = commitSteps(writes);
    await this.#guarded(async () => {
      await this.#askAll('committer', steps).catch(async (error: unknown) => {
        // The clock has jumped past the days that were made ahead.
        if (!isWithoutDay(error)) throw error;
        for (const { entryId } of writes.entries) await makeJournalDays(this.#database, entryId, this.#days);
        await this.#askAll('committer', steps);
      });
    });
  }

  async writeRows(writes: RowWrites): Promise<void> {
    const steps = rowSteps(writes);
    await this.#guarded(() => this.#askAll('rowWriter', steps));
  }

  async adopted(shards: readonly number[], most: number): Promise<readonly string[]> {
    const rows = await this.#rows<{ id: string }>(
      // Those whose rows are as new by now are forgotten on the way: as of the moment they go, for a newer one may have come from an engine that is being ended.
      `with these as materialized (select p.account_id, a.version as row_version from charging_adopted p
          join charging_account a using (account_id) where a.shard = any($1::smallint[]) limit $2),
        forgotten as (delete from charging_adopted p using these s where p.account_id = s.account_id and p.version <= s.row_version)
       select account_id as id from these`,
      [shards, most],
    );
    return rows.map(({ id }) => id);
  }

  async trimLog(engineId: number, from: number, before: number): Promise<boolean> {
    const asked = await this.#rows(
      // What went before is in the index until it is vacuumed: it is not looked through again.
      `with trimmed as (delete from charging_log where engine_id = $1 and sequence >= $2 and sequence < $3)
       update charging_engine set settle_asked = false where engine_id = $1 and settle_asked returning engine_id`,
      [engineId, from, before],
    );
    return asked.length > 0;
  }

  async forgetLogs(): Promise<void> {
    await this.#rows(
      `with gone as (select e.engine_id from charging_engine e where e.deposed_at is not null
                        and exists (select from charging_log l where l.engine_id = e.engine_id)
                        and not exists (select from charging_adopted p where p.engine_id = e.engine_id))
       delete from charging_log l using gone where l.engine_id = gone.engine_id`,
      [],
    );
  }

  async due(shards: readonly number[], atMicros: number, most: number, after: DuePlace | undefined): Promise<readonly DuePlace[]> {
    return this.#rows<DuePlace & pg.QueryResultRow>(
      `select due_hour as hour, account_id as id from charging_account
        where due_hour <= $1 and (due_hour, account_id) > ($5, $6) and due_micros <= $2 and shard = any($3::smallint[])
        order by due_hour, account_id limit $4`,
      [Math.floor(atMicros / MICROS_PER_HOUR), atMicros, shards, most, after?.hour ?? -1, after?.id ?? ''],
    );
  }

  async commandResult(account: string, command: AccountCommand): Promise<CommandResult | 'another' | undefined> {
    const [found] = await this.#rows<{ same: boolean; result: string | null }>(
      `select account_id = $2 and command::jsonb = $3::jsonb as same, case when state <> 'waiting' then result::text end as result
         from charging_command where command_key = $1`,
      [command.key, account, toExactJson(command)],
    );
    if (found?.same === false) return 'another';
    return found?.result == null ? undefined : fromExactJson<CommandResult>(found.result);
  }

  async waitingCommands(shards: readonly number[], most: number): Promise<readonly { account: string; command: AccountCommand }[]> {
    const rows = await this.#rows<{ account: string; command: string }>(
      `select c.account_id as account, c.command::text as command from charging_command c join charging_account a using (account_id)
        where c.state = 'waiting' and a.shard = any($1::smallint[]) order by c.asked_at limit $2`,
      [shards, most],
    );
    return rows.map(({ account, command }) => ({ account, command: fromExactJson<AccountCommand>(command) }));
  }

  async memberSessions(pool: string, after: string, most: number): Promise<readonly MemberSessions[]> {
    return this.#rows<{ account: string; sessions: string[] }>(
      `select m.account_id as account, array_agg(s.session_id order by s.session_id) as sessions
         from charging_member m join charging_session s on s.account_id = m.account_id and s.closed_micros is null
        where m.pool_id = $1 and m.account_id > $2 group by m.account_id order by m.account_id limit $3`,
      [pool, after, most],
    );
  }

  async debit(accounts: readonly string[], of: DebitReference): Promise<OriginalDebit> {
    return this.#guarded(() => selectDebit(this.#database, accounts, of));
  }

  async prepareJournal(atMicros: number): Promise<void> {
    await this.#guarded(() => makeJournalDays(this.#database, atMicros, this.#days));
  }

  async forgetClosed(beforeMicros: number): Promise<number> {
    const { forgotten, next } = await this.#guarded(() => forgetClosed(this.#database, beforeMicros, this.#forgetFrom));
    this.#forgetFrom = next;
    return forgotten;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#underWay > 0) {
      const none = new Promise<void>((resolve) => {
        this.#whenNone = resolve;
      });
      const late = new AbortController();
      await Promise.race([none, sleep(CLOSE_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
      late.abort();
    }
    // They have limits of their own.
    for (const client of this.#connections.values()) client.release(true);
    this.#connections.clear();
  }

  /** Over a connection of its own, made when it is needed. */
  async #askAll(own: Own, steps: readonly Step[]): Promise<readonly (readonly TextRow[])[]> {
    const client = this.#connections.get(own) ?? (await this.#connect(own));
    try {
      return await askAll(client, steps, SILENCE_MS);
    } catch (error) {
      // One that the server answered is sound; of the others nobody knows what is still on its way.
      if (!isAnswer(error)) {
        client.release(true);
        if (this.#connections.get(own) === client) this.#connections.delete(own);
      }
      throw error;
    }
  }

  async #connect(own: Own): Promise<pg.PoolClient> {
    const client = await asHouse(() => this.#database.pool.connect());
    try {
      await client.query(OWN_SESSION);
      if (this.#isClosed) throw CLOSED; // while it was being opened: nobody would give it back
      this.#connections.set(own, client);
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  async #rows<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    return this.#guarded(() => this.#askOne<Row>({ text, values: [...values] }));
  }

  /** Over a connection of the pool, which is given up where the statement fails, as the pool itself does. Whoever asked the engine: it reads with the house's eyes. */
  async #askOne<Row extends pg.QueryResultRow>(statement: pg.QueryConfig): Promise<readonly Row[]> {
    const client = await asHouse(() => this.#database.pool.connect());
    try {
      const rows = await ask<Row>(client, statement, SILENCE_MS);
      client.release();
      return rows;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw CLOSED;
    this.#underWay += 1;
    try {
      return await work();
    } catch (error) {
      throw storeError(error);
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#whenNone?.();
    }
  }
}

/** Statements of one use go over one connection: commits, the rows that follow them, look-ups. */
type Own = 'committer' | 'rowWriter' | 'finder';

/**
 * Plans are made once, whatever the tables hold then: by their keys, for arrays of any length. A batch of which the rest never comes (its sender froze) is given up, for what it
 * has written others would wait for.
 */
const OWN_SESSION = `set statement_timeout = ${STATEMENT_TIMEOUT_MS}; set transaction_timeout = ${STATEMENT_TIMEOUT_MS}; set plan_cache_mode = force_generic_plan;
  set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off`;

const done = (): void => undefined;

const CLOSED = new StoreError('unreachable', new Error('it is closed'));

const MICROS_PER_HOUR = 3_600_000_000;

/** Whether the server itself said so, on a connection that goes on. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && error.severity === 'ERROR';
}

/** No table of the journal takes an entry: PostgreSQL calls that a violated check. */
function isWithoutDay(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23514' && /no partition of relation/.test(error.message);
}
