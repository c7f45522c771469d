-- Statements of charging find rows by their keys whatever the tables hold, so nothing is planned by what columns have in common. Finding that out took a fifth of a core for
-- seconds, once a minute for the log (docs/decisions/0022-charging-tail.md). How many rows there are is still counted.
do $$
declare
  one record;
begin
  for one in
    select c.oid::regclass as name, a.attname as part
      from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.oid in ('charging_log'::regclass, 'charging_session'::regclass, 'charging_usage'::regclass)
       and a.attnum > 0 and not a.attisdropped
  loop
    execute format('alter table %s alter column %I set statistics 0', one.name, one.part);
  end loop;
end $$;
