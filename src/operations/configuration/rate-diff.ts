/** The rates a tariff should have against those it has, row by row. */
import type { Rate } from '#core/tariffs/tariff.ts';
import { sameTerms } from '#core/tariffs/terms-key.ts';
import { rateKey } from './rate-key.ts';

export interface RatePlan {
  readonly tariff: string;
  readonly created: readonly Rate[];
  /** Same match and same beginning, other terms or another end: the old row closes, a new one comes. */
  readonly replaced: readonly { readonly old: Rate; readonly new: Rate }[];
  readonly closed: readonly Rate[];
  readonly unchanged: number;
  /** Rates belong to imported sheets: the folder's are not looked at. */
  readonly leftAlone?: { readonly inFolder: number; readonly inDatabase: number };
}

export function planRates(tariff: string, wanted: readonly Rate[], have: readonly Rate[]): RatePlan {
  const old = new Map(have.map((rate) => [rateKey(rate), rate]));
  const created: Rate[] = [];
  const replaced: { old: Rate; new: Rate }[] = [];
  let unchanged = 0;
  for (const rate of wanted) {
    const key = rateKey(rate);
    const before = old.get(key);
    if (before === undefined) {
      created.push(rate);
      continue;
    }
    old.delete(key);
    if (saysTheSame(before, rate)) unchanged += 1;
    else replaced.push({ old: before, new: rate });
  }
  return { tariff, created, replaced, closed: [...old.values()], unchanged };
}

/** Whether two rates with the same key price alike. 0.10 and 0.1 are one price. */
function saysTheSame(a: Rate, b: Rate): boolean {
  return a.validToMicros === b.validToMicros && a.match.destination === b.match.destination && sameTerms(a.terms, b.terms);
}
