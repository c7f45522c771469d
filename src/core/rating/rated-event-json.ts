import { formatNanos } from '../money/amount.ts';
import type { Charge, RatedEvent } from './charge.ts';

/** A rated event as `carillon rate` prints it: amounts as exact text, quantities in the service's units. */
export function ratedEventJson(eventId: string, service: string, rated: RatedEvent): object {
  if (rated.kind === 'held') return { event: eventId, status: 'held', reason: rated.reason, detail: rated.detail, leg: rated.leg };
  return { event: eventId, status: 'rated', charges: rated.charges.map((charge) => chargeJson(charge, service)) };
}

function chargeJson(charge: Charge, service: string): object {
  const { explanation, counterMoves } = charge;
  return {
    leg: charge.leg,
    role: charge.role,
    side: charge.side,
    account: charge.account,
    agreement: charge.agreement,
    agreementValidFrom: charge.agreementValidFrom,
    day: charge.day,
    tariff: charge.tariff,
    rate: charge.rateId,
    code: charge.code,
    destination: charge.destination,
    band: charge.band,
    raw: service === 'voice' ? formatNanos(BigInt(charge.rawQuantity) * 1000n) : String(charge.rawQuantity),
    billed: String(charge.billedQuantity),
    amount: explanation?.amount ?? formatNanos(charge.amountNanos),
    currency: charge.currency,
    counters:
      counterMoves.length === 0
        ? undefined
        : counterMoves.map(({ key, before, added }) => ({ key, before: String(before), added: String(added) })),
    explanation: explanation && { exactAmount: explanation.exactAmount, steps: explanation.steps },
  };
}
