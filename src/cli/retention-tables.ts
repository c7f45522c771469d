import type { Deletion, Due, Hold, RetentionDone } from '#app/retention/retention.ts';
import { groupThousands } from '#core/money/grouping.ts';
import { formatRefusal } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { type Column, formatTable } from './table.ts';

const right = (title: string): Column => ({ title, align: 'right' });
const figure = (value: number): string => groupThousands(String(value));

export function printDue(due: readonly Due[], json: boolean): string {
  if (json) return due.map((each) => `${JSON.stringify(each)}\n`).join('');
  const columns = [
    { title: 'kind' },
    { title: 'rule' },
    { title: 'due from' },
    { title: 'to' },
    right('records'),
    right('bytes'),
    right('kept'),
  ];
  const rows = due.map(({ kind, rule, days, records, bytes, from, to, kept }) => [
    ...[kind, days === 0 ? `${rule} (for ever)` : rule, from ?? '', to ?? '', figure(records), figure(bytes), figure(kept.length)],
  ]);
  return `${formatTable(columns, rows)}\n${keptText(due.flatMap(({ kept }) => kept))}`;
}

function keptText(kept: readonly Parameters<typeof formatRefusal>[0][]): string {
  return kept.length === 0 ? '' : `\nIt is time, but these stay:\n${kept.map((each) => `  ${formatRefusal(each)}\n`).join('')}`;
}

export function printRun({ deleted, kept }: RetentionDone, json: boolean): string {
  if (json) return `${JSON.stringify({ deleted, kept })}\n`;
  const told = deleted.map(
    ({ kind, rule, records, bytes }) => `${kind}: ${figure(records)} deleted by ${rule}${bytes === 0 ? '' : `, ${figure(bytes)} bytes`}\n`,
  );
  return `${told.length === 0 ? 'nothing was due\n' : told.join('')}${keptText(kept)}`;
}

export function printDeletions(deletions: readonly Deletion[], json: boolean): string {
  if (json)
    return deletions
      .map(({ id, atMicros, ...rest }) => `${JSON.stringify({ deletion: String(id), ...rest, at: formatInstant(atMicros) })}\n`)
      .join('');
  if (deletions.length === 0) return 'nothing was deleted so far\n';
  const columns = [
    right('#'),
    { title: 'kind' },
    { title: 'from' },
    { title: 'before' },
    right('records'),
    right('bytes'),
    { title: 'rule' },
    { title: 'by' },
    { title: 'at' },
  ];
  const rows = deletions.map(({ id, kind, from, to, records, bytes, rule, by, atMicros }) => [
    ...[String(id), kind, from, to, figure(records), figure(bytes), rule, by, formatInstant(atMicros).slice(0, 19)],
  ]);
  return `${formatTable(columns, rows)}\n`;
}

export function printHolds(holds: readonly Hold[], json: boolean): string {
  if (json)
    return holds
      .map(({ id, atMicros, releasedMicros, to, ...rest }) => {
        const released = releasedMicros === undefined ? {} : { released: formatInstant(releasedMicros) };
        return `${JSON.stringify({ hold: String(id), ...rest, before: to, at: formatInstant(atMicros), ...released })}\n`;
      })
      .join('');
  if (holds.length === 0) return 'no holds\n';
  const columns = [
    right('#'),
    { title: 'party' },
    { title: 'from' },
    { title: 'before' },
    { title: 'why' },
    { title: 'by' },
    { title: 'released' },
  ];
  const rows = holds.map(({ id, party, from, to, why, by, releasedMicros, releaseWhy }) => [
    ...[String(id), party ?? 'everybody', from, to ?? '', why, by],
    releasedMicros === undefined ? '' : `${formatInstant(releasedMicros).slice(0, 10)}: ${releaseWhy ?? ''}`,
  ]);
  return `${formatTable(columns, rows)}\n`;
}
