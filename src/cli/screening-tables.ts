/** How flags look on the terminal. */
import type { FlagGroup, Released } from '#app/usage/screening.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatTable } from './table.ts';

const right = 'right' as const;

export function printFlags(groups: readonly FlagGroup[], json: boolean): string {
  if (json) return groups.map((group) => `${JSON.stringify(flagJson(group))}\n`).join('');
  if (groups.length === 0) return 'nothing was flagged\n';
  const columns = [
    { title: 'rule' },
    { title: 'of', cut: 'never' as const },
    { title: 'events', align: right },
    { title: 'held', align: right },
    { title: 'last', cut: 'never' as const },
    { title: 'measured then', cut: 'never' as const },
    { title: 'record', align: right },
  ];
  const rows = groups.map(({ rule, subject, count, waiting, lastStartMicros, detail, lastRecord }) => [
    rule,
    subject,
    count.toLocaleString('en'),
    waiting.toLocaleString('en'),
    formatInstant(lastStartMicros),
    detail.slice(detail.indexOf(': ') + 2),
    String(lastRecord),
  ]);
  return `${formatTable(columns, rows)}\n`;
}

function flagJson({ firstStartMicros, lastStartMicros, ...group }: FlagGroup): object {
  return { ...group, firstStart: formatInstant(firstStartMicros), lastStart: formatInstant(lastStartMicros) };
}

export function printReleased(released: Released, json: boolean): string {
  if (json) return `${JSON.stringify(released)}\n`;
  const { released: count, rated, held } = released;
  return `${count.toLocaleString('en')} released: ${rated.toLocaleString('en')} rated; ${held.toLocaleString('en')} still held\n`;
}
