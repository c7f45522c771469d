/**
 * The terms under which a period's charges came about. A version that was replaced, or that follows another within
 * the period, leaves charges of several terms; each is stated with the days of its own charges, and none that priced nothing.
 */
import type { Agreement } from '../agreements/agreements.ts';
import type { RoundingMode } from '../money/rounding.ts';
import type { ChargeTotal } from './statement.ts';

/** Charges added up, with the first and last local day on which they lie. */
export interface DatedTotal extends ChargeTotal {
  readonly firstDay: string;
  readonly lastDay: string;
}

/** What of an agreement's version decides amounts, and its name. Versions that agree in all of it are one. */
export interface PricedTerms extends Pick<Agreement, 'name' | 'zone' | 'rounding' | 'seconds' | 'bands'> {
  /** Local days of the first and the last charge under them, both included. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Events charged under them; an event with both its legs under the agreement counts twice. */
  readonly events: bigint;
}

/** Terms by the day of their last charge: the last ones are the latest. Versions come oldest first. */
export function pricedTerms(versions: readonly Agreement[], charges: readonly DatedTotal[]): PricedTerms[] {
  const byVersion = Map.groupBy(charges, ({ versionId }) => versionId);
  const found = new Map<string, PricedTerms>();
  for (const version of versions.toSorted((a, b) => compare(a.validFrom, b.validFrom))) {
    const own = byVersion.get(version.versionId);
    if (own === undefined) continue;
    const { name, zone, rounding, seconds, bands } = version;
    const key = JSON.stringify([name, zone, rounding.decimals, rounding.mode, seconds, bands]);
    for (const { firstDay, lastDay, events } of own) {
      const known = found.get(key) ?? { name, zone, rounding, seconds, bands, firstDay, lastDay, events: 0n };
      found.set(key, {
        ...known,
        firstDay: firstDay < known.firstDay ? firstDay : known.firstDay,
        lastDay: lastDay > known.lastDay ? lastDay : known.lastDay,
        events: known.events + events,
      });
    }
  }
  return [...found.values()].sort((a, b) => compare(a.lastDay, b.lastDay) || compare(a.firstDay, b.firstDay));
}

/**
 * How what is to be paid is rounded: as the latest charges were. Half to even when the period has none of its own
 * (it may still close the tiers of an earlier part of a month).
 */
export function payRounding(terms: readonly PricedTerms[]): RoundingMode {
  return terms.at(-1)?.rounding.mode ?? 'half-even';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
