-- Under load a commit writes what became of its accounts to a log, one row for all of them, and their own rows later: an account that is asked
-- for ten times a minute is one update of its row, not ten. docs/decisions/0013-charging-log.md has the measurements.

-- Accounts as commits left them, until their rows are as new. Each commit of an engine has a number, given once.
create table charging_log (
  engine_id     integer not null,
  sequence      bigint not null,
  accounts      text[] collate "C" not null,
  versions      bigint[] not null,
  last_entries  bigint[] not null,
  dues          bigint[] not null,
  states        text[] not null,            -- each as charging_account.state
  primary key (engine_id, sequence)
);
-- Compressing would cost more than it saves: rows live for seconds.
alter table charging_log alter accounts set storage external, alter versions set storage external, alter last_entries set storage external,
  alter dues set storage external, alter states set storage external;

-- Accounts whose newest state is in the log of an engine that is gone: found there until their rows are written again.
create table charging_adopted (
  account_id    text collate "C" primary key,
  engine_id     integer not null,
  sequence      bigint not null,
  place         integer not null,           -- in the arrays of the log, from 1
  version       bigint not null
);

-- Accounts as they are, whether their rows are or not: of a running engine, as of its last commit.
create view charging_account_now as
  with newest as materialized (
    select distinct on (u.account_id) u.account_id, u.version, l.engine_id, l.sequence, u.place
      from charging_log l, unnest(l.accounts, l.versions) with ordinality as u(account_id, version, place)
     order by u.account_id, u.version desc)
  select a.account_id, a.shard, coalesce(n.version, a.version) as version, coalesce(l.last_entries[n.place], a.last_entry) as last_entry,
         coalesce(l.dues[n.place], a.due_micros) as due_micros, coalesce(l.states[n.place]::json, a.state) as state
    from charging_account a
    left join newest n on n.account_id = a.account_id and n.version > a.version
    left join charging_log l on l.engine_id = n.engine_id and l.sequence = n.sequence;

-- The same of some accounts, without looking at all.
create function charging_accounts_now(ids text[])
  returns table (account_id text, shard smallint, version bigint, last_entry bigint, due_micros bigint, state json) language sql stable as $$
  with newest as materialized (
    select distinct on (u.account_id) u.account_id, u.version, u.last_entry, u.due, u.state
      from charging_log l, unnest(l.accounts, l.versions, l.last_entries, l.dues, l.states) as u(account_id, version, last_entry, due, state)
     where l.accounts && ids and u.account_id = any(ids) order by u.account_id, u.version desc)
  select a.account_id, a.shard, coalesce(n.version, a.version), coalesce(n.last_entry, a.last_entry), coalesce(n.due, a.due_micros),
         coalesce(n.state::json, a.state)
    from charging_account a left join newest n on n.account_id = a.account_id and n.version > a.version
   where a.account_id = any(ids);
$$;

create or replace view charging_balance as
  select a.account_id, a.shard, a.state ->> 'status' as status, a.state ->> 'plan' as plan,
         case b.bucket ->> 2 when 'money' then a.state ->> 'currency' end as currency,
         (b.bucket ->> 0)::integer as bucket, b.bucket ->> 1 as definition, b.bucket ->> 2 as unit, (b.bucket ->> 3)::numeric as value,
         (b.bucket ->> 4)::numeric as reserved, (b.bucket ->> 5)::numeric as credit_limit, (b.bucket ->> 9)::bigint as valid_from_micros,
         (b.bucket ->> 10)::bigint as valid_to_micros
    from charging_account_now a, json_array_elements(a.state -> 'buckets') as b(bucket);

