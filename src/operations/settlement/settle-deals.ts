/** Deals of an agreement with the traffic that they count. */
import { type Agreement, legRoles, settlementOf } from '#core/agreements/agreements.ts';
import { type TrafficDeal, trafficDeals } from '#core/agreements/deals.ts';
import { type Result, refuse } from '#core/refusals.ts';
import { LATE_DAYS } from '#core/settlement/backdated.ts';
import { type DealProgress, dealProgress } from '#core/settlement/deals/deal-forecast.ts';
import type { DealUsage } from '#core/settlement/deals/deal-usage.ts';
import { windowOf, windowsOver } from '#core/settlement/deals/deal-windows.ts';
import { type FeeOnDay, feeAdjustments, feesOn } from '#core/settlement/deals/fees.ts';
import { type DealAdjustment, type DealBooks, daysOfDeals, dealAdjustments } from '#core/settlement/deals/settle-deals.ts';
import type { DatedTotal } from '#core/settlement/priced-terms.ts';
import type { Adjustment } from '#core/settlement/statement.ts';
import { dayAfter } from '#core/settlement/statement-period.ts';
import type { Period } from '#core/time/period.ts';
import { suggestion } from '../configuration/suggestion.ts';
import type { AgreementTerms, SettlementBooks } from './books.ts';

export interface DealsAsked {
  readonly period: Period;
  readonly late: readonly DatedTotal[];
  /** For a statement of what came late of a closed period: days of the agreement are closed until here. */
  readonly lateUntil: string | undefined;
}

const LAST_OF_DAYS = '9999-12-31';

/** Whether the window of a deal that begins on a day has days of the period. */
function isOver(deal: TrafficDeal, first: string, period: Period): boolean {
  return windowsOver(deal, period).some(({ from }) => from === first);
}

/**
 * What the deals of the version that heads the statement make due for the windows that end in the period, and what windows
 * over the days of late traffic have changed by.
 */
export async function settleDeals(
  books: SettlementBooks,
  terms: AgreementTerms,
  version: Agreement,
  { period, late, lateUntil }: DealsAsked,
): Promise<readonly DealAdjustment[]> {
  const deals = trafficDeals(settlementOf(version).deals);
  if (deals.length === 0) return [];
  if (lateUntil !== undefined) {
    // No window ends on the days of a statement of what came late: those over them are settled again as far as their ends are closed.
    const closed = { from: lateUntil, to: lateUntil };
    const lateDays = { own: [period], others: [] };
    const settled = await books.settledDeals(version.id, LAST_OF_DAYS);
    const touched = settled.filter(({ deal, window }) =>
      deals.some((each) => each.id === deal && each.kind !== 'share' && isOver(each, window, period)),
    );
    const days = daysOfDeals(deals, closed, touched, lateDays);
    return days === undefined ? [] : dealAdjustments(await dealBooks(books, terms, version, days), closed, touched, lateDays);
  }
  const settled = await books.settledDeals(version.id, period.from);
  const lateDays = {
    own: late.map(({ firstDay, lastDay }) => ({ from: firstDay, to: dayAfter(lastDay) })),
    others: [{ from: earliestLate(terms, period), to: period.from }],
  };
  const days = daysOfDeals(deals, period, settled, lateDays);
  if (days === undefined) return [];
  return dealAdjustments(await dealBooks(books, terms, version, days), period, settled, lateDays);
}

/** What traffic of other agreements came late is not asked: as far back as late traffic is looked for, all days may have some. */
function earliestLate({ known }: AgreementTerms, { from }: Period): string {
  const earliest = Temporal.PlainDate.from(from).subtract({ days: LATE_DAYS }).toString();
  return [earliest, known[0]?.validFrom ?? earliest].sort()[1] ?? earliest;
}

