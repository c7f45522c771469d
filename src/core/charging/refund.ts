/**
 * Refunds of an event that names its debit: to the buckets that paid it, in their proportion, and never more than was debited. Of a refund without a
 * reference nobody knows what it is of: events.ts.
 */
import { mainBucket } from './add-ons.ts';
import type { AnswerItem } from './answer.ts';
import type { ChangeCause } from './decision.ts';
import type { Draft } from './draft.ts';
import { answerItem, unitsOf } from './grant.ts';
import { wantedUnits } from './intake.ts';
import type { PlanService } from './plan.ts';
import type { ChargingRequest, DebitReference, OriginalDebit, RequestItem } from './request.ts';
import { resetBucket } from './thresholds.ts';
import type { WorkingItem } from './working-item.ts';

/** For so long it is known what was given back of a debit. */
const KNOWN_MICROS = 400 * 86_400_000_000;

/** How the journal notes a debit that can be given back: which item of the request, and how many units of it. */
export function debitNote(item: number, units: bigint): string {
  return `item ${item}: ${units} units`;
}

/** Undefined: it is no such note. */
export function readDebitNote(note: string): { readonly item: number; readonly units: bigint } | undefined {
  const [, item, units] = /^item (\d{1,9}): (\d{1,30}) units$/.exec(note) ?? [];
  return item === undefined || units === undefined ? undefined : { item: Number(item), units: BigInt(units) };
}

export interface Refunded {
  readonly answer: AnswerItem;
  readonly nanos: bigint;
}

/** `price`: what units are worth whose bucket is gone; undefined where they have no price. */
export function refundDebit(
  draft: Draft,
  { session, number }: ChargingRequest,
  asked: RequestItem,
  of: DebitReference,
  item: WorkingItem,
  service: PlanService,
  price: (units: bigint) => bigint | undefined,
): Refunded {
  const { debit } = asked;
  if (debit === undefined || debit.units === 0n) return refusedItem(item, 'nothing was debited under this reference');
  const counter = draft.own.counter(`refund:${of.session}|${of.number}|${of.item}`, draft.now, () => ({
    fromMicros: draft.now,
    toMicros: draft.now + KNOWN_MICROS,
  }));
  const left = debit.units - counter.value;
  const { requested = 'any' } = asked;
  const all = requested === 'any' || Object.keys(requested).length === 0;
  const units = all ? left : wantedUnits(requested, item.unit, service, draft.own.base.currency);
  if (units === undefined) return { answer: answerItem(item, 'units-not-fitting'), nanos: 0n };
  if (units > left || left === 0n) return refusedItem(item, `${left} of ${debit.units} units are left to give back`);
  const parts = debit.parts.map((part) => ({
    ...part,
    amount: (part.amount * (counter.value + units)) / debit.units - (part.amount * counter.value) / debit.units,
  }));
  const homeless = parts.filter((part) => part.unit !== 'money' && bucketOf(draft, part) === undefined);
  const priced = homeless.map(({ amount }) => price(amount));
  if (priced.includes(undefined)) return { answer: answerItem(item, 'rating-failed'), nanos: 0n };
  const note = `of ${of.session}, request ${of.number}, item ${of.item}`;
  const cause: ChangeCause = { kind: 'refund', session, number, note };
  let nanos = 0n;
  for (const part of parts) {
    const bucket = bucketOf(draft, part) ?? mainBucket(draft, draft.own);
    const amount = bucket.base.unit === part.unit ? part.amount : (priced[homeless.indexOf(part)] ?? 0n);
    draft.move(bucket, amount, cause);
    resetBucket(bucket);
    if (bucket.base.unit === 'money') nanos += amount;
  }
  counter.value += units;
  return { answer: { ...answerItem(item, 'granted'), granted: unitsOf(item, units, draft.own.base.currency) }, nanos };
}

function refusedItem(item: WorkingItem, detail: string): Refunded {
  return { answer: answerItem(item, 'service-denied', detail), nanos: 0n };
}

/** Where it was taken from, if that still can be used. */
function bucketOf(draft: Draft, { account, bucket: id, unit }: OriginalDebit['parts'][number]) {
  const bucket = draft.bucket(account, id);
  return bucket !== undefined && bucket.base.unit === unit && bucket.base.validToMicros > draft.now ? bucket : undefined;
}
