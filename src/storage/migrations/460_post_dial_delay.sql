-- Post-dial delay: of records whose source says it. A row without it is as long as before: its bitmap of nulls has a place left.
alter table usage_event add column pdd_millis integer;   -- from the first signal until the called side rang or was heard

create or replace view usage_rated as
  select e.day, e.event_id, f.source_id, e.file_id, e.byte_from, e.byte_length, e.source_key,
         (array['voice', 'sms', 'mms', 'data', 'content', 'event'])[e.service + 1] as service,
         e.started_at, e.calling, e.called, ti.name as trunk_in, tu.name as trunk_out, e.answered, e.duration_micros, e.cause, e.detail,
         r.known_at, e.run_id,
         i.version_id as in_version_id, i.role as in_role, case when e.in_line <> 0 then coalesce(e.in_day, e.day) end as in_day,
         nullif(i.rate_id, 0) as in_rate_id, nullif(i.band, '') as in_band, nullif(e.in_line, 0) as in_line,
         case when e.in_line <> 0 then coalesce(e.in_raw, e.duration_micros) end as in_raw,
         case when e.in_line <> 0 then e.in_billed end as in_billed,
         case when e.in_line <> 0 then e.in_amount_nanos end as in_amount_nanos, e.in_counters,
         o.version_id as out_version_id, o.role as out_role, case when e.out_line <> 0 then coalesce(e.out_day, e.day) end as out_day,
         nullif(o.rate_id, 0) as out_rate_id, nullif(o.band, '') as out_band, nullif(e.out_line, 0) as out_line,
         case when e.out_line <> 0 then coalesce(e.out_raw, e.duration_micros) end as out_raw,
         case when e.out_line <> 0 then e.out_billed end as out_billed,
         case when e.out_line <> 0 then e.out_amount_nanos end as out_amount_nanos, e.out_counters, e.pdd_millis
    from usage_event e
      left join usage_file f on f.file_id = e.file_id
      left join usage_run r on r.run_id = e.run_id
      left join usage_trunk ti on ti.trunk_id = e.trunk_in
      left join usage_trunk tu on tu.trunk_id = e.trunk_out
      left join rollup_line i on i.line_id = e.in_line
      left join rollup_line o on o.line_id = e.out_line;

-- Added up with what else reports ask of records; calls that say it, their sum, and how many waited longer than 8 seconds. What was added up before
-- has none, as its records had.
alter table usage_traffic add column pdd_calls bigint not null default 0, add column pdd_millis bigint not null default 0,
  add column pdd_slow bigint not null default 0;
create index usage_traffic_pdd on usage_traffic (kind, day) where pdd_calls > 0;
