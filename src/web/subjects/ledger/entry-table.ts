/** An entry that was written in a form, as the table that `POST /v1/ledger/entries` takes. */
import { formatCsvRow } from '#codecs/csv/csv.ts';

export const postingFields = ['ledgerAccount', 'account', 'currency', 'debit', 'credit'] as const;
export type Posting = Readonly<Record<(typeof postingFields)[number], string>>;

export function tableOf(
  { entry, day, description }: { readonly entry: string; readonly day: string; readonly description: string },
  postings: readonly Posting[],
): string {
  const rows = postings.map((posting) => [entry, day, description, ...postingFields.map((name) => posting[name])]);
  return [['entry', 'day', 'description', ...postingFields], ...rows].map((row) => formatCsvRow(row.map((cell) => cell.trim()))).join('\n');
}
