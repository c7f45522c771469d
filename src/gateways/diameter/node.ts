/** The charging node: listens for peers, answers credit control, asks sessions again and ends them. */
import type { Service } from '#core/usage/usage-event.ts';
import type { SpendingLimitService, SpendingNotifier } from '#operations/charging/spending-ports.ts';
import type { DiameterConnection } from './connection.ts';
import { CREDIT_CONTROL, creditControl } from './credit-control/credit-control.ts';
import { peerTexts, type ServiceContexts, standardContexts } from './credit-control/read-request.ts';
import type { ChargingService } from './ports.ts';
import { DiameterServer, type NodeEvent, type ServerSettings } from './server.ts';
import { SessionRequests } from './sessions.ts';
import { SY } from './sy/codes.ts';
import { SyNotifier } from './sy/notifier.ts';
import { sy } from './sy/sy.ts';

export interface ChargingNodeSettings extends Omit<ServerSettings, 'identity'> {
  readonly identity: Omit<ServerSettings['identity'], 'applications'>;
  /** Besides those of the standard. */
  readonly contexts: Readonly<Record<string, Service>>;
  readonly homeNetworks: readonly string[];
  /** What texts of peers that come again may take of memory; undefined: `USUAL_TEXTS_BYTES`. */
  readonly textsBytes?: number;
  /** UTC microseconds. */
  readonly now: () => number;
  /** Undefined: Sy is not served. */
  readonly spendingLimits?: SpendingLimitService;
}

/** Places for 262,144 sessions and 131,072 subscribers. */
const USUAL_TEXTS_BYTES = 50_331_648;

export type ChargingNodeEvent = NodeEvent;

export interface ChargingNode {
  listen(): Promise<readonly number[]>;
  close(): Promise<void>;
  /** The client asks again; its Result-Code, undefined when it cannot be reached. */
  reauthorise(session: string, groups?: readonly string[]): Promise<number | undefined>;
  abort(session: string): Promise<number | undefined>;
  readonly connections: readonly DiameterConnection[];
  /** Tells PCRFs of their subscriptions. */
  readonly spendingNotifier: SpendingNotifier;
}

export function chargingNode(
  charging: ChargingService,
  settings: ChargingNodeSettings,
  told: (event: ChargingNodeEvent) => void,
): ChargingNode {
  const { spendingLimits } = settings;
  const identity = { ...settings.identity, applications: spendingLimits === undefined ? [CREDIT_CONTROL] : [CREDIT_CONTROL, SY] };
  const failed = (error: unknown, session: string): void => told({ kind: 'charging-failed', session, error });
  const contexts: ServiceContexts = new Map([...standardContexts, ...Object.entries(settings.contexts)]);
  const texts = peerTexts(settings.textsBytes ?? USUAL_TEXTS_BYTES);
  const application = creditControl(charging, () => server.base, {
    ...{ dictionary: settings.dictionary, identity, contexts, texts, homeNetworks: settings.homeNetworks, now: settings.now },
    seen: (session, incoming) => sessions.seen(session, incoming),
    failed,
  });
  const policy =
    spendingLimits === undefined ? [] : sy(spendingLimits, () => server.base, { dictionary: settings.dictionary, identity, failed });
  const server = new DiameterServer({ ...settings, identity }, [application, ...policy], told);
  const sessions = new SessionRequests(settings.dictionary, identity, (host) => server.connectionOf(host));
  return {
    spendingNotifier: new SyNotifier(settings.dictionary, identity, (host) => server.connectionOf(host)),
    listen: () => server.listen(),
    close: () => server.close(),
    reauthorise: (session, groups) => sessions.reauthorise(session, CREDIT_CONTROL, groups),
    abort: (session) => sessions.abort(session, CREDIT_CONTROL),
    get connections() {
      return server.connections;
    },
  };
}
