/**
 * Refunds of an event that names its debit: to the buckets that paid it, in their proportion, and never more than was debited. Nothing is priced: money is
 * given back only where money was taken. Of a refund without a reference nobody knows what it is of: events.ts.
 */
import type { CountedUnit } from './account.ts';
import { MOST_NANOS, mainBucket } from './add-ons.ts';
import type { AnswerItem } from './answer.ts';
import type { ChangeCause } from './decision.ts';
import type { Draft } from './draft.ts';
import { answerItem } from './grant.ts';
import { isEmpty, unitsIn, wantedUnits } from './intake.ts';
import type { PlanService } from './plan.ts';
import type { ChargingRequest, DebitReference, PaidPart, RequestItem } from './request.ts';
import { resetBucket } from './thresholds.ts';
import { MAIN, type WorkingBucket } from './working-account.ts';
import type { WorkingItem } from './working-item.ts';

/** For so long a debit can be given back, and it is known what was given back of it. */
const KNOWN_MICROS = 400 * 86_400_000_000;

export interface DebitNote {
  /** Which item of the request. */
  readonly item: number;
  readonly units: bigint;
  readonly unit: CountedUnit;
  /** The account that used it; the entry itself may be of a pool. */
  readonly account: string;
}

/** How the journal notes a debit that can be given back. */
export function debitNote({ item, units, unit, account }: DebitNote): string {
  return `item ${item}: ${units} ${unit} by ${account}`;
}

/** Undefined: it is no such note. */
export function readDebitNote(note: string): DebitNote | undefined {
  const [, item, units, unit, account] = /^item (\d{1,9}): (\d{1,30}) (seconds|bytes|events|money) by (.+)$/s.exec(note) ?? [];
  if (item === undefined || units === undefined || account === undefined) return undefined;
  return { item: Number(item), units: BigInt(units), unit: unit as CountedUnit, account }; // the pattern has no other units
}

export interface Refunded {
  readonly answer: AnswerItem;
  readonly nanos: bigint;
}

/** Of the refund's service only the direction counts in which bytes are counted: all else is the debit's. */
export function refundDebit(
  draft: Draft,
  { session, number }: ChargingRequest,
  { debit, requested = 'any' }: RequestItem,
  of: DebitReference,
  item: WorkingItem,
  service: PlanService,
): Refunded {
  const { id, currency } = draft.own.base;
  if (debit === undefined || debit.units === 0n || debit.account !== id || of.atMicros + KNOWN_MICROS <= draft.now)
    return refusedItem(item, 'nothing was debited under this reference');
  const counter = draft.own.counter(`refund:${of.atMicros}|${of.session}|${of.number}|${of.item}`, draft.now, () => ({
    fromMicros: of.atMicros,
    toMicros: of.atMicros + KNOWN_MICROS,
  }));
  const left = debit.units - counter.value;
  const units = requested === 'any' || isEmpty(requested) ? left : wantedUnits(requested, debit.unit, service, currency);
  if (units === undefined) return { answer: answerItem(item, 'units-not-fitting'), nanos: 0n };
  if (units > left || left === 0n) return refusedItem(item, `${left} of ${debit.units} units are left to give back`);
  const backs = debit.parts.flatMap((part) => {
    const amount = (part.amount * (counter.value + units)) / debit.units - (part.amount * counter.value) / debit.units;
    const bucket = homeOf(draft, part);
    return bucket === undefined ? [] : [{ bucket, amount }];
  });
  if (backs.length === 0) return refusedItem(item, 'what paid it has ended');
  if (backs.some(({ bucket, amount }) => bucket.value + amount > MOST_NANOS)) return refusedItem(item, 'the balance would be too high');
  const note = `of ${of.session}, request ${of.number}, item ${of.item}`;
  const cause: ChangeCause = { kind: 'refund', session, number, note };
  let nanos = 0n;
  for (const { bucket, amount } of backs) {
    draft.move(bucket, amount, cause);
    resetBucket(bucket);
    if (bucket.base.unit === 'money') nanos += amount;
  }
  counter.value += units;
  return { answer: { ...answerItem(item, 'granted'), granted: unitsIn(debit.unit, units, currency) }, nanos };
}

function refusedItem(item: WorkingItem, detail: string): Refunded {
  return { answer: answerItem(item, 'service-denied', detail), nanos: 0n };
}

/**
 * Where it was taken from; where that has ended, the same allowance of a later period, and for its own money the payer's money without an end. Undefined: there is nothing like it any
 * more, and what it paid is lost with it.
 */
function homeOf(draft: Draft, { account, bucket: id, definition, unit }: PaidPart): WorkingBucket | undefined {
  const payer = draft.account(account);
  if (payer === undefined) return undefined;
  const fitting = payer.buckets.filter(
    ({ base, removed }) => !removed && base.definition === definition && base.unit === unit && base.validToMicros > draft.now,
  );
  const home = fitting.find(({ base }) => base.id === id);
  return home ?? (definition === MAIN ? mainBucket(draft, payer) : fitting[0]);
}
