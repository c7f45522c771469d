-- Narrow rows of usage. What is the same for very many charges is said once, in rollup_line, and an event names the
-- line of each of its legs; likewise trunks and runs. Readers use the views usage_rated and rollup, which have the names.

-- What charges are added up by, without the day. The rate is 0 where there is none: not answered, nothing due.
create table rollup_line (
  line_id          integer generated always as identity primary key,
  agreement        text not null,
  version_id       integer not null,
  role             text collate "C" not null,
  tariff           text collate "C" not null,
  rate_id          integer not null,
  destination      text collate "C" not null,
  band             text collate "C" not null,   -- '': the tariff has none
  currency         text not null,
  unique (rate_id, version_id, role, band, tariff, destination)
);

-- Trunks over which calls in the books ran.
create table usage_trunk (
  trunk_id   integer generated always as identity primary key,
  name       text collate "C" not null unique
);

-- One load or retry: the instant whose configuration priced its charges.
create table usage_run (
  run_id     integer generated always as identity primary key,
  known_at   timestamptz not null,
  started_at timestamptz not null default now()
);
create index usage_run_known on usage_run (known_at);

alter table rollup rename to rollup_before;
alter table usage_event rename to usage_event_before;

-- Charges added up. Kept in the same transaction as the events.
create table rollup_sum (
  line_id          integer not null,
  day              date not null,           -- local day in the agreement's zone
  events           bigint not null,
  answered         bigint not null,
  raw_quantity     numeric not null,        -- voice: microseconds; others: units
  billed_quantity  numeric not null,        -- voice: seconds; others: units
  amount_nanos     numeric not null,
  primary key (line_id, day)
) with (fillfactor = 60);  -- room to update a line where it stands

create view rollup as
  select agreement, version_id, role, day, tariff, nullif(rate_id, 0) as rate_id, destination, band, currency, events, answered,
         raw_quantity, billed_quantity, amount_nanos, line_id
    from rollup_sum join rollup_line using (line_id);

-- An event with the charges of both its legs. event_id grows in each partition as rows are added: a BRIN index finds it,
-- at a thousandth of the cost of a B-tree. Columns of one width stand together, so that nothing is lost between them.
create table usage_event (
  event_id          bigint not null,
  byte_from         bigint not null,        -- the raw record in the archived file
  started_at        timestamptz not null,
  duration_micros   bigint not null,
  in_billed         bigint not null,
  in_amount_nanos   bigint not null,
  out_billed        bigint not null,
  out_amount_nanos  bigint not null,
  in_raw            bigint,                 -- null: duration_micros
  out_raw           bigint,
  day               date not null,          -- UTC day of started_at
  file_id           integer not null,
  run_id            integer not null,
  byte_length       integer not null,
  trunk_in          integer not null,       -- 0: none
  trunk_out         integer not null,
  in_line           integer not null,       -- 0: no charge on that end
  out_line          integer not null,
  in_day            date,                   -- local day in the agreement's zone; null: day
  out_day           date,
  service           smallint not null,      -- place in the list of usage_rated, from 0
  answered          boolean not null,
  source_key        text not null,          -- unique in the source
  called            text not null,
  calling           text,
  cause             text,                   -- release cause as the source gave it
  detail            jsonb,                  -- what only some services have: quantity, bytes, price, service class …
  in_counters       jsonb,                  -- counters it moved: {key: [before, added]}
  out_counters      jsonb
) partition by range (day);
create index usage_event_id on usage_event using brin (event_id) with (pages_per_range = 16, autosummarize = on);

create view usage_rated as
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
         case when e.out_line <> 0 then e.out_amount_nanos end as out_amount_nanos, e.out_counters
    from usage_event e
      left join usage_file f on f.file_id = e.file_id
      left join usage_run r on r.run_id = e.run_id
      left join usage_trunk ti on ti.trunk_id = e.trunk_in
      left join usage_trunk tu on tu.trunk_id = e.trunk_out
      left join rollup_line i on i.line_id = e.in_line
      left join rollup_line o on o.line_id = e.out_line;

-- What was in the old shape comes over. A charge without a rate does not say its tariff; it takes that of a line that fits.
insert into rollup_line (agreement, version_id, role, tariff, rate_id, destination, band, currency)
  select distinct agreement, version_id, role, tariff, coalesce(rate_id, 0), destination, band, currency from rollup_before order by 2, 5;
insert into usage_trunk (name)
  select trunk_in from usage_event_before where trunk_in is not null union select trunk_out from usage_event_before where trunk_out is not null;
insert into usage_run (known_at, started_at) select distinct known_at, known_at from usage_event_before order by 1;

do $$
declare each_day date;
begin
  for each_day in select distinct day from usage_event_before order by 1 loop
    execute format('alter table if exists usage_event_%1$s rename to usage_event_before_%1$s', to_char(each_day, 'YYYYMMDD'));
    execute format('create table usage_event_%s partition of usage_event for values from (%L) to (%L)', to_char(each_day, 'YYYYMMDD'),
      each_day, each_day + 1);
  end loop;
end $$;

create temporary table line_of on commit drop as
  select version_id, role, rate_id, band, min(line_id) as line_id from rollup_line group by 1, 2, 3, 4;

insert into usage_event (event_id, byte_from, started_at, duration_micros, in_billed, in_amount_nanos, out_billed, out_amount_nanos,
    in_raw, out_raw, day, file_id, run_id, byte_length, trunk_in, trunk_out, in_line, out_line, in_day, out_day, service, answered,
    source_key, called, calling, cause, detail, in_counters, out_counters)
  select event_id, byte_from, e.started_at, duration_micros, coalesce(in_billed, 0), coalesce(in_amount_nanos, 0), coalesce(out_billed, 0),
    coalesce(out_amount_nanos, 0), in_raw, out_raw, day, file_id, r.run_id, byte_length, coalesce(ti.trunk_id, 0), coalesce(tu.trunk_id, 0),
    coalesce(i.line_id, 0), coalesce(o.line_id, 0), nullif(in_day, day), nullif(out_day, day),
    array_position(array['voice', 'sms', 'mms', 'data', 'content', 'event'], service) - 1, answered, source_key, called, calling, cause, detail,
    in_counters, out_counters
  from usage_event_before e
    join usage_run r on r.known_at = e.known_at
    left join usage_trunk ti on ti.name = e.trunk_in
    left join usage_trunk tu on tu.name = e.trunk_out
    left join line_of i on i.version_id = in_version_id and i.role = in_role and i.rate_id = coalesce(in_rate_id, 0) and i.band = coalesce(in_band, '')
    left join line_of o on o.version_id = out_version_id and o.role = out_role and o.rate_id = coalesce(out_rate_id, 0) and o.band = coalesce(out_band, '')
  order by event_id;

insert into rollup_sum (line_id, day, events, answered, raw_quantity, billed_quantity, amount_nanos)
  select o.line_id, day, sum(events), sum(answered), sum(raw_quantity), sum(billed_quantity), sum(amount_nanos)
    from rollup_before b join line_of o on o.version_id = b.version_id and o.role = b.role and o.rate_id = coalesce(b.rate_id, 0) and o.band = b.band
   group by 1, 2;

drop table usage_event_before, rollup_before;
