/** What a list of calls shows of each: rated ones with their charges as they stand, and those that wait, with one query for a page. */
import type pg from 'pg';
import { shownNumber } from '#core/usage/enrichment.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { formatTimestamptz } from '../../column-types.ts';
import { groupOf } from '../waiting.ts';
import type { FoundCall } from './find-calls.ts';
import type { NumberWanted, SearchFilter } from './search-filter.ts';

export interface CallCharge {
  readonly leg: 'in' | 'out';
  readonly role: string;
  readonly agreement: string;
  readonly destination: string;
  readonly amountNanos: bigint;
  readonly currency: string;
}

export interface CallRow extends FoundCall {
  readonly status: 'rated' | 'held' | 'duplicate' | 'rejected';
  readonly file: string;
  readonly source: string;
  readonly callId: string | undefined;
  readonly reason: string | undefined;
  readonly detail: string | undefined;
  readonly call:
    | {
        readonly service: Service;
        readonly startMicros: number;
        /** Without its last digits where it is withheld. */
        readonly calling: string | undefined;
        readonly called: string;
        readonly trunkIn: string | undefined;
        readonly trunkOut: string | undefined;
        readonly answered: boolean;
        readonly durationMicros: number;
        readonly cause: string | undefined;
      }
    | undefined;
  readonly charges: readonly CallCharge[];
}

interface Row {
  readonly day: string | null;
  readonly event_id: bigint;
  readonly file: string;
  readonly source: string;
  readonly source_key: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly service: Service;
  readonly started_at: number;
  readonly calling: string | null;
  readonly called: string | null;
  readonly trunk_in: string | null;
  readonly trunk_out: string | null;
  readonly answered: boolean;
  readonly duration_micros: bigint;
  readonly cause: string | null;
  readonly withheld?: boolean | null;
  readonly charges: readonly (Omit<CallCharge, 'amountNanos'> & { readonly nanos: string })[] | null;
}

/** In the order of `found`. Each is looked for in its own day only: fifty of thirty days, each in every day, took longer than finding them. */
export async function selectCallRows(client: pg.ClientBase | pg.Pool, found: readonly FoundCall[]): Promise<readonly CallRow[]> {
  if (found.length === 0) return [];
  const { rows } = await client.query<Row>(
    `select e.day, e.event_id, f.name as file, s.name as source, e.source_key, null as reason, null as detail, e.service, e.started_at, e.calling,
       e.called, e.trunk_in, e.trunk_out, e.answered, e.duration_micros, e.cause, e.detail #>> '{enriched,withheld}' = 'true' as withheld,
       (select json_agg(json_build_object('leg', c.leg, 'role', l.role, 'agreement', l.agreement, 'destination', l.destination, 'currency', l.currency,
             'nanos', (c.nanos + coalesce(a.amount_nanos, 0))::text) order by c.leg)
          from (values ('in', e.in_line, e.in_amount_nanos), ('out', e.out_line, e.out_amount_nanos)) as c(leg, line, nanos)
            left join usage_adjusted a on a.event_id = e.event_id and a.leg = c.leg
            join rollup_line l on l.line_id = coalesce(a.line_id, c.line)
         where (c.line is not null)::integer + coalesce(a.events, 0) > 0) as charges
       from unnest($1::date[], $2::bigint[]) as w(day, id)
         cross join lateral (select * from usage_rated r where r.day = w.day and r.event_id = w.id offset 0) as e
         join usage_file f using (file_id) join usage_source s on s.source_id = e.source_id`,
    [found.map(({ day }) => day), `{${found.map(({ id }) => id).join(',')}}`],
  );
  const shown = new Map(rows.map((row) => [Number(row.event_id), rowOf('rated', row)]));
  return found.flatMap(({ id }) => shown.get(id) ?? []);
}

export interface OtherFilter {
  readonly status: 'held' | 'duplicate' | 'rejected';
  readonly filter: SearchFilter;
  /** Names, as the record has them. */
  readonly trunk: string | undefined;
  readonly reason: string | undefined;
  /** What waits for the same, as waiting.ts names it. */
  readonly group: string | undefined;
  /** The first page: undefined. Held records have a day, the others none. */
  readonly after: { readonly day: string; readonly id: number } | undefined;
  readonly limit: number;
}

