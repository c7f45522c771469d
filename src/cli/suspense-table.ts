/** Suspense with the money at stake, on the terminal. */
import { estimateMethods, LATE_DAYS, type SuspenseGroup, type SuspenseGrouping } from '#app/usage/suspense.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatTable } from './table.ts';

const right = 'right' as const;

export function printSuspense(groups: readonly SuspenseGroup[], by: SuspenseGrouping, json: boolean): string {
  if (json) return groups.map((group) => `${JSON.stringify(groupJson(group))}\n`).join('');
  if (groups.length === 0) return 'nothing waits\n';
  const columns = [
    { title: by, cut: 'never' as const },
    ...['records', 'minutes', 'owed to us', 'owed by us'].map((title) => ({ title, align: right })),
    { title: 'estimated from', cut: 'never' as const },
    { title: 'first seen', cut: 'never' as const },
    { title: 'last seen', cut: 'never' as const },
  ];
  const rows = groups.map((group) => [
    group.group,
    group.records.toLocaleString('en'),
    (group.micros / 60_000_000n).toLocaleString('en'),
    money(group.receivable),
    money(group.payable),
    methods(group),
    formatInstant(group.firstSeenMicros).slice(0, 10),
    formatInstant(group.lastSeenMicros).slice(0, 10),
  ]);
  const remedies = groups.flatMap(({ group, remedy }) => (remedy === undefined ? [] : [`${group}: ${remedy}`]));
  const how = `Amounts are estimates: average prices of the last ${LATE_DAYS} days with charges, of the same code, a shorter prefix or the country.`;
  return `${formatTable(columns, rows)}\n${[how, ...remedies].join('\n')}\n`;
}

/** `unknown` where no charge could be estimated; nothing where none is due. */
function money(sums: Readonly<Record<string, bigint>>): string {
  return Object.entries(sums)
    .map(([currency, nanos]) => `~${formatNanos(nanos - (nanos % 10_000_000n), 2)} ${currency}`)
    .join(' + ');
}

function methods({ methods: counts }: SuspenseGroup): string {
  const used = estimateMethods.filter((method) => counts[method] !== undefined);
  if (used.length === 0) return 'nothing answered';
  return used.map((method) => `${method} ${(counts[method] ?? 0).toLocaleString('en')}`).join(', ');
}

function groupJson({ micros, firstSeenMicros, lastSeenMicros, receivable, payable, ...rest }: SuspenseGroup): object {
  const amounts = (sums: Readonly<Record<string, bigint>>): object =>
    Object.fromEntries(Object.entries(sums).map(([currency, nanos]) => [currency, formatNanos(nanos)]));
  return {
    ...rest,
    seconds: String(micros / 1_000_000n),
    firstSeen: formatInstant(firstSeenMicros),
    lastSeen: formatInstant(lastSeenMicros),
    receivable: amounts(receivable),
    payable: amounts(payable),
  };
}
