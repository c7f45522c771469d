-- Raw files that were removed from the archive after the days that their source keeps them. What was booked of them stays.
alter table usage_file add column archive_removed_at timestamptz;
