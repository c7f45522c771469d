/** What is charged and not billed at the end of a month is accrued with its last day, and taken back with the first of the next. */
import { legRoles } from '#core/agreements/agreements.ts';
import type { LedgerEntry, Posting } from '#core/ledger/entry.ts';
import { lastDay } from '#core/settlement/statement-period.ts';
import { periodOf } from '#core/time/period.ts';
import type { AgreementTerms } from '../settlement/books.ts';
import type { PeriodStore, Unbilled } from './ports.ts';
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
  const byAgreement = Map.groupBy(await store.unbilled(before), ({ agreement }) => agreement);
  const entries = [...byAgreement].flatMap(([agreement, unbilled]) => {
    const known = terms.get(agreement);
    return known === undefined ? [] : entriesOf(agreement, known, unbilled, month.from.slice(0, 7), lastDay(month), before, by);
  });
  return { month: month.from.slice(0, 7), agreements: byAgreement.size, booked: await store.postNew(entries) };
}

function entriesOf(
  agreement: string,
  terms: AgreementTerms,
  unbilled: readonly Unbilled[],
  month: string,
  last: string,
  next: string,
  by: string,
): readonly LedgerEntry[] {
  const version = terms.known.at(-1);
  if (version === undefined) return [];
  const { account, entity } = partiesOf(version, terms);
  const id = `${agreement}@${month}@accrual`;
  const postings = (sign: bigint): Posting[] =>
    unbilled.flatMap(({ role, tariff, currency, amountNanos }): Posting[] => {
      const service = terms.tariffs.get(tariff)?.service;
      const of = { agreement, currency, ...(service === undefined ? {} : { service }) };
      const open = { agreement, currency, account: account.id };
      const nanos = sign * amountNanos;
      return legRoles[role] === 'receivable'
        ? [
            { ledgerAccount: 'unbilled-receivable', ...open, amountNanos: nanos },
            { ledgerAccount: 'revenue', ...of, amountNanos: -nanos },
          ]
        : [
            { ledgerAccount: 'cost', ...of, amountNanos: nanos },
            { ledgerAccount: 'unbilled-payable', ...open, amountNanos: -nanos },
          ];
    });
  const cause = { kind: 'accrual', id } as const;
  const base = { legalEntity: entity.id, by };
  return [
    { ...base, day: last, cause, description: `Not billed at the end of ${month}: ${agreement}`, postings: postings(1n) },
    {
      ...{ ...base, day: next, cause: { kind: 'accrual-reversal', id }, corrects: cause },
      ...{ description: `Not billed at the end of ${month}, taken back: ${agreement}`, postings: postings(-1n) },
    },
  ];
}
