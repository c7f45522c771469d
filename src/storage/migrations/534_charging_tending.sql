-- What charging deletes comes anew within seconds: an end of the table that is given back is asked for again, page by page, and giving it back locks everybody out.
alter table charging_log set (vacuum_truncate = off, toast.vacuum_truncate = off);
alter table charging_session set (vacuum_truncate = off, toast.vacuum_truncate = off);
alter table charging_usage set (vacuum_truncate = off, toast.vacuum_truncate = off);

-- Autovacuum keeps 256 requests for summaries and comes by once a minute; under load the journal makes four times as many, and each that is not kept is a line of PostgreSQL's
-- log. Who serves charging summarises what it wrote (src/storage/charging/tending.ts). PostgreSQL cannot change the index of the parent, from which days to come would have it:
-- who makes a day does it.
do $$
declare
  one record;
begin
  for one in select inhrelid::regclass as name from pg_inherits where inhparent = 'charging_journal_entry'::regclass loop
    execute format('alter index %s set (autosummarize = off)', one.name);
  end loop;
end $$;
