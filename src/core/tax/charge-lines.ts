/** From lines with the taxes due on them to amounts: by document or by line, on net prices or on prices with the tax in them. */
import { allocate } from '../money/allocate.ts';
import { addFractions, type Fraction, fraction } from '../money/fraction.ts';
import { type AppliedPercent, effectiveShares, percentFraction, shareOf, spread } from './amounts.ts';
import type { RateInForce } from './find-rates.ts';
import type { TaxRule } from './rules.ts';
import type { ExemptionCertificate, TaxableLine, TaxedLine, TaxQuestion } from './tax.ts';

/** One tax due on lines; without a rate where the rule charges nothing. */
export interface DueTax {
  readonly key: string;
  readonly rule: TaxRule;
  readonly inForce?: RateInForce;
  readonly certificate?: ExemptionCertificate;
  readonly selfAssessed: readonly RateInForce[];
}

export interface TaxableGroup {
  /** In the order of the document, a tax in another's base before that other. */
  readonly due: readonly DueTax[];
  readonly lines: readonly TaxableLine[];
}

export interface TaxedAmount {
  readonly due: DueTax;
  readonly lines: readonly number[];
  readonly baseNanos: bigint;
  readonly taxNanos: bigint;
}

/** What one line comes to: its net, and its part of each tax. */
interface LineTaxes {
  readonly line: TaxableLine;
  netNanos: bigint;
  readonly byKey: Map<string, { readonly tax: string; readonly taxNanos: bigint }>;
}

const nothing = fraction(0n, 1n);

export function taxLines(
  groups: readonly TaxableGroup[],
  question: TaxQuestion,
  unitNanos: bigint,
): { readonly taxes: readonly TaxedAmount[]; readonly lines: readonly TaxedLine[] } {
  const order = dueInOrder(groups);
  const byLine = new Map<number, LineTaxes>(
    groups.flatMap(({ lines }) =>
      lines.map((line): [number, LineTaxes] => [line.line, { line, netNanos: line.netNanos, byKey: new Map() }]),
    ),
  );
  const of = (line: TaxableLine): LineTaxes => byLine.get(line.line) ?? { line, netNanos: line.netNanos, byKey: new Map() };
  if (question.pricesIncludeTax === true) for (const group of groups) takeOut(group, group.lines.map(of), question, unitNanos);
  const taxes = order.map((due): TaxedAmount => {
    const taxed = groups.filter((group) => group.due.some(({ key }) => key === due.key)).flatMap((group) => group.lines.map(of));
    const bases = taxed.map((line) => baseOf(due, line));
    const baseNanos = bases.reduce((sum, base) => sum + base, 0n);
    if (question.pricesIncludeTax !== true) {
      const parts = addOn(due, bases, question, unitNanos);
      for (const [index, line] of taxed.entries()) line.byKey.set(due.key, { tax: taxName(due), taxNanos: parts[index] ?? 0n });
    }
    const taxNanos = taxed.reduce((sum, { byKey }) => sum + (byKey.get(due.key)?.taxNanos ?? 0n), 0n);
    return { due, lines: taxed.map(({ line }) => line.line).sort((a, b) => a - b), baseNanos, taxNanos };
  });
  const lines = question.lines.map((line): TaxedLine => {
    const { netNanos, byKey } = of(line);
    return { line: line.line, netNanos, taxNanos: [...byKey.values()].reduce((sum, { taxNanos }) => sum + taxNanos, 0n) };
  });
  return { taxes, lines };
}

/** Each tax once. Taxes on taxes come behind those in their base, as rules name them in that order. */
function dueInOrder(groups: readonly TaxableGroup[]): readonly DueTax[] {
  const all = [...new Map(groups.flatMap(({ due }) => due.map((one): [string, DueTax] => [one.key, one]))).values()];
  return [...all].sort((a, b) => Number(onTopOf(a).length > 0) - Number(onTopOf(b).length > 0));
}

function taxName({ inForce }: DueTax): string {
  return inForce?.rate.tax ?? '';
}

function onTopOf({ inForce }: DueTax): readonly string[] {
  return inForce?.percent.onTopOf ?? [];
}

function shareOfTax({ inForce, certificate }: DueTax): Fraction {
  return inForce === undefined || certificate !== undefined ? nothing : percentFraction(inForce.percent.percent);
}

/** The net, with what is in the base of this tax besides, as it stands on the document. */
function baseOf(due: DueTax, { netNanos, byKey }: LineTaxes): bigint {
  const names = onTopOf(due);
  return [...byKey.values()].reduce((sum, { tax, taxNanos }) => (names.includes(tax) ? sum + taxNanos : sum), netNanos);
}

/** The tax on each line of a net price. */
function addOn(due: DueTax, bases: readonly bigint[], { rounding }: TaxQuestion, unitNanos: bigint): readonly bigint[] {
  const share = shareOfTax(due);
  const mode = rounding?.mode ?? 'half-up';
  if (rounding?.by === 'line') return bases.map((base) => shareOf(base, share, unitNanos, mode));
  const total = shareOf(
    bases.reduce((sum, base) => sum + base, 0n),
    share,
    unitNanos,
    mode,
  );
  return spread(total, bases, share, unitNanos);
}

/** Takes net and taxes out of prices that include them: the net is rounded, the taxes are the rest. */
function takeOut({ due }: TaxableGroup, lines: readonly LineTaxes[], { rounding }: TaxQuestion, unitNanos: bigint): void {
  const ordered = dueInOrder([{ due, lines: [] }]);
  const shares = effectiveShares(
    ordered.map((one): AppliedPercent => ({ tax: taxName(one), share: shareOfTax(one), onTopOf: onTopOf(one) })),
  );
  const whole = shares.reduce(addFractions, fraction(1n, 1n));
  const net = fraction(whole.denominator, whole.numerator);
  const mode = rounding?.mode ?? 'half-up';
  const gross = lines.map(({ line }) => line.netNanos);
  const total = shareOf(
    gross.reduce((sum, amount) => sum + amount, 0n),
    net,
    unitNanos,
    mode,
  );
  const nets =
    rounding?.by === 'line' ? gross.map((amount) => shareOf(amount, net, unitNanos, mode)) : spread(total, gross, net, unitNanos);
  const common = shares.reduce((product, { denominator }) => product * denominator, 1n);
  const weights = shares.map(({ numerator, denominator }) => (numerator * common) / denominator);
  for (const [index, line] of lines.entries()) {
    line.netNanos = nets[index] ?? 0n;
    const taxUnits = ((gross[index] ?? 0n) - line.netNanos) / unitNanos;
    const parts = taxUnits === 0n ? weights.map(() => 0n) : allocate(taxUnits, weights);
    for (const [at, one] of ordered.entries()) line.byKey.set(one.key, { tax: taxName(one), taxNanos: (parts[at] ?? 0n) * unitNanos });
  }
}
