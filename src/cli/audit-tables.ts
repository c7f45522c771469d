import type { AuditReport } from '#app/usage/audit.ts';
import { formatNanos } from '#core/money/amount.ts';
import { groupThousands } from '#core/money/grouping.ts';
import { formatTable } from './table.ts';

type AuditedFile = AuditReport['files'][number];
type AuditedDay = AuditReport['days'][number];

const MICROS_PER_SECOND = 1_000_000n;

/** Two tables and a verdict, or one JSON object. */
export function printAudit(report: AuditReport, json: boolean): string {
  if (json) return `${JSON.stringify(jsonOf(report))}\n`;
  const { files, days, deleted, differences, archiveRead } = report;
  const verdict =
    differences.length === 0
      ? `nothing is lost: ${fileCount(files)}${archiveRead ? ', read again from the archive' : ''}`
      : `${differences.length} THINGS DO NOT ADD UP`;
  const told = deleted.map(
    ({ first, last, on, rule, records }) =>
      `detail of ${first}${last === first ? '' : ` to ${last}`} was deleted on ${on} by rule ${rule}: ${figure(records)} records, whose sums are counted`,
  );
  const parts = [
    files.length === 0 ? 'no files in these days' : fileTable(files),
    days.length === 0 ? '' : dayTable(days),
    told.join('\n'),
    verdict,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const right = (title: string) => ({ title, align: 'right' as const });

function fileTable(files: readonly AuditedFile[]): string {
  const total = totalOf(files);
  const columns = [
    right('#'),
    { title: 'source' },
    { title: 'file', cut: 'start' as const },
    ...['read', 'rated', 'held', 'duplicate', 'rejected', 'written off', ...(total.passed > 0 ? ['passed over'] : [])].map(right),
    ...(files.every(({ state }) => state === 'loaded') ? [] : [{ title: 'state' }]),
  ];
  const cells = ({ stored, writtenOff, passed }: FileSums): readonly string[] =>
    [
      stored.read,
      stored.rated,
      stored.held,
      stored.duplicate,
      stored.rejected - writtenOff,
      writtenOff,
      ...(total.passed > 0 ? [passed] : []),
    ].map(figure);
  const rows = files.map((file) => [
    String(file.fileId),
    file.source,
    file.name,
    ...cells({ ...file, passed: passedIn(file) }),
    file.state,
  ]);
  return formatTable(columns, [...rows, 'rule', ['', '', fileCount(files), ...cells(total)]], { width: 120 });
}

function fileCount({ length }: readonly AuditedFile[]): string {
  return `${groupThousands(String(length))} ${length === 1 ? 'file' : 'files'}`;
}

interface FileSums extends Pick<AuditedFile, 'stored' | 'writtenOff'> {
  readonly passed: number;
}

function passedIn({ passedOver }: AuditedFile): number {
  return Object.values(passedOver).reduce((sum, number) => sum + number, 0);
}

function totalOf(files: readonly AuditedFile[]): FileSums {
  const sum = (of: (file: AuditedFile) => number): number => files.reduce((total, file) => total + of(file), 0);
  return {
    stored: {
      read: sum(({ stored }) => stored.read),
      rated: sum(({ stored }) => stored.rated),
      held: sum(({ stored }) => stored.held),
      duplicate: sum(({ stored }) => stored.duplicate),
      rejected: sum(({ stored }) => stored.rejected),
    },
    writtenOff: sum(({ writtenOff }) => writtenOff),
    passed: sum(passedIn),
  };
}

/** A line for each currency; events and time stand on the first. */
function dayTable(days: readonly AuditedDay[]): string {
  const columns = [
    { title: 'source' },
    { title: 'day' },
    ...['rated', 'held', 'seconds', 'receivable', 'payable'].map(right),
    { title: '' },
  ];
  const rows = days.flatMap(({ source, day, rated, held, durationMicros, money }) => {
    const lines = money.length === 0 ? [undefined] : money;
    return lines.map((one, index) => [
      index === 0 ? source : '',
      index === 0 ? day : '',
      index === 0 ? figure(rated) : '',
      index === 0 ? figure(held) : '',
      index === 0 ? groupThousands(String(durationMicros / MICROS_PER_SECOND)) : '',
      one === undefined ? '' : groupThousands(formatNanos(one.receivableNanos, 2)),
      one === undefined ? '' : groupThousands(formatNanos(one.payableNanos, 2)),
      one?.currency ?? '',
    ]);
  });
  return formatTable(columns, rows, { width: 120 });
}

function jsonOf({ range, files, days, deleted, archiveRead, differences }: AuditReport): object {
  return {
    ok: differences.length === 0,
    from: range.from,
    before: range.to,
    archiveRead,
    files: files.map(({ counted, stored, ...file }) => ({ ...file, ...stored, counted })),
    days: days.map(({ durationMicros, money, ...day }) => ({
      ...day,
      durationMicros: String(durationMicros),
      money: money.map(({ currency, receivableNanos, payableNanos }) => ({
        currency,
        receivable: formatNanos(receivableNanos),
        payable: formatNanos(payableNanos),
      })),
    })),
    deleted,
    differences,
  };
}

function figure(value: number): string {
  return groupThousands(String(value));
}
