/** A record of use as a row keeps it until it is booked, and as the archive keeps it for ever: one line of JSON with named fields. */
import type { UsageRecord } from '#core/charging/decision.ts';
import type { Charge } from '#core/rating/charge.ts';
import { fromExactJson, toExactJson } from './exact-json.ts';

export function usageToJson(record: UsageRecord): string {
  return toExactJson(record.charge === undefined ? record : { ...record, charge: namedCharge(record.charge) });
}

export function usageFromJson(text: string): UsageRecord {
  return fromExactJson<UsageRecord>(text);
}

/** Field by field: a charge fresh from rating looks its names up when asked for, and has the whole tariff behind it. */
function namedCharge(charge: Charge): Charge {
  return {
    leg: charge.leg,
    role: charge.role,
    side: charge.side,
    account: charge.account,
    agreement: charge.agreement,
    agreementValidFrom: charge.agreementValidFrom,
    agreementVersionId: charge.agreementVersionId,
    day: charge.day,
    tariff: charge.tariff,
    rateId: charge.rateId,
    code: charge.code,
    destination: charge.destination,
    band: charge.band,
    rawQuantity: charge.rawQuantity,
    billedQuantity: charge.billedQuantity,
    amountNanos: charge.amountNanos,
    currency: charge.currency,
    counterMoves: charge.counterMoves,
    ...(charge.explanation === undefined ? {} : { explanation: charge.explanation }),
  };
}
