/**
 * What a deal makes due for a window, as exact fractions: nothing is rounded here. The words let a person
 * follow it with pencil and paper.
 */
import type { Side } from '../../agreements/agreements.ts';
import type { DealMeasure, Discount, QuantityMeasure, SendOrPay, ShareDeal, Swap, TierDeal, TrafficDeal } from '../../agreements/deals.ts';
import { NANO_DECIMALS } from '../../money/amount.ts';
import { type Decimal, decimal, formatDecimal, trimDecimal } from '../../money/decimal.ts';
import { addFractions, type Fraction, formatFraction, fraction } from '../../money/fraction.ts';
import { groupThousands } from '../../money/grouping.ts';
import { divideRounded } from '../../money/rounding.ts';
import { say } from '../adjustment-texts.ts';
import { type DealSums, NOTHING, unitsOf } from './deal-usage.ts';

/** Traffic of each side of the agreement; of a share that of the other agreement. */
export type DealTraffic = Readonly<Record<Side, DealSums>>;

export interface DealOutcome {
  readonly side: Side;
  readonly sums: DealSums;
  /** What the window's traffic comes to under the deal, in nanos. */
  readonly dueNanos: Fraction;
  /** What is due beyond what was charged, in nanos. */
  readonly adjustmentNanos: Fraction;
  readonly words: string;
}

const NANOS = 10n ** BigInt(NANO_DECIMALS);
const ZERO: Fraction = { numerator: 0n, denominator: 1n };

/** One outcome for each side on which the deal comes out. */
export function outcomesOf(deal: TrafficDeal, traffic: DealTraffic): readonly DealOutcome[] {
  switch (deal.kind) {
    case 'commitment': {
      const sums = traffic[deal.side];
      const missing = missingOf(deal.quantity, deal.measure, sums.quantity);
      const shortfall = priced(missing, deal.measure, deal.price);
      const of = { a: shown(sums, deal.measure), b: counted(deal.quantity, deal.measure) };
      const words =
        missing.numerator === 0n
          ? say('nothingMissing', of)
          : joined(say('promised', of), say('missing', { a: quantityWords(missing, deal.measure), p: deal.price, m: money(shortfall) }));
      return [outcome(deal.side, sums, addFractions(charged(sums), shortfall), words)];
    }
    case 'send-or-pay':
      return [sendOrPay(deal, traffic[deal.side])];
    case 'swap':
      return swap(deal, traffic);
    case 'graduated':
    case 'retroactive':
      return [tiered(deal, traffic[deal.side])];
    case 'discount':
      return [discounted(deal, traffic[deal.side])];
    case 'minimum-revenue': {
      const sums = traffic[deal.side];
      const minimum = nanosOf(deal.amount);
      const missing = less(minimum, charged(sums));
      const due = missing.numerator > 0n ? minimum : charged(sums);
      const of = { m: money(charged(sums)), n: grouped(decimal(deal.amount)) };
      const words =
        missing.numerator > 0n ? joined(say('minimumShort', of), say('minimumMissing', { m: money(missing) })) : say('minimumMet', of);
      return [outcome(deal.side, sums, due, words)];
    }
    case 'share':
      return [shared(deal, traffic[deal.ofSide])];
  }
}

function sendOrPay(deal: SendOrPay, sums: DealSums): DealOutcome {
  const { quantity, measure, price, excessPrice, side } = deal;
  const promised = unitsOfText(quantity, measure);
  const excess = positive(less(whole(sums.quantity), promised));
  const fixed = priced(promised, measure, price);
  const above = priced(excess, measure, excessPrice);
  const a = shown(sums, measure);
  const words = joined(
    say('paidAnyway', { a: counted(quantity, measure), p: price, m: money(fixed) }),
    excess.numerator === 0n
      ? say('sent', { a })
      : say('sentAbove', { a, b: quantityWords(excess, measure), p: excessPrice, m: money(above) }),
    chargedWords(sums),
  );
  return outcome(side, sums, addFractions(fixed, above), words);
}

