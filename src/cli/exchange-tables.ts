/** How rates of exchange and revaluations look on the terminal. */
import type { ExchangeRate, revalueBalances } from '#app/exchange/rates.ts';
import { formatDecimal } from '#core/money/decimal.ts';
import { type Conversion, conversionText } from '#core/money/exchange.ts';
import { formatFraction } from '#core/money/fraction.ts';
import { jsonText, money } from './ledger-tables.ts';
import { formatTable } from './table.ts';

export function printRates(rates: readonly ExchangeRate[], json: boolean): string {
  if (json) return jsonText({ rates: rates.map((each) => ({ ...each, rate: formatDecimal(each.rate) })) });
  if (rates.length === 0) return 'no rates\n';
  const columns = [{ title: 'Day' }, { title: 'One' }, { title: 'is', align: 'right' as const }, { title: '' }];
  return `${formatTable(
    columns,
    rates.map(({ day, of, rate, in: into }) => [day, of, formatDecimal(rate), into]),
  )}\n`;
}

/** `1 USD = 1/1.0850 EUR (0.92…), ecb of 2026-10-30`, and the steps where there are two. */
export function printConversion(conversion: Conversion, json: boolean): string {
  const { from, to, factor, steps, source, day } = conversion;
  const written = steps.map((step) => ({ from: step.from, to: step.to, rate: formatDecimal(step.rate), inverse: step.inverse }));
  if (json) return jsonText({ from, to, rate: conversionText(conversion), exact: formatFraction(factor), steps: written, source, day });
  const lines = [`1 ${from} = ${conversionText(conversion)} ${to} = ${formatFraction(factor)} ${to}, ${source} of ${day}`];
  if (steps.length > 1)
    for (const step of written)
      lines.push(
        step.inverse
          ? `  ${step.from} to ${step.to}: 1 ${step.to} = ${step.rate} ${step.from}`
          : `  ${step.from} to ${step.to}: 1 ${step.from} = ${step.rate} ${step.to}`,
      );
  return `${lines.join('\n')}\n`;
}

export function printRevalued({ legalEntity, currency, entries }: Awaited<ReturnType<typeof revalueBalances>>, json: boolean): string {
  const [first] = entries;
  const changes = (first?.entry.postings ?? []).filter(({ ledgerAccount }) => ledgerAccount !== 'exchange-unrealised');
  if (json) return jsonText({ legalEntity, currency, booked: first?.isNew ?? false, entries: entries.map(({ entry }) => entry) });
  if (first === undefined) return `${legalEntity}: nothing in foreign currencies is worth more or less\n`;
  const rows = changes.map((posting) => [
    posting.ledgerAccount,
    posting.account ?? '',
    posting.currency,
    money(posting.entityAmountNanos ?? 0n, currency),
  ]);
  const total = changes.reduce((sum, { entityAmountNanos = 0n }) => sum + entityAmountNanos, 0n);
  const columns = [
    { title: 'Ledger account' },
    { title: 'Account' },
    { title: 'Balance in' },
    { title: `Change in ${currency}`, align: 'right' as const },
  ];
  const table = formatTable(columns, [...rows, 'rule', ['all', '', '', money(total, currency)]]);
  const rates = (first.entry.exchange ?? [])
    .map((each) => `1 ${each.currency} = ${each.rate} ${currency} (${each.source}, ${each.day})`)
    .join('; ');
  const said = first.isNew ? 'booked, and taken back on the next day' : 'was booked before';
  return `${table}\n\n${rates}\n${legalEntity}: ${said}\n`;
}
