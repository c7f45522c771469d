-- Single events taken out of the books: because a record of them was corrected, a part came late, or a file with some of
-- their parts was rolled back. The row of the event and its reversed charges stay; its records are rated through another
-- event, or wait again.

alter table correction_run drop constraint correction_run_kind_check;
alter table correction_run add constraint correction_run_kind_check check (kind in ('re-rate', 'rollback', 'correct', 'join'));

create table usage_taken_back (
  event_id        bigint primary key,
  correction_run  integer not null references correction_run,
  replaced_by     bigint                        -- null: its records wait again, or went with their file
);

-- Parts that an event had and has no more.
create table usage_former_part (
  part_id      bigint not null,
  event_id     bigint not null references usage_correlated,
  source_id    integer not null,
  file_id      integer not null references usage_file,
  byte_from    bigint not null,
  byte_length  integer not null,
  source_key   text not null,
  kind         text not null,
  sequence     bigint,
  started_at   timestamptz not null,
  primary key (event_id, part_id)
);

-- A record that was corrected after it was rated counts through the event that it is rated with now, as a part does.
create or replace view usage_record as
  select file_id, event_id, byte_from, byte_length::bigint as byte_length, 'rated' as outcome, day, duration_micros from usage_event e
    where not exists (select from usage_correlated c where c.event_id = e.event_id)
      and not exists (select from usage_taken_back t where t.event_id = e.event_id)
  union all
  select file_id, part_id, byte_from, byte_length, 'rated', (started_at at time zone 'UTC')::date, null from usage_part
  union all
  select file_id, event_id, byte_from, byte_length, 'held', (started_at at time zone 'UTC')::date, duration_micros from usage_held
  union all
  select file_id, event_id, byte_from, byte_length, 'duplicate', null, null from usage_duplicate
  union all
  select file_id, event_id, byte_from, byte_length, case reason when 'usage.discarded' then 'written-off' else 'rejected' end, null, null
    from usage_rejected;
