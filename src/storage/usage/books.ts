import type pg from 'pg';
import type { BookDifference, BookTotals, UsageBooks } from '#operations/usage/check-books.ts';
import { KEY_OWNERS } from './key-owners.ts';
import { notTakenBack } from './taken-back.ts';

/** Differences listed at most, of each kind. */
const MOST = 100;

interface Difference {
  readonly what: string;
  readonly left_side: string;
  readonly right_side: string;
}

const leg = (side: 'in' | 'out'): string => `select ${side}_version_id as version_id, ${side}_role as role, ${side}_day as day,
  ${side}_rate_id as rate_id, coalesce(${side}_band, '') as band, count(*) as events, count(*) filter (where answered) as answered,
  sum(${side}_raw) as raw, sum(${side}_billed) as billed, sum(${side}_amount_nanos) as amount
  from usage_rated where ${side}_version_id is not null group by 1, 2, 3, 4, 5`;

/** Charges and adjustments, added up as the rollup is. A line without a rate is told apart by its tariff in the rollup only. */
const ROLLUP_AGAINST_EVENTS = `with booked as (
    ${leg('in')} union all ${leg('out')}
    union all select version_id, role, local_day, rate_id, coalesce(band, ''), sum(events), sum(answered), sum(raw), sum(billed), sum(amount_nanos)
      from usage_adjustment group by 1, 2, 3, 4, 5
    union all select version_id, role, local_day, nullif(rate_id, 0), band, sum(events), sum(answered), sum(raw), sum(billed), sum(amount_nanos)
      from usage_deleted_sum join rollup_line using (line_id) group by 1, 2, 3, 4, 5),
  events as (select version_id, role, day, rate_id, band, sum(events) as events, sum(answered) as answered, sum(raw) as raw,
    sum(billed) as billed, sum(amount) as amount from booked group by 1, 2, 3, 4, 5),
  lines as (select version_id, role, day, rate_id, band, sum(events) as events, sum(answered) as answered, sum(raw_quantity) as raw,
    sum(billed_quantity) as billed, sum(amount_nanos) as amount from rollup group by 1, 2, 3, 4, 5)
  select format('agreement version %s, %s, %s, rate %s, band "%s"', k.version_id, k.role, k.day, coalesce(k.rate_id::text, 'none'), k.band) as what,
    format('rollup %s events, %s answered, raw %s, billed %s, %s nanos', l.events, l.answered, trim_scale(l.raw), trim_scale(l.billed),
      trim_scale(l.amount)) as left_side,
    format('charges %s events, %s answered, raw %s, billed %s, %s nanos', e.events, e.answered, e.raw, e.billed, e.amount) as right_side
  from lines l full join events e on (l.version_id, l.role, l.day, coalesce(l.rate_id, -1), l.band)
      = (e.version_id, e.role, e.day, coalesce(e.rate_id, -1), e.band)
    cross join lateral (select coalesce(l.version_id, e.version_id) as version_id, coalesce(l.role, e.role) as role,
      coalesce(l.day, e.day) as day, coalesce(l.rate_id, e.rate_id) as rate_id, coalesce(l.band, e.band) as band) k
  where (l.events, l.answered, l.raw, l.billed, l.amount) is distinct from (e.events, e.answered, e.raw, e.billed, e.amount) limit ${MOST}`;

