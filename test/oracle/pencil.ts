/**
 * Follows an explanation with pencil and paper: from the figures of its steps alone (quantity × price / per, fees,
 * limits, rounding) it comes to the charge's amount, or says where it does not.
 */
import { type RoundingMode, roundingModes } from '#core/money/rounding.ts';
import type { Charge } from '#core/rating/charge.ts';
import type { Explanation } from '#core/rating/explanation.ts';
import { compare, type Exact, exact, minus, nanosOf, over, plus, roundTo, times, ZERO } from './exact.ts';
import { readExact, readsAs } from './written.ts';

type Figures = Readonly<Record<string, string>>;

export function recalculate(charge: Charge, explanation: Explanation): string | undefined {
  const figuresOf = (name: string): readonly Figures[] =>
    explanation.steps.filter(({ step }) => step === name).map(({ figures }) => figures);
  // Fractions that take more than 40 digits to repeat are written cut: no pencil follows them.
  if (explanation.steps.some(({ figures }) => Object.values(figures).some((figure) => figure.endsWith('…')))) return undefined;
  let sum = ZERO;
  for (const figures of figuresOf('price')) {
    const price = priceOf(figures);
    if (price === undefined || !readsAs(figures.amount ?? '', price))
      return `the figures of a price step do not multiply: ${JSON.stringify(figures)}`;
    sum = plus(sum, price);
  }
  for (const figures of figuresOf('fees')) {
    for (const fee of ['setup', 'disconnect', 'surcharge', 'attemptFee']) sum = plus(sum, read(figures[fee]) ?? ZERO);
    if (figures.sum !== undefined && !readsAs(figures.sum, sum)) return `the fees add up to ${figures.sum}, by pencil ${sum.n}/${sum.d}`;
  }
  for (const figures of figuresOf('limits')) {
    const limit = read(figures.maximum) ?? read(figures.minimum);
    const crossed = limit !== undefined && compare(sum, limit) === (figures.maximum === undefined ? -1 : 1);
    if (!crossed || !readsAs(figures.before ?? '', sum)) return `the limit does not follow: ${JSON.stringify(figures)}`;
    sum = limit;
  }
  if (!readsAs(explanation.exactAmount, sum)) return `by pencil the exact amount is ${sum.n}/${sum.d}, not ${explanation.exactAmount}`;
  const [rounding] = figuresOf('rounding');
  const rounded = rounding === undefined ? sum : roundTo(sum, Number(rounding.decimals), modeOf(rounding.mode));
  const written = read(explanation.amount);
  if (written === undefined || nanosOf(rounded) !== charge.amountNanos || nanosOf(written) !== charge.amountNanos) {
    return `by pencil the amount is ${rounded.n}/${rounded.d}, by the explanation ${explanation.amount}, charged ${charge.amountNanos} nanos`;
  }
  return quantityDifference(charge, figuresOf('price'));
}

/** quantity × price / per, or percent of (price − after) and never below 0. */
function priceOf(figures: Figures): Exact | undefined {
  if (figures.percent !== undefined) {
    const after = minus(read(figures.price) ?? ZERO, read(figures.after) ?? ZERO);
    return compare(after, ZERO) < 0 ? ZERO : over(times(after, read(figures.percent) ?? ZERO), exact(100n));
  }
  const [quantity, price, per] = [read(figures.quantity), read(figures.price), read(figures.per)];
  return quantity === undefined || price === undefined || per === undefined ? undefined : over(times(quantity, price), per);
}

/** The parts that were priced make up what was billed. */
function quantityDifference(charge: Charge, prices: readonly Figures[]): string | undefined {
  const quantities = prices.map(({ quantity }) => read(quantity));
  if (prices.length === 0 || quantities.includes(undefined)) return undefined;
  const total = quantities.reduce<Exact>((sum, quantity) => plus(sum, quantity ?? ZERO), ZERO);
  const billed = exact(BigInt(charge.billedQuantity));
  return compare(total, billed) === 0 ? undefined : `the priced parts make ${total.n}/${total.d}, billed were ${charge.billedQuantity}`;
}

function read(text: string | undefined): Exact | undefined {
  return text === undefined ? undefined : readExact(text);
}

function modeOf(text: string | undefined): RoundingMode {
  const mode = roundingModes.find((one) => one === text);
  if (mode === undefined) throw new Error(`no rounding mode ${text}`);
  return mode;
}
