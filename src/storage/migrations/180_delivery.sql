-- Documents on their way to those whom they are for. One row for each issued document and each way of its account.
create table delivery (
  delivery_id   bigint generated always as identity primary key,
  legal_entity  text not null,
  document      text not null,           -- number of the issued document
  route         text not null,           -- core/parties/delivery.ts routeKey: the same target is delivered to once
  way           text not null check (way in ('email', 'sftp', 'print', 'portal')),
  target        jsonb not null,          -- the route as it was declared when the delivery was planned
  state         text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'bounced', 'stopped')),
  planned_at    timestamptz not null,
  next_at       timestamptz,             -- waiting: not before; sending: when who sends it counts as dead
  attempts      integer not null default 0,
  done_at       timestamptz,
  unique (legal_entity, document, route)
);
create index delivery_due on delivery (next_at) where state in ('waiting', 'sending');

-- Each attempt, entered before it begins: one without an end is of a process that died, and whether it got through is not known.
create table delivery_attempt (
  attempt_id    bigint generated always as identity primary key,
  delivery_id   bigint not null references delivery,
  started_at    timestamptz not null,
  ended_at      timestamptz,
  outcome       text check (outcome in ('sent', 'deferred', 'refused', 'unknown')),
  answer        text,                    -- what the server said
  sha256        jsonb,                   -- of each file that went: {"INV-1.pdf": "…"}
  by            text not null
);
create index delivery_attempt_of on delivery_attempt (delivery_id);

-- What came back: reports that a mail could not be delivered, or not yet (RFC 3464).
create table delivery_bounce (
  bounce_id     bigint generated always as identity primary key,
  delivery_id   bigint not null references delivery,
  recipient     text not null,
  action        text not null check (action in ('failed', 'delayed')),
  status        text not null,           -- RFC 3463: 5.1.1
  diagnostic    text not null,
  message_sha256 text not null,
  recorded_at   timestamptz not null,
  unique (message_sha256, recipient)
);
create index delivery_bounce_of on delivery_bounce (delivery_id);

-- Batches for the printer: which deliveries are in which.
create table delivery_batch (
  batch_id      bigint generated always as identity primary key,
  made_at       timestamptz not null,
  made_by       text not null,
  sha256        text                     -- of the file, once it is written whole
);
create table delivery_batch_part (
  batch_id      bigint not null references delivery_batch,
  position      integer not null,
  delivery_id   bigint not null references delivery,
  pages         integer,
  primary key (batch_id, position)
);
