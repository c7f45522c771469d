-- Closing thousands of agreements: what it reads is found by index, and only what came late is compared again.

create index rollup_line_version on rollup_line (version_id);

-- Texts of several kilobytes: lz4 takes a fifth of the time of pglz. A server may have been built without it.
do $$ begin
  if exists (select from pg_settings where name = 'default_toast_compression' and 'lz4' = any(enumvals)) then
    alter table statement_recorded alter column content set compression lz4;
  end if;
end $$;

-- Days before it may be in a statement, or in one that is just being made. It is raised, and seen by everybody, before a close looks at
-- charges. Who adds to a line of the rollup on such a day says so in rollup_late, in the same transaction.
create table closing_floor (
  only_row boolean primary key default true check (only_row),
  day      date not null
);
insert into closing_floor (day) select coalesce(max(day), '-infinity') from usage_closed_until;

create table rollup_late (
  line_id integer not null,
  day     date not null,
  primary key (line_id, day)
);

-- Everything that came to its charges after it was made is in rollup_late. Not of statements that were made before this migration, nor of
-- those made while a load ran that had begun before the floor was raised: their charges are added up and compared.
alter table statement_recorded add column watched boolean not null default false;
