-- Rows of accounts as the log has them, written beside the commits and not in them: nobody waits for these, and who waits for a commit does not wait for the pages of
-- some thousand rows. Nothing of it when the engine was deposed (CH001) or a row is not as the engine knows it (CH002), as in charging_commit.
create function charging_write_rows(
  engine integer, shards smallint[], epochs bigint[],
  accounts text[], account_shards smallint[], account_epochs bigint[], versions_before bigint[], row_versions bigint[], row_entries bigint[],
  row_dues bigint[], row_states json[], adopted text[]
) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  changed bigint;
begin
  perform from charging_engine e where e.engine_id = engine and e.deposed_at is null for key share;
  if not found or exists (
    select from unnest(shards, epochs) as b(shard, epoch)
     where not exists (select from charging_shard s where s.shard = b.shard and s.engine_id = engine and s.epoch = b.epoch))
  then
    raise exception 'engine % does not own the rows that it writes', engine using errcode = 'CH001';
  end if;
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
  if cardinality(adopted) > 0 then
    delete from charging_adopted p using unnest(adopted) as u(account_id) where p.account_id = u.account_id;
  end if;
end $$;
