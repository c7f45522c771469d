/** Charging data (TS 32.291): Nchf_ConvergedCharging with quota, and Nchf_OfflineOnlyCharging, which only tells what was used. */
import { createHash } from 'node:crypto';
import type { ChargingRequest } from '#core/charging/request.ts';
import { readNchfSession } from '#core/charging/session-names.ts';
import type { ChargingService } from './ports.ts';
import { problem } from './problem.ts';
import { readChargingData, type Step } from './read-request.ts';
import type { NchfResource } from './resource.ts';
import { agreedProfile, type RoamingProfile } from './roaming-profile.ts';
import { problemOf, writeChargingData, writeOfflineData } from './write-answer.ts';

export interface ChargingDataSettings {
  readonly homeNetworks: readonly string[];
  /** What we want of roamers' use, and when. */
  readonly roamingProfile: RoamingProfile;
  /** UTC microseconds. */
  readonly now: () => number;
}

const MOST_URI = 512;

/** v2 is Release 15 and 16, which ask the same. */
export function convergedCharging(charging: ChargingService, settings: ChargingDataSettings): NchfResource {
  const path = /^(\/nchf-convergedcharging\/v[23]\/chargingdata)(?:\/([^/?]{1,2048})\/(update|release))?$/;
  return chargingData(charging, settings, path, 'nchf-convergedcharging', false);
}

/** v1 is that of all releases. */
export function offlineOnlyCharging(charging: ChargingService, settings: ChargingDataSettings): NchfResource {
  const path = /^(\/nchf-offlineonlycharging\/v1\/offlinechargingdata)(?:\/([^/?]{1,2048})\/(update|release))?$/;
  return chargingData(charging, settings, path, 'nchf-offlineonlycharging', true);
}

function chargingData(
  charging: ChargingService,
  { homeNetworks, roamingProfile, now }: ChargingDataSettings,
  path: RegExp,
  scope: string,
  offline: boolean,
): NchfResource {
  return {
    ...{ path, scope, methods: () => ['POST'] },
    async answer({ match: [, root = '', reference, verb], origin, body: bodyOf }) {
      const step: Step = verb === 'update' || verb === 'release' ? verb : 'create';
      const body = await bodyOf();
      if (typeof body !== 'string') return body;
      const read = readChargingData(body, step, homeNetworks, offline);
      if ('status' in read) return read;
      const session =
        reference === undefined ? referenceOf(offline ? `offline|${read.sameness}` : read.sameness, read.notifyUri) : decoded(reference);
      // Sessions of other protocols are none of the consumer's.
      if (readNchfSession(session) === undefined) return problem('RESOURCE_CONTEXT_NOT_FOUND', 'there is no such charging data');
      const request: ChargingRequest = { session, ...read.request };
      const answer = await charging.handle(request);
      const wrong = problemOf(answer);
      if (wrong !== undefined) return wrong;
      if (step === 'release') return { status: 204 };
      // What comes later is what both networks have agreed on: it holds.
      const profile = step === 'create' && read.roaming !== undefined ? agreedProfile(roamingProfile, read.roaming.proposed) : undefined;
      return {
        status: step === 'create' ? 201 : 200,
        ...(step === 'create' ? { location: `${origin}${root}/${encodeURIComponent(session)}` } : {}),
        body: offline ? writeOfflineData(answer, now()) : writeChargingData(answer, now(), profile),
      };
    },
  };
}

/** What is no percent-encoding names nothing that we have. */
function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

/**
 * The name of a session: the same for a creation that comes again, so that it is answered with the first answer. The address
 * for notifications is in it, so that every node of ours knows it, also after a restart.
 */
function referenceOf(sameness: string, notifyUri: string | undefined): string {
  const name = createHash('sha256').update(sameness).digest('base64url').slice(0, 27);
  if (notifyUri === undefined || notifyUri.length > MOST_URI || !isAddress(notifyUri)) return `nchf-${name}`;
  return `nchf-${name}.${Buffer.from(notifyUri).toString('base64url')}`;
}

export const isAddress = (uri: string): boolean => /^https?:\/\//.test(uri) && URL.canParse(uri);

/** Undefined: it gave none. */
export function notifyUriOf(session: string): string | undefined {
  const coded = readNchfSession(session)?.address;
  const uri = coded === undefined ? '' : Buffer.from(coded, 'base64url').toString();
  return isAddress(uri) ? uri : undefined;
}
