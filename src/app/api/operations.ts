/** Every operation of the API, with what is behind it. */
import { AccountFeeds } from '#api/charging/account-feeds.ts';
import { accountOperations } from '#api/charging/accounts.ts';
import { limitAndStatusOperations } from '#api/charging/limit-and-status.ts';
import { manageOperations } from '#api/charging/manage.ts';
import { type PeersStanding, peerOperations } from '#api/charging/peers.ts';
import type { AccountDesk, ChargingService, Journal } from '#api/charging/ports.ts';
import { useOperations } from '#api/charging/use.ts';
import { itemOperations } from '#api/items.ts';
import { JobFeeds } from '#api/jobs/job-feeds.ts';
import { type JobDesk, jobOperations } from '#api/jobs/jobs.ts';
import { meOperations } from '#api/me/me.ts';
import type { Operation } from '#api/operation.ts';
import { LiveFeed } from '#api/overview/live.ts';
import { overviewOperations } from '#api/overview/overview.ts';
import { customerOperations } from '#api/portal/customer.ts';
import { undriven } from '#api/undriven.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { CompiledCatalog } from '#core/charging/plan.ts';
import { controlsShown, countersShown } from '#core/charging/shown.ts';
import { RefusedError } from '#core/refusals.ts';
import type { ChargingEngine } from '#engine/engine.ts';
import type { JobBooks } from '#operations/jobs/ports.ts';
import { JobRunner } from '#operations/jobs/run-jobs.ts';
import { listAccounts } from '#storage/charging/desk.ts';
import { selectEntries, selectNewest } from '#storage/charging/journal.ts';
import type { Database } from '#storage/database.ts';
import { jobBooksOn } from '#storage/jobs/jobs.ts';
import { uploadBooksOn } from '#storage/uploads/uploads.ts';
import { inPlace, inThreads } from '../aside/aside.ts';
import { accountNamed, applyCommand, nowMicros, openChargingAccount, redeem, transfer } from '../charging/desk.ts';
import { traceSession } from '../charging/trace.ts';
import type { Installation } from '../installation.ts';
import { type OverviewSources, overviewOf } from '../overview.ts';
import { type AccessBehind, accessBehind, accessOperations, nothingBehindAccess } from './access.ts';
import { type Behind, businessOperations, installationBehind, nothingBehind } from './business.ts';
import { type FinanceBehind, financeBehind, financeOperations, nothingBehindFinance } from './finance.ts';
import type { ApiHome, AskedHome } from './home.ts';
import { allJobKinds } from './job-kinds.ts';
import { type MonthBehind, monthBehind, monthOperations, nothingBehindMonth } from './month.ts';
import { keepingOperations, nothingBehindRetention, type RetentionBehind, retentionBehind } from './retention.ts';
import { nothingBehindTraffic, type TrafficBehind, trafficBehind, trafficOperations } from './traffic.ts';
import { nothingBehindUpkeep, type UpkeepBehind, upkeepBehind, upkeepOperations } from './upkeep.ts';

export interface ApiOperations {
  readonly operations: readonly Operation[];
  /** Ends streams, and leaves long work where it is. */
  readonly close: () => Promise<void>;
}

/** As they are described: nobody can ask them. */
export function describedOperations(): readonly Operation[] {
  const behind = {
    ...{ business: nothingBehind, month: nothingBehindMonth, traffic: nothingBehindTraffic, access: nothingBehindAccess },
    keeping: nothingBehindRetention,
    upkeep: nothingBehindUpkeep,
    finance: nothingBehindFinance,
  };
  const { operations, close } = operationsOf(
    undriven(),
    undriven(),
    undriven(),
    behind,
    undriven(),
    undriven(),
    undriven(),
    () => undefined,
  );
  close();
  return operations;
}

