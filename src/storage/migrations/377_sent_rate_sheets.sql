-- Price lists that partners sent in their portal, whatever became of them. The draft is what the house takes in; when that is gone, the import of the same file says that
-- it is in force, and without one it was put aside.
create table sent_rate_sheet (
  sheet_id     bigint generated always as identity primary key,
  party        text not null,
  agreement    text not null,
  file_name    text not null,
  sha256       bytea not null,
  draft_id     bigint not null,
  reading      jsonb,                   -- how we read it when it came: counts, faults with their lines; null: that was broken off
  sent_at      timestamptz not null default clock_timestamp(),
  sent_by      text not null
);
create index sent_rate_sheet_draft on sent_rate_sheet (draft_id);
alter table sent_rate_sheet enable row level security;
create policy carillon_partner_rows on sent_rate_sheet for select to carillon_partner using (party = (select carillon_party()));
grant select on sent_rate_sheet to carillon_partner;
-- Whether a draft still waits, and nothing else of it: others' drafts are the house's.
create function carillon_waits(draft bigint) returns boolean language sql stable security definer set search_path from current as $$
  select exists (select from rate_sheet_draft d join sent_rate_sheet s using (draft_id) where d.draft_id = draft and s.party = carillon_party())
$$;

