/** One cell: its own content, or its value by its kind. */
import { decimalsOfCurrency, formatFigure } from '../figures.ts';
import { Day, Instant } from '../instant.tsx';
import { withoutTurns } from '../said.tsx';
import { type Column, textOf } from './columns.ts';

interface Props<Row> {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly language: string;
  readonly hasCurrency: boolean;
  readonly room: number;
}

export function Cell<Row>({ column, row, language, hasCurrency, room }: Props<Row>) {
  if (column.cell !== undefined) return column.cell(row);
  const text = textOf(column, row);
  if (text === '') return null;
  if (column.kind === 'instant') return <Instant at={text} />;
  if (column.kind === 'day') return <Day day={text} />;
  if (column.kind === 'figure' || column.kind === 'amount') {
    const currency = column.currency?.(row);
    const shown = formatFigure(text, { language, decimals: currency === undefined ? 0 : decimalsOfCurrency(currency), room });
    return (
      <bdi className="figure" dir="ltr">
        {shown}
        {hasCurrency && currency !== undefined ? `\u00a0${currency}` : ''}
      </bdi>
    );
  }
  return <bdi dir="auto">{withoutTurns(text)}</bdi>;
}
