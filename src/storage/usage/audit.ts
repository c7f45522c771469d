import type pg from 'pg';
import type { AuditCounts, AuditedDay, AuditedFile, AuditRange, AuditStore } from '#operations/usage/audit.ts';
import type { BookDifference } from '#operations/usage/check-books.ts';
import { AUDITED_FILES, rowDifferences } from './audit-rows.ts';
import { rowSumDifferences } from './audit-sums.ts';

interface FileRow {
  readonly file_id: number;
  readonly source: string;
  readonly name: string;
  readonly state: AuditedFile['state'];
  readonly size_bytes: bigint;
  readonly archive_path: string;
  readonly archive_removed: boolean;
  readonly sha256: Buffer;
  readonly counted: AuditCounts;
  readonly stored: AuditCounts;
  readonly written_off: number;
  readonly passed_over: AuditedFile['passedOver'];
  readonly record_bytes: string;
  readonly misplaced: bigint;
  readonly deleted: bigint;
}

/** Several drafts may come of one record (a container each), so the same bytes twice are no overlap. */
const FILES = `with wanted as (${AUDITED_FILES}),
  placed as (
    select file_id, outcome, byte_from, byte_length,
        lag(byte_from) over w as before_from, max(byte_from + byte_length) over (w rows between unbounded preceding and 1 preceding) as before_to
      from usage_record join wanted using (file_id) window w as (partition by file_id order by byte_from, byte_length desc, event_id)),
  stored as (
    select file_id, count(*) as read, count(*) filter (where outcome = 'rated') as rated, count(*) filter (where outcome = 'held') as held,
        count(*) filter (where outcome = 'duplicate') as duplicate, count(*) filter (where outcome in ('rejected', 'written-off')) as rejected,
        count(*) filter (where outcome = 'written-off') as written_off,
        sum(byte_length) filter (where before_from is distinct from byte_from) as record_bytes,
        count(*) filter (where (before_to > byte_from and before_from <> byte_from) or byte_from + byte_length > size_bytes) as misplaced
      from placed join usage_file using (file_id) group by file_id),
  -- What went when its time was over; what it came to stayed.
  gone as (select file_id, sum(rated)::bigint as rated from usage_deleted_file join wanted using (file_id) group by file_id)
  select f.file_id, s.name as source, f.name, f.state, f.size_bytes, f.archive_path, f.archive_removed_at is not null as archive_removed, f.sha256,
      jsonb_build_object('read', f.read, 'rated', f.rated, 'held', f.held, 'duplicate', f.duplicate, 'rejected', f.rejected) as counted,
      jsonb_build_object('read', coalesce(r.read, 0) + coalesce(g.rated, 0), 'rated', coalesce(r.rated, 0) + coalesce(g.rated, 0), 'held', coalesce(r.held, 0),
        'duplicate', coalesce(r.duplicate, 0), 'rejected', coalesce(r.rejected, 0)) as stored,
      coalesce(r.written_off, 0)::int as written_off, f.passed_over, coalesce(r.record_bytes, 0)::text as record_bytes, coalesce(r.misplaced, 0) as misplaced, coalesce(g.rated, 0) as deleted
    from wanted join usage_file f using (file_id) join usage_source s using (source_id) left join stored r using (file_id)
      left join gone g using (file_id) order by f.file_id`;

/** Charges as they stand. Roles by which a partner owes us; with the others we owe. */
const DAYS = `with events as (
    select f.source_id, e.day, count(*) as rated, sum(e.duration_micros) as micros
      from usage_event e join usage_file f using (file_id)
     where e.day >= $1::date and e.day < $2::date and f.state <> 'rolled-back'
       and not exists (select from usage_taken_back t where t.event_id = e.event_id) group by 1, 2
    union all
    select f.source_id, g.day, sum(g.calls), sum(g.micros) from usage_deleted_file g join usage_file f using (file_id)
     where g.day >= $1::date and g.day < $2::date and f.state <> 'rolled-back' group by 1, 2),
  summed as (select source_id, day, sum(rated)::bigint as rated, sum(micros) as micros from events group by 1, 2),
  held as (
    select source_id, (started_at at time zone 'UTC')::date as day, count(*) as held
      from usage_held where started_at >= $1::date and started_at < $2::date group by 1, 2),
  money as (
    select c.source_id, c.day, l.currency, sum(c.amount_nanos) filter (where l.role = any($3)) as receivable,
        sum(c.amount_nanos) filter (where l.role <> all($3)) as payable
      from (select f.source_id, s.day, s.line_id, s.amount_nanos from usage_standing s join usage_file f using (file_id)
             where s.day >= $1::date and s.day < $2::date
            union all select source_id, day, line_id, amount_nanos from usage_deleted_sum where day >= $1::date and day < $2::date) c
      join rollup_line l using (line_id) group by 1, 2, 3)
  select s.name as source, d.day::text as day, coalesce(d.rated, 0) as rated, coalesce(d.held, 0) as held, coalesce(d.micros, 0)::text as micros,
      (select coalesce(json_agg(json_build_object('currency', currency, 'receivable', coalesce(receivable, 0)::text, 'payable', coalesce(payable, 0)::text)
          order by currency), '[]') from money m where (m.source_id, m.day) = (d.source_id, d.day)) as money
    from (select * from summed full join held using (source_id, day)) d join usage_source s using (source_id) order by 1, 2`;

/** Lines that have a rate one by one; those without one together, as they were before each said its tariff. */
const LINE = 'case when rate_id = 0 then 0 else line_id end as line_id, version_id, role, rate_id, band';

