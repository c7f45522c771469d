/** Where a period stands, from what the API says of it. */
import type { components } from '../../client/client.ts';

type Board = components['schemas']['PeriodBoard'];
export type Recorded = components['schemas']['RecordedPeriod'];
export type Checked = components['schemas']['CheckedPeriod'];
export type Due = Board['due'][number];

export const columns = ['due', 'awaiting', 'unpaid', 'settled'] as const;
export type ColumnName = (typeof columns)[number];

export interface Card {
  readonly agreement: string;
  readonly party: string;
  readonly period: string;
  readonly column: ColumnName;
  readonly amounts: readonly { readonly side: string; readonly amount: string; readonly currency: string }[];
  readonly recorded?: Recorded;
}

/** Paid, set off or given back. */
export const isNothing = (amount: string): boolean => /^0(\.0*)?$/.test(amount);

/** Due; waits for approval; documents that are open; nothing left to do. */
export function columnOf({ approvals, approvedBy, sides }: Recorded): ColumnName {
  if (sides.length === 0 && approvedBy.length < approvals) return 'awaiting';
  return sides.every(({ outcome, open }) => outcome !== 'expected' && isNothing(open.amount)) ? 'settled' : 'unpaid';
}

export function cardsOf({ due, recorded }: Board): readonly Card[] {
  return [
    ...due.map(({ agreement, party, period }): Card => ({ agreement, party, period, column: 'due', amounts: [] })),
    ...recorded.map((each): Card => {
      const { agreement, party, period, stated } = each;
      return { agreement, party, period, column: columnOf(each), amounts: stated, recorded: each };
    }),
  ];
}
