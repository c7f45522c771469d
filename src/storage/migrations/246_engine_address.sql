-- Where an engine takes requests for its accounts that came to another one.
alter table charging_engine add column address text;

-- As before, with the address.
create or replace function charging_begin_anew(engine integer, name text, lease_ms integer) returns integer language plpgsql as $$
declare
  had smallint[];
  fresh integer;
begin
  perform pg_advisory_xact_lock(732110944);
  select coalesce(array_agg(s.shard), '{}') into had from charging_shard s where s.engine_id = engine;
  perform charging_depose(engine);
  insert into charging_engine as e (name, lease_ms, address)
    select charging_begin_anew.name, charging_begin_anew.lease_ms, (select b.address from charging_engine b where b.engine_id = engine)
    returning e.engine_id into fresh;
  update charging_shard s set engine_id = fresh, epoch = s.epoch + 1 where s.shard = any(had);
  return fresh;
end $$;
