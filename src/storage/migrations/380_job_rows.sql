-- What a job found, where that is more than a result: rows in parts, read page by page.

create table job_row (
  job_id   bigint not null references job on delete cascade,
  part     text not null,                  -- what they are rows of: a declaration
  position integer not null check (position > 0),
  body     jsonb not null,
  primary key (job_id, part, position)
);
