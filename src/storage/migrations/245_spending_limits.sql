-- Who is told when the status of an account's policy counters changes (Sy, spending limits of 5G), and what they were told last: a process
-- that takes over finds what has changed since.
create table charging_subscription (
  subscription_id text collate "C" primary key,  -- Session-Id of Sy, or the name that the consumer was given
  kind            text not null check (kind in ('sy', 'nchf')),
  account_id      text collate "C" not null,
  counters        text[] not null,               -- those asked for; empty: all
  reported        json not null,
  peer            json not null,                 -- how the subscriber is reached: words of the gateway
  expires_micros  bigint,                        -- null: until it is ended
  created_at      timestamptz not null default clock_timestamp()
);
create index charging_subscription_account on charging_subscription (account_id);
create index charging_subscription_expires on charging_subscription (expires_micros) where expires_micros is not null;

-- Members of pools, so that those who must ask again when the pool changes are found without reading all accounts. Kept by what makes
-- members: accounts that are entered, and commands that are done. Neither is on the road of a request.
create table charging_member (
  pool_id    text collate "C" not null,
  account_id text collate "C" not null,
  primary key (pool_id, account_id)
);

insert into charging_member (pool_id, account_id)
  select distinct p.value ->> 0, a.account_id from charging_account a, json_array_elements(a.state -> 'pools') as p(value);

create function charging_member_entered() returns trigger language plpgsql as $$
begin
  insert into charging_member (pool_id, account_id)
    select distinct p.value ->> 0, new.account_id from json_array_elements(new.state -> 'pools') as p(value) on conflict do nothing;
  return null;
end $$;
create trigger charging_member_entered after insert on charging_account for each row
  when (json_array_length(new.state -> 'pools') > 0) execute function charging_member_entered();

create function charging_member_changed() returns trigger language plpgsql as $$
begin
  if new.command ->> 'kind' = 'join-pool' then
    insert into charging_member (pool_id, account_id) values (new.command #>> '{membership,pool}', new.account_id) on conflict do nothing;
  else
    delete from charging_member where pool_id = new.command ->> 'pool' and account_id = new.account_id;
  end if;
  return null;
end $$;
create trigger charging_member_changed after insert or update on charging_command for each row
  when (new.state = 'done' and new.command ->> 'kind' in ('join-pool', 'leave-pool')) execute function charging_member_changed();