function swap(deal: Swap, { receivable, payable }: DealTraffic): readonly DealOutcome[] {
  const { measure, price, excessPrice } = deal;
  const balanced = lesser(whole(receivable.quantity), whole(payable.quantity)).numerator;
  return (['receivable', 'payable'] as const).map((side) => {
    const sums = side === 'receivable' ? receivable : payable;
    const excess = sums.quantity - balanced;
    const even = priced(whole(balanced), measure, price);
    const above = priced(whole(excess), measure, excessPrice);
    const words = joined(
      say('balanced', { a: quantityWords(whole(balanced), measure), p: price, m: money(even) }),
      ...(excess === 0n ? [] : [say('inExcess', { a: quantityWords(whole(excess), measure), p: excessPrice, m: money(above) })]),
      chargedWords(sums),
    );
    return outcome(side, sums, addFractions(even, above), words);
  });
}

function tiered(deal: TierDeal, sums: DealSums): DealOutcome {
  const { measure, side } = deal;
  const quantity = whole(sums.quantity);
  const [first] = deal.tiers;
  // Below the first tier the charges stay, which is the part of them that those units are.
  const below = first === undefined ? quantity : lesser(quantity, unitsOfText(first.from, measure));
  const reached = deal.tiers.filter(
    ({ from }) => positive(less(quantity, unitsOfText(from, measure))).numerator > 0n || isAt(quantity, from, measure),
  );
  const last = reached.at(-1);
  if (last === undefined) {
    const [a, m] = [shown(sums, measure), money(charged(sums))];
    const words =
      first === undefined
        ? say('asItWas', { a, m })
        : joined(say('quantity', { a }), say('firstTier', { b: counted(first.from, measure), m }));
    return outcome(side, sums, charged(sums), words);
  }
  if (deal.kind === 'retroactive') {
    const due = priced(quantity, measure, last.price);
    const reach = say('allAt', { a: shown(sums, measure), p: last.price, b: counted(last.from, measure), m: money(due) });
    return outcome(side, sums, due, joined(reach, chargedWords(sums)));
  }
  const base = below.numerator === 0n ? ZERO : fraction(sums.amountNanos * below.numerator, sums.quantity * below.denominator);
  const slices = reached.map((tier, at) => {
    const next = deal.tiers[at + 1];
    const end = next === undefined ? quantity : lesser(quantity, unitsOfText(next.from, measure));
    const slice = positive(less(end, unitsOfText(tier.from, measure)));
    return { slice, price: tier.price, due: priced(slice, measure, tier.price) };
  });
  const due = slices.reduce((sum, slice) => addFractions(sum, slice.due), base);
  const parts = slices.map(({ slice, price, due: part }) => say('slice', { a: quantityWords(slice, measure), p: price, m: money(part) }));
  const start = below.numerator === 0n ? [] : [say('asCharged', { a: quantityWords(below, measure), m: money(base) })];
  return outcome(side, sums, due, joined(...start, ...parts, chargedWords(sums)));
}

function discounted(deal: Discount, sums: DealSums): DealOutcome {
  const { measure, side, applies } = deal;
  const counter = whole(measure === 'money' ? sums.amountNanos : sums.quantity);
  const reached = deal.tiers.filter(
    ({ from }) => positive(less(counter, unitsOfText(from, measure))).numerator > 0n || isAt(counter, from, measure),
  );
  const last = reached.at(-1);
  const all = charged(sums);
  const said = measure === 'money' ? money(all) : shown(sums, measure);
  if (last === undefined || counter.numerator <= 0n) return outcome(side, sums, all, say('noDiscount', { a: said }));
  if (applies === 'all') {
    const off = partOf(all, last.percent);
    const words = say('discountOnAll', { a: said, p: last.percent, b: counted(last.from, measure), m: money(all), n: money(off) });
    return outcome(side, sums, less(all, off), words);
  }
  const slices = reached.map((tier, at) => {
    const next = deal.tiers[at + 1];
    const end = next === undefined ? counter : lesser(counter, unitsOfText(next.from, measure));
    const slice = positive(less(end, unitsOfText(tier.from, measure)));
    // The slice's part of what was charged.
    const base = fraction(all.numerator * slice.numerator * counter.denominator, all.denominator * slice.denominator * counter.numerator);
    return { tier, base, off: partOf(base, tier.percent) };
  });
  const off = slices.reduce((sum, slice) => addFractions(sum, slice.off), ZERO);
  const parts = slices.map(({ tier, base, off: part }, at) =>
    say(at === 0 ? 'offFirst' : 'offNext', { p: tier.percent, m: money(base), b: counted(tier.from, measure), n: money(part) }),
  );
  return outcome(side, sums, less(all, off), joined(say('chargedFor', { a: said, m: money(all) }), ...parts));
}

