-- A batch is a few statements in one go and one commit (storage/charging/pipeline.ts), those that it has something for, instead of a function of 48 parameters with all of
-- them: PL/pgSQL copies each array of each call, and sets itself up for each statement. What an account is looked up with likewise. docs/decisions/0022-charging-tail.md.

-- At the end of a batch: nothing of it counts when the engine was deposed or a shard is another's by now (CH001). Epochs only grow, so that their sum says of all of them
-- at once. The lock is kept until the commit: who deposes this engine waits for it, and what asks for it later sees that it was deposed.
create function charging_hold(engine integer, shards smallint[], epochs numeric) returns void language plpgsql as $$
declare
  waited text := pg_advisory_xact_lock_shared(732110945, engine);
begin
  if not exists (select from charging_engine e where e.engine_id = engine and e.deposed_at is null)
    or (select count(*) <> cardinality(shards) or coalesce(sum(s.epoch), 0) <> epochs
          from charging_shard s where s.engine_id = engine and s.shard = any(shards))
  then
    raise exception 'engine % does not own what it commits', engine using errcode = 'CH001';
  end if;
end $$;

-- As before (273), behind what the engine commits at this moment.
create or replace function charging_depose(engine integer) returns void language plpgsql set work_mem = '256MB' as $$
begin
  perform pg_advisory_xact_lock(732110945, engine);
  update charging_engine e set deposed_at = clock_timestamp() where e.engine_id = engine and e.deposed_at is null;
  insert into charging_adopted as p (account_id, engine_id, sequence, place, version)
    select n.account_id, engine, n.at / 1000000, n.at % 1000000, n.version from (
      select u.account_id, max(l.sequence * 1000000 + u.place) as at, max(u.version) as version
        from charging_log l, unnest(l.accounts, l.versions) with ordinality as u(account_id, version, place)
       where l.engine_id = engine group by u.account_id) n
     order by n.at
    on conflict (account_id) do update
      set engine_id = excluded.engine_id, sequence = excluded.sequence, place = excluded.place, version = excluded.version
      where p.version < excluded.version;
  update charging_shard s set engine_id = null, epoch = s.epoch + 1 where s.engine_id = engine;
end $$;

drop function charging_commit, charging_write_rows, charging_find;

-- Rows of accounts, in a batch or beside them; CH002 when one is not as the engine knows it.
create function charging_write_rows(
  accounts text[], account_shards smallint[], account_epochs bigint[], versions_before bigint[], row_versions bigint[], row_entries bigint[],
  row_dues bigint[], row_states json[]
) returns void language plpgsql as $$
declare
  changed bigint;
begin
  update charging_account a
     set shard = u.shard, epoch = u.epoch, version = u.version, last_entry = u.last_entry, due_micros = u.due,
         due_hour = (u.due / 3600000000)::integer, state = u.state
    from unnest(accounts, account_shards, account_epochs, versions_before, row_versions, row_entries, row_dues, row_states)
         as u(account_id, shard, epoch, before, version, last_entry, due, state)
   where a.account_id = u.account_id and a.version = u.before;
  get diagnostics changed = row_count;
  if changed <> cardinality(accounts) then
    raise exception '% rows of % are not as the engine knows them', cardinality(accounts) - changed, cardinality(accounts)
      using errcode = 'CH002';
  end if;
end $$;

-- Commands and what became of them; CH002 when one was done before.
create function charging_write_commands(command_keys text[], command_accounts text[], commands json[], command_states text[], command_results json[])
  returns void language plpgsql as $$
declare
  changed bigint;
begin
  insert into charging_command as c (command_key, account_id, command, state, result, done_at)
    select u.*, clock_timestamp() from unnest(command_keys, command_accounts, commands, command_states, command_results) as u
    on conflict (command_key) do update set state = excluded.state, result = excluded.result, done_at = excluded.done_at
      where c.state = 'waiting' and c.account_id = excluded.account_id;
  get diagnostics changed = row_count;
  if changed <> cardinality(command_keys) then
    raise exception 'a command was done before' using errcode = 'CH002';
  end if;
end $$;

-- A session that ends is written beside its beginning, on the page that has room for it: no index has what changes (before, each end was an entry in three indexes, most of what a
-- commit took). What is over is forgotten page by page (storage/charging/forgetting.ts).
drop index charging_session_closed_soon, charging_session_closed_late;
alter table charging_session set (fillfactor = 25);
-- Small batches stay in their row, and need no way through a second table.
alter table charging_log set (toast_tuple_target = 8160);
