/** How the ledger looks on the terminal, and as JSON: amounts as exact text. */
import type { Entered, WaitingEntry } from '#app/ledger/booking.ts';
import type { AccountStatement, Ageing, Closing, LegalEntityItem, TrialBalance, VerifiedLedger } from '#app/ledger/reports.ts';
import { bucketNames } from '#core/ledger/ageing.ts';
import { formatNanos } from '#core/money/amount.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { groupThousands } from '#core/money/grouping.ts';
import { formatRefusal, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatTable, type TableRow } from './table.ts';

const right = 'right' as const;

/** For people: `1,234.50`, with the decimals of the currency at least. Debit positive. */
export function money(nanos: bigint, currency: string): string {
  return groupThousands(formatNanos(nanos, minorUnits(currency)));
}

/** JSON in which bigints of nanos are exact decimals: `openNanos: 5n` becomes `open: "0.000000005"`. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(exact(value))}\n`;
}

function exact(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(exact);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]): [string, unknown] => {
      if (typeof each === 'bigint' && key.endsWith('Nanos')) return [key.slice(0, -'Nanos'.length), formatNanos(each)];
      if (Array.isArray(each) && key.endsWith('Nanos'))
        return [key.slice(0, -'Nanos'.length), each.map((one) => (typeof one === 'bigint' ? formatNanos(one) : exact(one)))];
      if (typeof each === 'number' && key.endsWith('Micros')) return [key.slice(0, -'Micros'.length), formatInstant(each)];
      return [key, exact(each)];
    }),
  );
}

export function printTrialBalance(balances: readonly TrialBalance[]): string {
  const parts = balances.map(({ legalEntity, name, currency, lines }) => {
    if (lines.length === 0) return `${name} (${legalEntity}): nothing is booked\n`;
    const withService = lines.some(({ service }) => service !== undefined);
    const rows: TableRow[] = lines.map((line) => [
      line.ledgerAccount,
      ...(withService ? [line.service ?? ''] : []),
      money(line.openingNanos, line.currency),
      money(line.debitNanos, line.currency),
      money(-line.creditNanos, line.currency),
      money(line.closingNanos, line.currency),
      line.currency,
      money(line.closingEntityNanos, currency),
    ]);
    const sums = [...Map.groupBy(lines, (line) => line.currency)].map(([of, all]): TableRow => {
      const sum = (pick: (line: (typeof all)[number]) => bigint): string =>
        money(
          all.reduce((total, line) => total + pick(line), 0n),
          of,
        );
      return [
        'sum',
        ...(withService ? [''] : []),
        sum((line) => line.openingNanos),
        sum((line) => line.debitNanos),
        sum((line) => -line.creditNanos),
        sum((line) => line.closingNanos),
        of,
        '',
      ];
    });
    const own = lines.reduce((total, line) => total + line.closingEntityNanos, 0n);
    const titles = ['Opening', 'Debit', 'Credit', 'Closing'].map((title) => ({ title, align: right }));
    const columns = [
      { title: 'Ledger account' },
      ...(withService ? [{ title: 'Service' }] : []),
      ...titles,
      { title: '' },
      { title: `In ${currency}`, align: right },
    ];
    const table = formatTable(columns, [
      ...rows,
      'rule',
      ...sums,
      ['all', ...(withService ? [''] : []), '', '', '', '', '', money(own, currency)],
    ]);
    return `${name} (${legalEntity})\n\n${table}\n`;
  });
  return `${parts.join('\n')}\nDebit is above zero, credit below. In each currency the sum of all accounts is zero.\n`;
}

export function printAccountStatement({ account, party, currencies }: AccountStatement): string {
  if (currencies.length === 0) return `Account ${account} of ${party}: nothing is booked\n`;
  const tables = currencies.map(({ currency, openingNanos, moves, closingNanos }) => {
    const rows: TableRow[] = moves.map((move) => [
      move.day,
      move.kind,
      move.id,
      move.ledgerAccount,
      move.document ?? '',
      move.dueDay ?? '',
      money(move.amountNanos, currency),
      money(move.balanceNanos, currency),
    ]);
    const columns = [
      { title: 'Day', cut: 'never' as const },
      { title: 'Kind' },
      { title: 'Reference' },
      { title: 'Account' },
      { title: 'Document', cut: 'never' as const },
      { title: 'Due', cut: 'never' as const },
      { title: currency, align: right },
      { title: 'Balance', align: right },
    ];
    const edge = (words: string, nanos: bigint): TableRow => ['', words, '', '', '', '', '', money(nanos, currency)];
    return formatTable(columns, [edge('before', openingNanos), ...rows, 'rule', edge('after', closingNanos)]);
  });
  return `Account ${account} of ${party}\n\n${tables.join('\n\n')}\n\nAbove zero they owe us, below zero we owe them.\n`;
}

export function printOpenItems(items: readonly LegalEntityItem[]): string {
  if (items.length === 0) return 'nothing is open\n';
  const rows = items.map((item) => [
    item.account,
    item.document,
    item.ledgerAccount,
    item.dueDay ?? '',
    money(item.openNanos, item.currency),
    item.disputedNanos === 0n ? '' : money(item.disputedNanos, item.currency),
    item.currency,
  ]);
  const sums = [...Map.groupBy(items, ({ currency }) => currency)].map(([currency, all]) => [
    'sum',
    '',
    '',
    '',
    money(
      all.reduce((total, { openNanos }) => total + openNanos, 0n),
      currency,
    ),
    '',
    currency,
  ]);
  const columns = [
    { title: 'Account' },
    { title: 'Document', cut: 'never' as const },
    { title: 'Side' },
    { title: 'Due' },
    { title: 'Open', align: right },
    { title: 'Disputed', align: right },
    { title: '' },
  ];
  return `${formatTable(columns, [...rows, 'rule', ...sums])}\n`;
}

export function printAgeing(all: readonly Ageing[], on: string): string {
  const parts = all.map(({ legalEntity, bounds, rows }) => {
    if (rows.length === 0) return `${legalEntity}: nothing is open\n`;
    const columns = [
      { title: 'Account' },
      { title: 'Side' },
      ...bucketNames(bounds).map((title) => ({ title, align: right })),
      { title: 'Disputed', align: right },
      { title: 'Total', align: right },
      { title: '' },
    ];
    const table = formatTable(
      columns,
      rows.map((row) => [
        row.account,
        row.ledgerAccount,
        ...row.bucketsNanos.map((nanos) => (nanos === 0n ? '' : money(nanos, row.currency))),
        row.disputedNanos === 0n ? '' : money(row.disputedNanos, row.currency),
        money(row.totalNanos, row.currency),
        row.currency,
      ]),
      { width: 140 },
    );
    return `${legalEntity}\n\n${table}\n`;
  });
  return `Open at the end of ${on}, by days past due\n\n${parts.join('\n')}`;
}

export function printClosings(closings: readonly Closing[]): string {
  if (closings.length === 0) return 'no period is closed\n';
  const columns = ['Legal entity', 'What', 'First open day', 'By', 'At', 'Why'].map((title) => ({ title }));
  const rows = closings.map((each) => [
    each.legalEntity,
    each.kind === 'close' ? 'closed' : 'opened again',
    each.firstOpen,
    each.by,
    formatInstant(each.closedAtMicros),
    each.why,
  ]);
  return `${formatTable(columns, rows)}\n`;
}

export function printVerified({ chains, strayPostings, documents, holds }: VerifiedLedger): string {
  const lines = chains.map(({ legalEntity, entries, postings, hash, fault }) => {
    if (fault === undefined)
      return entries === 0n
        ? `${legalEntity}: nothing is booked`
        : `${legalEntity}: ${entries} entries, ${postings} postings hold\n  anchor ${legalEntity}:${entries}:${hash}`;
    const which = fault.cause === undefined ? '' : ` (${fault.cause.kind} ${fault.cause.id})`;
    return `${legalEntity}: entry ${fault.sequence}${which} is the first bad one, ${fault.what}: ${fault.said}\n  ${entries} entries before it hold`;
  });
  if (strayPostings > 0) lines.push(`${strayPostings} postings belong to no entry`);
  for (const { document, currency, saysNanos, bookedNanos } of documents)
    lines.push(`${document} says ${money(saysNanos, currency)} ${currency}, and ${money(bookedNanos, currency)} are booked`);
  lines.push(holds ? 'the ledger holds' : formatRefusal(refuse('ledger.does-not-hold', 'the ledger is not as it was booked')));
  return `${lines.join('\n')}\n`;
}

export function printEntered(entered: Entered): string {
  if (entered.kind === 'waiting') {
    const lines = entered.entries.map(
      ({ id, entry }) => `${id}  ${entry.cause.kind} ${entry.cause.id}, ${entry.day}: waits for a second person`,
    );
    return `${lines.join('\n')}\n`;
  }
  const lines = entered.entries.map(
    ({ entry, isNew }) => `${entry.cause.kind} ${entry.cause.id}, ${entry.day}: ${isNew ? 'booked' : 'was booked before'}`,
  );
  return `${lines.join('\n')}\n`;
}

export function printWaiting(waiting: readonly WaitingEntry[]): string {
  if (waiting.length === 0) return 'nothing waits\n';
  const columns = [
    { title: 'Number', align: right },
    ...['Legal entity', 'Day', 'Entry', 'Entered by', 'What'].map((title) => ({ title })),
  ];
  const rows = waiting.map(({ id, entry, by }) => [
    id.toString(),
    entry.legalEntity,
    entry.day,
    `${entry.cause.kind} ${entry.cause.id}`,
    by,
    entry.description,
  ]);
  return `${formatTable(columns, rows)}\n`;
}
