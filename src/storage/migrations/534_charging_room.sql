-- What charging deletes comes anew within seconds: an end of the table that is given back is asked for again, page by page, and giving it back locks everybody out.
alter table charging_log set (vacuum_truncate = off, toast.vacuum_truncate = off);
alter table charging_session set (vacuum_truncate = off, toast.vacuum_truncate = off);
alter table charging_usage set (vacuum_truncate = off, toast.vacuum_truncate = off);

-- Entries of the journal are found by a B-tree instead of BRIN. Under load a day has a million ranges, and each step of a history looks at all of them: 1.4 microseconds each, some two
-- seconds a step. And who summarises them is autovacuum, which keeps 256 requests, comes by once a minute, and logs each other one with its whole statement. Entries come in
-- the order of their numbers, so that each is written behind the last.
drop index charging_journal_entry;
create index charging_journal_entry on charging_journal (entry_id);
