/** What a client asks, in the words of charging. */
import type { Static } from 'typebox';
import type { Units as CoreUnits, UsedUnits as CoreUsed, Identity, RequestItem, ServiceFacts } from '#core/charging/request.ts';
import { identityKinds } from '#core/charging/request.ts';
import { HTTP_SESSIONS } from '#core/charging/session-names.ts';
import { NANO_DECIMALS } from '#core/money/amount.ts';
import { parseDecimal, unitsAtScale } from '#core/money/decimal.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { parseInstant } from '#core/time/zoned.ts';
import type { Money } from '../schemas.ts';
import type { Facts, Item, Units, UsedUnits } from './schemas.ts';

/** `12.50` in nanos: at most nine decimals, as its schema says. */
export function nanosOf(amount: string): bigint {
  const value = parseDecimal(amount);
  if (value === undefined) throw new RangeError(`not an amount: ${amount}`);
  return unitsAtScale(value, NANO_DECIMALS);
}

/** As the schema has checked it. */
export function identityOf(text: string): Identity {
  const at = text.indexOf(':');
  const kind = identityKinds.find((each) => each === text.slice(0, at));
  if (kind === undefined) throw new RangeError(`not an identity: ${text}`);
  return { kind, value: text.slice(at + 1) };
}

/** UTC microseconds. Throws RefusedError (`api.field-wrong`) for a day or hour that does not exist. */
export function microsOf(instant: string, field: string): number {
  const micros = parseInstant(instant);
  if (micros === undefined) throw new RefusedError(refuse('api.field-wrong', 'there is no such instant', { field, value: instant }));
  return micros;
}

export function factsOf(facts: Static<typeof Facts> | undefined): ServiceFacts {
  return facts ?? {};
}

interface GivenItems {
  readonly requested?: 'any' | Static<typeof Units>;
  readonly used?: Static<typeof UsedUnits>;
  readonly items?: readonly Static<typeof Item>[];
}

/** One item said without a list, or the list. Throws RefusedError for both at once. `wanted`: what is asked for when nothing is said. */
export function itemsOf({ requested, used, items }: GivenItems, wanted: 'any' | undefined): readonly RequestItem[] {
  if (items !== undefined && (requested !== undefined || used !== undefined)) {
    throw new RefusedError(refuse('api.field-wrong', 'requested and used stand in the items, or beside none', { field: 'body/items' }));
  }
  if (items !== undefined) return items.map(itemOf);
  const asked = requested ?? wanted;
  return [{ ...(asked === undefined ? {} : { requested: requestedOf(asked) }), used: used === undefined ? [] : [usedOf(used)] }];
}

function itemOf({ ratingGroup, services, requested, used, reason }: Static<typeof Item>): RequestItem {
  return {
    ...(ratingGroup === undefined ? {} : { ratingGroup }),
    ...(services === undefined ? {} : { services }),
    ...(requested === undefined ? {} : { requested: requestedOf(requested) }),
    used: (used ?? []).map(usedOf),
    ...(reason === undefined ? {} : { reason }),
  };
}

const requestedOf = (requested: 'any' | Static<typeof Units>): CoreUnits | 'any' => (requested === 'any' ? 'any' : unitsOf(requested));

function usedOf({ change, ...units }: Static<typeof UsedUnits>): CoreUsed {
  return { ...unitsOf(units), ...(change === undefined ? {} : { change }) };
}

function unitsOf({ seconds, bytes, bytesUp, bytesDown, events, money }: Static<typeof Units>): CoreUnits {
  return {
    ...(seconds === undefined ? {} : { seconds: BigInt(seconds) }),
    ...(bytes === undefined ? {} : { bytes: BigInt(bytes) }),
    ...(bytesUp === undefined ? {} : { bytesUp: BigInt(bytesUp) }),
    ...(bytesDown === undefined ? {} : { bytesDown: BigInt(bytesDown) }),
    ...(events === undefined ? {} : { events: BigInt(events) }),
    ...(money === undefined ? {} : { money: moneyOf(money) }),
  };
}

export function moneyOf({ amount, currency }: Static<typeof Money>): { nanos: bigint; currency: string } {
  return { nanos: nanosOf(amount), currency };
}

/** Keys of one name are one client: a new key of the same name goes on with the sessions. */
export function sessionOf(client: string, reference: string): string {
  return `${HTTP_SESSIONS}${encodeURIComponent(client)}/s/${reference}`;
}
