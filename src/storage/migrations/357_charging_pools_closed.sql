-- As before (273), with what pools that come along have behind them: a pool that is in memory because a member asked must know its own sessions and events, too, or
-- it would be charged again for one that is repeated.
create or replace function charging_find(accounts text[], identities text[], sessions text[])
  returns table (kind text, id text, account_id text, a bigint, b bigint, c smallint, d bigint, "text" text, place integer, packed bytea) language plpgsql stable
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  ids text[] := accounts;
  names text[];
  owners text[];
  pools text[];
begin
  if cardinality(identities) > 0 then
    select array_agg(i.identity), array_agg(i.account_id) into names, owners from charging_identity i where i.identity = any(identities);
    return query select 'identity', u.name, u.owner, null::bigint, null::bigint, null::smallint, null::bigint, null::text, null::integer, null::bytea
      from unnest(names, owners) as u(name, owner);
    ids := ids || owners;
  end if;
  if cardinality(sessions) > 0 then
    select array_agg(s.session_id), array_agg(s.account_id) into names, owners from charging_session s where s.session_id = any(sessions);
    return query select 'session', u.name, u.owner, null::bigint, null::bigint, null::smallint, null::bigint, null::text, null::integer, null::bytea
      from unnest(names, owners) as u(name, owner);
    ids := ids || owners;
    -- Of others that are over, those of its accounts come below.
    return query select 'closed', s.session_id, s.account_id, s.closed_micros, s.number, null::smallint, null::bigint, s.answer::text, null::integer, null::bytea
      from charging_session s where s.session_id = any(names) and s.closed_micros is not null and s.session_id ~ '^(http:|radius/)';
  end if;
  if coalesce(cardinality(ids), 0) = 0 then
    return;
  end if;
  select array_agg(distinct p.pool) into pools
    from charging_account f, json_array_elements(f.state -> 'pools') as e(value), lateral (select e.value ->> 0 as pool) p where f.account_id = any(ids);
  ids := ids || pools;
  return query select 'closed', s.session_id, s.account_id, s.closed_micros, s.number, null::smallint, null::bigint,
      case when s.session_id = any(sessions) then s.answer::text end, null::integer, null::bytea
    from charging_session s where s.account_id = any(ids) and s.closed_micros is not null and s.session_id !~ '^(http:|radius/)';
  if not exists (select from charging_adopted) then
    return query select 'account', f.account_id, f.account_id, f.version, f.last_entry, f.shard, f.version, f.state::text, null::integer, null::bytea
      from charging_account f where f.account_id = any(ids);
    return;
  end if;
  -- What many accounts were logged with is given once, under the name that these have for it.
  return query select 'log', l.engine_id || ':' || l.sequence, null::text, null::bigint, null::bigint, null::smallint, null::bigint, null::text, null::integer, l.states
    from (select distinct p.engine_id, p.sequence from charging_adopted p join charging_account f using (account_id)
           where p.account_id = any(ids) and f.version < p.version) n join charging_log l using (engine_id, sequence);
  return query select 'account', f.account_id, f.account_id, coalesce(l.versions[p.place], f.version), coalesce(l.last_entries[p.place], f.last_entry),
      f.shard, f.version, case when l.sequence is null then f.state::text else l.engine_id || ':' || l.sequence end, case when l.sequence is not null then p.place end, null::bytea
    from charging_account f left join charging_adopted p on p.account_id = f.account_id and f.version < p.version
      left join charging_log l on l.engine_id = p.engine_id and l.sequence = p.sequence
   where f.account_id = any(ids);
end $$;
