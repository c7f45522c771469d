/** RADIUS as a gateway of `carillon serve`. */
import { statSync } from 'node:fs';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { ChargingEngine } from '#engine/engine.ts';
import { RadiusNode, type RadiusNodeEvent } from '#gateways/radius/node.ts';
import { passwordKey } from '#gateways/radius/passwords.ts';
import { defaultRadiusLimits, type ListenAddress } from '#gateways/radius/settings.ts';
import { radiusBooksOn } from '#storage/charging/radius-books.ts';
import type { Database } from '#storage/database.ts';
import { readSecret } from '../collecting/secrets.ts';
import type { Logger } from '../log.ts';
import { radiusDictionary } from '../radius.ts';
import type { ServingSettings } from '../serving-settings.ts';
import type { MetricFamily } from '../telemetry/families.ts';
import { readRadiusClients } from './radius-clients.ts';
import { radiusMetrics } from './radius-metrics.ts';

export interface RadiusGateway {
  readonly ports: readonly number[];
  readonly node: RadiusNode;
  readonly metrics: () => readonly MetricFamily[];
  readonly close: () => Promise<void>;
}

/** How often it is looked whether the file of clients is another. */
const LOOK_MS = 2_000;
/** What RFC 2865 §3 asks of a secret. */
const SHORT_SECRET = 16;

/** Throws RefusedError: what is wrong with the file of clients, `serve.setting-missing`; the system's error when an address cannot be had. */
export async function openRadiusNode(
  engine: ChargingEngine,
  database: Database,
  { charging, radius }: ServingSettings,
  addresses: { readonly authentication: readonly ListenAddress[]; readonly accounting: readonly ListenAddress[] },
  log: Logger,
): Promise<RadiusGateway> {
  const clients = await readRadiusClients(radius.clients);
  for (const { name, secret } of clients)
    if (secret.length < SHORT_SECRET) log.warn({ client: name }, `the secret has fewer than ${SHORT_SECRET} characters: it can be guessed`);
  const homeNetworks = charging.homeNetworks === '' ? [] : charging.homeNetworks.split(',');
  const node = new RadiusNode(
    engine,
    radiusBooksOn(database),
    {
      ...{ ...addresses, clients, homeNetworks, limits: defaultRadiusLimits, dictionary: radiusDictionary() },
      passwordKey: await readPasswordKey(radius.passwordKey),
      now: () => Date.now() * 1_000,
    },
    (event) => tell(event, log),
  );
  const ports = await node.listen();
  const watch = watchClients(radius.clients, node, log);
  return {
    ports,
    node,
    metrics: () => radiusMetrics(node),
    close: () => {
      clearInterval(watch);
      return node.close();
    },
  };
}

/** Undefined when no reference is set. Throws RefusedError (`serve.setting-missing`). */
export async function readPasswordKey(reference: string): Promise<Uint8Array | undefined> {
  if (reference === '') return undefined;
  const missing = (message: string): RefusedError =>
    new RefusedError(refuse('serve.setting-missing', message, { field: 'radius.passwordKey', value: reference }));
  const text = await readSecret(reference as `env:${string}`).catch((error: unknown) => {
    throw error instanceof RefusedError ? missing(error.refusals[0]?.message ?? '') : error;
  }); // the setting was checked to be a reference
  const key = passwordKey(text);
  if (key === undefined) throw missing('it is no key of 32 octets: 64 hexadecimal digits, as openssl rand -hex 32 prints them');
  return key;
}

/** A file that changes holds at once; one that is wrong is logged, and the earlier clients stay. */
function watchClients(path: string, node: RadiusNode, log: Logger): NodeJS.Timeout {
  const changedAt = (): number => {
    try {
      return statSync(path).mtimeMs;
    } catch {
      return 0;
    }
  };
  let known = changedAt();
  return setInterval(() => {
    const now = changedAt();
    if (now === known || now === 0) return;
    known = now;
    readRadiusClients(path).then(
      (clients) => {
        node.setClients(clients);
        log.info({ clients: clients.length }, 'the RADIUS clients have changed and hold from now on');
      },
      (error: unknown) => log.error({ err: error }, 'the RADIUS clients could not be read; the earlier ones stay'),
    );
  }, LOOK_MS);
}

function tell(event: RadiusNodeEvent, log: Logger): void {
  switch (event.kind) {
    case 'dropped': {
      const { reason, address, detail, more } = event;
      log.warn({ reason, address, detail, ...(more === 0 ? {} : { more }) }, 'RADIUS packet dropped');
      return;
    }
    case 'refused': {
      const { client, result, detail, more } = event;
      log.info({ client, result, detail, ...(more === 0 ? {} : { more }) }, 'RADIUS access refused');
      return;
    }
    case 'asked': {
      const { request, session, address, result } = event;
      if (result.result === 'ack') log.debug({ request, session, address }, 'the NAS has done it');
      else log.info({ request, session, address, ...result }, 'the NAS has not done it');
      return;
    }
    case 'failed':
      log.error({ err: event.error }, 'RADIUS failed');
  }
}
