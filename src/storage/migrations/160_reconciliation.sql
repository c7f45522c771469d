-- Partners' own figures: declarations and invoices as they sent them. Append-only; of several for one agreement, side, service and
-- period the latest counts.

-- Files kept as they came, by what they hold: declarations, and evidence of disputes.
create table kept_file (
  sha256      bytea primary key check (octet_length(sha256) = 32),
  name        text not null,
  size_bytes  bigint not null,
  content     bytea not null,          -- gzip
  kept_at     timestamptz not null,
  kept_by     text not null
);

create table declaration (
  declaration_id  bigint generated always as identity primary key,
  agreement       text not null,
  side            text not null check (side in ('receivable', 'payable')),
  service         text not null,
  kind            text not null check (kind in ('declaration', 'invoice')),
  document        text,                -- number of their invoice
  period_from     date not null,
  period_to       date not null,       -- first day after it
  currency        text not null,
  quantity_step   numeric not null,    -- what their last digit stands for: microseconds, bytes or units
  amount_step     numeric not null,    -- nanos
  source          text not null,       -- name of the file; 'typed in'
  sha256          bytea references kept_file,
  columns         jsonb not null,      -- header to field, as understood: the next file of the partner is read the same way
  recorded_at     timestamptz not null,
  recorded_by     text not null,
  check (period_to > period_from)
);
create index declaration_of on declaration (agreement, period_from);
create unique index declaration_once on declaration (agreement, side, service, period_from, period_to, sha256) where sha256 is not null;

create table declaration_line (
  declaration_id  bigint not null references declaration,
  line            integer not null,    -- row of the file
  destination     text not null,
  code            text,
  day             date,
  hour            smallint check (hour between 0 and 23),
  calls           numeric,
  raw             numeric,             -- voice: microseconds; others: units
  billed          numeric,
  rate_nanos      numeric,
  amount_nanos    numeric,
  primary key (declaration_id, line)
);
