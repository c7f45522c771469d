-- Sessions of roamers as their SMF tells of them, until they are booked as usage between the two networks (src/app/charging/book-roaming.ts).

create table roaming_session (
  session       text collate "C" primary key,
  -- Whose subscriber it is: inbound, the partner's in our network; outbound, ours in the partner's.
  direction     text not null check (direction in ('inbound', 'outbound')),
  -- What is counted: QoS flows, or rating groups where the consumer told of no flows when it began.
  basis         text not null check (basis in ('flows', 'groups')),
  -- What holds for use from here on.
  facts         json not null,
  last_number   bigint not null,
  ended         boolean not null default false,
  heard_at      timestamptz not null default clock_timestamp()
);

-- What was used since the report before, with the facts that held meanwhile. Reports of one batch are one file of usage.
create table roaming_report (
  session       text collate "C" not null references roaming_session,
  number        bigint not null,
  facts         json not null,
  containers    json not null,
  batch         bigint,
  taken_at      timestamptz not null default clock_timestamp(),
  primary key (session, number)
);
create index roaming_report_batch on roaming_report (batch) where batch is not null;
create sequence roaming_batch;
