/** `carillon serve`: the engine of charging and its gateways, until it is told to stop. */
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChargingEvent, ChargingRules } from '#core/charging/decision.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { ChargingEngine } from '#engine/engine.ts';
import { SpendingLimits } from '#operations/charging/spending-limits.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { subscriptionBooksOn } from '#storage/charging/subscriptions.ts';
import { lastKnowledge } from '#storage/configuration/load-book.ts';
import { type ApiServer, serveApi } from '../api/serve-api.ts';
import type { Installation } from '../installation.ts';
import { runTelling } from '../notifications/tell.ts';
import { keepMailingReports } from '../reports/mail-reports.ts';
import { keepRetention } from '../retention/keep.ts';
import { ServiceCounts } from '../telemetry/counts.ts';
import type { MetricFamily } from '../telemetry/families.ts';
import { type OtlpSender, openOtlp } from '../telemetry/otlp.ts';
import { prometheusText } from '../telemetry/prometheus.ts';
import { keepIndexing } from '../usage/search.ts';
import { keepBooking } from './booking.ts';
import { loadCatalog } from './catalog.ts';
import { addressOf, checkServing, type Gateway, openGateways, peersOf, peerTextsBytes } from './gateways.ts';
import { collectLessOften } from './heap.ts';
import { keepRoaming } from './keep-roaming.ts';
import { keepTended } from './keep-tended.ts';
import { keepWritten } from './keep-written.ts';
import { type EngineLink, engineLink } from './link.ts';
import { chargingMetrics } from './metrics.ts';
import { type MetricsServer, serveMetrics } from './metrics-server.ts';
import { asksForRoaming } from './roaming.ts';
import { checkRoamingSource } from './roaming-source.ts';
import { keepTransferring } from './transferring.ts';

/** How often it is looked whether the configuration is another. */
const LOOK_MS = 2_000;

export interface ServingScreen {
  readonly started: (listening: readonly string[], plans: number) => void;
}

