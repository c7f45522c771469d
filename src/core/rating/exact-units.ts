/** Messages, data, content and events. Docs: docs/concepts/pricing.md §4 to §6. */
import { formatNanos } from '../money/amount.ts';
import { formatDecimal } from '../money/decimal.ts';
import { type Fraction, formatFraction, fraction } from '../money/fraction.ts';
import { codeOf, type Formula, formulaOf } from '../tariffs/compiled-tariff.ts';
import type { CounterReader } from './charge.ts';
import { coveredOf, priceParts, roundToNanos, ZERO } from './exact-usage.ts';
import { attemptOnly, finish, type Priced } from './finish.ts';
import type { Leg } from './leg.ts';
import { pricing } from './pricing-sayings.ts';
import { explainStep, formatPrice, type Trace } from './trace.ts';
import { hasFees } from './use-part.ts';

/** SMS and MMS: per part or message, by size band. */
export function priceMessage(leg: Leg, counters: CounterReader, trace: Trace): Priced {
  const { terms, event } = leg;
  const formula = formulaOf(terms.tariff, leg.row);
  const { charged, messageUnit } = terms.tariff.tariff;
  if (charged === 'delivered' && !event.answered) return attemptOnly(terms, formula, event.quantity, trace);
  const billed = messageUnit === 'message' ? 1 : event.quantity;
  if (trace !== undefined) {
    const figures = { raw: String(event.quantity), billed: String(billed) };
    const values = { parts: figures.raw, size: String(event.bytesDown), billed: figures.billed };
    explainStep(
      trace,
      'quantity',
      [pricing(messageUnit === 'message' ? 'price.quantity.one-message' : 'price.quantity.messages', values)],
      figures,
    );
  }
  const sizeBand = formula.sizeBands.find(({ upToBytes }) => event.bytesDown <= upToBytes);
  const label =
    sizeBand === undefined
      ? []
      : sizeBand.upToBytes === Number.POSITIVE_INFINITY
        ? [pricing('price.part.largest')]
        : [pricing('price.part.up-to', { size: String(sizeBand.upToBytes) })];
  const priced = billed - coveredOf(leg, billed, 'messages', trace);
  const part = { quantity: whole(priced), price: sizeBand?.price ?? formula.price, tiers: formula.tiers, label };
  const { exact, moves } = priceParts(leg, formula, [part], { counted: BigInt(priced), unitName: 'messages' }, counters, trace);
  return finish(terms, formula, { raw: event.quantity, billed: priced, exact, moves, fees: hasFees(leg.part, billed, priced) }, trace);
}

/** Data: bytes in a direction, rounded up per session or as the sum of a subscriber's day. */
export function priceData(leg: Leg, counters: CounterReader, trace: Trace): Priced {
  const { terms, event } = leg;
  const formula = formulaOf(terms.tariff, leg.row);
  const { count, roundUpToBytes, per } = terms.tariff.tariff.volume;
  const bytes = count === 'up' ? event.bytesUp : count === 'down' ? event.bytesDown : event.bytesUp + event.bytesDown;
  if (per === 'day') return priceDayVolume(leg, formula, bytes - coveredOf(leg, bytes, 'bytes', trace), counters, trace);
  const billed = Number(roundUp(BigInt(bytes), roundUpToBytes));
  if (trace !== undefined) {
    const values = { volume: String(bytes), count, billedVolume: String(billed), unitVolume: String(roundUpToBytes) };
    explainStep(trace, 'quantity', [pricing('price.quantity.volume', values)], { raw: String(bytes), billed: String(billed) });
  }
  const priced = billed - coveredOf(leg, billed, 'bytes', trace);
  const part = { quantity: whole(priced), price: formula.price, tiers: formula.tiers, label: [] };
  const { exact, moves } = priceParts(leg, formula, [part], { counted: BigInt(priced), unitName: 'bytes' }, counters, trace);
  return finish(terms, formula, { raw: bytes, billed: priced, exact, moves, fees: hasFees(leg.part, billed, priced) }, trace);
}

