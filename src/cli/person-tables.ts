import type { Erasure, ErasureReport } from '#app/person/erase.ts';
import { groupThousands } from '#core/money/grouping.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatTable } from './table.ts';

const figure = (value: number): string => groupThousands(String(value));

export function printErasure(report: ErasureReport, { json, isDry }: { readonly json: boolean; readonly isDry: boolean }): string {
  if (json) return `${JSON.stringify({ dryRun: isDry, ...report })}\n`;
  const { tables, rawFiles, accountsClosed } = report;
  const said = { deleted: 'deleted', pseudonyms: 'kept under a pseudonym', kept: 'kept as it is' };
  const columns = [
    { title: 'what' },
    { title: 'rows', align: 'right' as const },
    { title: isDry ? 'would be' : 'is' },
    { title: 'because' },
  ];
  const rows = tables.map(({ table, rows: many, how, why }) => [table, figure(many), said[how], why ?? '']);
  const files = rawFiles.map(({ file, source, until }) => `  ${file} of ${source}, until ${until}\n`).join('');
  return [
    rows.length === 0 ? 'nothing is left of it\n' : `${formatTable(columns, rows)}\n`,
    accountsClosed === 0
      ? ''
      : `${accountsClosed === 1 ? 'one account' : `${accountsClosed} accounts`} of online charging ${isDry ? 'would be' : 'is'} closed\n`,
    files === '' ? '' : `raw files stay as they were delivered:\n${files}`,
    isDry ? 'nothing was changed\n' : '',
  ].join('');
}

export function printErasures(all: readonly Erasure[], json: boolean): string {
  if (json)
    return all
      .map(({ id, askedMicros, decidedMicros, ...rest }) => {
        const decided = decidedMicros === undefined ? {} : { decided: formatInstant(decidedMicros) };
        return `${JSON.stringify({ erasure: String(id), ...rest, asked: formatInstant(askedMicros), ...decided })}\n`;
      })
      .join('');
  if (all.length === 0) return 'nobody asked for an erasure\n';
  const columns = [
    { title: '#', align: 'right' as const },
    { title: 'state' },
    { title: 'whom' },
    { title: 'reason' },
    { title: 'asked by' },
    { title: 'on' },
    { title: 'decided by' },
  ];
  const rows = all.map(({ id, state, identity, reason, by, askedMicros, decidedBy }) => [
    ...[String(id), state, identity ?? '(forgotten)', reason, by, formatInstant(askedMicros).slice(0, 10), decidedBy ?? ''],
  ]);
  return `${formatTable(columns, rows)}\n`;
}
