-- Keys of sources, as hashes: what a repetition is found by. A run is written with each batch, in its transaction; runs of like
-- size are merged. An index on a random key would halve COPY; a run is written in one piece.

-- Hashes are made with these two words of 32 bits, so that nobody outside can craft keys with the same hash. One row, for ever.
-- What usage_key had is put into runs by the next process that writes usage.
create table usage_key_seed (
  first     bigint not null check (first between 0 and 4294967295),
  second    bigint not null check (second between 0 and 4294967295),
  rebuild   boolean not null               -- keys in the books are not in runs yet
);
insert into usage_key_seed
  select ('x' || left(digits, 8))::bit(32)::bigint, ('x' || right(digits, 8))::bit(32)::bigint, exists (select from usage_key)
    from (select replace(gen_random_uuid()::text, '-', '') as digits) as random;
drop table usage_key;

create table usage_key_run (
  run_id        bigint generated always as identity primary key,
  source_id     integer not null references usage_source,
  entries       bigint not null,
  address_bits  smallint not null,        -- hashes are addressed by so many upper bits
  id_high       integer not null,         -- event_id / 2^32, the same for the whole run
  days          integer[] not null,       -- UTC days, since 1970-01-01, on which its events start
  live          boolean not null,         -- false: it is being merged from others, which answer until it is done
  merged_into   bigint references usage_key_run,
  next_chunk    integer not null,         -- of a run that is being merged: what is to be made next
  placed        bigint not null,          -- and the entries in the chunks before
  written_at    timestamptz not null default now()
);

-- Ranges of a run's hashes. Read in slices where one hash is looked for, so they are kept uncompressed outside of the row.
create table usage_key_chunk (
  run_id    bigint not null references usage_key_run on delete cascade,
  chunk     integer not null,
  words     bytea not null,               -- as they are in memory: where each address begins, then lower words of hashes; little-endian
  entries   bytea not null,               -- for each hash its upper word and event_id modulo 2^32
  primary key (run_id, chunk)
);
alter table usage_key_chunk alter column words set storage external, alter column entries set storage external;

-- Numbers of records whose keys are free again.
create table usage_key_release (
  first_event_id bigint primary key,
  last_event_id  bigint not null,
  check (first_event_id <= last_event_id)
);

-- A discarded record keeps its key, and within the window needs its start. Null: it was discarded before this column was there.
alter table usage_discard add column started_at timestamptz;
