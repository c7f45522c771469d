import type { PeersStanding } from '#api/charging/peers.ts';
import { isDiameterSession, RADIUS_SESSIONS } from '#core/charging/session-names.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Service } from '#core/usage/usage-event.ts';
import type { ChargingEngine } from '#engine/engine.ts';
import { chargingNode } from '#gateways/diameter/node.ts';
import { defaultLimits, type KnownPeer, type ListenSettings } from '#gateways/diameter/settings.ts';
import type { SpendingLimits } from '#operations/charging/spending-limits.ts';
import type { Database } from '#storage/database.ts';
import { diameterDictionary } from '../diameter.ts';
import type { Logger } from '../log.ts';
import type { ServingSettings } from '../serving-settings.ts';
import { DiameterCounts } from './diameter-metrics.ts';
import { addressOf, type Gateway, listening, listOf, nowMicros, shownAddress, tlsOf } from './listening.ts';
import { openNchf } from './nchf.ts';
import { openRadiusNode } from './radius.ts';

export { addressOf, type Gateway, shownAddress, tlsOf };

const MOST_PEERS = 1_000;
const MEBIBYTE = 1_048_576;
/** Beyond as many places more are of no use. */
const MOST_TEXTS_BYTES = 192 * MEBIBYTE;

/** Of the memory of charging, what texts of Diameter's peers may take: 48 MiB of 1 GiB. */
export function peerTextsBytes(memoryMegabytes: number): number {
  return Math.min(MOST_TEXTS_BYTES, (memoryMegabytes * MEBIBYTE * 3) / 64);
}

/** Of all gateways together; there is one of Diameter at most. */
export function peersOf(gateways: readonly Gateway[]): PeersStanding {
  const none = { peers: [], refused: 0, strayAnswers: 0, failed: 0 };
  const [standing = none] = gateways.flatMap((gateway) => gateway.standing?.() ?? []);
  return { listening: gateways.flatMap(({ listening }) => listening), ...standing };
}

/** Throws RefusedError (`serve.setting-missing`) when nothing is to listen, or something lacks what it needs. */
export function checkServing({ api, diameter, nchf, radius }: ServingSettings): void {
  const missing = (message: string, field: string): RefusedError => new RefusedError(refuse('serve.setting-missing', message, { field }));
  const [tcp, tls] = [diameter.listen !== '', diameter.tlsListen !== ''];
  const hasRadius = radius.listen !== '' || radius.accountingListen !== '';
  if (!tcp && !tls && nchf.listen === '' && api.listen === '' && !hasRadius) {
    throw missing('nothing listens', 'api.listen, diameter.listen, diameter.tlsListen, nchf.listen, radius.listen');
  }
  const needed = [
    ...(tcp || tls ? ['diameter.host', 'diameter.realm'] : []),
    ...(tls ? ['diameter.certificate', 'diameter.key'] : []),
    ...(nchf.listen !== '' && nchf.certificate !== '' ? ['nchf.key'] : []),
    ...(nchf.listen !== '' && nchf.nrf !== '' && isAnywhere(addressOf(nchf.listen).host) ? ['nchf.address'] : []),
    ...(nchf.listen !== '' && nchf.key !== '' ? ['nchf.certificate'] : []),
    ...(api.listen !== '' && api.certificate !== '' ? ['api.key'] : []),
    ...(api.listen !== '' && api.key !== '' ? ['api.certificate'] : []),
    ...(hasRadius ? ['radius.clients'] : []),
  ];
  const values: Readonly<Record<string, string>> = {
    'nchf.address': nchf.address,
    ...{ 'diameter.host': diameter.host, 'diameter.realm': diameter.realm, 'diameter.certificate': diameter.certificate },
    ...{ 'api.certificate': api.certificate, 'api.key': api.key },
    ...{ 'diameter.key': diameter.key, 'nchf.certificate': nchf.certificate, 'nchf.key': nchf.key, 'radius.clients': radius.clients },
  };
  for (const field of needed) if (values[field] === '') throw missing('it is needed for what listens', field);
}

