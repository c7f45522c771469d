-- What is deleted when its time is over, what must not be, and what is said of it afterwards: sums, so that books still add up.

-- Somebody says that nothing of these days, or of a party in these days, is deleted or erased, whatever its age.
create table retention_hold (
  hold_id     bigint generated always as identity primary key,
  party       text,                        -- null: of everybody
  from_day    date not null,
  to_day      date,                        -- first day after it; null: until it is released
  why         text not null,
  held_by     text not null,
  held_at     timestamptz not null default clock_timestamp(),
  released_by text,
  released_at timestamptz,
  release_why text,
  check (to_day > from_day),
  check ((released_at is null) = (released_by is null) and (released_at is null) = (release_why is null))
);

-- Every deletion: what, by which rule, how much. It stays.
create table retention_deletion (
  deletion_id bigint generated always as identity primary key,
  kind        text collate "C" not null,   -- usage, archive, journal …
  rule        text not null,               -- the setting and its value: retention.usageDays=400
  from_day    date not null,               -- days of what was deleted, UTC
  to_day      date not null,               -- first day after it
  records     bigint not null,
  bytes       bigint not null,             -- that its tables or files took; 0: not known
  deleted_by  text not null,
  deleted_at  timestamptz not null default clock_timestamp(),
  check (to_day > from_day)
);
create index retention_deletion_kind on retention_deletion (kind, from_day);

create function retention_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was deleted stays known: % of % is refused', lower(tg_op), tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger retention_deletion_kept before delete or truncate on retention_deletion for each statement execute function retention_refuse_change();
create trigger retention_hold_kept before delete or truncate on retention_hold for each statement execute function retention_refuse_change();

-- What of a file went with a UTC day of usage: the audit counts it beside what is there.
create table usage_deleted_file (
  deletion_id bigint not null references retention_deletion,
  file_id     integer not null references usage_file,
  day         date not null,
  rated       bigint not null,             -- records, as the file counts them
  calls       bigint not null,             -- events that stood
  micros      numeric not null,            -- of these
  first_id    bigint not null,             -- numbers of its records lie between
  last_id     bigint not null,
  row_sum_a   bigint not null,             -- over its rows (185_row_sums)
  row_sum_b   bigint not null,
  primary key (deletion_id, file_id, day)
);
create index usage_deleted_file_ids on usage_deleted_file (first_id, last_id);
create index usage_deleted_file_of on usage_deleted_file (file_id);
create trigger usage_deleted_file_kept before update or delete or truncate on usage_deleted_file for each statement execute function retention_refuse_change();

-- What its charges and their adjustments came to, by line of the rollup.
create table usage_deleted_sum (
  deletion_id  bigint not null references retention_deletion,
  source_id    integer not null,
  day          date not null,
  line_id      integer not null,
  local_day    date not null,
  events       bigint not null,
  answered     bigint not null,
  raw          numeric not null,
  billed       numeric not null,
  amount_nanos numeric not null,
  primary key (deletion_id, source_id, day, line_id, local_day)
);
create index usage_deleted_sum_local on usage_deleted_sum (local_day);
-- By how much they had moved counters of tiers and volumes.
create table usage_deleted_counter (
  deletion_id bigint not null references retention_deletion,
  key         text collate "C" not null,
  value       numeric not null,
  primary key (deletion_id, key)
);
create index usage_deleted_counter_key on usage_deleted_counter (key);
create trigger usage_deleted_counter_kept before update or delete or truncate on usage_deleted_counter
  for each statement execute function retention_refuse_change();
-- Sums over the keys that they had claimed: these stay claimed, so that a repetition is still one.
create table usage_deleted_key (
  deletion_id bigint not null references retention_deletion,
  source_id   integer not null,
  keys        bigint not null,
  first_sum   integer not null,
  second_sum  integer not null,
  primary key (deletion_id, source_id)
);
create trigger usage_deleted_key_kept before update or delete or truncate on usage_deleted_key for each statement execute function retention_refuse_change();
create index usage_deleted_sum_day on usage_deleted_sum (day);
create trigger usage_deleted_sum_kept before update or delete or truncate on usage_deleted_sum for each statement execute function retention_refuse_change();
