-- People who sign in. The tables of this schema are better-auth's (docs/decisions/0015-people.md), with its names; what is added stands behind them.
create schema sign_in;

create table sign_in."user" (
  id                 text collate "C" primary key,
  name               text not null check (length(name) between 1 and 200),
  email              text collate "C" not null unique check (email = lower(email) and length(email) <= 254),
  "emailVerified"    boolean not null,
  image              text,
  "createdAt"        timestamptz not null default clock_timestamp(),
  "updatedAt"        timestamptz not null default clock_timestamp(),
  "twoFactorEnabled" boolean,
  role               text not null,
  party              text,                          -- whose figures a partner or customer may see
  "blockedAt"        timestamptz,                   -- may not sign in; open sessions ended
  "invitedBy"        text not null,
  check ((role in ('partner', 'customer')) = (party is not null))
);

create table sign_in.session (
  id          text collate "C" primary key,
  "expiresAt" timestamptz not null,
  token       text collate "C" not null unique,
  "createdAt" timestamptz not null default clock_timestamp(),
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId"    text collate "C" not null references sign_in."user" on delete cascade
);
create index on sign_in.session ("userId");

create table sign_in.account (
  id                      text collate "C" primary key,
  "accountId"             text not null,
  "providerId"            text not null,
  "userId"                text collate "C" not null references sign_in."user" on delete cascade,
  "accessToken"           text,
  "refreshToken"          text,
  "idToken"               text,
  "accessTokenExpiresAt"  timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope                   text,
  password                text,                     -- argon2id, with its parameters
  "createdAt"             timestamptz not null default clock_timestamp(),
  "updatedAt"             timestamptz not null
);
create index on sign_in.account ("userId");

create table sign_in.verification (
  id          text collate "C" primary key,
  identifier  text collate "C" not null,
  value       text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default clock_timestamp(),
  "updatedAt" timestamptz not null default clock_timestamp()
);
create index on sign_in.verification (identifier);

create table sign_in."twoFactor" (
  id                        text collate "C" primary key,
  secret                    text not null,          -- encrypted with the secret of the installation
  "backupCodes"             text not null,          -- likewise
  "userId"                  text collate "C" not null references sign_in."user" on delete cascade,
  verified                  boolean,
  "failedVerificationCount" integer,
  "lockedUntil"             timestamptz
);
create index on sign_in."twoFactor" (secret);
create index on sign_in."twoFactor" ("userId");

create table sign_in."rateLimit" (
  id            text collate "C" primary key,
  key           text collate "C" not null unique,
  count         integer not null,
  "lastRequest" bigint not null
);

-- Wrong passwords for an address, whether somebody has it or not: neither may be guessed.
create table sign_in.failure (
  email        text collate "C" primary key,
  count        integer not null,
  first_at     timestamptz not null default clock_timestamp(),
  locked_until timestamptz
);
