import type { RaisedAlarm, StandingOfSource } from '#app/collecting/overview.ts';
import type { PrunedArchive } from '#app/usage/archive.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatTable } from './table.ts';

export function printStandings(standings: readonly StandingOfSource[], json: boolean): string {
  if (json) {
    return standings.map(({ lastSeenMicros, ...rest }) => `${JSON.stringify({ ...rest, lastSeen: instant(lastSeenMicros) })}\n`).join('');
  }
  if (standings.length === 0) return 'no source declares where its files come from (collect:)\n';
  const figures = ['loaded', 'refused', 'waiting', 'alarms', 'number'].map((title) => ({ title, align: 'right' as const }));
  const columns = [{ title: 'source' }, { title: 'place' }, ...figures, { title: 'last file', cut: 'start' as const }, { title: 'seen' }];
  const rows = standings.map((one) => [
    one.source,
    one.place,
    String(one.loaded),
    String(one.refused),
    String(one.waiting),
    String(one.openAlarms),
    one.lastNumber === undefined ? '' : String(one.lastNumber),
    one.lastName ?? '',
    instant(one.lastSeenMicros)?.slice(0, 19) ?? 'never',
  ]);
  return `${formatTable(columns, rows)}\n`;
}

export function printAlarms(alarms: readonly RaisedAlarm[], json: boolean): string {
  if (json) {
    return alarms
      .map(({ raisedAtMicros, clearedAtMicros, ...rest }) => ({
        ...rest,
        raised: instant(raisedAtMicros),
        cleared: instant(clearedAtMicros),
      }))
      .map((alarm) => `${JSON.stringify(alarm)}\n`)
      .join('');
  }
  if (alarms.length === 0) return 'no alarms\n';
  const columns = [
    { title: '#', align: 'right' as const },
    { title: 'source' },
    { title: 'alarm' },
    { title: 'of' },
    { title: 'raised' },
    { title: 'what' },
  ];
  const rows = alarms.map(({ id, source, kind, subject, detail, raisedAtMicros, clearedAtMicros }) => [
    String(id),
    source,
    clearedAtMicros === undefined ? kind : `${kind} (cleared)`,
    subject,
    instant(raisedAtMicros)?.slice(0, 16) ?? '',
    detail,
  ]);
  return `${formatTable(columns, rows, { width: 160 })}\n`;
}

export function printCleared(asked: readonly number[], cleared: readonly number[], json: boolean): string {
  const missing = asked.filter((id) => !cleared.includes(id));
  if (json) return `${JSON.stringify({ cleared, notOpen: missing })}\n`;
  return `${cleared.length} cleared${missing.length === 0 ? '' : `; not open: ${missing.join(', ')}`}\n`;
}

export function printPruned({ files, orphans }: PrunedArchive, dryRun: boolean, json: boolean): string {
  const rows = files.map(({ archivePath: _, ...file }) => file);
  if (json) return `${JSON.stringify({ dryRun, files: rows, orphans })}\n`;
  const columns = [
    { title: '#', align: 'right' as const },
    { title: 'source' },
    { title: 'file', cut: 'start' as const },
    { title: 'bytes', align: 'right' as const },
  ];
  const table = formatTable(
    columns,
    rows.map(({ fileId, source, name, sizeBytes }) => [String(fileId), source, name, String(sizeBytes)]),
  );
  const what = dryRun ? 'would be removed' : 'removed';
  const others = orphans === 0 ? '' : `; ${orphans} left by broken loads`;
  return `${files.length === 0 ? '' : `${table}\n\n`}${files.length} raw files ${what}${others}\n`;
}

function instant(micros: number | undefined): string | undefined {
  return micros === undefined ? undefined : formatInstant(micros);
}