function shared(deal: ShareDeal, of: DealSums): DealOutcome {
  const { side, percent, price, measure } = deal;
  const due = percent === undefined ? priced(whole(of.quantity), measure ?? 'events', price ?? '0') : partOf(charged(of), percent);
  const words =
    percent === undefined
      ? say('shareOfUnits', { a: shown(of, measure ?? 'events'), of: deal.of, p: price ?? '0', m: money(due) })
      : say('shareOfCharges', { p: percent, m: money(charged(of)), of: deal.of, n: money(due) });
  return { side, sums: NOTHING, dueNanos: due, adjustmentNanos: due, words };
}

function outcome(side: Side, sums: DealSums, dueNanos: Fraction, words: string): DealOutcome {
  return { side, sums, dueNanos, adjustmentNanos: less(dueNanos, charged(sums)), words };
}

function joined(...parts: readonly string[]): string {
  return parts.join('; ');
}

function chargedWords(sums: DealSums): string {
  return say('charged', { m: money(charged(sums)) });
}

function charged({ amountNanos }: DealSums): Fraction {
  return { numerator: amountNanos, denominator: 1n };
}

function whole(quantity: bigint): Fraction {
  return { numerator: quantity, denominator: 1n };
}

/** `1,000 min` as seconds. */
function unitsOfText(text: string, measure: DealMeasure): Fraction {
  const { units, scale } = decimal(text);
  return fraction(units * unitsOf(measure), 10n ** BigInt(scale));
}

function isAt(quantity: Fraction, from: string, measure: DealMeasure): boolean {
  return less(quantity, unitsOfText(from, measure)).numerator === 0n;
}

function missingOf(promised: string, measure: QuantityMeasure, quantity: bigint): Fraction {
  return positive(less(unitsOfText(promised, measure), whole(quantity)));
}

/** Units × price for one of the measure, in nanos. */
function priced(units: Fraction, measure: QuantityMeasure, price: string): Fraction {
  const each = decimal(price);
  return fraction(units.numerator * each.units * NANOS, units.denominator * unitsOf(measure) * 10n ** BigInt(each.scale));
}

function partOf(amount: Fraction, percent: string): Fraction {
  const each = decimal(percent);
  return fraction(amount.numerator * each.units, amount.denominator * 100n * 10n ** BigInt(each.scale));
}

function nanosOf(amount: string): Fraction {
  const { units, scale } = decimal(amount);
  return fraction(units * NANOS, 10n ** BigInt(scale));
}

function less(a: Fraction, b: Fraction): Fraction {
  return addFractions(a, { numerator: -b.numerator, denominator: b.denominator });
}

function positive(value: Fraction): Fraction {
  return value.numerator > 0n ? value : ZERO;
}

function lesser(a: Fraction, b: Fraction): Fraction {
  return less(a, b).numerator < 0n ? a : b;
}

const UNIT_WORDS: Readonly<Record<DealMeasure, string>> = {
  minutes: 'min',
  messages: 'messages',
  MB: 'MB',
  GB: 'GB',
  events: 'units',
  money: '',
};

function counted(text: string, measure: DealMeasure): string {
  return `${grouped(decimal(text))} ${UNIT_WORDS[measure]}`.trim();
}

function grouped(value: Decimal): string {
  return groupThousands(formatDecimal(trimDecimal(value)));
}

function shown(sums: DealSums, measure: DealMeasure): string {
  return quantityWords(whole(sums.quantity), measure);
}

/** A quantity in its measure, with up to two decimals. */
export function quantityWords(units: Fraction, measure: DealMeasure): string {
  const hundredths = divideRounded(units.numerator * 100n, units.denominator * unitsOf(measure), 'half-up');
  return `${grouped({ units: hundredths, scale: 2 })} ${UNIT_WORDS[measure]}`.trim();
}

/** Nanos as an amount, in full. */
function money(nanos: Fraction): string {
  const text = formatFraction(fraction(nanos.numerator, nanos.denominator * NANOS));
  return groupThousands(text);
}