export function apiOperations(
  home: Pick<Installation, 'database' | 'dataFolder' | 'log' | 'settings'>,
  engine: ChargingEngine,
  /** The plans in force. */
  catalog: () => CompiledCatalog,
  peers: () => PeersStanding,
  /** Beside the main one, for what costs much; 0: it is done in it. */
  threads = 0,
): ApiOperations {
  const { database, log } = home;
  const inside: ApiHome = { ...home, uploads: uploadBooksOn(database) };
  const aside = threads === 0 ? inPlace(inside) : inThreads(inside, threads);
  const whole: AskedHome = { ...inside, aside };
  const books = jobBooksOn(database);
  const runner = new JobRunner(books, aside.kinds(allJobKinds(inside)), (error, job) => log.error({ err: error, job }, 'a job failed'));
  const behind = {
    business: installationBehind(whole),
    month: monthBehind(whole),
    traffic: trafficBehind(whole),
    access: accessBehind(whole),
    keeping: retentionBehind(whole),
    upkeep: upkeepBehind(inside),
    finance: financeBehind(whole),
  };
  const desk = deskOn(home, engine, catalog);
  const { operations, close } = operationsOf(
    engine,
    desk,
    journalOn(database),
    behind,
    { books, runner },
    overviewOf(home, engine),
    peers,
    (error) => log.error({ err: error }, 'a stream could not be fed'),
  );
  return {
    operations,
    async close() {
      close();
      await runner.close();
      await aside.close();
    },
  };
}

function operationsOf(
  engine: ChargingService,
  desk: AccountDesk,
  journal: Journal,
  {
    business,
    month,
    traffic,
    access,
    keeping,
    upkeep,
    finance,
  }: {
    readonly business: Behind;
    readonly month: MonthBehind;
    readonly traffic: TrafficBehind;
    readonly access: AccessBehind;
    readonly keeping: RetentionBehind;
    readonly upkeep: UpkeepBehind;
    readonly finance: FinanceBehind;
  },
  jobs: JobDesk & { readonly books: Pick<JobBooks, 'findAll'> },
  overview: OverviewSources,
  peers: () => PeersStanding,
  failed: (error: unknown) => void,
): { readonly operations: readonly Operation[]; readonly close: () => void } {
  const feeds = new AccountFeeds(engine, journal, desk, failed);
  const jobFeeds = new JobFeeds(jobs.books, failed);
  const live = new LiveFeed(() => overview.now(), failed);
  const declared = [
    ...meOperations(),
    ...overviewOperations(overview, live),
    ...useOperations(engine, nowMicros),
    ...accountOperations(desk, journal, feeds),
    ...limitAndStatusOperations(desk),
    ...manageOperations(desk),
    ...peerOperations(peers),
    ...businessOperations(business),
    ...monthOperations(month, jobs),
    ...trafficOperations(traffic, jobs),
    ...accessOperations(access),
    ...keepingOperations(keeping, jobs),
    ...upkeepOperations(upkeep),
    ...financeOperations(finance, jobs),
    ...customerOperations(access.customers, desk, journal),
    ...jobOperations(jobs, jobFeeds),
  ];
  return {
    operations: [...declared, ...itemOperations(declared)],
    close() {
      feeds.close();
      jobFeeds.close();
      live.close();
    },
  };
}

function journalOn(database: Database): Journal {
  return {
    newest: (accounts) => selectNewest(database, accounts),
    entries: (account, from, after, most) => selectEntries(database, account, from, after, most),
  };
}

function deskOn(home: Pick<Installation, 'database' | 'dataFolder'>, engine: ChargingEngine, catalog: () => CompiledCatalog): AccountDesk {
  const { database } = home;
  const find = (name: string) => accountNamed(database, name);
  return {
    find,
    counters: (account) => countersShown(catalog(), account),
    names: ({ plan, buckets }) => {
      const { plans, allowances } = catalog();
      const named = buckets.flatMap(({ definition }) => {
        const name = allowances.get(definition)?.name;
        return name === undefined ? [] : [[definition, name]];
      });
      return Object.fromEntries([...named, [plan, plans.get(plan)?.[0]?.name ?? plan]]);
    },
    controls: (account) => controlsShown(catalog(), account, nowMicros()),
    list: (after, most) => listAccounts(database, after, most),
    open: (words) => openChargingAccount(database, words),
    async apply(name, words, key) {
      const { id } = await find(name);
      // At once where this engine has the account; else it is left for the one that has.
      const done = await engine.apply(id, { key, ...words } as AccountCommand); // each kind of words is a command without its key
      if (done.ok) return find(id);
      if (done.refusals.every(({ code }) => code !== 'engine.too-busy')) throw new RefusedError(...done.refusals);
      return applyCommand(database, id, words, key);
    },
    transfer: (from, to, nanos, currency, text, key) => transfer(database, from, to, nanos, currency, text, key),
    redeem: (name, code, text) => redeem(database, name, code, text),
    trace: (session) => traceSession(home, session),
  };
}
