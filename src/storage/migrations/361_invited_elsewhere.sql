-- Whom a party invited though the address is somebody's already: shown to the party as any invitation, so that no answer tells.
create table sign_in.invited_elsewhere (
  party      text collate "C" not null,
  email      text collate "C" not null check (email = lower(email)),
  name       text not null,
  invited_by text not null,
  is_blocked boolean not null default false,
  created_at timestamptz not null default clock_timestamp(),
  primary key (party, email)
);
