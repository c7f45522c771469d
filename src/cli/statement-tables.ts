/** A statement, a line of it and a margin as tables for the terminal. */
import type { LineDetail, StatementOutcome } from '#app/statement.ts';
import { amountWords, billedWords, countWords, decimalsFor, rawWords } from '#core/settlement/figures-words.ts';
import type { DirectionView, RowView, TableView } from '#core/settlement/statement-view.ts';
import { formatLocal } from '#core/time/zoned.ts';
import { type Column, displayWidth, formatPairs, formatTable, printable, TABLE_WIDTH } from './table.ts';

export function printStatement({ statement, view }: StatementOutcome): string {
  const { agreement, party, entity, zone, currency } = statement;
  const heading = formatPairs([
    ['Statement', `${agreement.id}, ${agreement.name}`],
    ['Between', `${entity.name} and ${party.name}`],
    ['Period', `${view.period}, ${zone}${statement.provisional ? ' (provisional: not over yet)' : ''}`],
    ['Currency', currency],
  ]);
  const net = view.currencies.map((each) =>
    formatPairs(
      [
        [`Due to ${entity.name}`, `${each.receivable} ${each.currency}`],
        [`Due to ${party.name}`, `${each.payable} ${each.currency}`],
        ['Net', `${each.net} ${each.currency}`],
        [each.who, each.pays ? `${each.toPay} ${each.currency}` : ''],
      ],
      { align: 'right' },
    ),
  );
  return safe(`${[heading, ...view.directions.map(direction), net.join('\n\n'), wrap(view.notes)].join('\n\n')}\n`);
}

function direction({ title, tables }: DirectionView): string {
  if (tables.length === 0) return `${title}\n  no usage in this period`;
  return tables.map((table) => [`${title}: ${table.title}`, lineTable(table), ...footnotes(table)].join('\n')).join('\n\n');
}

function lineTable({ service, headings, rows, total, title, currency }: TableView): string {
  const shown = (column: Column & { cell: (row: RowView) => string; total: string }) => column;
  const columns = [
    shown({ title: '#', align: 'right', cell: (row) => row.number, total: '' }),
    shown({
      title: 'Destination',
      cell: (row) => [row.destination, row.qualifier].filter((part) => part !== '').join(', '),
      total: `Total ${title}`,
    }),
    shown({ title: headings.rate, align: 'right', cell: (row) => row.rate, total: '' }),
    ...(service === 'voice' ? [shown({ title: 'Incr.', align: 'right', cell: (row) => row.increments, total: '' })] : []),
    shown({ title: headings.events, align: 'right', cell: (row) => row.events, total: total.events }),
    ...(headings.answered === ''
      ? []
      : [
          shown({
            title: headings.answered === 'Answered' ? 'Answ.' : headings.answered,
            align: 'right',
            cell: (row) => row.answered,
            total: total.answered,
          }),
        ]),
    shown({ title: headings.raw, align: 'right', cell: (row) => row.raw, total: total.raw }),
    shown({ title: 'Billed', align: 'right', cell: (row) => row.billed, total: total.billed }),
    shown({ title: `Amount ${currency}`, align: 'right', cell: (row) => row.amount, total: total.amount }),
  ];
  const cells = rows.map((row) => columns.map((column) => column.cell(row)));
  return formatTable(columns, [...cells, 'rule', columns.map((column) => column.total)]);
}

/** What lines' prices have besides: what several share first. */
function footnotes({ rows, shared }: TableView): string[] {
  const own = rows.flatMap(({ number, terms }) => terms.map((term) => `Line ${number}: ${term}`));
  return [...shared, ...own].map((text) => wrap([text]));
}

export function printLine({ statement, line }: StatementOutcome & { readonly line: LineDetail }): string {
  const { line: one, rows, events } = line;
  const decimals = decimalsFor([one.amountNanos, ...rows.map(({ leg }) => leg.amountNanos)], 2);
  const amount = `${amountWords(one.amountNanos, decimals)} ${one.currency}`;
  const name = [one.destination || 'not answered, no rate', one.band, one.condition].filter((part) => part !== '').join(', ');
  if (one.explanation !== undefined) return safe(`Line ${one.number}, adjustment of ${name}: ${amount}\n${wrap([one.explanation])}\n`);
  const voice = one.service === 'voice';
  const columns: Column[] = [
    { title: `Start, ${statement.zone}`, align: 'right' },
    { title: 'Caller', align: 'right' },
    { title: 'Called', align: 'right' },
    { title: 'Trunk' },
    { title: voice ? 'Answ.' : 'Done' },
    { title: voice ? 'Seconds' : 'Quantity', align: 'right' },
    { title: 'Billed', align: 'right' },
    { title: `Amount ${one.currency}`, align: 'right' },
  ];
  const cells = rows.map(({ leg }) => [
    formatLocal(statement.zone, leg.startMicros - (leg.startMicros % 1_000_000)),
    leg.calling ?? '',
    leg.called,
    leg.trunk ?? '',
    leg.correction === undefined ? (leg.split ? 'split' : leg.answered ? 'yes' : 'no') : 'corr.',
    voice ? amountWords(leg.raw * 1000n, 0) : countWords(leg.raw),
    countWords(leg.billed),
    amountWords(leg.amountNanos, decimals),
  ]);
  const rest =
    events > rows.length ? `\n… and ${countWords(BigInt(events - rows.length))} more: --limit, --detail or --format csv shows them` : '';
  const split = rows.some(({ leg }) => leg.split) ? '\nsplit: continues in another time band, whose rate prices that part' : '';
  const billed = `${billedWords(one.service, one.unit, one.billed)} ${voice ? 'min' : one.unit} billed`;
  const raw = `${rawWords(one.service, one.unit, one.raw)} ${voice ? 'min' : one.unit}`;
  const sum = `${countWords(one.events)} events, ${countWords(one.answered)} answered, ${raw}, ${billed}, ${amount}`;
  return safe(
    `Line ${one.number}: ${name}${one.rate === undefined ? '' : ` at ${one.rate.price} a ${one.unit}`}\n${formatTable(columns, cells)}${rest}${split}\nAll of it: ${sum}; the events add up to it.\n`,
  );
}

/** Names stand in titles too, outside of tables. */
function safe(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** Sentences at the width of a table. */
function wrap(sentences: readonly string[]): string {
  return sentences
    .map((sentence) => {
      const lines: string[] = [''];
      for (const word of sentence.split(' ')) {
        const last = lines.at(-1) ?? '';
        if (last !== '' && displayWidth(last) + 1 + displayWidth(word) > TABLE_WIDTH) lines.push(`  ${word}`);
        else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
      }
      return lines.join('\n');
    })
    .join('\n');
}