/** What fees come to. Late traffic changes none. */
export async function settleFees(books: SettlementBooks, terms: AgreementTerms, period: Period): Promise<readonly DealAdjustment[]> {
  const { known, versions } = terms;
  if (!versions.some((version) => settlementOf(version).deals.some(({ kind }) => kind === 'fee'))) return [];
  return feeAdjustments({ known, versions, period, ...(await books.feesBefore(terms, period)) });
}

/** As lines of the statement, on the first service of the side where the deal names none. */
export function dealLines(version: Agreement, deals: readonly DealAdjustment[]): readonly Adjustment[] {
  return deals.map(({ deal, window, side, quantity, price = '', amountNanos, words }): Adjustment => {
    if (deal.kind === 'fee')
      return {
        ...{ side, role: side === 'receivable' ? 'incoming' : 'outgoing', tariff: '', rateId: undefined, versionId: version.versionId },
        ...{ currency: version.currency, billed: quantity, amountNanos, words, price, from: window.from, to: window.to },
        ...{ title: deal.name ?? deal.id, deal: 'fee' },
      };
    const onSide = version.services.filter(({ role }) => legRoles[role] === side);
    const service = onSide.find((each) => each.service === deal.service) ?? onSide[0];
    if (service === undefined) throw new Error(`deal ${deal.id} of ${version.id} is on a side that prices nothing`);
    const { role, tariff } = service;
    return {
      ...{ side, role, tariff, rateId: undefined, versionId: version.versionId, currency: version.currency },
      ...{ billed: deal.service === undefined ? 0n : quantity, amountNanos, words, price: '', from: window.from, to: window.to },
      title: deal.name ?? deal.id,
      deal: deal.kind,
    };
  });
}

/** What holds on a day. */
export interface DealsOnDay {
  readonly progress: readonly DealProgress[];
  readonly fees: readonly FeeOnDay[];
}

/** How far the deals that hold on a day have come, and where they will end; and its fees. Refused: `statement.agreement-unknown`, `deal.none`. */
export async function showDeals(books: SettlementBooks, agreement: string, on: string): Promise<Result<DealsOnDay>> {
  const terms = await books.findAgreement(agreement);
  const version = terms?.known.findLast((each) => each.validFrom <= on) ?? terms?.known[0];
  if (terms === undefined || version === undefined) {
    const message = `there is no agreement ${JSON.stringify(agreement)}${suggestion(agreement, await books.agreementIds())}`;
    return { ok: false, refusals: [refuse('statement.agreement-unknown', message)] };
  }
  const deals = trafficDeals(settlementOf(version).deals);
  const windows = deals.flatMap((deal) => windowOf(deal, on) ?? []);
  const [from] = windows.map((window) => window.from).sort();
  const fees = feesOn(terms.known, on);
  if (from === undefined) {
    if (fees.length > 0) return { ok: true, value: { progress: [], fees } };
    const message = settlementOf(version).deals.length === 0 ? `${agreement} has no deals` : `no deal of ${agreement} holds on ${on}`;
    return { ok: false, refusals: [refuse('deal.none', message)] };
  }
  return { ok: true, value: { progress: dealProgress(await dealBooks(books, terms, version, { from, to: dayAfter(on) }), on), fees } };
}

async function dealBooks(books: SettlementBooks, terms: AgreementTerms, version: Agreement, days: Period): Promise<DealBooks> {
  const deals = trafficDeals(settlementOf(version).deals);
  const others = new Map<string, readonly DealUsage[]>();
  for (const [of, shares] of Map.groupBy(
    deals.filter((deal) => deal.kind === 'share'),
    (deal) => deal.of,
  )) {
    const other = await books.findAgreement(of);
    if (other !== undefined) others.set(of, await books.dealUsage(other, days, binsOf(shares)));
  }
  const own = deals.filter((deal) => deal.kind !== 'share');
  const usage = own.length === 0 ? [] : await books.dealUsage(terms, days, binsOf(own));
  return { deals, rounding: version.rounding, usage, others };
}

function binsOf(deals: readonly TrafficDeal[]): readonly string[] {
  return [...new Set(deals.flatMap(({ bins }) => bins ?? []))];
}