/**
 * Charges and adjustments of these local days against the rollups, in every figure. Added up before they meet their lines: PostgreSQL guesses that few
 * are of the days that it is asked for, and would look through all charges for each line.
 */
const ROLLUPS = `with charges as (
    select in_line as line_id, coalesce(in_day, day) as local_day, 1 as events, answered::integer as answered, coalesce(in_raw, duration_micros) as raw,
        in_billed as billed, in_amount_nanos as amount from usage_event
      where in_line <> 0 and day >= $1::date - 2 and day < $2::date + 2
    union all select out_line, coalesce(out_day, day), 1, answered::integer, coalesce(out_raw, duration_micros), out_billed, out_amount_nanos from usage_event
      where out_line <> 0 and day >= $1::date - 2 and day < $2::date + 2
    union all select line_id, local_day, events, answered, raw, billed, amount_nanos from usage_adjustment
    union all select line_id, local_day, events, answered, raw, billed, amount_nanos from usage_deleted_sum
      where local_day >= $1::date and local_day < $2::date),
  summed as materialized (
    select line_id, local_day, sum(events) as events, sum(answered) as answered, sum(raw) as raw, sum(billed) as billed, sum(amount) as amount
      from charges where local_day >= $1::date and local_day < $2::date group by 1, 2),
  booked as materialized (
    select ${LINE}, local_day, sum(events) as events, sum(answered) as answered, sum(raw) as raw, sum(billed) as billed, sum(amount) as amount
      from summed join rollup_line using (line_id)
      group by case when rate_id = 0 then 0 else line_id end, version_id, role, rate_id, band, local_day),
  lines as materialized (
    select ${LINE}, day as local_day, sum(events) as events, sum(answered) as answered, sum(raw_quantity) as raw, sum(billed_quantity) as billed,
        sum(amount_nanos) as amount
      from rollup_sum join rollup_line using (line_id) where day >= $1::date and day < $2::date
      group by case when rate_id = 0 then 0 else line_id end, version_id, role, rate_id, band, day)
  select format('agreement version %s, %s, %s, rate %s, band "%s"', version_id, role, local_day, rate_id, band) as what,
      format('rollup %s events, %s answered, raw %s, billed %s, %s nanos', l.events, l.answered, trim_scale(l.raw), trim_scale(l.billed), trim_scale(l.amount)) as left_side,
      format('charges %s events, %s answered, raw %s, billed %s, %s nanos', b.events, b.answered, trim_scale(b.raw), trim_scale(b.billed), trim_scale(b.amount)) as right_side
    from lines l full join booked b using (line_id, version_id, role, rate_id, band, local_day)
   where (l.events, l.answered, l.raw, l.billed, l.amount) is distinct from (b.events, b.answered, b.raw, b.billed, b.amount) limit 100`;

/** The audit's figures in one snapshot of the transaction that `client` is in. `receivable`: roles by which the partner owes us. */
export function auditStore(client: pg.PoolClient, receivable: readonly string[]): AuditStore {
  return {
    async files({ from, to }) {
      const { rows } = await client.query<FileRow>(FILES, [from, to]);
      return rows.map(fileOf);
    },
    async days({ from, to }) {
      const { rows } = await client.query<DayRow>(DAYS, [from, to, receivable]);
      return rows.map(dayOf);
    },
    async rollupDifferences({ from, to }: AuditRange) {
      const { rows } = await client.query<{ what: string; left_side: string; right_side: string }>(ROLLUPS, [from, to]);
      return rows.map(({ what, left_side, right_side }): BookDifference => ({ what, left: left_side, right: right_side }));
    },
    rowDifferences: async (range) => [...(await rowDifferences(client, range)), ...(await rowSumDifferences(client, range))],
    async deleted({ from, to }) {
      const { rows } = await client.query<{ rule: string; first: string; last: string; on: string; records: string }>(
        `select rule, min(from_day)::text as first, max(to_day - 1)::text as last, max(deleted_at at time zone 'UTC')::date::text as on, sum(records)::text as records
           from retention_deletion where kind = 'usage' and from_day < $2::date and to_day > $1::date group by rule order by min(from_day)`,
        [from, to],
      );
      return rows.map(({ records, ...rest }) => ({ ...rest, records: Number(records) }));
    },
    async gaps() {
      const { rows } = await client.query<{ source: string; numbers: string }>(
        "select source, subject as numbers from collecting_alarm where kind = 'gap' and cleared_at is null order by 1, alarm_id",
      );
      return rows;
    },
  };
}

function fileOf(row: FileRow): AuditedFile {
  return {
    fileId: row.file_id,
    source: row.source,
    name: row.name,
    state: row.state,
    sizeBytes: Number(row.size_bytes),
    counted: row.counted,
    stored: row.stored,
    writtenOff: row.written_off,
    passedOver: row.passed_over,
    recordBytes: Number(row.record_bytes),
    misplaced: Number(row.misplaced),
    deleted: Number(row.deleted),
    archivePath: row.archive_path,
    archiveRemoved: row.archive_removed,
    sha256: row.sha256.toString('hex'),
  };
}

interface DayRow {
  readonly source: string;
  readonly day: string;
  readonly rated: bigint;
  readonly held: bigint;
  readonly micros: string;
  readonly money: readonly { readonly currency: string; readonly receivable: string; readonly payable: string }[];
}

function dayOf(row: DayRow): AuditedDay {
  return {
    source: row.source,
    day: row.day,
    rated: Number(row.rated),
    held: Number(row.held),
    durationMicros: BigInt(row.micros),
    money: row.money.map(({ currency, receivable, payable }) => ({
      currency,
      receivableNanos: BigInt(receivable),
      payableNanos: BigInt(payable),
    })),
  };
}
