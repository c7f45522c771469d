/** The last line of a table: what its columns add up to, by currency where there are several. */
import { useLanguage } from '../../shell/language.ts';
import { useShellTexts } from '../../shell/texts.ts';
import { decimalsOfCurrency, formatFigure } from '../figures.ts';
import { type Column, isFigure, totalsOf } from './columns.ts';

interface Props<Row> {
  readonly rows: readonly Row[];
  readonly shown: readonly Column<Row>[];
  /** By column: the currency that all of its rows have, and how many decimals its widest figure. */
  readonly facts: ReadonlyMap<string, { readonly currency: string | undefined; readonly room: number }>;
  /** No rows are to come. */
  readonly isWhole: boolean;
}

/** Nothing where no column is added up. */
export function Totals<Row>({ rows, shown, facts, isWhole }: Props<Row>) {
  const t = useShellTexts();
  const language = useLanguage();
  const sums = shown.map((column) => totalsOf(rows, column));
  if (sums.every((each) => each.length === 0)) return null;
  return (
    <tfoot>
      <tr>
        {shown.map((column, at) => (
          <td key={column.id} data-figure={isFigure(column.kind) || undefined}>
            {at === 0 ? t(isWhole ? 'total' : 'totalSoFar') : ''}
            {sums[at]?.map(({ currency, value }) => (
              <div key={currency ?? ''} className="figure" dir="ltr">
                {formatFigure(value, {
                  language,
                  decimals: currency === undefined ? 0 : decimalsOfCurrency(currency),
                  room: facts.get(column.id)?.room ?? 0,
                })}
                {facts.get(column.id)?.currency === undefined && currency !== undefined ? `\u00a0${currency}` : ''}
              </div>
            ))}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
