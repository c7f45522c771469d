-- API keys. The secret is kept as its SHA-256 only: who reads this table cannot use a key.
create table api_key (
  key_id       text collate "C" primary key check (key_id ~ '^[0-9a-f]{16}$'),
  name         text not null,
  secret_hash  bytea not null check (octet_length(secret_hash) = 32),
  permissions  text[] not null,
  created_at   timestamptz not null default clock_timestamp(),
  created_by   text not null,
  expires_at   timestamptz,                 -- null: until revoked
  revoked_at   timestamptz,
  last_used_at timestamptz                  -- to the minute
);

-- Requests with an Idempotency-Key and what they were answered, for a day. Without an answer: being worked on since `claimed_at`.
create table api_repetition (
  client       text collate "C" not null,
  key          text collate "C" not null,
  fingerprint  text not null,
  claimed_at   timestamptz not null default clock_timestamp(),
  answered_at  timestamptz,
  status       smallint,
  headers      json,
  body         text,
  primary key (client, key),
  check ((answered_at is null) = (status is null) and (status is null) = (body is null))
);
create index api_repetition_claimed on api_repetition (claimed_at);
