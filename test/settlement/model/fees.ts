/** What fees come to, as docs/reference/deals.md says it: day by day, in exact fractions, sharing no code with `src`. */
import type { Agreement, Side } from '#core/agreements/agreements.ts';
import type { Fee } from '#core/agreements/deals.ts';
import { decimal } from '#core/money/decimal.ts';
import { type Exact, nanosOf, ofDecimal, over, plus, roundTo, times, whole, ZERO } from '../../oracle/exact.ts';
import type { Days } from './deals.ts';
import { addDays, periodWith } from './periods.ts';
import type { Dice } from './world.ts';

/** What one window of a fee is due, on the statement that has the day. */
export interface FeeDue {
  readonly side: Side;
  readonly dueDay: string;
  readonly nanos: bigint;
  /** Of it, what the days before the day that was asked about come to; rounded as all of it. */
  readonly come: bigint;
}

const LAST = '2027-06-01';
const MONTHS = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

function windowWith(agreement: Agreement, fee: Fee, day: string): Days {
  if (fee.every === 'once') return { from: fee.from, to: addDays(fee.from, 1) };
  if (fee.every === 'period') return periodWith(agreement, day);
  const step = MONTHS[fee.every];
  const start = Temporal.PlainDate.from(fee.cycleStart ?? '2020-01-01');
  for (let at = 0; ; at++) {
    const to = start.add({ months: (at + 1) * step }).toString();
    if (day < to) return { from: start.add({ months: at * step }).toString(), to };
  }
}

const following = new Map<string, string>();

/** Of the same days thousands of times. */
function dayAfter(day: string): string {
  const known = following.get(day) ?? addDays(day, 1);
  following.set(day, known);
  return known;
}

/** Each day costs its part of the window; days of a window are added up and rounded once. */
export function feesDue(agreement: Agreement, fee: Fee, before = LAST): readonly FeeDue[] {
  const all = times(ofDecimal(decimal(fee.price)), ofDecimal(decimal(fee.quantity ?? '1')));
  const sums = new Map<string, { first: string; last: string; sum: Exact; come: Exact }>();
  const end = fee.every === 'once' ? addDays(fee.from, 1) : (fee.to ?? LAST);
  let window: Days = { from: '', to: '' };
  let ofDay = ZERO;
  for (let day = fee.from; day < end; day = dayAfter(day)) {
    // Looked for on the first day of each: walking there takes longer than all else that the model does.
    if (day >= window.to) {
      window = windowWith(agreement, fee, day);
      ofDay = over(all, whole(Temporal.PlainDate.from(window.from).until(window.to).total('days')));
    }
    const { from } = window;
    const known = sums.get(from) ?? { first: day, last: day, sum: ZERO, come: ZERO };
    const sum = plus(known.sum, ofDay);
    sums.set(from, { ...known, last: day, sum, come: day < before ? sum : known.come });
  }
  const { decimals, mode } = agreement.rounding;
  const rounded = (amount: Exact): bigint => nanosOf(roundTo(amount, decimals, mode));
  return [...sums.values()].map(({ first, last, sum, come }) => {
    const early = fee.every === 'once' ? first : addDays(first, -1);
    const dueDay = fee.due === 'arrears' ? last : [early, agreement.validFrom].sort()[1];
    return { side: fee.side, dueDay: dueDay ?? last, nanos: rounded(sum), come: rounded(come) };
  });
}

/** The first day that statements must have for it. */
export function firstDayOf(agreement: Agreement, fee: Fee): string {
  return fee.due === 'arrears' ? fee.from : (feesDue(agreement, fee)[0]?.dueDay ?? fee.from);
}

export function randomFees(dice: Dice, sides: ReadonlySet<Side>): Fee[] {
  return [...sides].flatMap((side): Fee[] => {
    if (!dice.chance(40)) return [];
    const every = dice.pick(['month', 'month', 'quarter', 'half-year', 'year', 'period', 'once'] as const);
    const from = dice.pick(['2026-01-01', '2026-01-01', '2026-01-16', '2026-02-10']);
    return [
      {
        ...{ id: `fee-${side}`, kind: 'fee', side, every, from, due: dice.pick(['arrears', 'advance'] as const) },
        price: dice.pick(['40.00', '333.33', '0.0017', '1200']),
        ...(dice.chance(50) ? { quantity: String(1 + dice.whole(12)) } : {}),
        ...(every !== 'once' && dice.chance(40) ? { to: dice.pick(['2026-02-17', '2026-03-01', '2026-03-22']) } : {}),
        ...(every !== 'once' && every !== 'period' && dice.chance(30)
          ? { cycleStart: dice.pick(['2024-03-15', '2025-05-31', '2025-02-01']) }
          : {}),
      },
    ];
  });
}
