/** How records, files and suspense look on the terminal. */

import type { KnownFile, ShownRecord, WaitingGroup } from '#app/usage/look-up.ts';
import type { RetryCounts } from '#app/usage/retry.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatPairs, formatTable } from './table.ts';

const right = 'right' as const;

export function printFiles(files: readonly KnownFile[], json: boolean): string {
  if (json) return lines(files.map((file) => ({ ...file, ...file.counts, counts: undefined, ...instants(file) })));
  if (files.length === 0) return 'no files are loaded\n';
  const columns = [
    { title: 'number', align: right },
    { title: 'file', cut: 'start' as const },
    { title: 'source' },
    ...['read', 'rated', 'held', 'duplicate', 'rejected'].map((title) => ({ title, align: right })),
    { title: 'state' },
  ];
  const rows = files.map(({ fileId, name, source, counts, state }) => [
    String(fileId),
    name,
    source,
    ...[counts.read, counts.rated, counts.held, counts.duplicate, counts.rejected].map(grouped),
    state,
  ]);
  return `${formatTable(columns, rows)}\n`;
}

function instants({ startedAtMicros, finishedAtMicros }: KnownFile): object {
  return {
    startedAtMicros: undefined,
    finishedAtMicros: undefined,
    startedAt: formatInstant(startedAtMicros),
    ...(finishedAtMicros === undefined ? {} : { finishedAt: formatInstant(finishedAtMicros) }),
  };
}

export function printRecords(
  records: readonly ShownRecord[],
  { json, raw, single }: { json: boolean; raw: boolean; single: boolean },
): string {
  if (json) return lines(records.map(recordJson));
  if (records.length === 0) return 'no records\n';
  if (single) return records.map(printRecord).join('\n');
  const columns = [
    { title: 'record', align: right },
    { title: 'status' },
    { title: 'start', cut: 'never' as const },
    { title: 'caller', cut: 'never' as const },
    { title: 'called', cut: 'never' as const },
    { title: 's', align: right },
    { title: 'in', align: right },
    { title: 'out', align: right },
    { title: 'why' },
  ];
  const rows = records.map((record) => {
    const call = record.stored?.event ?? record.call;
    const amount = (leg: 'in' | 'out'): string => {
      const charge = record.stored?.charges.find((each) => each.leg === leg);
      return charge === undefined ? '' : formatNanos(charge.amountNanos, 2);
    };
    return [
      String(record.id),
      record.status,
      call === undefined ? '' : formatInstant(call.startMicros),
      call?.calling ?? '',
      call?.called ?? '',
      call === undefined ? '' : String(call.durationMicros / 1_000_000),
      amount('in'),
      amount('out'),
      record.reason ?? (record.duplicateOf === undefined ? '' : `repeats ${record.duplicateOf}`),
    ];
  });
  const filled = columns.map((_, index) => rows.some((row) => row[index] !== ''));
  const kept = <T>(cells: readonly T[]): T[] => cells.filter((_, index) => filled[index]);
  const table = `${formatTable(kept(columns), rows.map(kept))}\n`;
  return raw ? `${table}\n${records.map(({ id, raw: text }) => `${id}  ${text ?? ''}`).join('\n')}\n` : table;
}

function printRecord(record: ShownRecord): string {
  const { stored } = record;
  const call = stored?.event ?? record.call;
  const pairs: (readonly [string, string])[] = [
    ['record', String(record.id)],
    ['status', record.status],
    [
      'file',
      `${record.file} (number ${record.fileId}, source ${record.source}), bytes ${record.byteFrom} to ${record.byteFrom + record.byteLength - 1}`,
    ],
  ];
  if (record.key !== undefined) pairs.push(['key', record.key]);
  if (record.reason !== undefined) pairs.push(['reason', `${record.reason}: ${record.detail ?? ''}`]);
  if (record.duplicateOf !== undefined) pairs.push(['repeats', `record ${record.duplicateOf}`]);
  if (call !== undefined) {
    pairs.push(['call', `${call.service}, ${call.calling ?? 'withheld'} → ${call.called}, ${call.answered ? 'answered' : 'not answered'}`]);
    pairs.push(['start', `${formatInstant(call.startMicros)}, ${call.durationMicros / 1_000_000} s`]);
    pairs.push(['trunks', `${call.trunkIn ?? '–'} → ${call.trunkOut ?? '–'}`]);
  }
  for (const charge of stored?.charges ?? [])
    pairs.push([
      `charge ${record.id}/${charge.leg}`,
      `${formatNanos(charge.amountNanos, 2)}, ${charge.role}, agreement version ${charge.versionId}, rate ${charge.rateId ?? 'none'}, billed ${charge.billed}`,
    ]);
  if (record.raw !== undefined) pairs.push(['raw', record.raw]);
  return `${formatPairs(pairs)}\n`;
}

function recordJson(record: ShownRecord): object {
  const { stored, call, ...rest } = record;
  const event = stored?.event ?? call;
  return {
    ...rest,
    ...(event === undefined ? {} : { event: { ...event, start: formatInstant(event.startMicros) } }),
    ...(stored === undefined
      ? {}
      : {
          knownAt: formatInstant(stored.knownAtMicros),
          charges: stored.charges.map((charge) => ({
            id: `${stored.eventId}/${charge.leg}`,
            ...charge,
            amount: formatNanos(charge.amountNanos),
          })),
        }),
  };
}

export function printWaiting(groups: readonly WaitingGroup[], json: boolean): string {
  if (json) return lines(groups);
  if (groups.length === 0) return 'nothing waits\n';
  const columns = [
    { title: 'records', align: right },
    { title: 'minutes', align: right },
    { title: 'reason' },
    { title: 'about' },
    { title: 'for example', align: right },
  ];
  const rows = groups.map(({ count, durationMicros, reason, detail, first }) => [
    grouped(count),
    grouped(Number(durationMicros / 60_000_000n)),
    reason,
    detail,
    String(first),
  ]);
  return `${formatTable(columns, rows)}\n`;
}

export function printRetry(counts: RetryCounts, json: boolean): string {
  if (json) return lines([counts]);
  const { taken, rated, held, duplicate, rejected } = counts;
  return `${grouped(taken)} taken up: ${grouped(rated)} rated, ${grouped(held)} held, ${grouped(duplicate)} duplicate, ${grouped(rejected)} rejected\n`;
}

/** JSON lines; whole numbers that may be large as texts. */
function lines(objects: readonly object[]): string {
  return objects
    .map((object) => `${JSON.stringify(object, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}\n`)
    .join('');
}

function grouped(value: number): string {
  return value.toLocaleString('en');
}
