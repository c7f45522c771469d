/** The charging node: listens for peers, answers credit control, asks sessions again and ends them. */
import type { Service } from '#core/usage/usage-event.ts';
import type { DiameterConnection } from './connection.ts';
import { CREDIT_CONTROL, creditControl } from './credit-control/credit-control.ts';
import { type ServiceContexts, standardContexts } from './credit-control/read-request.ts';
import type { ChargingService } from './ports.ts';
import { DiameterServer, type NodeEvent, type ServerSettings } from './server.ts';
import { SessionRequests } from './sessions.ts';

export interface ChargingNodeSettings extends Omit<ServerSettings, 'identity'> {
  readonly identity: Omit<ServerSettings['identity'], 'applications'>;
  /** Besides those of the standard. */
  readonly contexts: Readonly<Record<string, Service>>;
  readonly homeNetworks: readonly string[];
  /** UTC microseconds. */
  readonly now: () => number;
}

export type ChargingNodeEvent = NodeEvent | { readonly kind: 'charging-failed'; readonly session: string; readonly error: unknown };

export interface ChargingNode {
  listen(): Promise<readonly number[]>;
  close(): Promise<void>;
  /** The client asks again; its Result-Code, undefined when it cannot be reached. */
  reauthorise(session: string): Promise<number | undefined>;
  abort(session: string): Promise<number | undefined>;
  readonly connections: readonly DiameterConnection[];
}

export function chargingNode(
  charging: ChargingService,
  settings: ChargingNodeSettings,
  told: (event: ChargingNodeEvent) => void,
): ChargingNode {
  const identity = { ...settings.identity, applications: [CREDIT_CONTROL] };
  const contexts: ServiceContexts = new Map([...standardContexts, ...Object.entries(settings.contexts)]);
  const application = creditControl(charging, () => server.base, {
    ...{ dictionary: settings.dictionary, identity, contexts, homeNetworks: settings.homeNetworks, now: settings.now },
    seen: (session, incoming) => sessions.seen(session, incoming),
    failed: (error, session) => told({ kind: 'charging-failed', session, error }),
  });
  const server = new DiameterServer({ ...settings, identity }, [application], told);
  const sessions = new SessionRequests(settings.dictionary, identity, (host) => server.connectionOf(host));
  return {
    listen: () => server.listen(),
    close: () => server.close(),
    reauthorise: (session) => sessions.reauthorise(session, CREDIT_CONTROL),
    abort: (session) => sessions.abort(session, CREDIT_CONTROL),
    get connections() {
      return server.connections;
    },
  };
}
