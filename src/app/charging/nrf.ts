/** The registration of what serves Nchf with the NRF that the settings name. */
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { nfProfile, parseServed } from '#gateways/nchf/nf-profile.ts';
import { NrfRegistration } from '#gateways/nchf/nrf-registration.ts';
import type { NrfTls } from '#gateways/nchf/nrf-request.ts';
import type { Logger } from '../log.ts';
import type { ServingSettings } from '../serving-settings.ts';

/** Undefined: no NRF is named. `at`: where it listens. */
export function registrationOf(
  { charging, nchf }: ServingSettings,
  at: { readonly host: string; readonly port: number },
  tls: NrfTls,
  log: Logger,
): NrfRegistration | undefined {
  if (nchf.nrf === '') return undefined;
  const instanceId = nchf.instanceId === '' ? instanceOf(`${hostname()} ${nchf.listen}`) : nchf.instanceId;
  const profile = nfProfile({
    ...{ instanceId, ...at },
    scheme: nchf.certificate === '' ? 'http' : 'https',
    networks: charging.homeNetworks === '' ? [] : charging.homeNetworks.split(','),
    serves: parseServed(nchf.serves) ?? [], // settings have checked it
  });
  return new NrfRegistration({ address: nchf.nrf, instanceId, profile, tls }, (event) => {
    if (event.kind === 'registered') log.info({ nrf: nchf.nrf, instanceId, beatSeconds: event.beatSeconds }, 'registered with the NRF');
    else
      log.warn({ nrf: nchf.nrf, detail: event.detail }, 'the NRF could not be told of this CHF; charging goes on, and it is tried again');
  });
}

/** The same after each start on the same machine: a UUID of version 5 (RFC 9562 §5.5) in all but its name space. */
function instanceOf(text: string): string {
  const octets = createHash('sha1').update(`carillon chf ${text}`).digest().subarray(0, 16);
  octets.writeUInt8((octets.readUInt8(6) & 0x0f) | 0x50, 6);
  octets.writeUInt8((octets.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = octets.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
