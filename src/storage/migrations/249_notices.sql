-- What happened to accounts of online charging that somebody may want to hear of, entered in the commit that made it happen; and what
-- accounts want to hear of it.

create table charging_notice (
  notice_id    bigint generated always as identity primary key,
  account_id   text collate "C" not null,
  at_micros    bigint not null,
  kind         text not null,
  -- What would be told over and over (a refusal) is told once for its key.
  once_key     text collate "C" unique,
  event        json not null,
  spread_at    timestamptz                  -- when messages were made of it; null: they are to be made
);
create index charging_notice_waiting on charging_notice (notice_id) where spread_at is null;
create index charging_notice_account on charging_notice (account_id, notice_id);

-- Beside charging_commit, in its statement, where there is something to tell.
create function charging_tell(accounts text[], at bigint[], kinds text[], once_keys text[], events json[]) returns void language sql as $$
  insert into charging_notice (account_id, at_micros, kind, once_key, event)
    select u.account_id, u.at_micros, u.kind, u.once_key, u.event
      from unnest(accounts, at, kinds, once_keys, events) with ordinality as u(account_id, at_micros, kind, once_key, event, place)
     order by u.place
    on conflict (once_key) do nothing;
$$;

-- How an account is reached and what it wants. Each change is a row; the newest counts.
create table charging_contact (
  contact_id     bigint generated always as identity primary key,
  account_id     text collate "C" not null references charging_account,
  language       text not null,
  number         text,                      -- E.164 digits; null: the account's own
  email          text,
  ways           text[],                    -- of those that a notice has; null: all
  quiet_from     smallint,                  -- minutes of the local day; null: as the settings say
  quiet_to       smallint,
  do_not_disturb boolean not null,
  set_at         timestamptz not null default clock_timestamp(),
  set_by         text not null
);
create index charging_contact_account on charging_contact (account_id, contact_id desc);

-- A message to one account by one way.
create table notification (
  notification_id bigint generated always as identity primary key,
  notice_id       bigint not null,
  account_id      text collate "C" not null,
  notice          text not null,            -- of the configuration
  way             text not null check (way in ('sms', 'email')),
  target          text not null,            -- number or address
  language        text not null,
  subject         text,
  body            text not null,
  urgent          boolean not null,
  zone            text not null,            -- of its quiet hours
  quiet_from      smallint,
  quiet_to        smallint,
  state           text not null check (state in ('waiting', 'sending', 'sent', 'delivered', 'failed', 'suppressed')),
  reason          text,                     -- why it was suppressed, or failed
  attempts        integer not null default 0,
  made_at         timestamptz not null,
  next_at         timestamptz,              -- waiting: when; sending: until then the sender counts as alive
  over_at         timestamptz,
  unique (notice_id, way)
);
create index notification_due on notification (next_at) where state in ('waiting', 'sending');
create index notification_account on notification (account_id, made_at);

create table notification_attempt (
  attempt_id      bigint generated always as identity primary key,
  notification_id bigint not null references notification,
  by              text not null,
  started_at      timestamptz not null,
  ended_at        timestamptz,
  outcome         text check (outcome in ('sent', 'deferred', 'refused', 'unknown')),
  answer          text
);
create index notification_attempt_of on notification_attempt (notification_id);

-- What the gateway calls each part of a message, and what became of it.
create table notification_part (
  reference       text collate "C" primary key,
  notification_id bigint not null references notification,
  state           text,                     -- of the receipt: delivered, failed; null: none came yet
  receipt         text,
  received_at     timestamptz
);
create index notification_part_of on notification_part (notification_id);
