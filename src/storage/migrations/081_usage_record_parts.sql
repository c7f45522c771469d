-- Parts of calls are records, rated through the event that was made of them; that event is none.
create or replace view usage_record as
  select file_id, event_id, byte_from, byte_length::bigint as byte_length, 'rated' as outcome, day, duration_micros from usage_event e
    where not exists (select from usage_correlated c where c.event_id = e.event_id)
  union all
  select file_id, part_id, byte_from, byte_length, 'rated', (started_at at time zone 'UTC')::date, null from usage_part
  union all
  select file_id, event_id, byte_from, byte_length, 'held', (started_at at time zone 'UTC')::date, duration_micros from usage_held
  union all
  select file_id, event_id, byte_from, byte_length, 'duplicate', null, null from usage_duplicate
  union all
  select file_id, event_id, byte_from, byte_length, case reason when 'usage.discarded' then 'written-off' else 'rejected' end, null, null
    from usage_rejected;
