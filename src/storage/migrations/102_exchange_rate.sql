-- Rates of exchange: one unit of "of" is worth "rate" units of "into". Append-only: of several rows of one day the last one counts.
create table exchange_rate (
  rate_id   bigint generated always as identity primary key,
  source    text not null,
  day       date not null,
  "of"      text not null,
  "into"    text not null,
  rate      numeric not null check (rate > 0),   -- keeps the decimals it was published with
  why       text,                                -- where it replaces another
  loaded_by text not null,
  loaded_at timestamptz not null default clock_timestamp(),
  check ("of" <> "into")
);
create index exchange_rate_day on exchange_rate (source, day, "of", "into", rate_id);
create trigger exchange_rate_append_only before update or delete or truncate on exchange_rate
  for each statement execute function ledger_refuse_change();
