/** Rows that contradict each other though all sums are right: what the audit looks for besides sums. Each is limited to `MOST`. */
import type pg from 'pg';
import type { AuditRange } from '#operations/usage/audit.ts';
import type { BookDifference } from '#operations/usage/check-books.ts';

/** Differences listed at most, of each kind. */
const MOST = 100;

/** Files that were loaded on these UTC days, or have calls of them. */
export const AUDITED_FILES = `select file_id from usage_file where started_at >= $1::date and started_at < $2::date
    union select file_id from usage_event where day >= $1::date and day < $2::date
    union select file_id from usage_part where started_at >= $1::date and started_at < $2::date
    union select file_id from usage_held where started_at >= $1::date and started_at < $2::date
    union select file_id from usage_deleted_file where day >= $1::date and day < $2::date`;

/** Of two parameters, the UTC days: the first, and the one behind the last. */
const QUERIES: readonly string[] = [
  // Without these an event would not be seen by what joins them.
  `select format('event %s of %s', e.event_id, e.day) as what, 'file, run, trunks and lines that are known' as left_side,
      concat_ws(', ', case when f.file_id is null then format('no file %s', e.file_id) end, case when r.run_id is null then format('no run %s', e.run_id) end,
        case when e.trunk_in <> 0 and i.trunk_id is null then format('no trunk %s', e.trunk_in) end,
        case when e.trunk_out <> 0 and o.trunk_id is null then format('no trunk %s', e.trunk_out) end,
        case when e.in_line <> 0 and il.line_id is null then format('no line %s', e.in_line) end,
        case when e.out_line <> 0 and ol.line_id is null then format('no line %s', e.out_line) end) as right_side
    from usage_event e left join usage_file f using (file_id) left join usage_run r using (run_id)
      left join usage_trunk i on i.trunk_id = e.trunk_in left join usage_trunk o on o.trunk_id = e.trunk_out
      left join rollup_line il on il.line_id = e.in_line left join rollup_line ol on ol.line_id = e.out_line
   where e.day >= $1::date and e.day < $2::date
     and (f.file_id is null or r.run_id is null or (e.trunk_in <> 0 and i.trunk_id is null) or (e.trunk_out <> 0 and o.trunk_id is null)
       or (e.in_line <> 0 and il.line_id is null) or (e.out_line <> 0 and ol.line_id is null))`,
  `select format('event %s', e.event_id), 'on the day on which it started', format('stored on %s, started on %s', e.day, (e.started_at at time zone 'UTC')::date)
    from usage_event e where e.day >= $1::date and e.day < $2::date and e.day <> (e.started_at at time zone 'UTC')::date`,
  `select format('event %s', event_id), 'once', format('%s rows', count(*)) from usage_event where day >= $1::date and day < $2::date
    group by event_id having count(*) > 1`,
  `select 'numbers of records', format('the next is %s', (select next_event_id from usage_numbering)), format('record %s', max(event_id))
    from usage_event where day >= $1::date and day < $2::date having max(event_id) >= (select coalesce(max(next_event_id), 0) from usage_numbering)`,
  `select format('adjustment %s of event %s', adjustment_id, a.event_id), 'an event and a line that are known, with the line''s version, role, rate and band',
      case when l.line_id is null then format('no line %s', a.line_id) when e.event_id is null then 'no event'
        else format('line %s, version %s, %s, rate %s, band "%s"', a.line_id, a.version_id, a.role, coalesce(a.rate_id, 0), coalesce(a.band, '')) end
    from usage_adjustment a left join rollup_line l using (line_id)
      left join usage_event e on e.event_id = a.event_id and e.day = a.day
   where a.day >= $1::date and a.day < $2::date and (l.line_id is null or e.event_id is null
      or (a.version_id, a.role, coalesce(a.rate_id, 0), coalesce(a.band, '')) is distinct from (l.version_id, l.role, l.rate_id, l.band))`,
  `select format('adjustment %s of event %s', adjustment_id, event_id), 'a correction that is known', format('no run %s', correction_run)
    from usage_adjustment a where a.day >= $1::date and a.day < $2::date and correction_run is not null
      and not exists (select from correction_run r where r.run_id = a.correction_run)`,
  `select format('rollup of line %s on %s', line_id, day), 'a line that is known', 'none' from rollup_sum s
    where day >= $1::date and day < $2::date and not exists (select from rollup_line l where l.line_id = s.line_id)`,
  `select format('line %s', l.line_id), format('agreement %s, tariff %s', l.agreement, l.tariff),
      case when c.version_id is null then format('no version %s', l.version_id) when c.agreement <> l.agreement then format('version %s is of %s', l.version_id, c.agreement)
        when l.rate_id <> 0 and r.rate_id is null then format('no rate %s', l.rate_id) else format('rate %s is of tariff %s', l.rate_id, r.tariff) end
    from rollup_line l left join (select case kind when 'plans' then -version_id else version_id end as version_id, split_part(key, '@', 1) as agreement
        from config_version where kind in ('agreements', 'plans')) c using (version_id)
      left join rate r on r.rate_id = l.rate_id
   where l.line_id in (select line_id from rollup_sum where day >= $1::date and day < $2::date)
     and (c.version_id is null or c.agreement <> l.agreement or (l.rate_id <> 0 and (r.rate_id is null or r.tariff <> l.tariff)))`,
  `select format('event %s/%s', event_id, leg), 'no charge, since it was taken back', format('%s nanos stand', amount_nanos) from usage_standing s
    where s.day >= $1::date and s.day < $2::date
      and (s.event_id in (select event_id from usage_taken_back) or s.file_id in (select file_id from usage_file where state = 'rolled-back'))`,
  `select format('event %s of parts', c.event_id), 'an event with parts', format('%s rows, %s parts', count(distinct e.event_id), count(distinct p.part_id))
    from usage_correlated c left join usage_event e on e.event_id = c.event_id left join usage_part p on p.event_id = c.event_id
   where c.started_at >= $1::date and c.started_at < $2::date and not exists (select from usage_taken_back t where t.event_id = c.event_id)
   group by c.event_id having count(distinct e.event_id) <> 1 or count(distinct p.part_id) = 0`,
  `select format('record %s', part_id), format('part of event %s', p.event_id), 'that was taken back' from usage_part p
      join usage_taken_back t on t.event_id = p.event_id join usage_file f on f.file_id = p.file_id
   where p.started_at >= $1::date and p.started_at < $2::date and f.state <> 'rolled-back'`,
  `select format('record %s', event_id), 'a part that waits for others', 'nothing by which they would find it' from usage_held h
    where started_at >= $1::date and started_at < $2::date and reason in ('usage.awaiting-parts', 'usage.part-late')
      and not exists (select from usage_waiting_part p where p.event_id = h.event_id)`,
  `select format('record %s', r.event_id), 'who discarded it, and why', 'nobody' from usage_rejected r
    where r.file_id in (${AUDITED_FILES}) and r.reason = 'usage.discarded'
      and not exists (select from usage_discard d where d.event_id = r.event_id)`,
  `select format('file %s (%s)', f.file_id, f.name), format('counted %s', f.reasons), format('in the books %s', coalesce(r.reasons, '{}')) from usage_file f
      left join lateral (select jsonb_object_agg(reason, n) as reasons from (select reason, count(*) as n from (
          select reason from usage_held h where h.file_id = f.file_id union all select reason from usage_rejected j where j.file_id = f.file_id) as both_kinds
        group by reason) as counted) r on true
    where f.file_id in (${AUDITED_FILES}) and f.reasons <> coalesce(r.reasons, '{}')`,
];

export async function rowDifferences(client: pg.ClientBase, { from, to }: AuditRange): Promise<readonly BookDifference[]> {
  const found: BookDifference[] = [];
  for (const query of QUERIES) {
    const { rows } = await client.query<{ what: string; left_side: string; right_side: string }>(
      `select * from (${query}) as found(what, left_side, right_side) order by 1 limit ${MOST}`,
      [from, to],
    );
    found.push(...rows.map(({ what, left_side, right_side }) => ({ what, left: left_side, right: right_side })));
  }
  return found;
}
