/** What rated calls are searched by, and the same as a condition on rows of usage. */
import type { Service } from '#core/usage/usage-event.ts';
import { services } from '#core/usage/usage-event.ts';
import { formatTimestamptz } from '../../column-types.ts';

export interface NumberWanted {
  readonly text: string;
  /** The whole number; else what it begins with. */
  readonly exact: boolean;
}

/** All that is given must fit. */
export interface SearchFilter {
  /** Of the caller or the called. */
  readonly number?: NumberWanted;
  readonly calling?: NumberWanted;
  readonly called?: NumberWanted;
  /** The source's key of the call. */
  readonly callId?: string;
  /** Of online charging: records of this session. */
  readonly session?: string;
  /** Numbers of trunks, any of them at either end. */
  readonly trunks?: readonly number[];
  /** Charged on either side under one of these. */
  readonly agreements?: readonly string[];
  readonly destination?: string;
  readonly fileIds?: readonly number[];
  /** UTC microseconds, `to` exclusive. */
  readonly from?: number;
  readonly to?: number;
  readonly service?: Service;
  readonly answered?: boolean;
}

/** A condition with its values, which follow `before` others. `lines`: of the rollup, those that agreement and destination mean. */
export function searchCondition(
  filter: SearchFilter,
  lines: readonly number[] | undefined,
  before: number,
): { readonly sql: string; readonly values: readonly unknown[] } {
  const values: unknown[] = [];
  const value = (given: unknown): string => `$${before + values.push(given)}`;
  const parts: string[] = [];
  const numberIs = (column: string, { text, exact }: NumberWanted): string =>
    exact ? `${column} = ${value(text)}` : `starts_with(${column}, ${value(text)})`;
  if (filter.number !== undefined) parts.push(`(${numberIs('called', filter.number)} or ${numberIs('calling', filter.number)})`);
  if (filter.called !== undefined) parts.push(numberIs('called', filter.called));
  if (filter.calling !== undefined) parts.push(numberIs('calling', filter.calling));
  if (filter.callId !== undefined) parts.push(`source_key = ${value(filter.callId)}`);
  if (filter.session !== undefined) parts.push(`starts_with(source_key, ${value(`${filter.session}|`)})`);
  if (filter.trunks !== undefined) {
    const trunks = value(filter.trunks);
    parts.push(`(trunk_in = any(${trunks}::int[]) or trunk_out = any(${trunks}::int[]))`);
  }
  if (lines !== undefined) {
    const wanted = value(`{${lines.join(',')}}`);
    parts.push(`(in_line = any(${wanted}::int[]) or out_line = any(${wanted}::int[]))`);
  }
  if (filter.fileIds !== undefined) parts.push(`file_id = any(${value(filter.fileIds)}::int[])`);
  if (filter.from !== undefined) parts.push(`started_at >= ${value(formatTimestamptz(filter.from))}::timestamptz`);
  if (filter.to !== undefined) parts.push(`started_at < ${value(formatTimestamptz(filter.to))}::timestamptz`);
  if (filter.service !== undefined) parts.push(`service = ${value(services.indexOf(filter.service))}::smallint`);
  if (filter.answered !== undefined) parts.push(`answered = ${value(filter.answered)}::boolean`);
  return { sql: parts.map((part) => ` and ${part}`).join(''), values };
}
