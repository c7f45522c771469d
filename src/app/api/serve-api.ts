/** The API as part of `carillon serve`. */
import { readFileSync } from 'node:fs';
import type { PeersStanding } from '#api/charging/peers.ts';
import { buildApi } from '#api/server.ts';
import type { CompiledCatalog } from '#core/charging/plan.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { ChargingEngine } from '#engine/engine.ts';
import { keyBooksOn } from '#storage/access/keys.ts';
import { auditBooksOn } from '#storage/audit-trail/audit-books.ts';
import { databaseFault } from '#storage/database-fault.ts';
import { repetitionBooksOn } from '#storage/repetitions/answers.ts';
import { signInOf } from '../access/sign-in.ts';
import { addressOf, shownAddress, tlsOf } from '../charging/gateways.ts';
import type { Installation } from '../installation.ts';
import type { ServiceCounts } from '../telemetry/counts.ts';
import { PROMETHEUS_TYPE } from '../telemetry/prometheus.ts';
import { builtWeb } from '../web/built.ts';
import { brandsOf } from './brand.ts';
import { apiOperations } from './operations.ts';

const { version }: { version: string } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

export interface ApiServer {
  /** For people. */
  readonly listening: string;
  readonly close: () => Promise<void>;
}

/** Throws RefusedError: `serve.setting-missing`, `serve.cannot-listen`. */
export async function serveApi(
  installation: Installation,
  engine: ChargingEngine,
  catalog: () => CompiledCatalog,
  peers: () => PeersStanding,
  counters: { readonly answered: ServiceCounts['answered']; readonly text: () => string },
): Promise<ApiServer> {
  const { database, settings, log } = installation;
  const { listen, certificate, key } = settings.api;
  const { host, port } = addressOf(listen);
  const signIn = await signInOf(installation);
  const { operations, close } = apiOperations(installation, engine, catalog, peers, settings.api.threads);
  const api = await buildApi({
    web: builtWeb(),
    brands: brandsOf(database),
    ...{
      operations,
      signIn,
      version,
      log,
      keys: keyBooksOn(database),
      repetitions: repetitionBooksOn(database, settings.retention.answersDays),
    },
    audit: auditBooksOn(database),
    ...{ answered: counters.answered, metrics: { type: PROMETHEUS_TYPE, text: counters.text } },
    tls: certificate === '' && key === '' ? undefined : await tlsOf('api', { certificate, key, authorities: '' }),
    faultOf: (error) => {
      const fault = databaseFault(error);
      return fault === undefined ? undefined : refuse(fault.code, 'the database does not do what it must');
    },
  });
  try {
    const used = await api.listen(host, port);
    return {
      listening: `API${certificate === '' ? '' : ' with TLS'} at ${shownAddress(host, used)}`,
      close: () =>
        api.close().finally(async () => {
          await close();
          return signIn?.close();
        }),
    };
  } catch (error) {
    await close();
    await signIn?.close();
    throw new RefusedError(refuse('serve.cannot-listen', `${listen}: ${error instanceof Error ? error.message : String(error)}`));
  }
}
