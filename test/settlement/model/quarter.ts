/**
 * The second model of three months: what statements, documents and accruals come to, written from docs/concepts/{settlement,tax,ledger}.md
 * and docs/reference/{deals,settlement-terms,periods,exchange,invoices}.md. Exact fractions, everything counted anew for each period.
 */
import { type Agreement, legRoles, type Side, settlementOf } from '#core/agreements/agreements.ts';
import { type TrafficDeal, trafficDeals } from '#core/agreements/deals.ts';
import { decimal } from '#core/money/decimal.ts';
import { compare, type Exact, minus, ofDecimal, ofNanos, plus, roundTo, times, ZERO } from '../../oracle/exact.ts';
import { adjustmentsOf, type Days, windowsUntil } from './deals.ts';
import { factorOf } from './exchange.ts';
import { feesDue, firstDayOf } from './fees.ts';
import { addDays, labelOf, lastDay, periodWith } from './periods.ts';
import { type Charge, cameOn, STAGES, type World } from './world.ts';

export interface ExpectedSide {
  readonly side: Side;
  /** Charges of the period's own days; of closed days that came late; what deals made due. In the agreement's currency. */
  readonly usage: Exact;
  readonly late: Exact;
  readonly deals: Exact;
  /** Of all of it, with what was carried: fees; in the document's currency. */
  readonly fees: Exact;
  readonly outcome: 'issued' | 'expected' | 'carried' | 'nothing';
  /** With what was carried before, in the document's currency. */
  readonly exact: Exact;
  readonly currency: string;
  readonly issueDay: string;
  readonly dueDay: string;
}

export interface ExpectedStatement {
  readonly id: string;
  readonly agreement: Agreement;
  readonly days: Days;
  readonly sides: readonly ExpectedSide[];
}

export interface ExpectedAccrual {
  readonly agreement: string;
  readonly month: string;
  readonly receivable: Exact;
  readonly payable: Exact;
}

export interface Expected {
  readonly statements: readonly ExpectedStatement[];
  readonly accruals: readonly ExpectedAccrual[];
}

export function expectedOf(world: World): Expected {
  const statements: ExpectedStatement[] = [];
  const accruals: ExpectedAccrual[] = [];
  for (const agreement of world.agreements) {
    const one = settle(world, agreement);
    statements.push(...one.statements);
    accruals.push(...one.accruals);
  }
  return { statements, accruals };
}

