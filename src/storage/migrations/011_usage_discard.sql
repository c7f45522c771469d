-- Records that somebody said shall never be charged: who, when and why. What was held is rejected since then, for
-- usage.discarded. It keeps its key, so that a repetition of it is a duplicate and not charged either. Append-only:
-- a record that was discarded by mistake can be taken up again, and its row stays.
create table usage_discard (
  event_id      bigint not null,
  source_id     integer not null,
  source_key    text collate "C",       -- null: it was rejected before, and had claimed none
  was           text not null check (was in ('held', 'rejected')),
  was_reason    text not null,
  was_detail    text not null,
  why           text not null,
  discarded_by  text not null,
  discarded_at  timestamptz not null,
  primary key (event_id, discarded_at)
);
