import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { insertAccounts } from '#storage/charging/new-accounts.ts';
import type { Database } from '#storage/database.ts';
import { openDatabase } from '#storage/database.ts';
import { databaseFault } from '#storage/database-fault.ts';
import { migrate } from '#storage/migrations.ts';
import { enter, folderWithCluster } from '../../support/cluster.ts';
import { plainAccount, plainRequest, SESSION_MICROS } from '../../support/plain-charging.ts';
import { seeded } from '../../support/seeded.ts';
import { audit, differences } from './auditor.ts';
import { openSessions, readBooks } from './books.ts';
import { killProcess, RunningEngine } from './house.ts';
import { type Answered, makeWorld, type PeerPlan, type World } from './world.ts';

/** Every seed that ever failed stays here. */
const SEEDS = [1, 2];
const FEW_FAULTS = 3;
const LEASE_MS = 600;

/** Even seeds have engines that divide the accounts and ask each other; of odd ones, one has all and the other waits. CHARGING_SEEDS=100-149 runs these, each with ten times the traffic and the faults, and with engines that are halted. */
function runs(): readonly { readonly seed: number; readonly size: number; readonly faults: number }[] {
  const wanted = /^(\d+)-(\d+)$/.exec(process.env.CHARGING_SEEDS ?? '');
  if (wanted === null) return SEEDS.map((seed) => ({ seed, size: 60, faults: FEW_FAULTS }));
  const [first, last] = [Number(wanted[1]), Number(wanted[2])];
  return Array.from({ length: last - first + 1 }, (_, index) => ({ seed: first + index, size: 600, faults: 30 }));
}

for (const { seed, size, faults } of runs())
  test(`peers whose messages are lost and repeated, while engines and the database are killed, are charged to the last unit (seed ${seed})`, async (context) => {
    if (process.platform !== 'linux') return context.skip('a server process is killed by its number, as on Linux');
    const member = await enter(await folderWithCluster(`charging-${seed}`), {
      parameters: { shared_buffers: '64MB', restart_after_crash: 'on' },
    });
    const { socketFolder, port, user, database: name } = member.address;
    const url = `postgresql://${user}@/${name}?host=${encodeURIComponent(socketFolder)}&port=${port}`;
    const database = openDatabase(url);
    try {
      await migrate(database);
      await new Simulation(seed, size, faults, url, database).run();
    } finally {
      await database.close();
      await member.leave();
    }
  });

class Simulation {
  readonly #seed: number;
  readonly #world: World;
  readonly #faults: number;
  readonly #url: string;
  readonly #database: Database;
  readonly #steps: string[] = [];
  readonly #answered: Answered[] = [];
  readonly #toppedUp = new Set<string>();
  readonly #strays: Promise<void>[] = [];
  #engines: RunningEngine[] = [];
  readonly #started: RunningEngine[] = [];
  #done = 0;
  #isOver = false;

  constructor(seed: number, size: number, faults: number, url: string, database: Database) {
    this.#seed = seed;
    this.#world = makeWorld(seed, size);
    this.#faults = faults;
    this.#url = url;
    this.#database = database;
  }

