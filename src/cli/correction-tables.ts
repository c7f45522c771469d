/** How corrections look on the terminal: what a re-rating changes, what a rollback did. */
import type { RerateReport } from '#app/usage/rerate.ts';
import type { RollbackReport } from '#app/usage/rollback.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatTable } from './table.ts';

const right = 'right' as const;

export function printRerate(report: RerateReport, json: boolean): string {
  const { differences, unratable, unratableEvents, looked, run, knownAtMicros } = report;
  if (json) {
    const rows = differences.map(({ beforeNanos, afterNanos, ...rest }) => ({
      ...rest,
      before: formatNanos(beforeNanos),
      after: formatNanos(afterNanos),
      delta: formatNanos(afterNanos - beforeNanos),
    }));
    const object = { ...report, knownAtMicros: undefined, knownAt: formatInstant(knownAtMicros), differences: rows };
    return `${JSON.stringify(object, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}\n`;
  }
  const parts: string[] = [];
  if (differences.length > 0) {
    const columns = [
      ...['agreement', 'direction', 'destination'].map((title) => ({ title })),
      ...['charges', 'billed', 'now', 'before', 'after', 'delta'].map((title) => ({ title, align: right })),
      { title: '' },
    ];
    const totals = Map.groupBy(differences, ({ currency }) => currency);
    const rows = differences.map((each) => [
      each.agreement,
      each.role,
      each.destination,
      counted(each.chargesBefore, each.chargesAfter),
      each.billedBefore.toLocaleString('en'),
      each.billedAfter.toLocaleString('en'),
      ...amounts(each.beforeNanos, each.afterNanos),
      each.currency,
    ]);
    const sums = [...totals].map(([currency, all]) => {
      const sum = (of: (each: (typeof all)[number]) => bigint): bigint => all.reduce((total, each) => total + of(each), 0n);
      return [
        `all`,
        '',
        '',
        '',
        '',
        '',
        ...amounts(
          sum((each) => each.beforeNanos),
          sum((each) => each.afterNanos),
        ),
        currency,
      ];
    });
    parts.push(formatTable(columns, [...rows, ...sums]));
  }
  const found = `${looked.toLocaleString('en')} charges priced again with what was known at ${formatInstant(knownAtMicros)}`;
  if (differences.length === 0) parts.push(`${found}: nothing differs`);
  else if (run === undefined) parts.push(`${found}; nothing is booked: that is done with --book --why "…"`);
  else parts.push(`${found}; booked as run ${run}`);
  if (unratableEvents > 0) {
    parts.push(
      `${unratableEvents.toLocaleString('en')} events cannot be priced any more and keep their charges:`,
      ...unratable.map(({ eventId, reason, detail }) => `  ${eventId}  ${reason}: ${detail}`),
    );
  }
  return `${parts.join('\n')}\n`;
}

/** Of charges taken back and booked: mostly the same number. */
function counted(before: number, after: number): string {
  return before === after ? before.toLocaleString('en') : `${before.toLocaleString('en')} → ${after.toLocaleString('en')}`;
}

function amounts(before: bigint, after: bigint): readonly string[] {
  const delta = after - before;
  return [formatNanos(before, 2), formatNanos(after, 2), `${delta > 0n ? '+' : ''}${formatNanos(delta, 2)}`];
}

export function printRollback(report: RollbackReport, json: boolean): string {
  if (json)
    return `${JSON.stringify({ ...report, amounts: report.amounts.map(({ currency, role, nanos }) => ({ currency, role, amount: formatNanos(nanos) })) })}\n`;
  const { fileId, name, counts, charges, amounts: taken, duplicatesElsewhere, sharedCalls, waitingElsewhere, run } = report;
  const number = (count: number): string => count.toLocaleString('en');
  const records = (['rated', 'held', 'duplicate', 'rejected'] as const)
    .map((outcome) => `${number(counts[outcome])} ${outcome}`)
    .join(', ');
  const sums = taken.map(({ role, currency, nanos }) => `, ${role} ${formatNanos(nanos, 2)} ${currency}`).join('');
  const lines =
    run === undefined
      ? [`file ${fileId} (${name}) would be rolled back: ${records} records`, `charges to take back: ${number(charges)}${sums}`]
      : [
          `file ${fileId} (${name}) is rolled back in run ${run}: ${records} records are out of the books`,
          `charges taken back: ${number(charges)}${sums}`,
        ];
  if (sharedCalls > 0) {
    const others = waitingElsewhere.map((other) => `${number(other.records)} in file ${other.fileId} (${other.name})`).join(', ');
    lines.push(
      `calls with parts in other files, too: ${number(sharedCalls)}; those parts ${run === undefined ? 'would wait' : 'wait'} again: ${others}`,
    );
  }
  if (duplicatesElsewhere > 0)
    lines.push(
      `duplicates of its records in other files: ${number(duplicatesElsewhere)}; load the corrected file first, then: carillon usage retry --duplicates`,
    );
  if (run === undefined) lines.push('nothing is booked');
  return `${lines.join('\n')}\n`;
}
