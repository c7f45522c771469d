-- Messages of a partition that were fetched to become one file of the books, from here up to before next_offset.
-- At most one a partition: it is finished before anything behind it is fetched.
create table kafka_stretch (
  source       text not null,
  topic        text not null,
  partition    integer not null,
  first_offset bigint not null,
  next_offset  bigint not null check (next_offset > first_offset),
  primary key (source, topic, partition)
);
