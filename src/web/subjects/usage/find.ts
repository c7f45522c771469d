/** Records by the beginning of a number, for the command palette. */
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import type { Found } from '../../shell/subject.ts';

const MOST = 5;
/** Fewer digits are half of all records. */
const NUMBER = /^\d{5,20}$/;

export async function findRecords(text: string): Promise<readonly Found[]> {
  const number = text.replaceAll(/[\s()/.+-]/g, '');
  if (!NUMBER.test(number)) return [];
  const { items } = await client.GET('/v1/usage/records', { params: { query: { number, limit: MOST } } }).then(answered);
  if (items.length === 0) return [];
  return [
    { label: `${number}…`, href: `/usage?${new URLSearchParams({ number })}` },
    ...items.map(({ record, event, file }) => ({
      label: `${event?.calling ?? '—'} → ${event?.called ?? ''}`,
      detail: event === undefined ? file : event.start.slice(0, 19).replace('T', ' '),
      href: `/usage/${record}`,
    })),
  ];
}