-- Ends an engine for ever: what it commits at this moment counts, what it commits later fails. What only its log has is found there from now on,
-- and its shards are free.
create function charging_depose(engine integer) returns void language plpgsql set work_mem = '64MB' as $$
begin
  perform from charging_engine e where e.engine_id = engine for update;
  update charging_engine e set deposed_at = clock_timestamp() where e.engine_id = engine and e.deposed_at is null;
  insert into charging_adopted as p (account_id, engine_id, sequence, place, version)
    select distinct on (u.account_id) u.account_id, engine, l.sequence, u.place, u.version
      from charging_log l, unnest(l.accounts, l.versions) with ordinality as u(account_id, version, place)
     where l.engine_id = engine order by u.account_id, u.version desc
    on conflict (account_id) do update
      set engine_id = excluded.engine_id, sequence = excluded.sequence, place = excluded.place, version = excluded.version
      where p.version < excluded.version;
  update charging_shard s set engine_id = null, epoch = s.epoch + 1 where s.engine_id = engine;
end $$;

-- An engine that does not know what became of its last commit goes on under a new number, with the shards that it still had. Returns the number.
create function charging_begin_anew(engine integer, name text, lease_ms integer) returns integer language plpgsql as $$
declare
  had smallint[];
  fresh integer;
begin
  perform pg_advisory_xact_lock(732110944);
  select coalesce(array_agg(s.shard), '{}') into had from charging_shard s where s.engine_id = engine;
  perform charging_depose(engine);
  insert into charging_engine as e (name, lease_ms) values (name, lease_ms) returning e.engine_id into fresh;
  update charging_shard s set engine_id = fresh, epoch = s.epoch + 1 where s.shard = any(had);
  return fresh;
end $$;

create or replace function charging_renew(engine integer, wanted integer) returns table (shard smallint, epoch bigint) language plpgsql as $$
declare
  dead integer;
begin
  perform pg_advisory_xact_lock(732110944);
  update charging_engine e set renewed_at = clock_timestamp() where e.engine_id = engine and e.deposed_at is null;
  if not found then
    raise exception 'engine % was deposed', engine using errcode = 'CH001';
  end if;
  for dead in
    select e.engine_id from charging_engine e
     where e.deposed_at is null and e.renewed_at < clock_timestamp() - make_interval(secs => e.lease_ms / 1000.0)
  loop
    perform charging_depose(dead);
    -- It may have had a long log; nobody else could renew meanwhile.
    update charging_engine e set renewed_at = clock_timestamp() where e.engine_id = engine;
  end loop;
  update charging_shard s set engine_id = engine, epoch = s.epoch + 1
   where s.shard in (
     select f.shard from charging_shard f where f.engine_id is null order by f.shard
      limit greatest(0, wanted - (select count(*) from charging_shard o where o.engine_id = engine)));
  return query select s.shard, s.epoch from charging_shard s where s.engine_id = engine;
end $$;

drop function charging_commit(
  integer, text[], smallint[], bigint[], bigint[], bigint[], bigint[], json[], bigint[], bigint[], bigint[], bigint[], bigint[], bigint[], integer[],
  text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], bigint[], bigint[], json[], text[], text[], json[], text[], text[],
  json[], text[], json[], text[], text[], text[]);

