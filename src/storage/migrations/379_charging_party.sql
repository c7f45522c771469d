-- Whose an account of online charging is: its customer sees it. Each change is a row, the newest counts; a null party takes it away.
create table charging_party (
  charging_party_id bigint generated always as identity primary key,
  account_id   text collate "C" not null references charging_account,
  party        text,
  set_at       timestamptz not null default clock_timestamp(),
  set_by       text not null
);
create index charging_party_account on charging_party (account_id, charging_party_id desc);
create trigger charging_party_append_only before update or delete or truncate on charging_party
  for each statement execute function ledger_refuse_change();
-- Only what counts: who an account was taken from sees it no more.
create function carillon_own_charging() returns text[] language sql stable security definer set search_path from current as $$
  select coalesce(array_agg(account_id), '{}') from (
    select distinct on (account_id) account_id, party from charging_party
     where account_id in (select account_id from charging_party where party = carillon_party()) order by account_id, charging_party_id desc) n
   where party = carillon_party()
$$;
alter table charging_party enable row level security;
create policy carillon_partner_rows on charging_party for select to carillon_partner
  using (party = (select carillon_party()) and account_id = any((select carillon_own_charging())::text[]));
create policy carillon_customer_rows on charging_party for select to carillon_customer
  using (party = (select carillon_party()) and account_id = any((select carillon_own_charging())::text[]));
grant select on charging_party to carillon_partner, carillon_customer;
