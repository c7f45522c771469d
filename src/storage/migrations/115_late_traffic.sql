-- Traffic that came later than an agreement takes it: it is in no statement and never will be. By line of the rollup, of the statement
-- of the days that it belongs to.
create table late_refused (
  of_statement integer not null references statement_recorded,
  line_id      integer not null,
  events       bigint not null,
  answered     bigint not null,
  raw          numeric not null,
  billed       numeric not null,
  amount_nanos numeric not null,
  refused_on   date not null,
  refused_by   text not null,
  refused_at   timestamptz not null default clock_timestamp()
);
create index late_refused_of on late_refused (of_statement);
create trigger late_refused_immutable before update or delete or truncate on late_refused
  for each statement execute function refuse_change_of_statement();