-- All that a batch of requests comes to, in one statement and one commit: nothing of it when the engine was deposed (CH001), or when a
-- row, session or command is not as the engine knows it (CH002). Arrays of one name's parts are of one length. Accounts are written to the log or to their
-- rows; those of both are in the shards named.
create function charging_commit(
  engine integer, shards smallint[], epochs bigint[],
  log_sequence bigint, logged text[], logged_versions bigint[], logged_entries bigint[], logged_dues bigint[], logged_states text[],
  accounts text[], account_shards smallint[], account_epochs bigint[], versions_before bigint[], row_versions bigint[], row_entries bigint[],
  row_dues bigint[], row_states json[], adopted text[],
  entry_ids bigint[], entry_previous bigint[], entry_at bigint[], entry_before bigint[], entry_after bigint[], entry_numbers bigint[],
  entry_buckets integer[], entry_accounts text[], entry_definitions text[], entry_units text[], entry_causes text[], entry_of text[],
  entry_notes text[],
  opened text[], opened_accounts text[],
  closed text[], closed_accounts text[], closed_at bigint[], closed_numbers bigint[], closed_answers json[],
  usage_ids text[], usage_accounts text[], usage_records json[],
  command_keys text[], command_accounts text[], commands json[], command_states text[], command_results json[],
  identities_removed text[], identities_added text[], identity_accounts text[]
) returns void language plpgsql
-- The plan is made once, whatever the tables hold then: by their keys, for arrays of any length.
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  changed bigint;
begin
  -- Kept until the commit: who deposes this engine waits for it.
  perform from charging_engine e where e.engine_id = engine and e.deposed_at is null for key share;
  if not found or exists (
    select from unnest(shards, epochs) as b(shard, epoch)
     where not exists (select from charging_shard s where s.shard = b.shard and s.engine_id = engine and s.epoch = b.epoch))
  then
    raise exception 'engine % does not own what it commits', engine using errcode = 'CH001';
  end if;

  if cardinality(logged) > 0 then
    insert into charging_log (engine_id, sequence, accounts, versions, last_entries, dues, states)
      values (engine, log_sequence, logged, logged_versions, logged_entries, logged_dues, logged_states);
  end if;
  if cardinality(accounts) > 0 then
    update charging_account a
       set shard = u.shard, epoch = u.epoch, version = u.version, last_entry = u.last_entry, due_micros = u.due,
           due_hour = (u.due / 3600000000)::integer, state = u.state
      from unnest(accounts, account_shards, account_epochs, versions_before, row_versions, row_entries, row_dues, row_states)
           as u(account_id, shard, epoch, before, version, last_entry, due, state)
     where a.account_id = u.account_id and a.version = u.before;
    get diagnostics changed = row_count;
    if changed <> cardinality(accounts) then
      raise exception '% accounts of % are not as the engine knows them', cardinality(accounts) - changed, cardinality(accounts)
        using errcode = 'CH002';
    end if;
  end if;
  if cardinality(adopted) > 0 then
    delete from charging_adopted p using unnest(adopted) as u(account_id) where p.account_id = u.account_id;
  end if;

  if cardinality(entry_ids) > 0 then
    insert into charging_journal (entry_id, previous_id, at_micros, before, after, number, bucket, account_id, definition, unit, cause,
        cause_of, note)
      select * from unnest(entry_ids, entry_previous, entry_at, entry_before, entry_after, entry_numbers, entry_buckets, entry_accounts,
        entry_definitions, entry_units, entry_causes, entry_of, entry_notes);
  end if;
  if cardinality(opened) > 0 then
    insert into charging_session as s (session_id, account_id)
      select * from unnest(opened, opened_accounts)
      on conflict (session_id) do update set account_id = excluded.account_id, closed_micros = null, number = null, answer = null;
  end if;
  if cardinality(closed) > 0 then
    insert into charging_session as s (session_id, account_id, closed_micros, number, answer)
      select * from unnest(closed, closed_accounts, closed_at, closed_numbers, closed_answers)
      on conflict (session_id) do update set account_id = excluded.account_id, closed_micros = excluded.closed_micros,
        number = excluded.number, answer = excluded.answer;
  end if;
  if cardinality(usage_ids) > 0 then
    insert into charging_usage (record_id, account_id, record) select * from unnest(usage_ids, usage_accounts, usage_records);
  end if;
  if cardinality(command_keys) > 0 then
    insert into charging_command as c (command_key, account_id, command, state, result, done_at)
      select u.*, clock_timestamp() from unnest(command_keys, command_accounts, commands, command_states, command_results) as u
      on conflict (command_key) do update set state = excluded.state, result = excluded.result, done_at = excluded.done_at
        where c.state = 'waiting' and c.account_id = excluded.account_id;
    get diagnostics changed = row_count;
    if changed <> cardinality(command_keys) then
      raise exception 'a command was done before' using errcode = 'CH002';
    end if;
  end if;
  if cardinality(identities_removed) > 0 then
    delete from charging_identity i using unnest(identities_removed) as u(identity) where i.identity = u.identity;
  end if;
  if cardinality(identities_added) > 0 then
    insert into charging_identity (identity, account_id) select * from unnest(identities_added, identity_accounts);
  end if;
end $$;
