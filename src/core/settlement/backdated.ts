/** Corrections of days that are closed: they are booked with a later day, and stated on lines of their own. */
import { type Agreement, legRoles, settlementOf } from '../agreements/agreements.ts';
import type { DatedTotal } from './priced-terms.ts';
import type { Adjustment } from './statement.ts';
import { dayAfter, writePeriod } from './statement-period.ts';

/** Traffic of statements whose days ended longer ago is not looked for any more. */
export const LATE_DAYS = 400;

/** Whether late traffic gets further statements of its own periods, and no other statement has it. By the version in force at the end. */
export function statesLateItself(versions: readonly Agreement[], until: string): boolean {
  const version = versions.findLast(({ validFrom }) => validFrom < until) ?? versions[0];
  return version !== undefined && settlementOf(version).late === 'own-statement';
}

/** What was taken back and what was charged instead meets on one line for each destination; the words name the days. */
export function backdatedAdjustments(totals: readonly DatedTotal[]): readonly Adjustment[] {
  return onDays(totals, (days) => `correction of charges of ${days}, which was closed`);
}

/** Traffic that was loaded after its days were closed. */
export function lateAdjustments(totals: readonly DatedTotal[]): readonly Adjustment[] {
  return onDays(totals, (days) => `traffic of ${days} that came after it was closed`);
}

function onDays(totals: readonly DatedTotal[], say: (days: string) => string): readonly Adjustment[] {
  const [from] = totals.map(({ firstDay }) => firstDay).sort();
  const last = totals
    .map(({ lastDay }) => lastDay)
    .sort()
    .at(-1);
  if (from === undefined || last === undefined) return [];
  const to = dayAfter(last);
  const words = say(writePeriod({ from, to }));
  return totals.map(({ role, tariff, rateId, versionId, currency, billed, amountNanos }) => ({
    ...{ side: legRoles[role], role, tariff, rateId, versionId, currency, billed, amountNanos, words, price: '', from, to },
  }));
}