/** The day's sum is rounded; the event pays by how much that grows. */
function priceDayVolume({ terms, event, row, day }: Leg, formula: Formula, bytes: number, counters: CounterReader, trace: Trace): Priced {
  const { tariff, scale } = terms.tariff;
  const { agreement, service } = terms;
  const { roundUpToBytes } = tariff.volume;
  const key = `${agreement.id}|${service.role}|day-volume:${tariff.id}:${codeOf(terms.tariff, row)}:${event.calling ?? ''}|day:${day}`;
  const before = counters(key);
  const billedBefore = roundUp(before, roundUpToBytes);
  const billedAfter = roundUp(before + BigInt(bytes), roundUpToBytes);
  const price = (volume: bigint): Fraction => fraction(volume * formula.price, BigInt(tariff.per) * 10n ** BigInt(scale));
  const amountNanos = roundToNanos(price(billedAfter), agreement.rounding) - roundToNanos(price(billedBefore), agreement.rounding);
  const billed = billedAfter - billedBefore;
  if (trace !== undefined) {
    const figures = {
      raw: String(bytes),
      before: String(before),
      billedBefore: String(billedBefore),
      billedAfter: String(billedAfter),
      billed: String(billed),
    };
    const grown = pricing('price.quantity.day-volume', {
      ...{ beforeVolume: figures.before, afterVolume: String(before + BigInt(bytes)), unitVolume: String(roundUpToBytes) },
      ...{ billedBeforeVolume: figures.billedBefore, billedAfterVolume: figures.billedAfter },
    });
    explainStep(trace, 'quantity', [grown], figures);
    const unit = pricing('price.unit.per', { price: formatPrice(formula.price, scale), count: String(tariff.per), unit: 'bytes' });
    const earlier = pricing('price.day-before', { amount: formatFraction(price(billedBefore)) });
    explainStep(trace, 'price', [`${billedAfter} × `, unit, ` = ${formatFraction(price(billedAfter))}`, earlier], {
      price: formatPrice(formula.price, scale),
    });
    const amount = formatNanos(amountNanos, agreement.rounding.decimals);
    const { decimals, mode } = agreement.rounding;
    const rounded = pricing('price.rounding.difference', { decimals: String(decimals), mode, amount, currency: tariff.currency });
    explainStep(trace, 'rounding', [rounded], { amount });
  }
  return {
    rawQuantity: bytes,
    billedQuantity: Number(billed),
    exact: price(billed),
    amountNanos,
    moves: [{ key, before, added: BigInt(bytes) }],
  };
}

/** Content and events: per unit, or a share of the price to the customer, which the caller has checked to be there. */
export function priceContent(leg: Leg, counters: CounterReader, trace: Trace): Priced {
  const { terms, event } = leg;
  const formula = formulaOf(terms.tariff, leg.row);
  const billed = event.quantity;
  if (trace !== undefined)
    explainStep(trace, 'quantity', [pricing('price.quantity.units', { count: String(billed) })], {
      raw: String(billed),
      billed: String(billed),
    });
  if (formula.share !== undefined) {
    const exact = shareOf(formula.share, event.priceNanos ?? 0n, trace);
    return finish(terms, formula, { raw: billed, billed, exact, moves: [], fees: leg.part?.continues !== true }, trace);
  }
  const priced = billed - coveredOf(leg, billed, 'units', trace);
  const part = { quantity: whole(priced), price: formula.price, tiers: formula.tiers, label: [] };
  const { exact, moves } = priceParts(leg, formula, [part], { counted: BigInt(priced), unitName: 'units' }, counters, trace);
  return finish(terms, formula, { raw: billed, billed: priced, exact, moves, fees: hasFees(leg.part, billed, priced) }, trace);
}

function shareOf({ percent, after }: NonNullable<Formula['share']>, priceNanos: bigint, trace: Trace): Fraction {
  const scale = 10n ** BigInt(after.scale);
  const shared = priceNanos * scale - after.units * 1_000_000_000n;
  const exact = shared <= 0n ? ZERO : fraction(shared * percent.units, scale * 1_000_000_000n * 100n * 10n ** BigInt(percent.scale));
  if (trace !== undefined) {
    const [price, rate, costs] = [formatNanos(priceNanos), formatDecimal(percent), formatDecimal(after)];
    explainStep(trace, 'price', [`${rate} % × (${price} − ${costs}) = ${formatFraction(exact)}`], {
      percent: rate,
      price,
      after: costs,
      amount: formatFraction(exact),
    });
  }
  return exact;
}

function roundUp(bytes: bigint, unit: number): bigint {
  const size = BigInt(unit);
  return ((bytes + size - 1n) / size) * size;
}

function whole(units: number): Fraction {
  return { numerator: BigInt(units), denominator: 1n };
}
