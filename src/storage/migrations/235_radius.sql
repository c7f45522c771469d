-- Peers that report totals of a session (RADIUS) and may report without having asked: a report that comes late must not open a session
-- that is over, so that these stay known for a day. Others go sooner, by an index of their own.
create index charging_session_closed_soon on charging_session (closed_micros)
  where closed_micros is not null and session_id not like 'radius/%';

-- What a subscriber proves an identity with. The identity is the account's (charging_identity); a password may be there before the account.
create table charging_password (
  identity     text collate "C" primary key,  -- `nai:anna@example.net`
  scheme       text not null check (scheme in ('scrypt', 'aes-256-gcm')),
  secret       bytea not null,                 -- scrypt: parameters, salt, hash; aes-256-gcm: nonce, tag, the password encrypted
  set_at       timestamptz not null default clock_timestamp()
);
