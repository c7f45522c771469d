import type { Agreement } from '#core/agreements/agreements.ts';
import { type Result, refuse } from '#core/refusals.ts';
import { backdatedAdjustments, lateAdjustments } from '#core/settlement/backdated.ts';
import type { DealAdjustment } from '#core/settlement/deals/settle-deals.ts';
import { type DatedTotal, pricedTerms } from '#core/settlement/priced-terms.ts';
import { figuresOf, type UsedRate } from '#core/settlement/statement.ts';
import { periodsEndingIn, type StatementPeriod } from '#core/settlement/statement-period.ts';
import { moneyCounterKeys, tierCounterKey, volumeAdjustments, wholeTierPeriods, withReachedTiers } from '#core/settlement/volume-tiers.ts';
import type { Statement } from '#core/settlement/whole-statement.ts';
import { type Period, periodOf } from '#core/time/period.ts';
import { formatInstant, localDate, startOfLocalDay } from '#core/time/zoned.ts';
import { suggestion } from '../configuration/suggestion.ts';
import type { AgreementTerms, ChargeQuery, SettlementBooks, SplitTotal } from './books.ts';
import { dealLines, settleDeals, settleFees } from './settle-deals.ts';

export interface StatementRequest {
  readonly agreement: string;
  readonly period: StatementPeriod;
  /** Now, microseconds: says what is future, what provisional, and the date on the document. */
  readonly nowMicros: number;
  /** Only what was known and booked by then. */
  readonly knownAtMicros?: number;
  /** Of a closed period only what came late; days of the agreement are closed until here. */
  readonly lateUntil?: string;
  /** Make a statement of nothing instead of refusing when nothing is booked. */
  readonly allowEmpty?: boolean;
}

export interface MadeStatement {
  readonly statement: Statement;
  /** For its events. */
  readonly query: ChargeQuery;
  /** What deals made due, as the statement has it. */
  readonly deals: readonly DealAdjustment[];
}

/** The statement of an agreement for a period. Refuses by name what it cannot state. */
export async function makeStatement(books: SettlementBooks, request: StatementRequest): Promise<Result<MadeStatement>> {
  const { period, knownAtMicros, lateUntil } = request;
  const terms = await books.findAgreement(request.agreement, knownAtMicros);
  if (terms === undefined || terms.known.length === 0)
    return refusal('statement.agreement-unknown', unknownWords(request, terms, await books.agreementIds()));
  const newest = versionFor(terms.known, period);
  if (newest === undefined) return refusal('statement.agreement-not-in-force', validityWords(request, terms.known));
  const query: ChargeQuery = {
    ...{ terms, period, onlyLate: lateUntil !== undefined },
    ...(knownAtMicros === undefined ? {} : { knownAtMicros }),
  };
  const charges = lateUntil !== undefined ? [] : withSplits(await books.chargeTotals(query), await books.splitTotals(query));
  const priced = pricedTerms(terms.versions, charges);
  const lastCharged = priced.at(-1)?.lastDay;
  const version = versionFor(terms.known, lastCharged === undefined ? period : periodOf('day', lastCharged)) ?? newest;
  const today = localDate(version.zone, request.nowMicros);
  const late = knownAtMicros === undefined ? await books.lateTotals(query) : [];
  const traffic = knownAtMicros === undefined ? await settleDeals(books, terms, version, { period, late, lateUntil }) : [];
  const fees = knownAtMicros === undefined && lateUntil === undefined ? await settleFees(books, terms, period) : [];
  const deals = [...traffic, ...fees];
  const figures = await readFigures(books, query, version, charges, late, deals);
  if (figures.lines.length === 0 && period.from > today) {
    return refusal('statement.period-future', `the period begins on ${period.from}; in ${version.zone} it is ${today}`);
  }
  if (figures.lines.length === 0 && request.allowEmpty !== true) {
    return refusal(
      'statement.no-usage',
      `nothing is booked under ${request.agreement} from ${period.from} to before ${period.to}; --empty makes a statement of nothing`,
    );
  }
  return { ok: true, value: { query, deals, statement: { ...figures, terms: priced, ...heading(terms, version, request, today) } } };
}

async function readFigures(
  books: SettlementBooks,
  query: ChargeQuery,
  version: Agreement,
  charges: readonly DatedTotal[],
  late: readonly DatedTotal[],
  deals: readonly DealAdjustment[],
): Promise<ReturnType<typeof figuresOf>> {
  const { terms, period } = query;
  const usage = query.onlyLate === true ? [] : await volumeUsage(books, query);
  const backdated = query.onlyLate === true ? [] : await books.backdatedTotals(query);
  const used = [...charges, ...usage, ...backdated, ...late].flatMap(({ rateId }) => (rateId === undefined ? [] : [rateId]));
  const rates = await books.rates([...new Set(used)], version.zone);
  const rounding = new Map(terms.versions.map((each) => [each.versionId, each.rounding]));
  const keys = moneyCounterKeys(version.id, usage, rates);
  const first = usage[0]?.day ?? period.from;
  const moneyCounters = keys.length === 0 ? new Map() : await books.counterSums({ ...query, period: { from: first, to: period.to } }, keys);
  const adjustments = [
    ...volumeAdjustments(version.id, period, { usage, rates, tariffs: terms.tariffs, rounding, moneyCounters }),
    ...backdatedAdjustments(backdated),
    ...lateAdjustments(late),
    ...dealLines(version, deals),
  ];
  const said = query.knownAtMicros === undefined ? await reachedRates(books, query, version, charges, rates) : rates;
  return figuresOf({ currency: version.currency, charges, adjustments, rates: said, tariffs: terms.tariffs });
}

