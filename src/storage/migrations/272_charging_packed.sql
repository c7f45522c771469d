-- What the log has of accounts is compressed by the engine that writes it: an eighth of the bytes on the way to the server, in its write-ahead log and in the table, so
-- that rows need to follow only each minute. Whoever reads an account as of the last commit decompresses it (storage/charging/packed-states.ts);
-- SQL alone sees rows, which `call charging_settle()` brings up to what was committed before.

-- Engines of the release before have ended. What only their logs have goes to its rows.
select charging_depose(engine_id) from charging_engine where deposed_at is null;
update charging_account a
   set version = p.version, last_entry = l.last_entries[p.place], due_micros = l.dues[p.place], due_hour = (l.dues[p.place] / 3600000000)::integer,
       state = l.states[p.place]::json
  from charging_adopted p join charging_log l using (engine_id, sequence)
 where a.account_id = p.account_id and a.version < p.version;
truncate charging_adopted, charging_log;

drop view charging_balance;
drop view charging_account_now;
drop function charging_accounts_now(text[]);
drop function charging_find(text[], text[], text[]);
alter table charging_log drop column states, drop column dues;
alter table charging_log add column states bytea not null;   -- storage/charging/packed-states.ts
alter table charging_log alter states set storage external;
-- When what was committed until then is to be in rows; null: in its time.
alter table charging_engine add column settle_asked boolean not null default false;

-- Balances as rows have them: of a running engine up to a minute behind its last commit.
create view charging_balance as
  select a.account_id, a.shard, a.state ->> 'status' as status, a.state ->> 'plan' as plan,
         case b.bucket ->> 2 when 'money' then a.state ->> 'currency' end as currency,
         (b.bucket ->> 0)::integer as bucket, b.bucket ->> 1 as definition, b.bucket ->> 2 as unit, (b.bucket ->> 3)::numeric as value,
         (b.bucket ->> 4)::numeric as reserved, (b.bucket ->> 5)::numeric as credit_limit, (b.bucket ->> 9)::bigint as valid_from_micros,
         (b.bucket ->> 10)::bigint as valid_to_micros
    from charging_account a, json_array_elements(a.state -> 'buckets') as b(bucket);

-- Some accounts as of the last commit: by their rows, or by their place in what the log has.
create function charging_accounts_now(ids text[])
  returns table (account_id text, shard smallint, version bigint, last_entry bigint, state text, log text, place integer, packed bytea) language sql stable as $$
  with newest as materialized (
    select distinct on (u.account_id) u.account_id, u.version, u.last_entry, u.place, l.engine_id, l.sequence
      from charging_log l, unnest(l.accounts, l.versions, l.last_entries) with ordinality as u(account_id, version, last_entry, place)
     where l.accounts && ids and u.account_id = any(ids) order by u.account_id, u.version desc)
  select a.account_id, a.shard, coalesce(n.version, a.version), coalesce(n.last_entry, a.last_entry),
         case when n.place is null then a.state::text end, l.engine_id || ':' || l.sequence, n.place::integer, l.states
    from charging_account a left join newest n on n.account_id = a.account_id and n.version > a.version
    left join charging_log l on l.engine_id = n.engine_id and l.sequence = n.sequence
   where a.account_id = any(ids);
$$;

-- As before, in the order of the commits: who brings these into memory finds those of one commit together.
create or replace function charging_depose(engine integer) returns void language plpgsql set work_mem = '256MB' as $$
begin
  perform from charging_engine e where e.engine_id = engine for update;
  update charging_engine e set deposed_at = clock_timestamp() where e.engine_id = engine and e.deposed_at is null;
  insert into charging_adopted as p (account_id, engine_id, sequence, place, version)
    select n.account_id, engine, n.sequence, n.place, n.version from (
      select distinct on (u.account_id) u.account_id, l.sequence, u.place, u.version
        from charging_log l, unnest(l.accounts, l.versions) with ordinality as u(account_id, version, place)
       where l.engine_id = engine order by u.account_id, u.version desc) n
     order by n.sequence, n.place
    on conflict (account_id) do update
      set engine_id = excluded.engine_id, sequence = excluded.sequence, place = excluded.place, version = excluded.version
      where p.version < excluded.version;
  update charging_shard s set engine_id = null, epoch = s.epoch + 1 where s.engine_id = engine;
