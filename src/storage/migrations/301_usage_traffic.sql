-- What reports by trunk, hour and release cause add up, made with the parts of the search index: rows of usage that are in the books, as they
-- were booked; what was re-rated since is in the rollup only.
create table usage_traffic (
  part_id      integer not null,         -- goes with its part; without a reference, which would be checked row by row
  kind         smallint not null,        -- 1: by hour and trunk; 2: by trunk and destination; 3: by hour and destination, without agreement; 4: by trunk and cause
  day          date not null,            -- UTC
  hour         smallint,                 -- UTC
  leg          text not null,            -- in, out
  trunk        integer,
  destination  text,
  cause        text,
  agreement    text,                     -- null: nothing was charged on this end
  role         text,
  currency     text,
  service      smallint not null,        -- place in the list of usage_rated, from 0
  attempts     bigint not null,
  answered     bigint not null,
  micros       bigint not null,          -- of answered ones
  amount_nanos numeric not null
);
create index usage_traffic_kind on usage_traffic (kind, day);
create index usage_traffic_part on usage_traffic (part_id);

-- Parts are made again with what is new in them.
insert into usage_search_todo (day, first_id, last_id) select day, first_id, last_id from usage_search_part;
delete from usage_search_part;

-- Reports that are kept, and mailed where they say so. Deleted ones are gone: they are views of the books, not books.
create table report_saved (
  report_id    bigint generated always as identity primary key,
  name         text not null,
  owner        text not null,
  question     jsonb not null,
  period       text not null,            -- yesterday, last-week, last-month …, or fixed: as the question says
  mail_to      text[] not null,          -- empty: it is not mailed
  mail_format  text not null,
  mail_every   text not null check (mail_every in ('never', 'day', 'week', 'month')),
  due_at       timestamptz,              -- the next mail; null: none
  tries        integer not null default 0,
  last_sent_at timestamptz,
  last_failure text,
  created_at   timestamptz not null default now(),
  unique (owner, name)
);
create index report_saved_due on report_saved (due_at) where due_at is not null;

-- The same as before, without `strict`: PostgreSQL puts it into the statement instead of calling it for each number.
create or replace function usage_search_key(number text) returns bigint language sql immutable parallel safe as $$
  select ('x' || rpad(case when number ~ '^[0-9]*$' then left(translate(number, '0123456789', '123456789a'), 15)
    else 'f' || left(encode(replace(number, E'\\', E'\\\\')::bytea, 'hex'), 14) end, 15, '0'))::bit(60)::bigint
$$;
