-- Online charging: who serves which accounts, the accounts themselves, what changed them, and what waits to be booked as usage.
-- docs/decisions/0009-charging.md has the measurements behind the shapes.

-- A process that charges. It says that it lives by renewing; one that has not done so for its lease is deposed by another, for ever,
-- and starts again under a new number. Times are the database's: clocks of machines do not matter.
create table charging_engine (
  engine_id    integer generated always as identity primary key,
  name         text not null,               -- host and process, for people
  lease_ms     integer not null check (lease_ms between 100 and 600000),
  started_at   timestamptz not null default clock_timestamp(),
  renewed_at   timestamptz not null default clock_timestamp(),
  deposed_at   timestamptz
);

-- Accounts are served in shards, each by one engine at a time. The epoch grows with every change of hands.
create table charging_shard (
  shard        smallint primary key,
  epoch        bigint not null,
  engine_id    integer references charging_engine
);
insert into charging_shard (shard, epoch) select shard, 0 from generate_series(0, 63) as shard;

-- One row is an account with its buckets and its open sessions, as engine and core know it (storage/charging/account-json.ts): a request is
-- one update. No column with an index changes with ordinary requests, so that the update stays on its page.
create table charging_account (
  account_id   text collate "C" primary key,
  shard        smallint not null references charging_shard,
  epoch        bigint not null,             -- of the owner that wrote it last
  version      bigint not null,             -- one more with each commit that changes it
  last_entry   bigint not null,             -- its newest entry in the journal; 0: none
  due_micros   bigint not null,             -- something of it ends or renews then
  due_hour     integer not null,            -- the same in hours since 1970: what is looked up
  state        json not null
) with (fillfactor = 70);
create index charging_account_due on charging_account (due_hour);

-- By what a peer names a subscriber: `msisdn:491701234567`.
create table charging_identity (
  identity     text collate "C" primary key,
  account_id   text collate "C" not null references charging_account
);

-- Which account has a session: for peers that name the subscriber only once. A session that is over stays for a while with its last
-- answer, for a repetition; so do events, which are over at once.
create table charging_session (
  session_id    text collate "C" primary key,
  account_id    text collate "C" not null,
  closed_micros bigint,                     -- null: open
  number        bigint,                     -- of the last request, once it is over
  answer        json
);
create index charging_session_account on charging_session (account_id);
create index charging_session_closed on charging_session (closed_micros) where closed_micros is not null;

-- Every change of a balance with its cause. Append-only, a table for each UTC day. Entries are numbered by the microsecond in which they were made, each
-- later than the one before, so that BRIN finds a number; each names the account's entry before it, so that a history is
-- read without an index on the account, which would cost more than the rest of the entry.
create table charging_journal (
  entry_id      bigint not null,            -- microseconds since 1970
  previous_id   bigint not null,            -- of the same account; 0: its first
  at_micros     bigint not null,            -- when it took effect
  before        bigint not null,            -- in the bucket's unit: nanos, seconds, bytes, messages, events
  after         bigint not null,
  number        bigint not null,            -- of the request; 0 for other causes
  bucket        integer not null,
  account_id    text collate "C" not null,
  definition    text not null,
  unit          text not null,
  cause         text not null,
  cause_of      text not null,              -- session, key of the command, or what ended or renewed
  note          text                        -- of a command: who and why
) partition by range (entry_id);
create index charging_journal_entry on charging_journal using brin (entry_id) with (pages_per_range = 16, autosummarize = on);

-- Complete use with its charges, until it is booked in the store of usage.
create table charging_usage (
  record_id     text collate "C" primary key,
  account_id    text collate "C" not null,
  record        json not null
);

-- Commands by their keys, done or to be done by the engine that has the account. The key makes that each is done once.
create table charging_command (
  command_key   text collate "C" primary key,
  account_id    text collate "C" not null,
  command       json not null,
  state         text not null check (state in ('waiting', 'done', 'refused')),
  result        json,
  asked_at      timestamptz not null default clock_timestamp(),
  done_at       timestamptz
);
create index charging_command_waiting on charging_command (asked_at) where state = 'waiting';

-- Two engines would take the same shards at the same moment: one at a time. Returns the shards of this one.
create function charging_renew(engine integer, wanted integer) returns table (shard smallint, epoch bigint) language plpgsql as $$
declare
  dead integer;
begin
  perform pg_advisory_xact_lock(732110944);
  update charging_engine e set renewed_at = clock_timestamp() where e.engine_id = engine and e.deposed_at is null;
  if not found then
    raise exception 'engine % was deposed', engine using errcode = 'CH001';
  end if;
  for dead in
    -- The lock waits for what it commits at this moment, which counts; what it commits later fails.
    select e.engine_id from charging_engine e
     where e.deposed_at is null and e.renewed_at < clock_timestamp() - make_interval(secs => e.lease_ms / 1000.0) for update
  loop
    update charging_engine e set deposed_at = clock_timestamp() where e.engine_id = dead;
    update charging_shard s set engine_id = null, epoch = s.epoch + 1 where s.engine_id = dead;
  end loop;
  update charging_shard s set engine_id = engine, epoch = s.epoch + 1
   where s.shard in (
     select f.shard from charging_shard f where f.engine_id is null order by f.shard
      limit greatest(0, wanted - (select count(*) from charging_shard o where o.engine_id = engine)));
  return query select s.shard, s.epoch from charging_shard s where s.engine_id = engine;
end $$;

-- All that a batch of requests comes to, in one statement and one commit: nothing of it when the engine was deposed (CH001), or when an
-- account, session or command is not as the engine knows it (CH002). Arrays of one name's parts are of one length.
create function charging_commit(
  engine integer,
  accounts text[], shards smallint[], epochs bigint[], versions bigint[], last_entries bigint[], dues bigint[], states json[],
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
    select from (select distinct * from unnest(shards, epochs)) as b(shard, epoch)
     where not exists (select from charging_shard s where s.shard = b.shard and s.engine_id = engine and s.epoch = b.epoch))
  then
    raise exception 'engine % does not own what it commits', engine using errcode = 'CH001';
  end if;

  update charging_account a
     set shard = u.shard, epoch = u.epoch, version = a.version + 1, last_entry = u.last_entry, due_micros = u.due, due_hour = (u.due / 3600000000)::integer,
         state = u.state
    from unnest(accounts, shards, epochs, versions, last_entries, dues, states)
         as u(account_id, shard, epoch, version, last_entry, due, state)
   where a.account_id = u.account_id and a.version = u.version;
  get diagnostics changed = row_count;
  if changed <> cardinality(accounts) then
    raise exception '% accounts of % are not as the engine knows them', cardinality(accounts) - changed, cardinality(accounts)
      using errcode = 'CH002';
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

-- Balances as they are in the books: of a running engine, as of its last commit.
create view charging_balance as
  select a.account_id, a.shard, a.state ->> 'status' as status, a.state ->> 'plan' as plan,
         case b.bucket ->> 2 when 'money' then a.state ->> 'currency' end as currency,
         (b.bucket ->> 0)::integer as bucket, b.bucket ->> 1 as definition, b.bucket ->> 2 as unit, (b.bucket ->> 3)::numeric as value,
         (b.bucket ->> 4)::numeric as reserved, (b.bucket ->> 5)::numeric as credit_limit, (b.bucket ->> 9)::bigint as valid_from_micros,
         (b.bucket ->> 10)::bigint as valid_to_micros
    from charging_account a, json_array_elements(a.state -> 'buckets') as b(bucket);