/** Throws RefusedError: faults of the plans, `serve.setting-missing`, `serve.cannot-listen`, and of the source for roamers `usage.source-unknown`. */
export async function serve(installation: Installation, stop: AbortSignal, screen: ServingScreen): Promise<void> {
  const { database, settings, log } = installation;
  checkServing(settings);
  collectLessOften();
  await checkRoamingSource(database, settings.nchf.roamingSource);
  const known = await loadCatalog(database);
  const { mostSessions } = settings.charging;
  let [catalog, rules, knownAtMicros] = [known.catalog, chargingRules(known.catalog, { mostSessions }), known.knownAtMicros];
  let reconciled: ReadonlySet<number> = new Set();
  const link = await engineLink(settings);
  const engine = new ChargingEngine({
    store: openChargingStore(database),
    // Those in force now: a plan that is applied holds from the next request on.
    rules: {
      decide: (...given) => rules.decide(...given),
      sweep: (...given) => rules.sweep(...given),
      change: (...given) => rules.change(...given),
      explain: (...given) => rules.explain(...given),
    } satisfies ChargingRules,
    name: `${hostname()}:${process.pid}`,
    clock: () => Date.now() * 1_000,
    limits: {
      memoryBytes: settings.charging.memoryMegabytes * 1_048_576 - peerTextsBytes(settings.charging.memoryMegabytes),
      mostWaiting: settings.charging.mostWaiting,
      leaseMs: settings.charging.leaseMs,
      balance: settings.charging.balance === 'on',
    },
    ...(link === undefined ? {} : { others: { engines: link.client, address: link.address } }),
    note: (text, error) => (error === undefined ? log.info(text) : log.error({ err: error }, text)),
  });
  const spending = new SpendingLimits({
    books: subscriptionBooksOn(database),
    catalog: () => catalog,
    clock: () => Date.now() * 1_000,
    failed: (error) => log.error({ err: error }, 'spending limits could not be told'),
  });
  /** Nobody roams then, and what is for roaming never holds. */
  const warnOfRoaming = (): void => {
    if (settings.charging.homeNetworks === '' && asksForRoaming(catalog))
      log.warn('plans tell roaming from home, but charging.homeNetworks is empty: nobody roams');
  };
  warnOfRoaming();
  let gateways: readonly Gateway[] = [];
  const asked = await link?.listen({
    handle: (request) => engine.handleHere(request),
    apply: (account, command) => engine.applyHere(account, command),
    tell: (kind, session) => tellHere(kind, session, gateways),
  });
  await engine.start().catch(async (error: unknown) => {
    await asked?.close(); // else it would keep the process
    throw error;
  });
  const services = new ServiceCounts();
  const families = (): readonly MetricFamily[] => [
    ...chargingMetrics(engine),
    ...gateways.flatMap((gateway) => gateway.metrics?.() ?? []),
    ...services.families,
  ];
  let metrics: MetricsServer | undefined;
  let otlp: OtlpSender | undefined;
  let api: ApiServer | undefined;
  const over = new AbortController();
  const until = AbortSignal.any([stop, over.signal]);
  const besides = Promise.all([
    keepBooking(installation, until),
    keepRoaming(installation, until),
    keepWritten(installation, until),
    keepTended(installation, until),
    keepTransferring(installation, until),
    keepIndexing(installation, until),
    keepMailingReports(installation, until),
    keepRetention(installation, until),
    runTelling(installation, { watch: true, stop: until, screen: services.screen }),
  ]);
  try {
    gateways = await openGateways(engine, spending, database, settings, log);
    if (settings.api.listen !== '')
      api = await serveApi(
        installation,
        engine,
        () => catalog,
        () => peersOf(gateways),
        { answered: (...what) => services.answered(...what), text: () => prometheusText(families()) },
      );
    const { metricsListen } = settings.charging;
    if (metricsListen !== '') {
      const { host, port } = addressOf(metricsListen);
      metrics = await serveMetrics(families, host, port);
    }
    otlp = await openOtlp(settings.telemetry, families, log);
    const unsubscribe = engine.on((event) => {
      tell(event, gateways, engine, link, (session, error) =>
        log.error({ session, err: error }, 'the client of a session could not be told'),
      );
      if (event.kind === 'counter-status' || event.kind === 'account-closed') spending.changed(event.account);
    });
    /** Shards that came, and all of them when plans are others: nobody else tells what changed meanwhile. */
    const reconcile = (): void => {
      const shards = engine.shards.filter((shard) => !reconciled.has(shard));
      reconciled = new Set(engine.shards);
      if (shards.length > 0)
        spending.reconcile(shards).catch((error: unknown) => log.error({ err: error }, 'spending limits were not compared'));
    };
    reconcile();
    screen.started(
      [
        ...gateways.flatMap(({ listening }) => listening),
        ...(link === undefined ? [] : [link.listening]),
        ...(api === undefined ? [] : [api.listening]),
        ...(metrics === undefined ? [] : [metrics.listening]),
        ...(otlp === undefined ? [] : [`counters go to ${settings.telemetry.endpoint}`]),
      ],
      known.catalog.plans.size,
    );
    if (engine.shards.length === 0) log.info('another engine has all accounts: this one waits for them');
    while (!stop.aborted) {
      await sleep(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
      if (stop.aborted) break;
      try {
        reconcile();
        if ((await lastKnowledge(database.pool)) === knownAtMicros) continue;
        const newer = await loadCatalog(database);
        [catalog, rules, knownAtMicros] = [newer.catalog, chargingRules(newer.catalog, { mostSessions }), newer.knownAtMicros];
        reconciled = new Set();
        warnOfRoaming();
        log.info({ plans: newer.catalog.plans.size }, 'the configuration has changed and holds from now on');
      } catch (error) {
        // PostgreSQL away, or plans that cannot be compiled: what was known goes on.
        log.error({ err: error }, 'the configuration could not be read; the earlier one goes on');
        await installation.rejoin().catch((reason: unknown) => log.error({ err: reason }, 'PostgreSQL could not be started again'));
      }
    }
    unsubscribe();
  } finally {
    over.abort();
    spending.close();
    // Each, whatever becomes of the one before: what is left open would keep the process.
    const ends = [
      () => Promise.all(gateways.map((gateway) => inTime(gateway.close()))),
      () => inTime(api?.close()),
      () => engine.stop(),
      () => asked?.close(),
      () => link?.client.close(),
      () => metrics?.close(),
      () => inTime(otlp?.close()),
      () => inTime(besides),
    ];
    for (const end of ends)
      try {
        await end();
      } catch (error) {
        log.error({ err: error }, 'not everything ended in order');
      }
  }
}

/** What these have for their end: a database that does not answer must not keep the process. */
const END_MS = 5_000;

async function inTime(ending: Promise<unknown> | undefined): Promise<void> {
  const late = new AbortController();
  try {
    await Promise.race([ending, sleep(END_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
  } finally {
    late.abort();
  }
}

function tell(
  event: ChargingEvent,
  gateways: readonly Gateway[],
  engine: ChargingEngine,
  link: EngineLink | undefined,
  failed: (session: string, error: unknown) => void,
): void {
  if (event.kind === 'session-closed')
    gateways
      .find(({ has }) => has(event.session))
      ?.closed?.(event.session)
      .catch((error: unknown) => failed(event.session, error));
  if (event.kind !== 'reauthorise' && event.kind !== 'abort') return;
  if (event.sessions === 'all-members') return; // the engine names them one by one
  const groups = event.kind === 'reauthorise' ? event.groups : undefined;
  for (const session of event.sessions)
    tellOne(event.kind, session, groups, gateways, engine, link).catch((error: unknown) => failed(session, error));
}

type TellKind = 'reauthorise' | 'abort';

const tellHere = async (
  kind: TellKind,
  session: string,
  gateways: readonly Gateway[],
  groups?: readonly string[],
): Promise<number | undefined> => {
  const gateway = gateways.find(({ has }) => has(session));
  return kind === 'abort' ? gateway?.abort(session) : gateway?.reauthorise(session, groups);
};

/** The client of a session may be connected to another process than the one that has its account: that asks all of the session. */
async function tellOne(
  kind: TellKind,
  session: string,
  groups: readonly string[] | undefined,
  gateways: readonly Gateway[],
  { otherAddresses }: ChargingEngine,
  link: EngineLink | undefined,
): Promise<void> {
  const result = await tellHere(kind, session, gateways, groups);
  if (result !== undefined || link === undefined) return;
  for (const address of otherAddresses) if ((await link.client.tell(address, kind, session)) !== undefined) return;
}
