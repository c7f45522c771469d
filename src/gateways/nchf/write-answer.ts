/** The answer of charging as ChargingDataResponse (TS 32.291 §6.1.6.2.2), or as the problem that it is. */
import type { AnswerItem, ChargingAnswer, ChargingResult, FinalUnit } from '#core/charging/answer.ts';
import type { Units } from '#core/charging/request.ts';
import { type Cause, type ProblemDetails, problem } from './problem.ts';
import type { RoamingProfile } from './roaming-profile.ts';

/** ResultCode of an item. */
export const nchfResults: Readonly<Record<ChargingResult, string>> = {
  granted: 'SUCCESS',
  'credit-limit-reached': 'QUOTA_LIMIT_REACHED',
  'service-denied': 'END_USER_SERVICE_DENIED',
  'no-charge': 'QUOTA_MANAGEMENT_NOT_APPLICABLE',
  'user-unknown': 'END_USER_SERVICE_REJECTED',
  'rating-failed': 'RATING_FAILED',
  'unknown-session': 'END_USER_SERVICE_REJECTED',
  'out-of-order': 'END_USER_SERVICE_REJECTED',
  'units-not-fitting': 'RATING_FAILED',
  'too-busy': 'END_USER_SERVICE_REJECTED',
  'unable-to-comply': 'END_USER_SERVICE_REJECTED',
};

/** Results of a whole request that are no success. */
export const nchfCauses: Readonly<Partial<Record<ChargingResult, Cause>>> = {
  'credit-limit-reached': 'QUOTA_LIMIT_REACHED',
  'service-denied': 'END_USER_REQUEST_DENIED',
  'no-charge': 'CHARGING_NOT_APPLICABLE',
  'user-unknown': 'USER_UNKNOWN',
  'rating-failed': 'CHARGING_FAILED',
  'units-not-fitting': 'CHARGING_FAILED',
  'out-of-order': 'CHARGING_FAILED',
  'unknown-session': 'RESOURCE_CONTEXT_NOT_FOUND',
  'too-busy': 'NF_CONGESTION',
  'unable-to-comply': 'UNSPECIFIED_NF_FAILURE',
};

/** A problem where nothing at all was granted: where items were asked for, each says its own. */
export function problemOf({ result, detail, items }: ChargingAnswer): ProblemDetails | undefined {
  const cause = nchfCauses[result];
  if (cause === undefined || items.some((item) => item.result === 'granted')) return undefined;
  return problem(cause, detail ?? items.find((item) => item.detail !== undefined)?.detail ?? result);
}

const FLOW = 'qfi';

/** JSON text: 64-bit numbers are exact, which JSON.stringify of numbers could not be. */
export function writeChargingData(answer: ChargingAnswer, nowMicros: number, profile?: RoamingProfile): string {
  // QoS flows are told and not asked for: nothing is answered of them.
  const items = answer.items.filter(({ ratingGroup }) => ratingGroup?.startsWith(FLOW) !== true);
  return textOf({
    invocationTimeStamp: dateTime(nowMicros),
    invocationSequenceNumber: answer.number,
    ...(items.length === 0 ? {} : { multipleUnitInformation: items.map(itemOf) }),
    ...(profile === undefined ? {} : { roamingQBCInformation: { roamingChargingProfile: profileOf(profile) } }),
  });
}

const profileOf = ({ triggers, partialRecordMethod }: RoamingProfile): Writable => ({
  triggers: triggers.map((trigger): Writable => ({ ...trigger })),
  ...(partialRecordMethod === undefined ? {} : { partialRecordMethod }),
});

/** Of Nchf_OfflineOnlyCharging: there is no quota to tell of. Use that could not be priced is told as the result of the invocation. */
export function writeOfflineData({ number, items }: ChargingAnswer, nowMicros: number): string {
  const wrong = items.find(({ result }) => result !== 'granted' && result !== 'no-charge');
  const cause = wrong === undefined ? undefined : nchfCauses[wrong.result];
  const error = wrong === undefined || cause === undefined ? undefined : problem(cause, wrong.detail ?? wrong.result);
  return JSON.stringify({
    invocationTimeStamp: dateTime(nowMicros),
    invocationSequenceNumber: number,
    ...(error === undefined ? {} : { invocationResult: { error } }),
  });
}

function itemOf(item: AnswerItem): Writable {
  const { granted, threshold } = item;
  return {
    resultCode: nchfResults[item.result],
    ratingGroup: Number(item.ratingGroup ?? 0),
    ...(granted === undefined ? {} : { grantedUnit: { ...change(item.tariffChangeMicros), ...unitsOf(granted) } }),
    ...(item.validitySeconds === undefined ? {} : { validityTime: item.validitySeconds }),
    ...(item.holdingSeconds === undefined ? {} : { quotaHoldingTime: item.holdingSeconds }),
    ...(item.finalUnit === undefined ? {} : { finalUnitIndication: finalOf(item.finalUnit) }),
    ...(threshold?.seconds === undefined ? {} : { timeQuotaThreshold: threshold.seconds }),
    ...(threshold?.bytes === undefined ? {} : { volumeQuotaThreshold: threshold.bytes }),
    ...(threshold?.events === undefined ? {} : { unitQuotaThreshold: threshold.events }),
  };
}

const change = (micros: number | undefined): Writable => (micros === undefined ? {} : { tariffTimeChange: dateTime(micros) });

function unitsOf({ seconds, bytes, bytesUp, bytesDown, events }: Units): Writable {
  return {
    ...(seconds === undefined ? {} : { time: seconds > 0xffff_ffffn ? 0xffff_ffffn : seconds }),
    ...(bytes === undefined ? {} : { totalVolume: bytes }),
    ...(bytesUp === undefined ? {} : { uplinkVolume: bytesUp }),
    ...(bytesDown === undefined ? {} : { downlinkVolume: bytesDown }),
    ...(events === undefined ? {} : { serviceSpecificUnits: events }),
  };
}

function finalOf(final: FinalUnit): Writable {
  if (final.action === 'terminate') return { finalUnitAction: 'TERMINATE' };
  if (final.action === 'restrict') {
    const rule = /^(permit|deny) /.test(final.filter);
    return { finalUnitAction: 'RESTRICT_ACCESS', ...(rule ? { restrictionFilterRule: final.filter } : { filterId: final.filter }) };
  }
  const type = /^\d+\.\d+\.\d+\.\d+$/.test(final.to)
    ? 'IPV4'
    : /^[0-9a-f:]+:[0-9a-f:.]*$/i.test(final.to)
      ? 'IPV6'
      : /^https?:/i.test(final.to)
        ? 'URL'
        : 'URI';
  return { finalUnitAction: 'REDIRECT', redirectServer: { redirectAddressType: type, redirectServerAddress: final.to } };
}

const dateTime = (micros: number): string => new Date(Math.floor(micros / 1_000)).toISOString();

interface Writable {
  readonly [name: string]: string | number | bigint | Writable | readonly Writable[];
}

function textOf(value: Writable[string]): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  return `{${Object.entries(value)
    .map(([name, each]) => `${JSON.stringify(name)}:${textOf(each)}`)
    .join(',')}}`;
}
