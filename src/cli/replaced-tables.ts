/** How events that others replace look on the terminal: records that were corrected, late parts that were joined. */
import type { CorrectReport } from '#app/usage/correct.ts';
import type { JoinReport } from '#app/usage/join.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatTable } from './table.ts';

type Replaced = JoinReport['joined'][number] | NonNullable<CorrectReport['replaced']>;
type Standing = Replaced['before'];

interface Shape {
  readonly json: boolean;
  readonly dryRun: boolean;
}

const right = 'right' as const;

export function printCorrected(record: string, { fields, replaced }: CorrectReport, { json, dryRun }: Shape): string {
  if (json) return `${JSON.stringify({ record, fields, dryRun, ...(replaced === undefined ? {} : replacedJson(replaced, dryRun)) })}\n`;
  const told = Object.keys(fields).join(', ');
  if (replaced === undefined)
    return `record ${record}: ${told} ${dryRun ? 'can be corrected' : 'corrected'}; it is taken up with: carillon usage retry\n`;
  const end = dryRun
    ? `record ${record} would be charged so; nothing is booked`
    : `record ${record}: ${told} corrected in run ${replaced.run}; event ${replaced.after.eventId} is charged instead of ${replaced.before.eventId}`;
  return `${replacedTable([replaced], dryRun)}\n${end}\n`;
}

export function printJoined({ joined, left }: JoinReport, { json, dryRun }: Shape): string {
  if (json)
    return `${JSON.stringify({ dryRun, joined: joined.map((each) => ({ records: each.records, ...replacedJson(each, dryRun) })), left })}\n`;
  const lines = joined.length === 0 ? [] : [replacedTable(joined, dryRun)];
  const records = joined.reduce((sum, each) => sum + each.records.length, 0);
  const done = dryRun ? 'would be joined; nothing is booked' : 'joined';
  lines.push(`${records.toLocaleString('en')} late parts of ${joined.length.toLocaleString('en')} calls ${done}`);
  for (const { eventId, records: own, why } of left) lines.push(`event ${eventId} stays without ${own.join(', ')}: ${why}`);
  return `${lines.join('\n')}\n`;
}

/** A row for each leg that is charged before or after. */
function replacedTable(all: readonly Replaced[], dryRun: boolean): string {
  const columns = [
    { title: 'event', align: right },
    { title: 'now', align: right },
    { title: 'called', cut: 'never' as const },
    { title: 's', align: right },
    { title: 'now', align: right },
    { title: 'leg' },
    { title: 'agreement' },
    { title: 'amount', align: right },
    { title: 'now', align: right },
    { title: '' },
  ];
  const seconds = ({ event }: Standing): string => String(event.durationMicros / 1_000_000);
  const rows = all.flatMap(({ before, after }) => {
    const head = [String(before.eventId), dryRun ? '–' : String(after.eventId)];
    const call = [after.event.called, seconds(before), seconds(after)];
    const legs = legsOf(before, after);
    if (legs.length === 0) return [[...head, ...call, '', '', '', '', '']];
    return legs.map(({ leg, was, is }) => [
      ...head,
      ...call,
      leg,
      [...new Set([was?.line.agreement, is?.line.agreement])].filter((name) => name !== undefined).join(' → '),
      was === undefined ? '–' : formatNanos(was.amountNanos, 2),
      is === undefined ? '–' : formatNanos(is.amountNanos, 2),
      [...new Set([was?.line.currency, is?.line.currency])].filter((name) => name !== undefined).join(' → '),
    ]);
  });
  return formatTable(columns, rows);
}

function legsOf(before: Standing, after: Standing) {
  return (['in', 'out'] as const).flatMap((leg) => {
    const [was, is] = [before, after].map(({ charges }) => charges.find((charge) => charge.leg === leg));
    return was === undefined && is === undefined ? [] : [{ leg, was, is }];
  });
}

/** Of a dry run neither the run nor the new event has a number. */
function replacedJson({ run, before, after }: Replaced, dryRun: boolean): object {
  const told = ({ eventId, event, charges }: Standing): object => ({
    event: eventId,
    called: event.called,
    seconds: event.durationMicros / 1_000_000,
    charges: charges.map(({ leg, line, day, billed, amountNanos }) => ({
      ...{ leg, agreement: line.agreement, role: line.role, destination: line.destination, day, billed: String(billed) },
      ...{ amount: formatNanos(amountNanos), currency: line.currency },
    })),
  });
  if (dryRun) return { before: told(before), after: { ...told(after), event: undefined } };
  return { run, before: told(before), after: told(after) };
}
