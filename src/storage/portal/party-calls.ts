/** A party's calls, page by page in the order of their time, read with its eyes (migration 311): no statement here says whose rows it wants. */
import type pg from 'pg';
import type { AfterCall, PartyCall, PartyCallFilter } from '#operations/portal/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';
import { utcDay } from '../usage/days.ts';

const MINUTE = 60_000_000;
const DAY = 1_440 * MINUTE;
/** What is looked at first: of a busy house a page, of a quiet one a quick look. */
const FIRST_SPAN = 4 * MINUTE;
/** Longer by so many times while nothing is found. */
const MOST_GROWTH = 16;
const LONGEST_SPAN = 64 * DAY;

/** UTC microseconds, `until` exclusive. */
interface Span {
  readonly from: number;
  readonly until: number;
}

/** Of these local days, behind one of the calls: a stretch of time after another until the page is full, each as long as what was found before suggests. */
export async function selectCalls(
  database: Database,
  filter: PartyCallFilter,
  after: AfterCall | undefined,
  most: number,
): Promise<readonly PartyCall[]> {
  return database.transaction(async (client) => {
    // Compiling a plan takes longer than a page; and a stretch is found by the summaries of where which times are: planned by what reading a day
    // seems to cost, days were read whole.
    await client.query('set local jit = off; set local enable_seqscan = off; set local max_parallel_workers_per_gather = 0');
    const around = await spanOf(client, filter);
    const found: PartyCall[] = [];
    let from = Math.max(around.from, after?.startedMicros ?? around.from);
    for (let length = FIRST_SPAN; from < around.until && found.length < most; ) {
      const until = Math.min(from + length, around.until);
      const wanted = most - found.length;
      const some = await callsWithin(client, { from, until }, filter, after, wanted);
      found.push(...some);
      from = until;
      length = Math.min(LONGEST_SPAN, length * Math.min(MOST_GROWTH, Math.max(1, Math.ceil((2 * wanted) / Math.max(1, some.length)))));
    }
    return found;
  });
}

/** From the first instant that is one of the days in any zone of the party's agreements to the last one. */
async function spanOf(client: pg.ClientBase, { from, to }: PartyCallFilter): Promise<Span> {
  const { rows } = await client.query<{ zone: string | null }>('select unnest(carillon_own_zones()) as zone');
  const [first, behind] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to).add({ days: 1 })];
  const spans = rows.map(({ zone }) =>
    zone === null
      ? { from: beginOf(first, 'UTC') - DAY, until: beginOf(behind, 'UTC') + DAY }
      : { from: beginOf(first, zone), until: beginOf(behind, zone) },
  );
  const asked = { from: Math.min(...spans.map((span) => span.from)), until: Math.max(...spans.map((span) => span.until)) };
  // Of days that no table has there is nothing; a table that is not of a day says nothing about days.
  const { rows: known } = await client.query<{ first: string; last: string }>(
    `select to_date(min(right(c.relname, 8)), 'YYYYMMDD')::text as first, to_date(max(right(c.relname, 8)), 'YYYYMMDD')::text as last
       from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'usage_event'::regclass
     having bool_and(c.relname ~ '^usage_event_[0-9]{8}$')`,
  );
  const days = known[0];
  if (days === undefined) return asked;
  return {
    from: Math.max(Date.parse(days.first) * 1_000, asked.from),
    until: Math.min(Date.parse(days.last) * 1_000 + DAY, asked.until),
  };
}

function beginOf(day: Temporal.PlainDate, zone: string): number {
  return day.toZonedDateTime(zone).epochMilliseconds * 1_000;
}

async function callsWithin(
  client: pg.ClientBase,
  span: Span,
  { from, to, agreement }: PartyCallFilter,
  after: AfterCall | undefined,
  most: number,
): Promise<readonly PartyCall[]> {
  const { rows } = await client.query<Omit<PartyCall, 'calling'> & { readonly calling: string | null }>(
    `select event_id as "eventId", leg, started_at as "startedMicros", service, calling, called, answered, duration_micros as "durationMicros",
            agreement, role, destination, currency, billed, amount_nanos as "amountNanos"
       from party_call
      where day between $8::date and $9::date and started_at >= $10::timestamptz and started_at < $11::timestamptz
        and local_day between $1 and $2 and ($3::text is null or agreement = $3)
        and ($4::timestamptz is null or (started_at, event_id, leg) > ($4, $5::bigint, $6))
      order by started_at, event_id, leg limit $7`,
    [
      ...[from, to, agreement ?? null, after === undefined ? null : formatTimestamptz(after.startedMicros)],
      ...[after?.eventId ?? null, after?.leg ?? null, most, utcDay(span.from), utcDay(span.until - 1)],
      ...[formatTimestamptz(span.from), formatTimestamptz(span.until)],
    ],
  );
  return rows.map(({ calling, ...row }) => ({ ...row, calling: calling ?? undefined }));
}
