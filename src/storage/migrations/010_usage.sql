-- Usage and its charges. One wide row holds an event with the charges of both its legs, so that the
-- bulk road is one COPY. Large tables are partitioned by UTC day of the event's start.

create table usage_source (
  source_id   integer generated always as identity primary key,
  name        text not null unique
);

create table usage_file (
  file_id       integer generated always as identity primary key,
  source_id     integer not null references usage_source,
  name          text not null,
  sha256        bytea not null,
  size_bytes    bigint not null,
  archive_path  text not null,        -- below the data folder, compressed
  state         text not null check (state in ('loading', 'loaded', 'refused')),
  offset_bytes  bigint not null default 0,   -- everything before it is in the books
  read          bigint not null default 0,
  rated         bigint not null default 0,
  held          bigint not null default 0,
  duplicate     bigint not null default 0,
  rejected      bigint not null default 0,
  reasons       jsonb not null default '{}',
  started_at    timestamptz not null,
  finished_at   timestamptz,
  unique (source_id, sha256),
  check (read = rated + held + duplicate + rejected)
);

create table usage_event (
  day               date not null,          -- UTC day of started_at
  event_id          bigint not null,
  source_id         integer not null,
  file_id           integer not null,
  byte_from         bigint not null,        -- the raw record in the archived file
  byte_length       integer not null,
  source_key        text not null,          -- unique in the source
  service           text not null,
  started_at        timestamptz not null,
  calling           text,
  called            text not null,
  trunk_in          text,
  trunk_out         text,
  answered          boolean not null,
  duration_micros   bigint not null,
  detail            jsonb,                  -- what only some services have: quantity, bytes, price, cause …
  known_at          timestamptz not null,   -- the configuration used is the one known at this instant
  in_version_id     integer,                -- agreement version; null: no leg on that end
  in_role           text,
  in_day            date,                   -- local day in the agreement's zone
  in_rate_id        integer,
  in_raw            bigint,
  in_billed         bigint,
  in_amount_nanos   bigint,
  in_counters       jsonb,                  -- where tier and day counters stood before
  out_version_id    integer,
  out_role          text,
  out_day           date,
  out_rate_id       integer,
  out_raw           bigint,
  out_billed        bigint,
  out_amount_nanos  bigint,
  out_counters      jsonb
) partition by range (day);

-- Charges added up. Kept in the same transaction as the events.
create table rollup (
  agreement        text not null,
  version_id       integer not null,
  role             text not null,
  day              date not null,           -- local day in the agreement's zone
  tariff           text not null,
  rate_id          integer,                 -- null: not answered, no rate, nothing due
  destination      text not null,
  band             text not null default '',
  currency         text not null,
  events           bigint not null,
  answered         bigint not null,
  raw_quantity     numeric not null,        -- voice: microseconds; others: units
  billed_quantity  numeric not null,        -- voice: seconds; others: units
  amount_nanos     numeric not null,
  unique nulls not distinct (version_id, role, day, rate_id, destination, band)
);
