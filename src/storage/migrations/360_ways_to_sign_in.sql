-- Passkeys (WebAuthn), codes that were taken, and wrong passwords counted by address and place.

create table sign_in.passkey (
  id          text collate "C" primary key,          -- of the credential, base64url
  user_id     text collate "C" not null references sign_in."user" on delete cascade,
  name        text not null check (length(name) between 1 and 100),
  public_key  bytea not null,                        -- COSE
  counter     bigint not null,                       -- of signatures; stays 0 where the authenticator keeps none
  transports  text[] not null,
  is_synced   boolean not null,                      -- may live on several devices
  created_at  timestamptz not null default clock_timestamp(),
  used_at     timestamptz
);
create index on sign_in.passkey (user_id);

-- A code of an authenticator is taken once (RFC 6238 §5.2): those of the last minutes.
create table sign_in.used_code (
  user_id  text collate "C" not null references sign_in."user" on delete cascade,
  code     text not null,
  used_at  timestamptz not null default clock_timestamp(),
  primary key (user_id, code)
);

-- Wrong passwords for an address from a place; place '*': from all places together at which the person never signed in.
drop table sign_in.failure;
create table sign_in.failure (
  email        text collate "C" not null,
  place        text collate "C" not null,
  count        integer not null,
  first_at     timestamptz not null default clock_timestamp(),
  locked_until timestamptz,
  primary key (email, place)
);
create index on sign_in.failure (first_at);

-- Where somebody signed in: what others try elsewhere does not lock them out here.
create table sign_in.known_place (
  email    text collate "C" not null,
  place    text collate "C" not null,
  last_at  timestamptz not null default clock_timestamp(),
  primary key (email, place)
);

-- Mails that somebody asked for to choose a password again, known or not.
create table sign_in.recovery (
  email    text collate "C" not null,
  asked_at timestamptz not null default clock_timestamp()
);
create index on sign_in.recovery (email, asked_at);

-- Whom an identity provider means.
create unique index on sign_in.account ("providerId", "accountId");
