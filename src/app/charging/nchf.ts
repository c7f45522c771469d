/** Nchf as the settings say: charging of 5G, what is billed between networks, and the NRF that knows of it. */
import { readNchfSession } from '#core/charging/session-names.ts';
import type { ChargingEngine } from '#engine/engine.ts';
import type { NrfTls } from '#gateways/nchf/nrf-request.ts';
import { NO_PROFILE, parseRoamingProfile } from '#gateways/nchf/roaming-profile.ts';
import { defaultNchfLimits, NchfServer, type NchfSettings } from '#gateways/nchf/server.ts';
import { tokenCheck } from '#gateways/nchf/tokens.ts';
import type { SpendingLimits } from '#operations/charging/spending-limits.ts';
import { roamingSessionsOn } from '#storage/charging/roaming-told.ts';
import type { Database } from '#storage/database.ts';
import type { Logger } from '../log.ts';
import { networksOf } from '../notifications/networks.ts';
import { loadMobileNetworks } from '../reference-data.ts';
import type { ServingSettings } from '../serving-settings.ts';
import { family } from '../telemetry/families.ts';
import { addressOf, type Gateway, listening, listOf, nowMicros, pemOf, shownAddress, tlsOf } from './listening.ts';
import { registrationOf } from './nrf.ts';

/** Throws RefusedError: `serve.setting-missing`, `serve.cannot-listen`. */
export async function openNchf(
  engine: ChargingEngine,
  spending: SpendingLimits,
  database: Database,
  settings: ServingSettings,
  log: Logger,
): Promise<Gateway> {
  const { charging, nchf } = settings;
  const { host, port } = addressOf(nchf.listen);
  const keys =
    /^https?:\/\//.test(nchf.tokenKeys) || nchf.tokenKeys === '' ? nchf.tokenKeys : await pemOf('nchf.tokenKeys', nchf.tokenKeys);
  const refused = new Map<string, number>();
  let failed = 0;
  const server = new NchfServer(
    engine,
    {
      ...{ host, port, homeNetworks: listOf(charging.homeNetworks), now: nowMicros, limits: defaultNchfLimits },
      tls: nchf.certificate === '' && nchf.key === '' ? undefined : await tlsOf('nchf', nchf),
      spendingLimits: spending,
      roamingProfile: parseRoamingProfile(nchf.roamingProfile) ?? NO_PROFILE, // settings have checked it
      ...(nchf.roamingSource === '' ? {} : { roaming: roamingOn(database) }),
      ...(nchf.notifyTo === '' ? {} : { notifyTo: networksOf(nchf.notifyTo) }),
      token: keys === '' ? undefined : await tokenCheck({ keys, audiences: listOf(nchf.audience) }),
    },
    (event) => {
      if (event.kind === 'failed') failed += 1;
      else refused.set(String(event.status), (refused.get(String(event.status)) ?? 0) + 1);
      if (event.kind === 'failed') log.error({ err: event.error }, 'charging failed');
      else log.debug(event, 'Nchf request refused');
    },
  );
  spending.notifyBy(server.spendingNotifier);
  const [used] = await listening(async () => [await server.listen()], [nchf.listen]);
  const reached = nchf.address === '' ? { host, port: used ?? port } : addressOf(nchf.address);
  const registration = registrationOf(settings, reached, await nrfTlsOf(nchf), log);
  registration?.start();
  return {
    listening: [`nchf${nchf.certificate === '' ? '' : ' with TLS'} at ${shownAddress(host, used ?? port)}`],
    has: (session) => readNchfSession(session) !== undefined,
    reauthorise: (session) => server.notify(session, 'REAUTHORIZATION'),
    abort: (session) => server.notify(session, 'ABORT_CHARGING'),
    metrics: () => [
      family(
        'carillon_nchf_refused_total',
        'counter',
        'Requests refused before charging, by status.',
        [...refused].map(([status, value]) => [{ status }, value] as const),
      ),
      family('carillon_nchf_failed_total', 'counter', 'Requests that a fault of ours kept from being charged.', [[{}, failed]]),
      ...(registration === undefined
        ? []
        : [family('carillon_nchf_registered', 'gauge', '1 while the NRF knows this CHF.', [[{}, registration.isRegistered ? 1 : 0]])]),
    ],
    // First of all nobody else is sent here.
    close: async () => {
      await registration?.close();
      await server.close();
    },
  };
}

/** Whose subscriber it is where an SMF does not say so: by the IMSI. */
function roamingOn(database: Database): NonNullable<NchfSettings['roaming']> {
  const networks = loadMobileNetworks();
  const networkOfImsi = (imsi: string): string | undefined => {
    const network = networks.ofImsi(imsi);
    return network && network.mcc + network.mnc;
  };
  return { sessions: roamingSessionsOn(database), networkOfImsi };
}

/** What we show an NRF, and whom we believe that it is one. */
async function nrfTlsOf({ certificate, key, authorities }: ServingSettings['nchf']): Promise<NrfTls> {
  const pem = async (field: string, path: string): Promise<string | undefined> => (path === '' ? undefined : pemOf(field, path));
  return {
    authorities: await pem('nchf.authorities', authorities),
    certificate: await pem('nchf.certificate', certificate),
    key: await pem('nchf.key', key),
  };
}
