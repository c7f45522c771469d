-- Rates for bins; tables of numbers with their LRN or owner.

alter table rate add column bin text;   -- `circles/delhi`: only events in this bin

alter table knowledge drop constraint knowledge_cause_check;
alter table knowledge add constraint knowledge_cause_check check (cause in ('apply', 'rates', 'numbers'));

-- One row for each imported file. What is known at an instant is the last full file known then, with the deltas known
-- then laid over it in their order. Append-only.
create table number_import (
  import_id    integer generated always as identity primary key,
  number_table text collate "C" not null,
  mode         text not null check (mode in ('full', 'delta')),
  file_name    text not null,
  sha256       bytea not null,
  rows         bigint not null,         -- read from the file
  steps        bigint not null,         -- stored: one where a number begins to have a value, or to have none
  known_from   timestamptz not null references knowledge
);
create index number_import_table on number_import (number_table, known_from);

-- The steps of an import, sorted by number and instant, packed: see src/core/numbering/pack-steps.ts.
create table number_chunk (
  import_id    integer not null references number_import,
  place        integer not null,
  steps        integer not null,
  packed       bytea not null,
  primary key (import_id, place)
);
alter table number_chunk alter column packed set storage external;  -- it does not get smaller

-- What the steps of an import point to, in its order from 1.
create table number_value (
  import_id    integer not null references number_import,
  value_list   jsonb not null,
  primary key (import_id)
);