end $$;

-- Asks the engines that live to bring what was committed before into its rows, and waits for it; at most half a minute.
create procedure charging_settle() language plpgsql as $$
declare
  until_sequences bigint[];
  engines integer[];
begin
  select coalesce(array_agg(l.engine_id), '{}'), coalesce(array_agg(l.last), '{}') into engines, until_sequences
    from (select engine_id, max(sequence) as last from charging_log group by 1) l;
  for tries in 1..600 loop
    exit when not exists (select from charging_log l, unnest(engines, until_sequences) as u(engine_id, last) where l.engine_id = u.engine_id and l.sequence <= u.last);
    update charging_engine e set settle_asked = true where e.deposed_at is null and not e.settle_asked;
    commit;
    perform pg_sleep(0.05);
  end loop;
end $$;

create function charging_find(accounts text[], identities text[], sessions text[])
  returns table (kind text, id text, account_id text, a bigint, b bigint, c smallint, d bigint, "text" text, place integer, packed bytea) language plpgsql stable
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
#variable_conflict use_column
begin
  return query
  with by_identity as materialized (select i.identity, i.account_id from charging_identity i where i.identity = any(identities)),
    by_session as materialized (select s.session_id, s.account_id from charging_session s where s.session_id = any(sessions)),
    first as materialized (select f.* from charging_account f where f.account_id in (
      select unnest(accounts) union select i.account_id from by_identity i union select s.account_id from by_session s)),
    pools as materialized (select distinct p.pool from first f, json_array_elements(f.state -> 'pools') as e(value), lateral (select e.value ->> 0 as pool) p),
    all_accounts as materialized (select f.* from first f union all
      select m.* from charging_account m where m.account_id in (select p.pool from pools p except select f.account_id from first f)),
    in_logs as materialized (select p.account_id, p.place, p.engine_id, p.sequence from charging_adopted p
      join all_accounts m on m.account_id = p.account_id and m.version < p.version)
  -- What many accounts were logged with is given once, under the name that these have for it.
  select 'log', l.engine_id || ':' || l.sequence, null, null, null, null, null, null, null, l.states
    from charging_log l where (l.engine_id, l.sequence) in (select p.engine_id, p.sequence from in_logs p)
  union all select 'account', m.account_id, m.account_id, coalesce(l.versions[p.place], m.version), coalesce(l.last_entries[p.place], m.last_entry),
      m.shard, m.version, case when l.sequence is null then m.state::text else l.engine_id || ':' || l.sequence end, case when l.sequence is not null then p.place end, null
    from all_accounts m left join in_logs p on p.account_id = m.account_id left join charging_log l on l.engine_id = p.engine_id and l.sequence = p.sequence
  union all select 'identity', i.identity, i.account_id, null, null, null, null, null, null, null from by_identity i
  union all select 'session', s.session_id, s.account_id, null, null, null, null, null, null, null from by_session s
  union all select 'closed', s.session_id, s.account_id, s.closed_micros, s.number, null, null, case when s.session_id = any(sessions) then s.answer::text end, null, null
    from charging_session s
    where s.closed_micros is not null and s.account_id in (select f.account_id from first f) and s.session_id !~ '^(http:|radius/)'
  union all select 'closed', s.session_id, s.account_id, s.closed_micros, s.number, null, null, s.answer::text, null, null from charging_session s
    where s.closed_micros is not null and s.session_id = any(sessions) and s.session_id ~ '^(http:|radius/)';
end $$;

drop function charging_commit;

-- All that a batch of requests comes to, in one statement and one commit: nothing of it when the engine was deposed (CH001), or when a
-- row, session or command is not as the engine knows it (CH002). Arrays of one name's parts are of one length. Accounts are written to the log or to their
-- rows; those of both are in the shards named.
create function charging_commit(
  engine integer, shards smallint[], epochs bigint[],
  log_sequence bigint, logged text[], logged_versions bigint[], logged_entries bigint[], logged_states bytea,
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
    insert into charging_log (engine_id, sequence, accounts, versions, last_entries, states)
      values (engine, log_sequence, logged, logged_versions, logged_entries, logged_states);
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