/** Those that were not rated: held ones by UTC day, the newest first, then all by number, the latest first. */
export async function selectOtherRows(client: pg.ClientBase | pg.Pool, wanted: OtherFilter): Promise<readonly CallRow[]> {
  const { status, filter, trunk, reason, group, after, limit } = wanted;
  const values: unknown[] = [];
  const value = (given: unknown): string => `$${values.push(given)}`;
  const parts: string[] = [];
  const held = status === 'held';
  // Duplicates and rejected records were not read so far: nothing of a call is known of them.
  const { number, called, calling, from, to, service, answered } = filter;
  if (!held && [number, called, calling, trunk, from, to, service, answered].some((asked) => asked !== undefined)) return [];
  const numberIs = (column: string, { text, exact }: NumberWanted): string =>
    exact ? `${column} = ${value(text)}` : `${column} ^@ ${value(text)}`;
  if (filter.number !== undefined) parts.push(`(${numberIs('called', filter.number)} or ${numberIs('calling', filter.number)})`);
  if (filter.called !== undefined) parts.push(numberIs('called', filter.called));
  if (filter.calling !== undefined) parts.push(numberIs('calling', filter.calling));
  if (filter.callId !== undefined) parts.push(status === 'rejected' ? 'false' : `source_key = ${value(filter.callId)}`);
  if (filter.fileIds !== undefined) parts.push(`file_id = any(${value(filter.fileIds)}::int[])`);
  if (trunk !== undefined) parts.push(`${value(trunk)}::text in (trunk_in, trunk_out)`);
  if (filter.from !== undefined) parts.push(`w.started_at >= ${value(formatTimestamptz(filter.from))}::timestamptz`);
  if (filter.to !== undefined) parts.push(`w.started_at < ${value(formatTimestamptz(filter.to))}::timestamptz`);
  if (filter.service !== undefined) parts.push(`service = ${value(filter.service)}`);
  if (filter.answered !== undefined) parts.push(`answered = ${value(filter.answered)}::boolean`);
  if (reason !== undefined) parts.push(status === 'duplicate' ? 'false' : `reason = ${value(reason)}`);
  if (group !== undefined) parts.push(status === 'duplicate' ? 'false' : `${groupOf(status)} = ${value(group)}`);
  const day = held ? `(w.started_at at time zone 'UTC')::date` : 'null::date';
  if (after !== undefined && held) parts.push(`(${day}, event_id) < (${value(after.day)}::date, ${value(after.id)}::bigint)`);
  if (after !== undefined && !held) parts.push(`event_id < ${value(after.id)}::bigint`);
  const { rows } = await client.query<Row>(
    `select w.*, f.name as file, s.name as source, ${day} as day
         ${status === 'duplicate' ? ", null as reason, format('repeats record %s', duplicate_of) as detail" : ''}
       from usage_${status} w join usage_file f using (file_id) join usage_source s on s.source_id = f.source_id
      ${parts.length === 0 ? '' : `where ${parts.join(' and ')}`} order by ${held ? `${day} desc, ` : ''}event_id desc limit ${value(limit)}`,
    values,
  );
  return rows.map((row) => rowOf(status, row));
}

function rowOf(status: CallRow['status'], row: Row): CallRow {
  const { called } = row;
  return {
    ...{ day: row.day ?? '', id: Number(row.event_id), status, file: row.file, source: row.source },
    ...{
      callId: row.source_key ?? undefined,
      reason: row.reason ?? undefined,
      detail: status === 'rated' ? undefined : (row.detail ?? undefined),
    },
    // Rejected ones and duplicates were not read so far.
    call:
      called === null || called === undefined
        ? undefined
        : {
            ...{
              service: row.service,
              startMicros: row.started_at,
              calling: row.calling === null ? undefined : shownNumber(row.calling, row.withheld === true ? { withheld: true } : undefined),
              called,
            },
            ...{ trunkIn: row.trunk_in ?? undefined, trunkOut: row.trunk_out ?? undefined, answered: row.answered },
            ...{ durationMicros: Number(row.duration_micros), cause: row.cause ?? undefined },
          },
    charges: (row.charges ?? []).map(({ nanos, ...charge }) => ({ ...charge, amountNanos: BigInt(nanos) })),
  };
}
