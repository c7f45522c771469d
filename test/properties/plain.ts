import type { RatedEvent } from '#core/rating/charge.ts';

/** As data: a charge may be an object with accessors, which a message does not carry. */
export function plain(rated: RatedEvent): object {
  // Its detail may name an amount that tiers make depend on the order; what it is held for must not.
  if (rated.kind === 'held') return { kind: rated.kind, reason: rated.reason, leg: rated.leg };
  return {
    kind: rated.kind,
    charges: rated.charges.map((charge) => ({
      leg: charge.leg,
      agreement: charge.agreement,
      agreementValidFrom: charge.agreementValidFrom,
      tariff: charge.tariff,
      rateId: charge.rateId,
      code: charge.code,
      band: charge.band,
      day: charge.day,
      rawQuantity: charge.rawQuantity,
      billedQuantity: charge.billedQuantity,
      amountNanos: charge.amountNanos,
      counterMoves: charge.counterMoves.map(({ key, before, added }) => ({ key, before, added })),
    })),
  };
}
