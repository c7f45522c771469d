/** Charging data (TS 32.291): Nchf_ConvergedCharging with quota, and Nchf_OfflineOnlyCharging, which only tells what was used. */
import { createHash } from 'node:crypto';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { nchfPrefix, readNchfSession, type SessionBill } from '#core/charging/session-names.ts';
import type { RoamingSessions, RoamingTaken } from '#operations/charging/roaming-ports.ts';
import type { ChargingService } from './ports.ts';
import { type ProblemDetails, problem } from './problem.ts';
import { type ReadChargingData, readChargingData, type Step } from './read-request.ts';
import type { NchfResource } from './resource.ts';
import { agreedProfile, type RoamingProfile } from './roaming-profile.ts';
import { problemOf, writeChargingData, writeOfflineData } from './write-answer.ts';

export interface ChargingDataSettings {
  readonly homeNetworks: readonly string[];
  /** What we want of roamers' use, and when. */
  readonly roamingProfile: RoamingProfile;
  /** Where use between networks is billed to them; undefined: it is charged to accounts, as all other. */
  readonly roaming?: {
    readonly sessions: RoamingSessions;
    /** MCC and MNC. */
    readonly networkOfImsi: (imsi: string) => string | undefined;
  };
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
  { homeNetworks, roamingProfile, roaming, now }: ChargingDataSettings,
  path: RegExp,
  scope: string,
  offline: boolean,
): NchfResource {
  const networks = {
    home: homeNetworks,
    areBilled: roaming !== undefined,
    ...(roaming === undefined ? {} : { ofImsi: roaming.networkOfImsi }),
  };
  return {
    ...{ path, scope, methods: () => ['POST'] },
    async answer({ match: [, root = '', reference, verb], origin, body: bodyOf }) {
      const step: Step = verb === 'update' || verb === 'release' ? verb : 'create';
      const body = await bodyOf();
      if (typeof body !== 'string') return body;
      const read = readChargingData(body, step, networks, offline);
      if ('status' in read) return read;
      const session =
        reference === undefined
          ? referenceOf(billOf(read), offline ? `offline|${read.sameness}` : read.sameness, read.notifyUri)
          : decoded(reference);
      const named = readNchfSession(session);
      // Sessions of other protocols are none of the consumer's.
      if (named === undefined) return problem('RESOURCE_CONTEXT_NOT_FOUND', NO_SUCH);
      const request: ChargingRequest = { session, ...read.request };
      if (named.bill === 'network' || (named.bill === 'both' && roaming !== undefined)) {
        const wrong = roamingProblem(await tellRoaming(roaming?.sessions, session, step, read));
        if (wrong !== undefined) return wrong;
      }
      const answer = named.bill === 'network' ? withoutAccount(request) : await charging.handle(request);
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

const NO_SUCH = 'there is no such charging data';

/** A visitor is its network's matter alone; a subscriber of ours abroad is charged by its plan, and its use is expected on the partner's bill. */
function billOf({ between, oneTime }: ReadChargingData): SessionBill {
  if (between?.direction === undefined || oneTime) return 'account';
  return between.direction === 'inbound' ? 'network' : 'both';
}

/** Durable when it returns, and before an account is asked: what comes again after a fault says nothing new. */
async function tellRoaming(
  sessions: RoamingSessions | undefined,
  session: string,
  step: Step,
  { between, request }: ReadChargingData,
): Promise<RoamingTaken> {
  if (sessions === undefined) return 'unknown';
  const { number } = request;
  const { direction, basis, facts, containers } = between ?? { direction: undefined, basis: 'flows', facts: {}, containers: [] };
  if (step !== 'create') return sessions.report({ session, number, facts, containers }, step === 'release');
  if (direction === undefined) return 'unknown';
  const since = request.usedSinceMicros ?? request.eventMicros;
  await sessions.open({ session, number, direction, basis, facts: { ...facts, since }, containers });
  return 'taken';
}

function roamingProblem(taken: RoamingTaken): ProblemDetails | undefined {
  if (taken === 'unknown') return problem('RESOURCE_CONTEXT_NOT_FOUND', NO_SUCH);
  return taken === 'out-of-order' ? problem('CHARGING_FAILED', 'its number is behind that of the last request') : undefined;
}

/** Networks settle afterwards: there is no quota. */
function withoutAccount({ session, number, items }: ChargingRequest): ChargingAnswer {
  return {
    ...{ session, number, result: 'granted' },
    items: items.map(({ ratingGroup }) => ({ ratingGroup: ratingGroup ?? '', result: 'no-charge' })),
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
function referenceOf(bill: SessionBill, sameness: string, notifyUri: string | undefined): string {
  const prefix = nchfPrefix[bill];
  const name = createHash('sha256').update(sameness).digest('base64url').slice(0, 27);
  if (notifyUri === undefined || notifyUri.length > MOST_URI || !isAddress(notifyUri)) return `${prefix}${name}`;
  return `${prefix}${name}.${Buffer.from(notifyUri).toString('base64url')}`;
}

export const isAddress = (uri: string): boolean => /^https?:\/\//.test(uri) && URL.canParse(uri);

/** Undefined: it gave none. */
export function notifyUriOf(session: string): string | undefined {
  const coded = readNchfSession(session)?.address;
  const uri = coded === undefined ? '' : Buffer.from(coded, 'base64url').toString();
  return isAddress(uri) ? uri : undefined;
}