/** The rates without the tiers that no period of the statement reached: prices that nothing was charged at would only confuse. */
async function reachedRates(
  books: SettlementBooks,
  { terms, period }: ChargeQuery,
  version: Agreement,
  charges: readonly DatedTotal[],
  rates: ReadonlyMap<number, UsedRate>,
): Promise<ReadonlyMap<number, UsedRate>> {
  const tiered = charges.flatMap(({ rateId, role, tariff }) => {
    const rate = rateId === undefined ? undefined : rates.get(rateId);
    const tiers = rate?.terms.tiers;
    const used = terms.tariffs.get(tariff);
    if (rate === undefined || tiers === undefined || used === undefined) return [];
    const keys = wholeTierPeriods(tiers, period).map(({ from }) => tierCounterKey(version.id, role, tiers, from));
    return keys.length === 0 ? [] : [{ rate, used, keys }];
  });
  if (tiered.length === 0) return rates;
  const counters = await books.counters(tiered.flatMap(({ keys }) => keys));
  const reached = [...Map.groupBy(tiered, ({ rate }) => rate)].flatMap(([rate, members]): [number, UsedRate][] => {
    const [first] = members;
    const quantities = members.flatMap(({ keys }) => keys.flatMap((key) => counters.get(key) ?? []));
    if (first === undefined || quantities.length === 0) return [];
    return [[rate.id, withReachedTiers(rate, first.used, quantities)]];
  });
  return new Map([...rates, ...reached]);
}

function withSplits(charges: readonly DatedTotal[], splits: readonly SplitTotal[]): readonly DatedTotal[] {
  if (splits.length === 0) return charges;
  return charges.map((charge) => {
    const { versionId, role, rateId } = charge;
    const split = splits.find((each) => each.versionId === versionId && each.role === role && each.rateId === rateId);
    if (split === undefined) return charge;
    const { events, billed, amountNanos } = split;
    return { ...charge, split: { events, billed, amountNanos } };
  });
}

/** Usage of the whole tier periods that end in this one, which may begin before it. */
async function volumeUsage(books: SettlementBooks, query: ChargeQuery): ReturnType<SettlementBooks['volumeUsage']> {
  const kinds = await books.volumeTierPeriods([...query.terms.tariffs.keys()]);
  const starts = kinds.flatMap((kind) => periodsEndingIn(kind, query.period).map(({ from }) => from));
  if (starts.length === 0) return [];
  const from = starts.toSorted()[0] ?? query.period.from;
  return books.volumeUsage({ ...query, period: { from, to: query.period.to } });
}

/** The latest version that is in force on a day of the period. With charges, the last charge's day: what priced nothing yet heads nothing. */
function versionFor(versions: readonly Agreement[], period: Period): Agreement | undefined {
  return versions.findLast((version) => version.validFrom < period.to && (version.validTo === undefined || version.validTo > period.from));
}

function heading(
  terms: AgreementTerms,
  version: Agreement,
  request: StatementRequest,
  today: string,
): Omit<Statement, 'lines' | 'services' | 'net' | 'terms'> {
  const { period, knownAtMicros } = request;
  const account = known(terms.accounts.get(version.account), `account ${version.account}`);
  return {
    agreement: { id: version.id, name: version.name },
    account,
    party: known(terms.parties.get(account.party), `party ${account.party}`),
    entity: known(terms.entities.get(account.legalEntity), `legal entity ${account.legalEntity}`),
    zone: version.zone,
    currency: version.currency,
    period,
    fromMicros: startOfLocalDay(version.zone, period.from),
    toMicros: startOfLocalDay(version.zone, period.to),
    preparedOn: today,
    provisional: period.to > today,
    ...(knownAtMicros === undefined ? {} : { knownAtMicros }),
  };
}

function unknownWords(request: StatementRequest, terms: AgreementTerms | undefined, ids: readonly string[]): string {
  if (terms === undefined || request.knownAtMicros === undefined)
    return `there is no agreement ${JSON.stringify(request.agreement)}${suggestion(request.agreement, ids)}`;
  return `${request.agreement} was not known at ${formatInstant(request.knownAtMicros)}`;
}

function validityWords(request: StatementRequest, versions: readonly Agreement[]): string {
  const spans = versions.map(({ validFrom, validTo }) => `from ${validFrom}${validTo === undefined ? '' : ` to before ${validTo}`}`);
  return `${request.agreement} is valid ${spans.join(', ')}; the period is ${request.period.from} to before ${request.period.to}`;
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is referred to and not configured`);
  return value;
}

function refusal(code: Parameters<typeof refuse>[0], message: string): Result<never> {
  return { ok: false, refusals: [refuse(code, message)] };
}
