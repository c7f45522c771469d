-- What came to days that may be in a statement, and when: an agreement may refuse what comes too late, whenever the close runs. Append-only.
create table rollup_arrival (
  line_id      integer not null,
  day          date not null,
  came_at      timestamptz not null default now(),
  events       bigint not null,
  answered     bigint not null,
  raw          numeric not null,
  billed       numeric not null,
  amount_nanos numeric not null
);
create index rollup_arrival_line on rollup_arrival (line_id, day);
