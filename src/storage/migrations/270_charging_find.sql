-- What an engine looks for, in one statement: one snapshot and one way to the server. A function for its settings: the plan is made once and goes by
-- keys, whatever the tables held when it was made. Planned while there were no sessions yet, it read all of them for each look-up later.
create function charging_find(accounts text[], identities text[], sessions text[])
  returns table (kind text, id text, account_id text, a bigint, b bigint, c smallint, d bigint, "text" text) language plpgsql stable
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
  select 'account', m.account_id, m.account_id, coalesce(l.versions[p.place], m.version), coalesce(l.last_entries[p.place], m.last_entry),
      m.shard, m.version, coalesce(l.states[p.place], m.state::text)
    from all_accounts m left join in_logs p on p.account_id = m.account_id left join charging_log l on l.engine_id = p.engine_id and l.sequence = p.sequence
  union all select 'identity', i.identity, i.account_id, null, null, null, null, null from by_identity i
  union all select 'session', s.session_id, s.account_id, null, null, null, null, null from by_session s
  union all select 'closed', s.session_id, s.account_id, s.closed_micros, s.number, null, null, case when s.session_id = any(sessions) then s.answer::text end
    from charging_session s
    where s.closed_micros is not null and s.account_id in (select f.account_id from first f) and s.session_id !~ '^(http:|radius/)'
  union all select 'closed', s.session_id, s.account_id, s.closed_micros, s.number, null, null, s.answer::text from charging_session s
    where s.closed_micros is not null and s.session_id = any(sessions) and s.session_id ~ '^(http:|radius/)';
end $$;
