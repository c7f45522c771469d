-- Configuration as it was known at any time. Rows are never edited: what replaces a row closes its
-- known_to and comes as a new row. known_to = 'infinity' marks what is known now.

-- One row for each command that changed configuration or rates. Commands take their instant one at a
-- time and in order, so the last instant a reader sees names all that it sees.
create table knowledge (
  known_from  timestamptz primary key,
  cause       text not null check (cause in ('apply', 'rates')),
  summary     jsonb not null
);

create table config_version (
  version_id  integer generated always as identity primary key,
  kind        text not null,          -- legalEntities, parties, accounts, trunks, agreements …
  key         text not null,          -- the object's id; agreements: id@validFrom
  body        jsonb not null,         -- the object as src/core has it, without rates; `from`: what it was made of
  known_from  timestamptz not null,
  known_to    timestamptz not null default 'infinity',
  check (known_from < known_to)
);
create unique index config_version_current on config_version (kind, key) where known_to = 'infinity';

create table rate_import (
  import_id   integer generated always as identity primary key,
  agreement   text not null,
  tariff      text not null,
  file_name   text not null,
  sha256      bytea not null,
  mode        text not null check (mode in ('full', 'amendment', 'files')),
  summary     jsonb not null,         -- counts of new, increase, decrease, unchanged, closed
  known_from  timestamptz not null
);

create table rate (
  rate_id         integer generated always as identity primary key,
  tariff          text not null,
  code            text,               -- called prefix; null: all codes of the destination in the tariff's deck
  destination     text not null,
  calling         text,
  origin          text,               -- origin set, '!' before it for callers outside
  trunk           text,
  band            text,
  service_class   text,
  jurisdiction    text,
  rating_group    text,
  apn             text,
  price           numeric not null,   -- keeps the decimals it was written with
  first_seconds   integer,
  next_seconds    integer,
  grace_seconds   integer,
  free_seconds    integer,
  setup_fee       numeric,
  attempt_fee     numeric,
  disconnect_fee  numeric,
  surcharge       numeric,
  minimum_charge  numeric,
  maximum_charge  numeric,
  more            jsonb,              -- steps, tiers, sizeBands, share, in the form of the configuration files
  valid_from      timestamptz not null,
  valid_to        timestamptz not null default 'infinity',
  known_from      timestamptz not null,
  known_to        timestamptz not null default 'infinity',
  import_id       integer references rate_import,
  check (valid_from <= valid_to),
  check (known_from < known_to)
);
create index rate_current on rate (tariff) where known_to = 'infinity';
create index rate_history on rate (tariff, known_to);
