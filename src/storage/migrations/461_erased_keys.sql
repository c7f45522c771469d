-- Keys that said who somebody was, and were erased: the hash that the key had in the index (030_keys, made with a seed that nobody outside has) stands for it,
-- so that a record that comes again is still a repetition, and is not charged twice. Of erasures before this release the key is free.
create table usage_key_erased (
  event_id bigint primary key,             -- of the record that has claimed it
  hi       bigint not null check (hi between 0 and 4294967295),
  lo       bigint not null check (lo between 0 and 4294967295)
);