function settle(world: World, agreement: Agreement): Expected {
  const terms = settlementOf(agreement);
  const own = world.charges.filter((charge) => charge.agreement === agreement.id);
  const statements: ExpectedStatement[] = [];
  const accruals: ExpectedAccrual[] = [];
  const stated = new Set<Charge>();
  const refused = new Set<Charge>();
  const booked = new Map<string, bigint>();
  const carried = new Map<Side, Exact>();
  const carriedFees = new Map<Side, Exact>();
  const deals = trafficDeals(terms.deals);
  const fees = terms.deals.filter((deal) => deal.kind === 'fee');
  const closed: Days[] = [];
  for (const [at, { month, before, closeOn, approveOn }] of STAGES.entries()) {
    const issueDay = terms.approval === 'none' ? closeOn : approveOn;
    const there = (charge: Charge): boolean => charge.stage <= at + 1 && !refused.has(charge);
    const open = (until: string): readonly Charge[] => own.filter((charge) => there(charge) && charge.day < until && !stated.has(charge));
    // Of fees what the days that are over come to and no statement has; what was billed ahead of its days is not too much.
    const billedUntil = closed.at(-1)?.to ?? '';
    const ofFees = fees
      .flatMap((fee) => feesDue(agreement, fee, before))
      .filter(({ dueDay: day }) => day >= billedUntil)
      .map(({ side, come }) => ({ side, exact: ofNanos(come) }));
    const unbilled = (side: Side): Exact =>
      [
        sumOf(open(before).filter(({ role }) => legRoles[role] === side)),
        carried.get(side) ?? ZERO,
        ...ofFees.filter((fee) => fee.side === side).map(({ exact }) => exact),
      ].reduce(plus, ZERO);
    accruals.push({ agreement: agreement.id, month, receivable: unbilled('receivable'), payable: unbilled('payable') });

    const state = (
      days: Days,
      charges: readonly Charge[],
      due: { readonly side: Side; readonly nanos: bigint; readonly fee?: boolean }[],
      settled: readonly TrafficDeal[],
      windowsOf: (deal: TrafficDeal) => readonly Days[],
    ): void => {
      for (const charge of charges) stated.add(charge);
      for (const deal of settled)
        for (const window of windowsOf(deal))
          for (const [side, nanos] of adjustmentsOf(agreement, deals, deal, window, world.charges.filter(there))) {
            const key = `${deal.id} ${window.from} ${side}`;
            due.push({ side, nanos: nanos - (booked.get(key) ?? 0n) });
            booked.set(key, nanos);
          }
      const sides = (['receivable', 'payable'] as const).flatMap((side): ExpectedSide[] => {
        const ofSide = charges.filter(({ role }) => legRoles[role] === side);
        const dueOn = due.filter((each) => each.side === side && each.nanos !== 0n);
        const dealsOn = dueOn.map(({ nanos }) => ofNanos(nanos));
        const ofFees = plus(
          dueOn
            .filter(({ fee }) => fee === true)
            .map(({ nanos }) => ofNanos(nanos))
            .reduce(plus, ZERO),
          carriedFees.get(side) ?? ZERO,
        );
        const figures = {
          usage: sumOf(ofSide.filter(({ day }) => day >= days.from && !closed.includes(days))),
          late: sumOf(ofSide.filter(({ day }) => day < days.from || closed.includes(days))),
          deals: dealsOn.reduce(plus, ZERO),
        };
        if (ofSide.length === 0 && dealsOn.length === 0 && !carried.has(side)) return [];
        const total = plus(plus(plus(figures.usage, figures.late), figures.deals), carried.get(side) ?? ZERO);
        const currency = terms.currency ?? agreement.currency;
        const factor = factorOf(world, agreement, agreement.currency, currency, lastDay(days));
        const converted = times(total, factor);
        const least = terms.minimum === undefined ? ZERO : ofDecimal(decimal(terms.minimum));
        const magnitude = compare(converted, ZERO) < 0 ? minus(ZERO, converted) : converted;
        const nothing = [figures.usage, figures.late, ...dealsOn, carried.get(side) ?? ZERO].every((part) => isNothing(part, converted));
        const ours = side === 'receivable' ? terms.receivableBy === 'us' : terms.payableBy === 'us';
        const outcome = nothing ? 'nothing' : compare(magnitude, least) < 0 ? 'carried' : ours ? 'issued' : 'expected';
        for (const [all, amount] of [
          [carried, total],
          [carriedFees, ofFees],
        ] as const)
          if (outcome === 'carried') all.set(side, amount);
          else all.delete(side);
        return [
          {
            side,
            ...figures,
            fees: times(ofFees, factor),
            outcome,
            exact: converted,
            currency,
            issueDay,
            dueDay: dueDay(world, agreement, issueDay, days),
          },
        ];
      });
      const label = `${agreement.id}@${labelOf(days)}`;
      const version = 1 + statements.filter(({ id }) => id.startsWith(`${label}@`)).length;
      statements.push({ id: `${label}@${version}`, agreement, days, sides });
    };

    // What came late: refused where it is too late, on a further statement of its period, or on the next one of all.
    const ofPeriod = (days: Days): readonly Charge[] => open(days.to).filter(({ day }) => day >= days.from || days === closed[0]);
    if (terms.lateDays !== undefined)
      for (const days of closed)
        for (const charge of ofPeriod(days)) if (addDays(days.to, terms.lateDays) <= cameOn(charge)) refused.add(charge);
    if (terms.late === 'own-statement')
      for (const days of closed)
        if (ofPeriod(days).length > 0) {
          const over = (deal: TrafficDeal): readonly Days[] =>
            windowsUntil(deal, closed.at(-1)?.to ?? '').filter(({ from, to }) => from < days.to && to > days.from);
          state(
            days,
            ofPeriod(days),
            [],
            deals.filter(({ kind }) => kind !== 'share'),
            over,
          );
        }
    while (true) {
      const first =
        closed.at(-1)?.to ??
        [
          ...open('9999').map(({ day }) => day),
          ...deals.map(({ from }) => from),
          ...fees.map((fee) => firstDayOf(agreement, fee)),
        ].sort()[0];
      if (first === undefined) break;
      const days = periodWith(agreement, first);
      if (addDays(days.to, terms.graceDays) > closeOn) break;
      const due = fees
        .flatMap((fee) => feesDue(agreement, fee))
        .filter(({ dueDay: day }) => day >= days.from && day < days.to)
        .map(({ side, nanos }) => ({ side, nanos, fee: true }));
      state(days, open(days.to), due, deals, (deal) => windowsUntil(deal, days.to));
      closed.push(days);
    }
  }
  return { statements, accruals };
}

function sumOf(charges: readonly Charge[]): Exact {
  return charges.map(({ amountNanos }) => ofNanos(amountNanos)).reduce(plus, ZERO);
}

/** Nothing, or less than can be written down once it is converted. */
function isNothing(part: Exact, converted: Exact): boolean {
  return compare(part, ZERO) === 0 || (compare(converted, ZERO) !== 0 && compare(roundTo(converted, 9, 'half-even'), ZERO) === 0);
}

function dueDay(world: World, agreement: Agreement, issueDay: string, days: Days): string {
  const terms = settlementOf(agreement);
  const account = world.accounts.find(({ id }) => id === agreement.account);
  const from = {
    'issue-day': issueDay,
    'period-end': lastDay(days),
    'end-of-month': addDays(
      Temporal.PlainDate.from(`${issueDay.slice(0, 7)}-01`)
        .add({ months: 1 })
        .toString(),
      -1,
    ),
  }[terms.dueFrom];
  const due = addDays(from, terms.paymentTermsDays ?? account?.paymentTermsDays ?? 30);
  return due < issueDay ? issueDay : due;
}

/** Whole in the smallest unit of a currency, half-up: what documents come to. */
export function paid(amount: Exact, decimals: number): Exact {
  return roundTo(amount, decimals, 'half-up');
}
