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
  const earliestDeal = terms.known
    .flatMap((version) => trafficDeals(settlementOf(version).deals).map(({ from }) => [from, version.validFrom].sort()[1] ?? from))
    .sort()[0];
  const earliest = [standing?.firstDay, earliestDeal, firstFeeDay(terms.known)].filter((day) => day !== undefined).sort()[0];
  const begin = terms.known.map((each) => settlementOf(each).from).find((day) => day !== undefined);
  const begun = earliest === undefined || begin === undefined || begin < earliest ? earliest : begin;
  const first = standing?.closedUntil ?? begun;
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

/** Why nothing was closed for an agreement that was asked for by name. */
export function nothingDue(agreement: string, label: string | undefined, next: StatementPeriod | undefined): Refusal {
  if (label !== undefined && next !== undefined && next.label !== label)
    return refuse('period.not-next', `${agreement} is to be closed for ${next.label} next`, { field: 'period', value: label });
  return refuse('period.nothing-due', `no period of ${agreement} is over and open`, { field: 'agreement', value: agreement });
}
