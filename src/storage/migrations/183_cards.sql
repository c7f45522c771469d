-- Links by which a party pays a document by card, and what the provider told us since.
create table card_link (
  link_id       bigint generated always as identity primary key,
  legal_entity  text not null,
  document      text not null,
  account       text not null,
  currency      text not null,
  amount_nanos  numeric(38, 0) not null check (amount_nanos > 0),
  provider_id   text,                    -- of the provider's checkout session, once it answered
  url           text,
  expires_at    timestamptz,
  made_by       text not null,
  made_at       timestamptz not null default clock_timestamp()
);
create index card_link_document on card_link (document);
create unique index card_link_provider on card_link (provider_id);

-- Each event of the provider is worked on once, whoever brings it how often.
create table card_event (
  event_id      text primary key,        -- the provider's
  type          text not null,
  created_at    timestamptz not null,    -- at the provider
  received_at   timestamptz not null default clock_timestamp(),
  outcome       text not null check (outcome in ('booked', 'noted', 'held')),
  said          text not null,           -- what was booked, or why a person must look at it
  content       jsonb not null,
  seen_by       text,                    -- held: who has seen to it
  seen_at       timestamptz
);
create index card_event_held on card_event (received_at) where outcome = 'held' and seen_by is null;
