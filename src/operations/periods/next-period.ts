/** Which period of an agreement is to be closed next, and why there is none. */
import { type Agreement, settlementOf } from '#core/agreements/agreements.ts';
import { trafficDeals } from '#core/agreements/deals.ts';
import { type Refusal, refuse } from '#core/refusals.ts';
import { firstFeeDay } from '#core/settlement/deals/fee-windows.ts';
import { labelled, settlementPeriodOf } from '#core/settlement/settlement-periods.ts';
import type { StatementPeriod } from '#core/settlement/statement-period.ts';
import { addDays } from '#core/time/days.ts';
import type { AgreementTerms } from '../settlement/books.ts';
import type { Standing } from './ports.ts';

/** The period of an agreement that is to be closed next; undefined when there is none that ended before the day. */
export function nextPeriod(
  terms: AgreementTerms,
  standing: Standing | undefined,
  on: string,
): { version: Agreement; period: StatementPeriod } | undefined {
  const begin = settledFrom(terms);
  const first = standing?.closedUntil ?? firstDayOf(terms, begin, standing?.firstDay);
  if (first === undefined) return undefined;
  const version = terms.known.findLast((each) => each.validFrom <= first) ?? terms.known[0];
  if (version === undefined || (version.validTo !== undefined && standing?.closedUntil !== undefined && version.validTo <= first))
    return undefined;
  const whole = settlementPeriodOf(version, first);
  // Where the kind of period changed, the first new one begins where the last old one ended.
  const cut = standing?.closedUntil !== undefined || first === begin;
  const period = cut && whole.from < first ? labelled({ from: first, to: whole.to }) : whole;
  const { graceDays } = settlementOf(version);
  const due = addDays(period.to, graceDays);
  return due <= on ? { version, period } : undefined;
}

/** The first day of an agreement of which nothing is closed yet: of its traffic, of its deals, or the day that is named. */
function firstDayOf({ known }: AgreementTerms, begin: string | undefined, firstCharged: string | undefined): string | undefined {
  const earliestDeal = known
    .flatMap((version) => trafficDeals(settlementOf(version).deals).map(({ from }) => [from, version.validFrom].sort()[1] ?? from))
    .sort()[0];
  const earliest = [firstCharged, earliestDeal, firstFeeDay(known)].filter((day) => day !== undefined).sort()[0];
  return earliest === undefined || begin === undefined || begin < earliest ? earliest : begin;
}

/** From which day it is settled here, where a version names one. */
function settledFrom({ known }: AgreementTerms): string | undefined {
  for (const version of known) {
    const { from } = settlementOf(version);
    if (from !== undefined) return from;
  }
  return undefined;
}

/** Why nothing was closed for an agreement that was asked for by name. */
export function nothingDue(agreement: string, label: string | undefined, next: StatementPeriod | undefined): Refusal {
  if (label !== undefined && next !== undefined && next.label !== label)
    return refuse('period.not-next', `${agreement} is to be closed for ${next.label} next`, { field: 'period', value: label });
  return refuse('period.nothing-due', `no period of ${agreement} is over and open`, { field: 'agreement', value: agreement });
}
