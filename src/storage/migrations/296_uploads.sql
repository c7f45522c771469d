-- Files that were sent over HTTP for an operation that will name them; kept for a day.

create table upload (
  owner    text collate "C" not null,      -- the client or person that sent it; nobody else can name it
  sha256   text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  name     text not null,
  content  bytea not null,
  sent_at  timestamptz not null default clock_timestamp(),
  primary key (owner, sha256)
);

create index upload_sent on upload (sent_at);
