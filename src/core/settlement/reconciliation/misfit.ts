/** How far a view of our calls is from their figures. */
import type { Grid, GridFigures } from './comparison.ts';
import type { DeclaredStep } from './declared.ts';

export const measures = ['calls', 'raw', 'billed', 'amount'] as const;
export type Measure = (typeof measures)[number];

/** Share of each measure, 0 to 1 and more, that does not fit; what rounding of their figures explains is none. Of measures they give. */
export type Misfit = Readonly<Record<Measure, number>>;

export function misfitOf(grid: Grid, view: GridFigures, step: DeclaredStep): Misfit {
  const { theirs, given, rows } = grid;
  const quantitySlack = Number(step.quantity) / 2;
  const amountSlack = Number(step.amountNanos) / 2;
  const numbers = (theirs_: Float64Array, ours: Float64Array, slack: number): number => {
    let [off, all] = [0, 0];
    for (let at = 0; at < theirs_.length; at += 1) {
      const a = theirs_[at] ?? 0;
      const b = ours[at] ?? 0;
      all += Math.max(a, b);
      off += Math.max(0, Math.abs(a - b) - slack * (rows[at] ?? 0));
    }
    return all === 0 ? 0 : off / all;
  };
  const amounts = (): number => {
    let [off, all] = [0, 0];
    for (let at = 0; at < theirs.near.length; at += 1) {
      const a = theirs.near[at] ?? 0;
      const b = view.near[at] ?? 0;
      all += Math.max(Math.abs(a), Math.abs(b));
      // A rate of exchange or a tax rounds once more.
      off += Math.max(0, Math.abs(a - b) - amountSlack * (rows[at] ?? 0) - 1);
    }
    return all === 0 ? 0 : off / all;
  };
  return {
    calls: given.calls ? numbers(theirs.calls, view.calls, 0) : 0,
    raw: given.raw ? numbers(theirs.raw, view.raw, quantitySlack) : 0,
    billed: given.billed ? numbers(theirs.billed, view.billed, quantitySlack) : 0,
    amount: given.amount ? amounts() : 0,
  };
}

/** One figure to compare views by. */
export function weight({ calls, raw, billed, amount }: Misfit): number {
  return calls + raw + billed + amount;
}

/** At how many places of the grid a measure that they give does not fit, added up over the measures. */
export function placesOff(grid: Grid, view: GridFigures, step: DeclaredStep): number {
  const { theirs, given, rows } = grid;
  const [quantitySlack, amountSlack] = [Number(step.quantity) / 2, Number(step.amountNanos) / 2];
  let off = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const lines = rows[at] ?? 0;
    if (given.calls && theirs.calls[at] !== view.calls[at]) off += 1;
    if (given.raw && Math.abs((theirs.raw[at] ?? 0) - (view.raw[at] ?? 0)) > quantitySlack * lines) off += 1;
    if (given.billed && Math.abs((theirs.billed[at] ?? 0) - (view.billed[at] ?? 0)) > quantitySlack * lines) off += 1;
    const difference = (theirs.near[at] ?? 0) - (view.near[at] ?? 0);
    if (given.amount && Math.abs(difference) > amountSlack * lines + 1) off += 1;
  }
  return off;
}
