-- Looking up costs most at its beginning: a single statement for all of it had some forty nodes to set up, for two or three accounts at a time. Step by step,
-- each by its key and only when there is something to look for, it takes a third. What is in logs of engines that are gone is looked for while there is any.
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
  return query select 'closed', s.session_id, s.account_id, s.closed_micros, s.number, null::smallint, null::bigint,
      case when s.session_id = any(sessions) then s.answer::text end, null::integer, null::bytea
    from charging_session s where s.account_id = any(ids) and s.closed_micros is not null and s.session_id !~ '^(http:|radius/)';
  select array_agg(distinct p.pool) into pools
    from charging_account f, json_array_elements(f.state -> 'pools') as e(value), lateral (select e.value ->> 0 as pool) p where f.account_id = any(ids);
  ids := ids || pools;
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

-- As before, without sorting everything that was logged: a minute at 25,000 requests a second is one and a half million names. Versions and commits of an
-- account ascend together, so the largest of each belong together.
create or replace function charging_depose(engine integer) returns void language plpgsql set work_mem = '256MB' as $$
begin
  perform from charging_engine e where e.engine_id = engine for update;
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

-- As before; while an engine with a long log is deposed, nobody can renew: who lived when that began lives when it is over.
create or replace function charging_renew(engine integer, wanted integer) returns table (shard smallint, epoch bigint) language plpgsql as $$
declare
  dead integer;
  began timestamptz;
begin
  perform pg_advisory_xact_lock(732110944);
  update charging_engine e set renewed_at = clock_timestamp() where e.engine_id = engine and e.deposed_at is null;
  if not found then
    raise exception 'engine % was deposed', engine using errcode = 'CH001';
  end if;
  began := clock_timestamp();
  for dead in
    select e.engine_id from charging_engine e
     where e.deposed_at is null and e.renewed_at < began - make_interval(secs => e.lease_ms / 1000.0)
  loop
    perform charging_depose(dead);
    update charging_engine e set renewed_at = clock_timestamp()
     where e.deposed_at is null and e.renewed_at >= began - make_interval(secs => e.lease_ms / 1000.0);
  end loop;
  update charging_shard s set engine_id = engine, epoch = s.epoch + 1
   where s.shard in (
     select f.shard from charging_shard f where f.engine_id is null order by f.shard
      limit greatest(0, wanted - (select count(*) from charging_shard o where o.engine_id = engine)));
  return query select s.shard, s.epoch from charging_shard s where s.engine_id = engine;
end $$;
