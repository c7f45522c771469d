-- Usage and its charges. One wide row holds an event with the charges of both its legs, so that the
-- bulk road is one COPY. Large tables are partitioned by UTC day of the event's start.
--
-- Every record read has a number, given in the order of reading. A rated event, a held, a duplicate and a
-- rejected record keep theirs for ever: event_id is that number in all four tables.

create table usage_source (
  source_id   integer generated always as identity primary key,
  name        text not null unique
);

-- One row: the number that the next record gets. Taken inside the batch's transaction, so none is lost.
create table usage_numbering (
  next_event_id bigint not null
);
insert into usage_numbering values (1);

create table usage_file (
  file_id       integer generated always as identity primary key,
  source_id     integer not null references usage_source,
  name          text not null,        -- as it was given
  sha256        bytea not null,       -- of the content: a file and the same file gzipped are one
  size_bytes    bigint not null,      -- of the content
  archive_path  text not null,        -- below the data folder, compressed
  state         text not null check (state in ('loading', 'loaded', 'refused')),
  offset_bytes  bigint not null default 0,   -- everything before it is in the books
  read          bigint not null default 0,
  rated         bigint not null default 0,
  held          bigint not null default 0,
  duplicate     bigint not null default 0,
  rejected      bigint not null default 0,
  reasons       jsonb not null default '{}', -- counts of held and rejected by reason
  started_at    timestamptz not null default now(),
  finished_at   timestamptz,
  unique (source_id, sha256),
  check (read = rated + held + duplicate + rejected)
);

-- Which record has a key of a source: the one place where repetitions are found, across files and restarts.
create table usage_key (
  source_id   integer not null,
  source_key  text collate "C" not null,
  event_id    bigint not null,
  primary key (source_id, source_key)
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
  cause             text,                   -- release cause as the source gave it
  detail            jsonb,                  -- what only some services have: quantity, bytes, price, service class …
  known_at          timestamptz not null,   -- the configuration used is the one known at this instant
  in_version_id     integer,                -- agreement version; null: no leg on that end
  in_role           text,
  in_day            date,                   -- local day in the agreement's zone
  in_rate_id        integer,
  in_band           text,                   -- time band at the start; null: the tariff has none
  in_raw            bigint,
  in_billed         bigint,
  in_amount_nanos   bigint,
  in_counters       jsonb,                  -- counters it moved: {key: [before, added]}
  out_version_id    integer,
  out_role          text,
  out_day           date,
  out_rate_id       integer,
  out_band          text,
  out_raw           bigint,
  out_billed        bigint,
  out_amount_nanos  bigint,
  out_counters      jsonb,
  primary key (event_id, day)
) partition by range (day);

create table usage_held (
  event_id          bigint primary key,
  source_id         integer not null,
  file_id           integer not null references usage_file,
  byte_from         bigint not null,
  byte_length       integer not null,
  source_key        text not null,
  reason            text not null,          -- a code of docs/reference/refusals.md
  detail            text not null,
  leg               text,
  service           text not null,
  started_at        timestamptz not null,
  calling           text,
  called            text not null,
  trunk_in          text,
  trunk_out         text,
  answered          boolean not null,
  duration_micros   bigint not null,
  held_at           timestamptz not null default now()
);
create index usage_held_reason on usage_held (reason, event_id);

create table usage_duplicate (
  event_id          bigint primary key,
  file_id           integer not null references usage_file,
  byte_from         bigint not null,
  byte_length       integer not null,
  source_key        text not null,
  duplicate_of      bigint not null
);

create table usage_rejected (
  event_id          bigint primary key,
  file_id           integer not null references usage_file,
  byte_from         bigint not null,
  byte_length       bigint not null,
  reason            text not null,
  detail            text not null
);

-- Where the counters of tiers and of daily volumes stand.
create table usage_counter (
  key               text collate "C" primary key,   -- agreement|role|counter|month:2026-10-01
  value             numeric not null,
  last_started_at   timestamptz not null,   -- the last event in canonical order that moved it
  last_source       text not null,
  last_key          text not null,
  disturbed         boolean not null        -- an earlier event came later: charges since wait for their adjustment
);
create index usage_counter_disturbed on usage_counter (key) where disturbed;

-- What a charge must change by because earlier traffic arrived later. Charge + adjustments is what the
-- canonical order (start, source, key) gives, whatever the order of loading. Append-only.
create table usage_adjustment (
  adjustment_id     bigint generated always as identity primary key,
  event_id          bigint not null,
  day               date not null,          -- of the event
  leg               text not null check (leg in ('in', 'out')),
  version_id        integer not null,
  role              text not null,
  local_day         date not null,
  rate_id           integer,
  band              text,
  billed            bigint not null,        -- differences, not totals
  amount_nanos      bigint not null,
  counters          jsonb not null,         -- {key: [before, added]} as they are in canonical order
  reason            text not null,
  known_at          timestamptz not null default now()
);
create index usage_adjustment_event on usage_adjustment (event_id);

-- Charges added up. Kept in the same transaction as the events.
create table rollup (
  agreement        text not null,
  version_id       integer not null,
  role             text collate "C" not null,
  day              date not null,           -- local day in the agreement's zone
  tariff           text collate "C" not null,
  rate_id          integer,                 -- null: not answered, no rate, nothing due
  destination      text collate "C" not null,
  band             text collate "C" not null default '',
  currency         text not null,
  events           bigint not null,
  answered         bigint not null,
  raw_quantity     numeric not null,        -- voice: microseconds; others: units
  billed_quantity  numeric not null,        -- voice: seconds; others: units
  amount_nanos     numeric not null,
  unique nulls not distinct (rate_id, day, version_id, role, band, tariff, destination)
) with (fillfactor = 60);  -- room to update a line where it stands