/** The sums by day and agreement that the overview reads, kept by triggers of the rollup, against the rollup. */
const DAYS_AGAINST_ROLLUP = `with days as (
    select day, agreement, role, currency, sum(events) as events, sum(answered) as answered, sum(amount_nanos) as amount from rollup_day group by 1, 2, 3, 4),
  lines as (
    select day, agreement, role, currency, sum(events) as events, sum(answered) as answered, sum(amount_nanos) as amount
      from rollup_sum join rollup_line using (line_id) group by 1, 2, 3, 4),
  both_sides as (
    select day, agreement, role, currency, (coalesce(d.events, 0), coalesce(d.answered, 0), coalesce(d.amount, 0)) as kept,
        (coalesce(l.events, 0), coalesce(l.answered, 0), coalesce(l.amount, 0)) as added,
        format('sums of days %s events, %s answered, %s nanos', coalesce(d.events, 0), coalesce(d.answered, 0), trim_scale(coalesce(d.amount, 0))) as left_side,
        format('rollup %s events, %s answered, %s nanos', coalesce(l.events, 0), coalesce(l.answered, 0), trim_scale(coalesce(l.amount, 0))) as right_side
      from days d full join lines l using (day, agreement, role, currency))
  select format('%s, agreement %s, %s, %s', day, agreement, role, currency) as what, left_side, right_side
    from both_sides where kept is distinct from added limit ${MOST}`;

const FILES_AGAINST_RECORDS = `select format('file %s (%s)', f.file_id, f.name) as what,
    format('counted %s rated, %s held, %s duplicate, %s rejected of %s', f.rated, f.held, f.duplicate, f.rejected, f.read) as left_side,
    format('stored %s rated, %s held, %s duplicate, %s rejected', coalesce(e.n, 0), coalesce(h.n, 0), coalesce(d.n, 0), coalesce(r.n, 0)) as right_side
  from usage_file f
    left join (select file_id, sum(n) as n from (
      select file_id, count(*) as n from usage_event e where not exists (select from usage_correlated c where c.event_id = e.event_id)
        and ${notTakenBack('e.event_id')} group by 1
      union all select file_id, count(*) from usage_part group by 1
      union all select file_id, sum(rated) from usage_deleted_file group by 1) rated group by 1) e using (file_id)
    left join (select file_id, count(*) as n from usage_held group by 1) h using (file_id)
    left join (select file_id, count(*) as n from usage_duplicate group by 1) d using (file_id)
    left join (select file_id, count(*) as n from usage_rejected group by 1) r using (file_id)
  where (f.rated, f.held, f.duplicate, f.rejected) is distinct from (coalesce(e.n, 0), coalesce(h.n, 0), coalesce(d.n, 0), coalesce(r.n, 0))
    or f.read <> f.rated + f.held + f.duplicate + f.rejected
    or coalesce((select sum(value::bigint) from jsonb_each_text(f.reasons)), 0) <> f.held + f.rejected limit ${MOST}`;

/** A key that two records of a source with the same start have, and sources whose index has not as many keys as their records. */
const RECORDS = `with owners as (select * from ${KEY_OWNERS} as owner
    where not exists (select from usage_key_release where first_event_id <= event_id and last_event_id >= event_id))
  select format('source %s, key %s', source_id, source_key) as what, format('record %s', min(event_id)) as left_side,
      format('record %s', max(event_id)) as right_side
    from owners group by source_id, source_key, started_at having count(*) > 1
  union all
  select format('source %s', source_id), format('%s keys in the index', coalesce(k.n, 0)), format('%s records with a key', coalesce(o.n, 0))
    from (select source_id, sum(entries) as n from usage_key_run where live group by 1) k
      full join (select source_id, sum(n) as n from (select source_id, count(*) as n from owners group by 1
        union all select source_id, sum(keys) from usage_deleted_key group by 1) known group by 1) o using (source_id)
    where k.n is distinct from o.n and not exists (select from usage_key_release) and not (select rebuild from usage_key_seed)
  limit ${MOST}`;

/** Events of parts that are not there, parts without one, and waiting parts that are none. */
const PARTS = `select format('event %s of parts', event_id) as what, format('%s rows', count(e.event_id)) as left_side,
      format('%s parts', min(p.n)) as right_side
    from usage_correlated c left join usage_event e using (event_id)
      left join (select event_id, count(*) as n from usage_part group by 1) p using (event_id)
    where ${notTakenBack('c.event_id')} group by event_id having count(e.event_id) <> 1 or coalesce(min(p.n), 0) = 0
  union all
  select format('record %s', part_id), 'part of an event', 'held or rejected'
    from usage_part where exists (select from usage_held where event_id = part_id) or exists (select from usage_rejected where event_id = part_id)
  limit ${MOST}`;

