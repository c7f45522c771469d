/** How payments, nettings and orders look on the terminal. */
import type { NettingRow } from '#app/payments/netting.ts';
import type { PaymentOrder } from '#app/payments/orders.ts';
import type { Allocated, Interest } from '#app/payments/settle.ts';
import type { ShownPayment, Suggestion, TakenBankFile, TakenPayment, UnsettledPayment } from '#app/payments/take.ts';
import { money } from './ledger-tables.ts';
import { formatTable, type TableRow } from './table.ts';

const right = 'right' as const;

export function printTakenFile(taken: TakenBankFile): string {
  if (taken.file === undefined) return `${taken.message}: this file was taken before; nothing was booked\n`;
  const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
  const lines = [
    `${taken.message}: ${count(taken.entries, 'entry', 'entries')}, ${count(taken.payments.length, 'payment', 'payments')} booked`,
  ];
  if (taken.known > 0) lines.push(`taken before, from another file: ${count(taken.known, 'entry', 'entries')}`);
  if (taken.pending > 0) lines.push(`not booked by the bank yet, and left out: ${count(taken.pending, 'entry', 'entries')}`);
  return `${lines.join('\n')}\n${taken.payments.length === 0 ? '' : `\n${takenTable(taken.payments)}\n`}`;
}

export function printTaken(taken: TakenPayment): string {
  return `${takenTable([taken])}\n${suggestionsText(taken.settled.length > 0 ? [] : taken.suggestions)}`;
}

function takenTable(payments: readonly TakenPayment[]): string {
  const rows = payments.map(({ payment, account, settled, returns, leftNanos, suggestions }) => [
    `PAY-${payment.id}`,
    payment.day,
    payment.name ?? '',
    money(payment.direction === 'in' ? payment.amountNanos : -payment.amountNanos, payment.currency),
    payment.currency,
    account ?? (payment.direction === 'in' && returns === undefined ? 'nobody knows' : ''),
    returns === undefined ? settled.join(', ') || suggestionShort(suggestions) : `return of ${returns}`,
    leftNanos === 0n ? '' : money(leftNanos, payment.currency),
  ]);
  const columns = [
    { title: 'Payment', cut: 'never' as const },
    { title: 'Day', cut: 'never' as const },
    { title: 'Name' },
    { title: 'Amount', align: right },
    { title: '' },
    { title: 'Account' },
    { title: 'Pays' },
    { title: 'Left', align: right },
  ];
  return formatTable(columns, rows);
}

function suggestionShort([best]: readonly Suggestion[]): string {
  return best === undefined || best.documents.length === 0 ? '' : `${best.documents.join(', ')}?`;
}

function suggestionsText(suggestions: readonly Suggestion[]): string {
  return suggestions
    .map(
      ({ account, documents, evidence, strength }) =>
        `  ${strength}: ${account}${documents.length === 0 ? '' : ` for ${documents.join(', ')}`}: ${evidence.join('; ')}\n`,
    )
    .join('');
}

export function printUnsettled(payments: readonly UnsettledPayment[]): string {
  if (payments.length === 0) return 'nothing is left of any payment\n';
  const rows = payments.flatMap(({ payment, left }) =>
    left.map(
      (balance): TableRow => [
        `PAY-${payment.id}`,
        payment.day,
        payment.name ?? '',
        balance.account ?? '',
        money(-balance.openNanos, balance.currency),
        balance.currency,
        payment.said.join(' '),
      ],
    ),
  );
  const columns = [
    { title: 'Payment' },
    { title: 'Day' },
    { title: 'Name' },
    { title: 'Account' },
    { title: 'Left', align: right },
    { title: '' },
    { title: 'Says' },
  ];
  return `${formatTable(columns, rows)}\n`;
}

export function printPayment({ payment, left, suggestions, mayReturn }: ShownPayment): string {
  const lines = [
    `PAY-${payment.id}, ${payment.day}: ${money(payment.amountNanos, payment.currency)} ${payment.currency} ${payment.direction === 'in' ? 'from' : 'to'} ${payment.name ?? 'an unknown party'}${payment.iban === undefined ? '' : ` (${payment.iban})`}`,
    ...payment.said.map((text) => `  says: ${text}`),
    ...left.map(
      (balance) =>
        `  left: ${money(-balance.openNanos, balance.currency)} ${balance.currency} ${balance.account === undefined ? 'on no account' : `on ${balance.account}`}`,
    ),
  ];
  if (left.length === 0) lines.push('  nothing is left of it');
  if (mayReturn.length > 0)
    lines.push(`  it may be the return of ${mayReturn.join(', ')}: carillon payment return PAY-${payment.id} --of …`);
  return `${lines.join('\n')}\n${suggestionsText(suggestions)}`;
}

