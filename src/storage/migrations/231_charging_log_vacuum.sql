-- The log is deleted as fast as it is written: what it leaves is looked for each time autovacuum comes by, however large it has become.
alter table charging_log set (
  autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0,
  toast.autovacuum_vacuum_threshold = 10000, toast.autovacuum_vacuum_scale_factor = 0);
