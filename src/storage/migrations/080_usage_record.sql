-- Every record that was read, whatever became of it: the four tables side by side. What the audit counts.
create view usage_record as
  select file_id, event_id, byte_from, byte_length::bigint as byte_length, 'rated' as outcome, day, duration_micros from usage_event
  union all
  select file_id, event_id, byte_from, byte_length, 'held', (started_at at time zone 'UTC')::date, duration_micros from usage_held
  union all
  select file_id, event_id, byte_from, byte_length, 'duplicate', null, null from usage_duplicate
  union all
  select file_id, event_id, byte_from, byte_length, case reason when 'usage.discarded' then 'written-off' else 'rejected' end, null, null
    from usage_rejected;
