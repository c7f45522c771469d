/** How a session of a roamer is printed. */

import type { KeptRoaming } from '#app/charging/trace-roaming.ts';
import type { RoamingContainer, RoamingFacts } from '#core/charging/roaming-session.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { type Column, formatTable } from './table.ts';

const columns: readonly Column[] = [
  { title: 'report', align: 'right' },
  { title: 'told', cut: 'never' },
  { title: 'of' },
  { title: 'up', align: 'right' },
  { title: 'down', align: 'right' },
  { title: 'why' },
];

/** What is told with `charge trace`; numbers of octets as text: they have 64 bits. */
export function roamingJson({ session, direction, basis, facts, ended, heardMicros, reports, records }: KeptRoaming): object {
  return {
    ...{ session, direction, countedBy: basis, ended, heard: formatInstant(heardMicros), ...factsJson(facts) },
    waiting: reports.map(({ number, toldMicros, facts: under, containers }) => ({
      ...{ report: number, told: formatInstant(toldMicros), ...factsJson(under), containers: containers.map(containerJson) },
    })),
    booked: records,
  };
}

const factsJson = ({ since, ...facts }: RoamingFacts): object => ({
  ...facts,
  ...(since === undefined ? {} : { since: formatInstant(since) }),
});

const containerJson = ({ first, last, ...container }: RoamingContainer): object => ({
  ...container,
  ...(first === undefined ? {} : { first: formatInstant(first) }),
  ...(last === undefined ? {} : { last: formatInstant(last) }),
});

export function printRoaming({ session, direction, basis, facts, ended, heardMicros, reports, records }: KeptRoaming): string {
  const { subscriber = '?', home = '?', visited = '?' } = facts;
  const what = `${direction === 'inbound' ? `${home} owes us` : `we owe ${visited}`}, by ${basis === 'flows' ? 'QoS flows' : 'rating groups'}`;
  const lines = [
    `session ${session} of roamer ${subscriber} of ${home} in ${visited}: ${ended ? 'over' : 'open'}, last heard of ${formatInstant(heardMicros)}; ${what}`,
    '',
  ];
  const rows = reports.flatMap(({ number, toldMicros, containers }) =>
    containers.map(({ kind, name = '', up, down, triggers }) => [
      ...[number, formatInstant(toldMicros), `${kind === 'flow' ? 'flow' : 'rating group'} ${name}`, up, down, triggers.join(' ')],
    ]),
  );
  lines.push(rows.length === 0 ? 'nothing waits to be booked' : `waits to be booked:\n${formatTable(columns, rows, { width: 160 })}`);
  for (const { event, state, file, record } of records) lines.push(`event ${event} of the books of usage (${state}): ${record} of ${file}`);
  return `${lines.join('\n')}\n`;
}
