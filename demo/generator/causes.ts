/** Why calls end: ITU-T Q.850 causes with their names in FreeSWITCH and the disposition Asterisk gives them. */
import { type Random, weightedPicker } from './random.ts';

interface Cause {
  readonly name: string;
  readonly phrase: string;
  readonly disposition: 'ANSWERED' | 'NO ANSWER' | 'BUSY' | 'FAILED' | 'CONGESTION';
}

const CAUSES: Readonly<Record<number, Cause>> = {
  1: { name: 'UNALLOCATED_NUMBER', phrase: 'Not Found', disposition: 'FAILED' },
  3: { name: 'NO_ROUTE_DESTINATION', phrase: 'No Route to Destination', disposition: 'FAILED' },
  16: { name: 'NORMAL_CLEARING', phrase: 'OK', disposition: 'ANSWERED' },
  17: { name: 'USER_BUSY', phrase: 'Busy Here', disposition: 'BUSY' },
  18: { name: 'NO_USER_RESPONSE', phrase: 'Request Timeout', disposition: 'NO ANSWER' },
  19: { name: 'NO_ANSWER', phrase: 'Request Terminated', disposition: 'NO ANSWER' },
  20: { name: 'SUBSCRIBER_ABSENT', phrase: 'Temporarily Unavailable', disposition: 'NO ANSWER' },
  21: { name: 'CALL_REJECTED', phrase: 'Decline', disposition: 'FAILED' },
  28: { name: 'INVALID_NUMBER_FORMAT', phrase: 'Address Incomplete', disposition: 'FAILED' },
  31: { name: 'NORMAL_UNSPECIFIED', phrase: 'Normal, unspecified', disposition: 'ANSWERED' },
  34: { name: 'NORMAL_CIRCUIT_CONGESTION', phrase: 'Service Unavailable', disposition: 'CONGESTION' },
  38: { name: 'NETWORK_OUT_OF_ORDER', phrase: 'Bad Gateway', disposition: 'FAILED' },
  41: { name: 'NORMAL_TEMPORARY_FAILURE', phrase: 'Server Internal Error', disposition: 'FAILED' },
  102: { name: 'RECOVERY_ON_TIMER_EXPIRE', phrase: 'Server Time-out', disposition: 'FAILED' },
  487: { name: 'ORIGINATOR_CANCEL', phrase: 'Request Terminated', disposition: 'NO ANSWER' },
};

const unanswered = weightedPicker([
  { value: { cause: 19, rings: true }, weight: 34 },
  { value: { cause: 487, rings: true }, weight: 22 },
  { value: { cause: 17, rings: false }, weight: 15 },
  { value: { cause: 20, rings: false }, weight: 8 },
  { value: { cause: 1, rings: false }, weight: 7 },
  { value: { cause: 34, rings: false }, weight: 5 },
  { value: { cause: 21, rings: true }, weight: 3 },
  { value: { cause: 18, rings: true }, weight: 3 },
  { value: { cause: 41, rings: false }, weight: 2 },
  { value: { cause: 3, rings: false }, weight: 0.6 },
  { value: { cause: 28, rings: false }, weight: 0.4 },
]);

export function causeOfUnanswered(random: Random): { readonly cause: number; readonly rings: boolean } {
  return unanswered(random);
}

export function causeOfAnswered(random: Random): number {
  const draw = random.next();
  return draw < 0.965 ? 16 : draw < 0.99 ? 31 : draw < 0.996 ? 38 : 102;
}

export function causeNamed(cause: number): Cause {
  const named = CAUSES[cause];
  if (named === undefined) throw new RangeError(`no such cause: ${cause}`);
  return named;
}
