/** What a payer adds who bears the tax that it withholds: after it, the payee has what was agreed. */
import { type Result, refuse } from '../refusals.ts';
import { percentFraction, shareOf, smallestUnitNanos } from './amounts.ts';
import type { TaxAmount, TaxedService, TaxQuestion } from './tax.ts';

export interface GrossUp {
  /** The tax and its percentage. */
  readonly name: string;
  readonly percent: string;
  /** As the lines whose tax it is, so that it is taxed like them. */
  readonly service: TaxedService;
  /** Of those lines. */
  readonly baseNanos: bigint;
  /** So that base + added, less the tax on both, is the base. Whole in the currency's smallest unit. */
  readonly addedNanos: bigint;
}

/**
 * One for each tax withheld: base ÷ (1 − percentage) − base. 1,000.00 at 10 % are 1,111.11: 111.11 are withheld and 1,000.00 paid.
 * Refused: `tax.gross-up-impossible` (all of it is withheld).
 */
export function grossUps(withholding: readonly TaxAmount[], question: TaxQuestion): Result<readonly GrossUp[]> {
  const unit = smallestUnitNanos(question.currency) ?? 1n;
  const mode = question.rounding?.mode ?? 'half-up';
  const found: GrossUp[] = [];
  for (const { name, percent, lines, baseNanos, taxNanos } of withholding) {
    const share = percentFraction(percent);
    if (share.numerator >= share.denominator)
      return {
        ok: false,
        refusals: [
          refuse('tax.gross-up-impossible', `${name} is ${percent} %: nothing is left to be paid`, { field: 'percent', value: percent }),
        ],
      };
    const service = question.lines.find(({ line }) => lines.includes(line))?.service;
    if (taxNanos === 0n || service === undefined) continue;
    const wanted = share.denominator - share.numerator;
    let added = shareOf(baseNanos, { numerator: share.numerator, denominator: wanted }, unit, mode);
    // What is left grows by nothing or one unit with each unit more: some amount leaves exactly the base.
    const left = (): bigint => baseNanos + added - shareOf(baseNanos + added, share, unit, mode);
    while (left() < baseNanos) added += unit;
    while (left() > baseNanos) added -= unit;
    found.push({ name, percent, service, baseNanos, addedNanos: added });
  }
  return { ok: true, value: found };
}
