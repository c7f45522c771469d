-- Corrections: a run that rates again what is booked, or takes a file back. What it changes is in usage_adjustment: the
-- charge as it was reversed (events -1), and the charge as it is from now on (events 1). Append-only, as before.

create table correction_run (
  run_id      integer generated always as identity primary key,
  kind        text not null check (kind in ('re-rate', 'rollback')),
  subject     jsonb not null,           -- the filter; the file with its counts before
  why         text not null,
  started_by  text not null,
  known_at    timestamptz,              -- re-rate: the configuration used is the one known at this instant
  state       text not null check (state in ('open', 'done', 'abandoned')),
  summary     jsonb,
  started_at  timestamptz not null default clock_timestamp(),
  finished_at timestamptz
);

alter table usage_adjustment
  add column line_id integer,                          -- of the rollup
  add column events smallint not null default 0,       -- -1: takes a charge back, 1: books one, 0: changes one
  add column answered smallint not null default 0,     -- likewise
  add column raw bigint not null default 0,
  add column whole bigint,                             -- billed quantity of the whole charge that it is about
  add column run_id integer,                           -- usage_run: what the charge that it is about was priced with
  add column correction_run integer references correction_run,
  add column original_day date;                        -- the local day of the charge, where that is closed and local_day is the first open one

update usage_adjustment a set line_id = (select min(line_id) from rollup_line l
  where (l.rate_id, l.version_id, l.role, l.band) = (coalesce(a.rate_id, 0), a.version_id, a.role, coalesce(a.band, '')));
alter table usage_adjustment alter column line_id set not null;
create index usage_adjustment_backdated on usage_adjustment (local_day) where original_day is not null;

-- Local days before this one are closed for an agreement: what changes of them is booked with this day. Append-only; the latest counts.
create table usage_closed_until (
  agreement text not null,
  day       date not null,
  closed_at timestamptz not null default now(),
  primary key (agreement, day)
);

-- What all adjustments of one leg of an event come to, and the last of them.
create view usage_adjusted as
  select event_id, leg, sum(events) as events, sum(raw) as raw, sum(billed) as billed, sum(amount_nanos) as amount_nanos,
         (array_agg(line_id order by adjustment_id desc))[1] as line_id,
         (array_agg(coalesce(original_day, local_day) order by adjustment_id desc))[1] as local_day,
         (array_agg(run_id order by adjustment_id desc))[1] as run_id,
         (array_agg(counters order by adjustment_id desc))[1] as counters
    from usage_adjustment group by event_id, leg;

-- Charges as they are now, with all adjustments; without those that were taken back.
create view usage_standing as
  select e.event_id, e.day, e.file_id, e.answered, l.leg, coalesce(a.line_id, l.line_id) as line_id, coalesce(a.local_day, l.local_day) as local_day,
         (l.raw + coalesce(a.raw, 0))::bigint as raw, (l.billed + coalesce(a.billed, 0))::bigint as billed,
         (l.amount_nanos + coalesce(a.amount_nanos, 0))::bigint as amount_nanos,
         case when a.event_id is null then l.counters else a.counters end as counters, coalesce(a.run_id, e.run_id) as run_id
    from usage_event e
      cross join lateral (values
        ('in', e.in_line, coalesce(e.in_day, e.day), case when e.in_line = 0 then 0 else coalesce(e.in_raw, e.duration_micros) end,
          e.in_billed, e.in_amount_nanos, e.in_counters),
        ('out', e.out_line, coalesce(e.out_day, e.day), case when e.out_line = 0 then 0 else coalesce(e.out_raw, e.duration_micros) end,
          e.out_billed, e.out_amount_nanos, e.out_counters)) as l(leg, line_id, local_day, raw, billed, amount_nanos, counters)
      left join usage_adjusted a on a.event_id = e.event_id and a.leg = l.leg
   where (l.line_id <> 0)::integer + coalesce(a.events, 0) > 0;

-- A file that was taken back stays with its counts; the same content may come again.
alter table usage_file drop constraint usage_file_state_check;
alter table usage_file add constraint usage_file_state_check check (state in ('loading', 'loaded', 'refused', 'rolled-back'));
alter table usage_file drop constraint usage_file_source_id_sha256_key;
create unique index usage_file_content on usage_file (source_id, sha256) where state <> 'rolled-back';

-- What a person says that a held record means. The raw record stays as it is. Append-only: of several, the later ones win, field by field.
create table usage_correction (
  correction_id bigint generated always as identity primary key,
  event_id      bigint not null,
  fields        jsonb not null,          -- {called: "4420…"}, as given
  why           text not null,
  corrected_by  text not null,
  corrected_at  timestamptz not null default now()
);
create index usage_correction_event on usage_correction (event_id);
