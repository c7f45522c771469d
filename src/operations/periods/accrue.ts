/**
 * What is charged and not billed at the end of a month is accrued with its last day, and taken back with the first of the next at the
 * worth at which it was booked: open days, traffic that came late, fees for the days that are over, what waits for approval, and what is
 * carried forward.
 */
import { type Agreement, legRoles, type Side, settlementOf } from '#core/agreements/agreements.ts';
import type { LedgerEntry, Posting } from '#core/ledger/entry.ts';
import { unbilledFees } from '#core/settlement/deals/unbilled-fees.ts';
import type { StatedService } from '#core/settlement/statement.ts';
import { lastDay } from '#core/settlement/statement-period.ts';
import { periodOf } from '#core/time/period.ts';
import type { AgreementTerms } from '../settlement/books.ts';
import type { PeriodStore } from './ports.ts';
import { partiesOf } from './settle-statements.ts';

export interface Accrued {
  /** `2026-10`. */
  readonly month: string;
  readonly agreements: number;
  /** Entries booked now; what was booked before stands. */
  readonly booked: number;
}

/** The month that ended last before the day. Both entries of an agreement are booked at once, so that none is forgotten. */
export async function accrueMonth(store: PeriodStore, on: string, by: string): Promise<Accrued> {
  const before = periodOf('month', on).from;
  const month = periodOf('month', lastDay({ from: before, to: before }));
  const terms = await store.agreements();
  const withFees = [...terms].flatMap(([id, { versions }]) => (versions.some(hasFees) ? [id] : []));
  const { charges, carried, billed } = await store.unbilled(before, withFees);
  const amounts: readonly Amount[] = [
    ...charges.map(({ agreement, role, tariff, currency, amountNanos }) => ({
      ...{ agreement, side: legRoles[role], service: terms.get(agreement)?.tariffs.get(tariff)?.service, currency, amountNanos },
    })),
    ...carried.flatMap(({ agreement, amounts: own }) =>
      own.map(({ side, service, currency, chargesNanos, adjustedNanos }) => ({
        ...{ agreement, side, service, currency, amountNanos: chargesNanos + adjustedNanos },
      })),
    ),
    ...withFees.flatMap((agreement) => {
      const known = terms.get(agreement);
      const open = known === undefined ? [] : unbilledFees({ ...known, before, ...(billed.get(agreement) ?? { billed: [], theirs: [] }) });
      return open.map((fee): Amount => ({ agreement, service: 'fee', ...fee }));
    }),
  ];
  const byAgreement = Map.groupBy(amounts, ({ agreement }) => agreement);
  const entries = [...byAgreement].flatMap(([agreement, own]) => {
    const known = terms.get(agreement);
    return known === undefined ? [] : entryOf(agreement, known, together(own), month.from.slice(0, 7), lastDay(month), by);
  });
  return { month: month.from.slice(0, 7), agreements: byAgreement.size, booked: await store.postAccruals(entries, before) };
}

function hasFees(version: Agreement): boolean {
  return settlementOf(version).deals.some(({ kind }) => kind === 'fee');
}

interface Amount {
  readonly agreement: string;
  readonly side: Side;
  readonly service: StatedService | undefined;
  readonly currency: string;
  readonly amountNanos: bigint;
}

/** One amount for each side, service and currency. */
function together(amounts: readonly Amount[]): readonly Amount[] {
  const kinds = Map.groupBy(amounts, ({ side, service, currency }) => `${side} ${service} ${currency}`);
  return [...kinds.values()].flatMap((same) => {
    const [first] = same;
    const amountNanos = same.reduce((sum, each) => sum + each.amountNanos, 0n);
    return first === undefined || amountNanos === 0n ? [] : [{ ...first, amountNanos }];
  });
}

const TRAFFIC = { income: 'revenue', expense: 'cost' } as const;
const FEES = { income: 'fees', expense: 'fee-cost' } as const;

function entryOf(
  agreement: string,
  terms: AgreementTerms,
  amounts: readonly Amount[],
  month: string,
  last: string,
  by: string,
): readonly LedgerEntry[] {
  const version = terms.known.at(-1);
  if (version === undefined || amounts.length === 0) return [];
  const { account, entity } = partiesOf(version, terms);
  const postings = amounts.flatMap(({ side, service, currency, amountNanos }): Posting[] => {
    const of = { agreement, currency, ...(service === undefined || service === 'fee' ? {} : { service }) };
    const { income, expense } = service === 'fee' ? FEES : TRAFFIC;
    const open = { agreement, currency, account: account.id };
    return side === 'receivable'
      ? [
          { ledgerAccount: 'unbilled-receivable', ...open, amountNanos },
          { ledgerAccount: income, ...of, amountNanos: -amountNanos },
        ]
      : [
          { ledgerAccount: expense, ...of, amountNanos },
          { ledgerAccount: 'unbilled-payable', ...open, amountNanos: -amountNanos },
        ];
  });
  const cause = { kind: 'accrual', id: `${agreement}@${month}@accrual` } as const;
  const description = `Not billed at the end of ${month}: ${agreement}`;
  return [{ legalEntity: entity.id, day: last, cause, description, by, postings }];
}
