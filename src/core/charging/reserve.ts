/** Setting aside for running sessions, and giving it back. */
import type { CounterReservation, Reservation, SessionItem } from './account.ts';
import type { Draft } from './draft.ts';
import { greatest } from './least.ts';
import { added, NONE, withOneMore } from './lists.ts';
import { capCounter, capOf, type Spread } from './spread.ts';
import type { WorkingBucket } from './working-account.ts';

/** What is set aside for an item of a session, or for its pool of units. */
type SetAside = Pick<SessionItem, 'reservations' | 'counted'>;
/** The same while a decision is made. */
export type OpenSetAside = { -readonly [Name in keyof SetAside]: SetAside[Name] };

/** Gives back all that is set aside. */
export function release(draft: Draft, item: OpenSetAside): void {
  giveBack(draft, item);
  item.reservations = NONE;
  item.counted = NONE;
}

/** What an item keeps when all that it has set aside in the buckets of a pool is given back. */
export function releaseAt<Item extends SetAside>(draft: Draft, item: Item, pool: string): Item {
  const isThere = ({ account }: Reservation): boolean => account === pool;
  if (!item.reservations.some(isThere)) return item;
  const isCap = ({ key }: CounterReservation): boolean => key.startsWith(`pool:${pool}:`);
  giveBack(draft, { reservations: item.reservations.filter(isThere), counted: item.counted.filter(isCap) });
  return {
    ...item,
    reservations: item.reservations.filter((each) => !isThere(each)),
    counted: item.counted.filter((each) => !isCap(each)),
  };
}

/** What has been taken away since (a bucket that ended) is not looked for. */
function giveBack(draft: Draft, { reservations, counted }: SetAside): void {
  for (const { account, bucket: id, amount } of reservations) {
    const bucket = draft.bucket(account, id);
    if (bucket === undefined) continue;
    bucket.reserved -= amount;
    bucket.holders -= 1;
    if (bucket.base.validToMicros <= draft.now) bucket.owner.recount = true;
  }
  for (const { key, amount } of counted) {
    const counter = draft.own.counters?.get(key) ?? draft.tierCounter(key);
    counter.reserved = counter.reserved > amount ? counter.reserved - amount : 0n;
  }
}

/**
 * Sets aside what was laid over the buckets, besides what is set aside for the item already; of two that exclude each other (before and after a change of
 * tariff) the larger of each bucket.
 */
export function reserve(draft: Draft, item: OpenSetAside, laid: readonly Spread[]): void {
  const [only] = laid;
  if (only === undefined || laid.length > 1) {
    setAside(draft, item, largestOf(laid));
    return;
  }
  let reservations: Reservation[] | undefined;
  for (const { bucket, units } of only.covers) reservations = added(reservations, hold(draft, item, bucket, BigInt(units)));
  for (const { bucket, nanos } of only.pays) reservations = added(reservations, hold(draft, item, bucket, nanos));
  keep(item, reservations);
}

/** Each bucket stands there once. */
export function setAside(draft: Draft, item: OpenSetAside, amounts: Iterable<readonly [WorkingBucket, bigint]>): void {
  let reservations: Reservation[] | undefined;
  for (const [bucket, amount] of amounts) reservations = added(reservations, hold(draft, item, bucket, amount));
  keep(item, reservations);
}

/** In one bucket, and in the counter of its cap. */
function hold(draft: Draft, item: OpenSetAside, bucket: WorkingBucket, amount: bigint): Reservation {
  bucket.reserved += amount;
  bucket.holders += 1;
  if (bucket.owner !== draft.own && capOf(draft, bucket) !== undefined) {
    const counter = capCounter(draft, bucket);
    counter.reserved += amount;
    item.counted = withOneMore(item.counted, { key: counter.key, amount });
  }
  return { account: bucket.owner.base.id, bucket: bucket.base.id, amount };
}

function keep(item: OpenSetAside, reservations: readonly Reservation[] = NONE): void {
  item.reservations = item.reservations.length === 0 ? reservations : [...item.reservations, ...reservations];
}

function largestOf(laid: readonly Spread[]): ReadonlyMap<WorkingBucket, bigint> {
  const largest = new Map<WorkingBucket, bigint>();
  const raise = (bucket: WorkingBucket, amount: bigint): void => {
    largest.set(bucket, greatest(amount, largest.get(bucket) ?? 0n));
  };
  for (const { covers, pays } of laid) {
    for (const { bucket, units } of covers) raise(bucket, BigInt(units));
    for (const { bucket, nanos } of pays) raise(bucket, nanos);
  }
  return largest;
}
