-- Long work that was asked for over HTTP: how far it is, what came of it, and whether its process lives.

create table job (
  job_id      bigint generated always as identity primary key,
  kind        text not null,               -- close-periods, …: a closed list in the program
  title       text not null,               -- for people
  input       jsonb not null,              -- enough to do it again
  by_id       text not null,               -- who asked, as repetitions know them
  by_name     text not null,               -- and as the books name them
  restart_of  bigint references job,
  state       text not null default 'running' check (state in ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  done        bigint not null default 0,
  total       bigint,                      -- null: not known
  cancel_by   text,                        -- who wants it to stop
  result      jsonb,
  refusals    jsonb,
  started_at  timestamptz not null default clock_timestamp(),
  beat_at     timestamptz not null default clock_timestamp(),  -- its process was alive
  ended_at    timestamptz,
  check ((state = 'running') = (ended_at is null))
);

create index job_running on job (job_id) where state = 'running';