export function printAllocated({ allocation, currency, parts, leftNanos }: Allocated): string {
  if (allocation === undefined) return 'nothing is open that it could pay\n';
  const lines = parts.map(
    ({ balance, nanos }) =>
      `  ${balance.document}: ${money(nanos, balance.currency)} ${balance.currency}${nanos === balance.openNanos ? '' : ` of ${money(balance.openNanos, balance.currency)}`}`,
  );
  const left = leftNanos === 0n ? '' : `  left of the payment: ${money(leftNanos, currency)} ${currency}\n`;
  return `${allocation}\n${lines.join('\n')}\n${left}`;
}

export function printInterest(interest: Interest, booked: boolean): string {
  const { nanos, steps, currency, document } = interest;
  if (nanos === 0n) return 'no interest\n';
  const lines = steps.map(({ from, to, days, openNanos }) => `  ${from} to before ${to}: ${days} days on ${money(openNanos, currency)}`);
  const said = booked ? `claimed as ${document}` : 'not booked; --book claims it';
  return `${money(nanos, currency)} ${currency}, ${said}\n${lines.join('\n')}\n`;
}

export function printNetting({ id, party, day, proposal, rates, state, remainder, confirmations }: NettingRow): string {
  const { currency } = proposal;
  const rows = proposal.items.map(
    ({ balance, worthNanos, setOffNanos, setOffWorthNanos }): TableRow => [
      balance.document,
      balance.ledgerAccount,
      balance.account ?? '',
      `${money(balance.openNanos, balance.currency)} ${balance.currency}`,
      money(worthNanos, currency),
      setOffNanos === 0n ? '' : `${money(setOffNanos, balance.currency)} ${balance.currency}`,
      setOffWorthNanos === 0n ? '' : money(setOffWorthNanos, currency),
    ],
  );
  const columns = [
    { title: 'Document', cut: 'never' as const },
    { title: 'Side' },
    { title: 'Account' },
    { title: 'Open', align: right },
    { title: `In ${currency}`, align: right },
    { title: 'Set off', align: right },
    { title: `In ${currency}`, align: right },
  ];
  const { receivableNanos, payableNanos, setOffNanos, remainderNanos } = proposal;
  const rest =
    remainderNanos === 0n
      ? 'nothing remains'
      : remainderNanos > 0n
        ? `${money(remainderNanos, currency)} ${currency} remain for us to get`
        : `${money(-remainderNanos, currency)} ${currency} remain for us to pay`;
  const one =
    remainder === undefined || remainderNanos === 0n ? '' : `as one item NET-${id} on ${remainder.account}, due ${remainder.dueDay}\n`;
  const confirmed = confirmations.map(({ side, by, why }) => `confirmed by ${side === 'us' ? 'us' : party}: ${why} (${by})\n`).join('');
  const rate = rates.map((each) => `1 ${each.currency} = ${each.rate} ${currency} (${each.source}, ${each.day})\n`).join('');
  return `NET-${id} with ${party}, ${day}, ${state}\n\n${formatTable(columns, rows)}\n\n${rate}they owe ${money(receivableNanos, currency)}, we owe ${money(payableNanos, currency)}; ${money(setOffNanos, currency)} ${currency} set off; ${rest}\n${one}${confirmed}`;
}

export function printNettings(rows: readonly NettingRow[]): string {
  if (rows.length === 0) return 'no nettings\n';
  const columns = [
    { title: 'Netting' },
    { title: 'Party' },
    { title: 'Day' },
    { title: 'Set off', align: right },
    { title: 'Remains', align: right },
    { title: '' },
    { title: 'State' },
  ];
  const table = rows.map(({ id, party, day, proposal, state }) => [
    `NET-${id}`,
    party,
    day,
    money(proposal.setOffNanos, proposal.currency),
    money(proposal.remainderNanos, proposal.currency),
    proposal.currency,
    state,
  ]);
  return `${formatTable(columns, table)}\n`;
}

export function printOrders(orders: readonly PaymentOrder[]): string {
  if (orders.length === 0) return 'no orders\n';
  const columns = [
    { title: 'Order' },
    { title: 'Day' },
    { title: 'To' },
    { title: 'Bank account', cut: 'never' as const },
    { title: 'Amount', align: right },
    { title: '' },
    { title: 'Pays' },
    { title: 'State' },
  ];
  const rows = orders.flatMap(({ id, day, lines, state }) =>
    lines.map(({ name, iban, accountNumber, clearing, amountNanos, currency, balances }, index) => [
      `OUT-${id}-${index + 1}`,
      day,
      name,
      iban ?? [clearing, accountNumber].filter((part) => part !== undefined).join(' / '),
      money(amountNanos, currency),
      currency,
      balances.map(({ document }) => document).join(' '),
      state,
    ]),
  );
  return `${formatTable(columns, rows)}\n`;
}
