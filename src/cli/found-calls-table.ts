/** Records that were found, as a table or as JSON lines. */
import type { CallRow, DeletedUsage } from '#app/usage/search.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatTable } from './table.ts';

const columns = [
  { title: 'record', align: 'right' as const },
  { title: 'status' },
  { title: 'start', cut: 'never' as const },
  { title: 'caller', cut: 'start' as const },
  { title: 'called', cut: 'never' as const },
  { title: 's', align: 'right' as const },
  { title: 'in', align: 'right' as const },
  { title: 'out', align: 'right' as const },
  { title: 'why' },
];

export function printFound(rows: readonly CallRow[], json: boolean): string {
  if (json) return rows.map((row) => `${JSON.stringify(asJson(row))}\n`).join('');
  if (rows.length === 0) return 'no records\n';
  const cells = rows.map((row) => {
    const amount = (leg: 'in' | 'out'): string => {
      const charge = row.charges.find((each) => each.leg === leg);
      return charge === undefined ? '' : `${formatNanos(charge.amountNanos, 2)} ${charge.currency}`;
    };
    return [
      ...[String(row.id), row.status, row.call === undefined ? '' : formatInstant(row.call.startMicros), row.call?.calling ?? ''],
      ...[row.call?.called ?? '', row.call === undefined ? '' : String(row.call.durationMicros / 1_000_000), amount('in'), amount('out')],
      row.reason ?? '',
    ];
  });
  return `${formatTable(columns, cells)}\n`;
}

/** Why nothing of these days is among them. */
export function printDeleted({ days, keptDays }: DeletedUsage): string {
  const named = days.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join(', ');
  const kept = keptDays === 0 ? 'for ever now' : `${keptDays} days`;
  return `records of ${named} were deleted when their time was over; records are kept ${kept} (retention.usageDays)\n`;
}

function asJson({ day: _, id, call, charges, ...row }: CallRow): object {
  return {
    record: id,
    ...row,
    ...(call === undefined
      ? {}
      : {
          event: {
            ...call,
            startMicros: undefined,
            durationMicros: undefined,
            start: formatInstant(call.startMicros),
            seconds: call.durationMicros / 1_000_000,
          },
        }),
    charges: charges.map(({ amountNanos, ...charge }) => ({ ...charge, amount: formatNanos(amountNanos, 2) })),
  };
}