  async run(): Promise<void> {
    try {
      await this.#database.transaction((client) =>
        insertAccounts(
          client,
          this.#world.accounts.map(({ id, nanos, pool }) => plainAccount(id, nanos, pool)),
        ),
      );
      this.#engines = await Promise.all([this.#start(0), this.#start(1)]);
      const faults = this.#breakThings();
      if (this.#faults > FEW_FAULTS) void this.#haltEngines();
      const failed = new Promise<never>((_, reject) => void faults.catch(reject));
      const peers = [
        ...this.#world.peers.map((peer) => this.#peer(peer)),
        ...this.#world.topUps.map((topUp, index) => this.#topUp(topUp, index)),
      ];
      await Promise.race([Promise.all(peers).then(() => Promise.all(this.#strays)), failed]);
      this.#isOver = true;
      await faults;
      await this.#letTimePass();
      const books = await readBooks((sql) => this.#ask(sql));
      for (const { fault } of this.#started) assert.equal(fault, undefined);
      try {
        audit(this.#world, this.#answered, this.#toppedUp, books);
      } catch (error) {
        this.#steps.push(...differences(this.#answered, books));
        throw error;
      }
    } catch (error) {
      throw new Error(`seed ${this.#seed}\n${this.#steps.join('\n')}\n`, { cause: error });
    } finally {
      this.#isOver = true;
      await Promise.all(this.#engines.map((engine) => engine.kill()));
    }
  }

  /** Clocks of machines are some seconds apart. */
  async #start(number: number, offsetMs = ((this.#seed + number * 7) % 9) * 700 - 2_800): Promise<RunningEngine> {
    const engine = await RunningEngine.start({
      ...{
        url: this.#url,
        offsetMs,
        leaseMs: LEASE_MS,
        memoryBytes: number % 4 === 1 ? 60_000 : 100_000_000,
        balance: this.#seed % 2 === 0,
        noted: (text) => this.#steps.push(text),
      },
      // Hardly a row is written, so that who comes after finds the accounts in the log; or rows and log by turns.
      ...(number % 2 === 0 ? { mostRowsAtOnce: 0, logSeconds: 20 } : { mostRowsAtOnce: 2, logSeconds: 0.2 }),
    });
    this.#started.push(engine);
    return engine;
  }

  async #peer(plan: PeerPlan): Promise<void> {
    const random = seeded(plan.seed);
    const ask = (number: number, operation: ChargingRequest['operation'], used: bigint): Promise<ChargingAnswer> =>
      this.#untilAnswered(
        plan.account,
        plainRequest(plan.account, plan.session, number, operation, used, BigInt(Math.floor(random() * 3_000) + 1)),
        random,
      );
    await sleep(random() * 1_500);
    if (plan.kind === 'event') {
      await ask(0, 'event-debit', BigInt(Math.floor(random() * 300)));
      return;
    }
    let answer = await ask(0, 'initial', 0n);
    let number = 1;
    for (; number <= plan.updates && answer.result === 'granted'; number += 1) {
      await sleep(random() * 150);
      answer = await ask(number, 'update', usedOf(answer, random));
    }
    if (number === 1 && answer.result !== 'granted') return;
    if (!plan.vanishes) await ask(number, 'terminate', usedOf(answer, random));
  }

  /** Repeats it, to one engine and the other, until an answer arrives. Whatever arrives for it is the same answer. */
  async #untilAnswered(account: string, request: ChargingRequest, random: () => number): Promise<ChargingAnswer> {
    let lost: ChargingAnswer | undefined;
    for (let tries = 0; ; tries += 1) {
      assert.ok(tries < 2_000 && !this.#isOver, `${request.session} ${request.number} is never answered`);
      if (tries > 0) await sleep(Math.min(5 * tries, 60) * (0.5 + random()));
      if (random() < 0.05) continue; // lost on its way there
      const engine = this.#engines[(tries + Math.floor(random() * 1.3)) % this.#engines.length];
      const repeated = random() < 0.1 ? engine?.handle(request) : undefined;
      const answers = await Promise.all([engine?.handle(request), repeated]);
      const given = answers.filter((each) => each !== undefined && each.result !== 'too-busy');
      for (const answer of given) {
        // Refusals too: one that was late on its way would else be granted behind the back of who was told no.
        if (lost !== undefined) assert.deepEqual(answer, lost, 'a repetition got another answer');
        lost = answer;
      }
      if (lost === undefined || random() < 0.05) continue; // lost on its way back
      this.#answered.push({ account, request, answer: lost });
      this.#done += 1;
      if (random() < 0.1) this.#stray(request, lost, Math.floor(random() * 3), random() * 600);
      return lost;
    }
  }

  /** One that the network kept for a while, when its peer has long had the answer: nobody waits for it, and it changes nothing. */
  #stray(request: ChargingRequest, first: ChargingAnswer, engine: number, afterMs: number): void {
    const stray = sleep(afterMs).then(async () => {
      const answer = await this.#engines[engine % this.#engines.length]?.handle(request);
      if (answer === undefined || answer.result === 'too-busy' || answer.result === 'out-of-order') return;
      assert.deepEqual(answer, first, 'what came late got another answer');
    });
    stray.catch(() => undefined); // told when all are over
    this.#strays.push(stray);
  }

  async #topUp({ account, key, nanos }: World['topUps'][number], index: number): Promise<void> {
    const random = seeded(this.#seed * 31 + index);
    await sleep(random() * 1_500);
    for (let tries = 0; ; tries += 1) {
      assert.ok(tries < 1_000 && !this.#isOver, `${key} is never done`);
      const result = await this.#engines[tries % this.#engines.length]?.apply(account, { kind: 'top-up', key, nanos, currency: 'EUR' });
      if (result?.ok === true && random() > 0.1) break; // else: nobody heard that it was done
      await sleep(20 + random() * 40);
    }
    this.#toppedUp.add(key);
  }

  async #breakThings(): Promise<void> {
    const random = seeded(this.#seed * 17);
    const requests = this.#world.peers.reduce((sum, { kind, updates }) => sum + (kind === 'event' ? 1 : updates / 2 + 1.5), 0);
    for (let fault = 1; fault <= this.#faults; fault += 1) {
      const at = (requests * (fault - 0.5 * random())) / (this.#faults + 1);
      while (this.#done < at && !this.#isOver) await sleep(5);
      if (this.#isOver) return;
      if (fault % 3 === 1) await this.#killEngine(fault);
      else if (fault % 3 === 2) await this.#killBackend(random() < 0.5);
      else await this.#cutConnections();
    }
  }

  /** Again, when the server was killed meanwhile. */
  async #ask<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<{ readonly rows: readonly Row[] }> {
    for (let tries = 0; ; tries += 1)
      try {
        return (await this.#database.pool.query(sql, [...values])) as { readonly rows: readonly Row[] }; // as the query says
      } catch (error) {
        if (tries > 400 || databaseFault(error) === undefined) throw error;
        await sleep(50);
      }
  }

  /** The other takes its accounts; a new one starts meanwhile. How long nobody is served is looked at. */
  async #killEngine(fault: number): Promise<void> {
    const logged = await this.#ask<{ accounts: number }>(
      'select coalesce(sum(cardinality(accounts)), 0)::integer as accounts from charging_log',
    );
    this.#steps.push(`${logged.rows[0]?.accounts} accounts stand in logs`);
    const { rows } = await this.#ask<{ name: string }>(
      'select e.name from charging_shard join charging_engine e using (engine_id) group by 1 order by count(*) desc limit 1',
    );
    const pid = Number(rows[0]?.name.split(' ')[1] ?? 0);
    const victim = this.#engines.find((engine) => engine.pid === pid) ?? this.#engines[0];
    const before = this.#done;
    const start = performance.now();
    await victim?.kill();
    this.#steps.push(`engine ${pid} killed after ${before} answers`);
    const [other] = this.#engines.filter((engine) => engine !== victim);
    const probe = { ...plainRequest(this.#world.accounts[0]?.id ?? '', `probe-${fault}`, 0, 'balance-check') };
    while ((await other?.handle(probe))?.result !== 'granted') {
      // How long it takes is told in the steps: on a busy machine it is nothing to fail for.
      assert.ok(performance.now() - start < 60_000, 'the other engine does not serve its accounts');
      await sleep(20);
    }
    this.#steps.push(`served again after ${Math.round(performance.now() - start)} ms`);
    const next = await this.#start(fault);
    if (this.#isOver) await next.kill();
    this.#engines = this.#engines.map((engine) => (engine === victim ? next : engine));
  }

  /** A backend that is killed brings the whole server down, which recovers from its log. */
  async #killBackend(committing: boolean): Promise<void> {
    const { rows } = await this.#ask<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
        order by (query like '%charging_commit%') = $1 desc, query like '%charging_write_rows%' desc limit 1`,
      [committing],
    );
    const isKilled = rows[0] !== undefined && killProcess(rows[0].pid);
    this.#steps.push(`server ${isKilled ? 'killed' : 'not killed'} by its backend ${rows[0]?.pid} after ${this.#done} answers`);
  }

  /** Now one, now the other, mostly for a moment, and now and then beyond its lease. */
  async #haltEngines(): Promise<void> {
    const random = seeded(this.#seed * 13);
    while (!this.#isOver) {
      await sleep(100 + random() * 900);
      await this.#engines[Math.floor(random() * this.#engines.length)]?.halt(50 + random() ** 2 * 2_000);
    }
  }

  async #cutConnections(): Promise<void> {
    this.#steps.push(`connections cut after ${this.#done} answers`);
    await this.#ask(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    );
  }

  /** Peers that vanished are closed by an engine whose clock says that their time has come. */
  async #letTimePass(): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine.kill()));
    this.#engines = [await this.#start(0, SESSION_MICROS / 1000 + 10_000)];
    for (let tries = 0; ; tries += 1) {
      const { rows } = await this.#ask('select from charging_session where closed_micros is null limit 1');
      if (rows.length === 0) return;
      if (tries === 1_000) {
        this.#steps.push(...(await openSessions((sql) => this.#ask(sql))));
        throw new Error('sessions stay open');
      }
      await sleep(20);
    }
  }
}

/** Between nothing and all of what was granted. */
function usedOf({ items }: ChargingAnswer, random: () => number): bigint {
  const granted = items[0]?.granted?.bytes ?? 0n;
  return (granted * BigInt(Math.floor(random() * 1_001))) / 1_000n;
}
