-- Records that are parts of one call or session. Parts that wait are held records; when they are all there, they are rated together
-- as an event with a number of its own, and count as rated in their files.

create table usage_waiting_part (
  event_id         bigint primary key references usage_held on delete cascade,
  source_id        integer not null,
  group_key        text collate "C" not null,   -- the same in all parts of a call
  kind             text not null check (kind in ('start', 'stop', 'first', 'intermediate', 'last', 'a', 'b')),
  sequence         bigint,                      -- where the record counts its parts
  started_at       timestamptz not null,        -- of a stop: the end of the call
  duration_micros  bigint not null,
  answered         boolean not null,
  voice            boolean not null,
  arrived_at       timestamptz not null,        -- when its file came
  -- new: not looked at since it came; waiting: for others, until the time is out; done: nothing more is expected
  state            text not null default 'new' check (state in ('new', 'waiting', 'done'))
);
create index usage_waiting_part_group on usage_waiting_part (group_key, source_id);
create index usage_waiting_part_state on usage_waiting_part (state, arrived_at) where state <> 'done';

-- Events made of parts. Their rows in usage_event name the file and the bytes of their first part.
create table usage_correlated (
  event_id     bigint primary key,
  correlation  text not null,
  group_key    text collate "C" not null,
  source_ids   integer[] not null,
  started_at   timestamptz not null,
  ended_at     timestamptz not null,
  missing      text,                            -- what was not there when the time was out; null: nothing
  made_at      timestamptz not null
);
create index usage_correlated_group on usage_correlated (group_key);

-- Which records an event was made of. A part keeps its number and its key.
create table usage_part (
  part_id      bigint primary key,
  event_id     bigint not null references usage_correlated,
  source_id    integer not null,
  file_id      integer not null references usage_file,
  byte_from    bigint not null,
  byte_length  integer not null,
  source_key   text not null,
  kind         text not null,
  sequence     bigint,
  started_at   timestamptz not null
);
create index usage_part_event on usage_part (event_id);
create index usage_part_file on usage_part (file_id);
