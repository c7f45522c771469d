-- A rate sheet that somebody is about to take in: the file, and how it is to be read. It waits for them, also when they have to sign in again.
create table rate_sheet_draft (
  draft_id    bigint generated always as identity primary key,
  owner       text not null,
  agreement   text not null,
  file_name   text not null,
  content     bytea not null,
  options     jsonb not null,          -- mode, mapping, what was accepted, as given
  version     integer not null default 1,
  changed_at  timestamptz not null default now()
);
create index rate_sheet_draft_owner on rate_sheet_draft (owner, draft_id);
alter table rate_sheet_draft alter column content set storage external;