/** Counters of tiers and daily volumes against what the charges that stand have moved them by. Those that are to be gone through again are not looked at. */
const COUNTERS = `with moved as (
    select m.key, sum((m.value ->> 1)::numeric) as value from usage_standing s cross join lateral jsonb_each(s.counters) m
     where s.counters is not null group by 1),
  counted as (select key, sum(value) as value from (select key, value from moved union all select key, value from usage_deleted_counter) m group by key)
  select format('counter %s', key) as what, trim_scale(coalesce(c.value, 0))::text as left_side, format('%s by charges', trim_scale(coalesce(m.value, 0))) as right_side
    from usage_counter c full join counted m using (key)
   where coalesce(c.value, 0) <> coalesce(m.value, 0) and not coalesce(c.disturbed, false) limit ${MOST}`;

/** Duplicates of records that are nowhere. */
const DUPLICATES = `with wanted as (select distinct duplicate_of as id from usage_duplicate)
  select format('record %s', d.event_id) as what, format('repeats record %s', d.duplicate_of) as left_side, 'which is not there' as right_side
    from usage_duplicate d where d.duplicate_of in (select id from wanted except (
      select event_id from usage_event union all select event_id from usage_held union all select event_id from usage_rejected
      union all select part_id from usage_part union all select event_id from usage_duplicate))
      and not exists (select from usage_deleted_file g where d.duplicate_of between g.first_id and g.last_id) limit ${MOST}`;

/** The books in one snapshot of the transaction that `client` is in. */
export class StoredUsageBooks implements UsageBooks {
  readonly #client: pg.ClientBase;

  constructor(client: pg.ClientBase) {
    this.#client = client;
  }

  async rollupDifferences(): Promise<readonly BookDifference[]> {
    return [...(await this.#differences(ROLLUP_AGAINST_EVENTS)), ...(await this.#differences(DAYS_AGAINST_ROLLUP))];
  }

  fileDifferences(): Promise<readonly BookDifference[]> {
    return this.#differences(FILES_AGAINST_RECORDS);
  }

  async recordDifferences(): Promise<readonly BookDifference[]> {
    const found: BookDifference[] = [];
    for (const query of [RECORDS, PARTS, COUNTERS, DUPLICATES]) found.push(...(await this.#differences(query)));
    return found;
  }

  async totals(): Promise<BookTotals> {
    const { rows } = await this.#client.query<Record<keyof BookTotals, bigint>>(
      `select count(*) as files, coalesce(sum(read), 0)::bigint as read, coalesce(sum(rated), 0)::bigint as rated, coalesce(sum(held), 0)::bigint as held,
         coalesce(sum(duplicate), 0)::bigint as duplicate, coalesce(sum(rejected), 0)::bigint as rejected,
         (select count(nullif(in_line, 0)) + count(nullif(out_line, 0)) from usage_event) as charges, (select count(*) from usage_adjustment) as adjustments,
         (select count(*) from rollup_sum) as "rollupLines", count(*) filter (where state = 'loading') as "unfinishedFiles",
         (select count(*) from usage_counter where disturbed) as "disturbedCounters" from usage_file`,
    );
    const totals = rows[0];
    if (totals === undefined) throw new Error('no totals');
    return Object.fromEntries(Object.entries(totals).map(([name, value]) => [name, Number(value)])) as Record<keyof BookTotals, number>; // the same names
  }

  async #differences(sql: string): Promise<readonly BookDifference[]> {
    const { rows } = await this.#client.query<Difference>(sql);
    return rows.map(({ what, left_side, right_side }) => ({ what, left: left_side, right: right_side }));
  }
}
