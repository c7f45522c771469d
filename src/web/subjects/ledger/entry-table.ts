/** An entry that was written in a form, as the table that `POST /v1/ledger/entries` takes. */
import { formatCsvRow } from '#codecs/csv/csv.ts';
import { compareFigures } from '../../parts/figures.ts';

export const postingFields = ['ledgerAccount', 'account', 'currency', 'debit', 'credit'] as const;
export type Posting = Readonly<Record<(typeof postingFields)[number], string>>;

export function tableOf(
  { entry, day, description }: { readonly entry: string; readonly day: string; readonly description: string },
  postings: readonly Posting[],
): string {
  const rows = postings.map((posting) => [entry, day, description, ...postingFields.map((name) => posting[name])]);
  return [['entry', 'day', 'description', ...postingFields], ...rows].map((row) => formatCsvRow(row.map((cell) => cell.trim()))).join('\n');
}

export interface OnSide {
  readonly side: 'debit' | 'credit';
  /** As it stands in the column of its side: above zero, but for a posting that the other side would hold. */
  readonly amount: string;
  readonly inOwnCurrency?: string;
}

/** A posting as the API writes it (debit above zero) on the side that it is entered on. A difference of exchange is 0 of its currency. */
export function onSide({ amount, inOwnCurrency }: { readonly amount: string; readonly inOwnCurrency?: string }): OnSide {
  const decides = compareFigures(amount, '0') === 0 ? (inOwnCurrency ?? amount) : amount;
  const isCredit = compareFigures(decides, '0') < 0;
  const shown = (figure: string): string => (isCredit ? negated(figure) : figure);
  return {
    ...{ side: isCredit ? 'credit' : 'debit', amount: shown(amount) },
    ...(inOwnCurrency === undefined ? {} : { inOwnCurrency: shown(inOwnCurrency) }),
  };
}

const negated = (figure: string): string => {
  if (compareFigures(figure, '0') === 0) return figure;
  return figure.startsWith('-') ? figure.slice(1) : `-${figure}`;
};