/** Opens all that the settings name. Throws RefusedError: `serve.setting-missing`, `serve.cannot-listen`. */
export async function openGateways(
  engine: ChargingEngine,
  spending: SpendingLimits,
  database: Database,
  settings: ServingSettings,
  log: Logger,
): Promise<readonly Gateway[]> {
  const opened: Gateway[] = [];
  try {
    if (settings.diameter.listen !== '' || settings.diameter.tlsListen !== '')
      opened.push(await openDiameter(engine, spending, settings, log));
    if (settings.nchf.listen !== '') opened.push(await openNchf(engine, spending, database, settings, log));
    if (settings.radius.listen !== '' || settings.radius.accountingListen !== '')
      opened.push(await openRadius(engine, database, settings, log));
  } catch (error) {
    for (const gateway of opened) await gateway.close();
    throw error;
  }
  return opened;
}

async function openDiameter(
  engine: ChargingEngine,
  spending: SpendingLimits,
  { charging, diameter }: ServingSettings,
  log: Logger,
): Promise<Gateway> {
  const { host, realm } = diameter;
  const listen: ListenSettings[] = [];
  if (diameter.listen !== '') listen.push({ ...addressOf(diameter.listen), tls: undefined });
  if (diameter.tlsListen !== '') listen.push({ ...addressOf(diameter.tlsListen), tls: await tlsOf('diameter', diameter) });
  const counts = new DiameterCounts();
  const node = chargingNode(
    engine,
    {
      ...{
        dictionary: diameterDictionary(),
        limits: defaultLimits,
        listen,
        peers: knownPeers(diameter.peers),
        mostConnections: MOST_PEERS,
      },
      contexts: Object.fromEntries(listOf(diameter.serviceContexts).map((each) => each.split('=') as [string, Service])), // as the setting was checked
      homeNetworks: listOf(charging.homeNetworks),
      textsBytes: peerTextsBytes(charging.memoryMegabytes),
      now: nowMicros,
      spendingLimits: spending,
      identity: { host, realm, others: listOf(diameter.otherNodes), product: 'Carillon', originState: Math.floor(Date.now() / 1_000) },
    },
    (event) => {
      counts.note(event);
      const { kind, ...others } = event;
      if (kind === 'connected') log.info(others, 'Diameter peer connected');
      else if (kind === 'disconnected') log.info(others, 'Diameter peer disconnected');
      else if (kind === 'refused') log.warn(others, 'Diameter peer refused');
      else if (event.kind === 'charging-failed') log.error({ session: event.session, err: event.error }, 'charging failed');
      else log.debug(others, kind === 'faulty-request' ? 'faulty Diameter request' : 'Diameter answer that nobody asked for');
    },
  );
  spending.notifyBy(node.spendingNotifier);
  const ports = await listening(() => node.listen(), [diameter.listen, diameter.tlsListen]);
  return {
    listening: listen.map(
      (each, index) => `diameter${each.tls === undefined ? '' : ' with TLS'} at ${shownAddress(each.host, ports[index] ?? each.port)}`,
    ),
    has: isDiameterSession,
    reauthorise: (session, groups) => node.reauthorise(session, groups),
    abort: (session) => node.abort(session),
    metrics: () => counts.families,
    standing: () => counts.standing,
    close: () => node.close(),
  };
}

async function openRadius(engine: ChargingEngine, database: Database, settings: ServingSettings, log: Logger): Promise<Gateway> {
  const { listen, accountingListen } = settings.radius;
  const authentication = listen === '' ? [] : [addressOf(listen)];
  const accounting = accountingListen === '' ? [] : [addressOf(accountingListen)];
  const [gateway] = await listening(
    async () => [await openRadiusNode(engine, database, settings, { authentication, accounting }, log)],
    [listen, accountingListen],
  );
  if (gateway === undefined) throw new TypeError('it was opened');
  const { node, ports } = gateway;
  const purposes = [...authentication.map(() => 'radius'), ...accounting.map(() => 'radius accounting')];
  return {
    listening: [...authentication, ...accounting].map(
      ({ host, port }, index) => `${purposes[index]} at ${shownAddress(host, ports[index] ?? port)}`,
    ),
    has: (session) => session.startsWith(RADIUS_SESSIONS),
    reauthorise: (session) => node.reauthorise(session),
    abort: (session) => node.abort(session),
    closed: (session) => node.abort(session),
    metrics: gateway.metrics,
    close: gateway.close,
  };
}

/** All addresses of the machine: nobody can be told to come there. */
const isAnywhere = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** Undefined: every peer. */
function knownPeers(text: string): readonly KnownPeer[] | undefined {
  if (text === '*') return undefined;
  return listOf(text).map((each) => {
    const [host = '', network] = each.split('@');
    return { host, realm: undefined, addresses: network === undefined ? [] : [network] };
  });
}
