-- What the collectors have seen, fetched and loaded, and what is wrong with it.

create table collected_file (
  source           text not null,
  name             text not null,            -- as it is called at its place, below the place's path
  version          text not null,            -- size and time, or the place's own mark: another one is another file
  state            text not null check (state in ('growing', 'loaded', 'refused', 'failing')),
  position         bigint,                   -- in the endless row of sequence numbers
  size_bytes       bigint,
  modified_at      timestamptz,
  first_seen_at    timestamptz not null,
  changed_at       timestamptz not null,     -- since when size and time stand still
  done_at          timestamptz,
  attempts         integer not null default 0,
  next_attempt_at  timestamptz,
  failure          text,
  file_id          integer references usage_file,
  put_away         boolean not null default false,  -- deleted or moved at its place, where the source wants that
  primary key (source, name, version)
);
create index collected_file_position on collected_file (source, position) where position is not null;
create index collected_file_open on collected_file (source) where state in ('growing', 'failing');

-- Something that a person should know of. Open while cleared_at is null; raised once, however often it is seen.
create table collecting_alarm (
  alarm_id    bigint generated always as identity primary key,
  source      text not null,
  kind        text not null check (kind in ('gap', 'repeat', 'late', 'changed', 'refused', 'failing', 'silent', 'difference')),
  subject     text not null,                 -- a file's name, a range of numbers, or '' for the source
  detail      text not null,
  raised_at   timestamptz not null,
  cleared_at  timestamptz
);
create unique index collecting_alarm_open on collecting_alarm (source, kind, subject) where cleared_at is null;

-- Up to where a topic's partitions are in the books. Moved in the transaction that books the messages' last batch.
create table kafka_position (
  source     text not null,
  topic      text not null,
  partition  integer not null,
  next_offset bigint not null,
  primary key (source, topic, partition)
);
