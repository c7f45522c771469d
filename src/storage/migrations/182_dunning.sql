-- Letters that ask for what is overdue. Append-only.
create table dunning_notice (
  notice_id     bigint generated always as identity primary key,
  legal_entity  text not null,
  account       text not null,
  currency      text not null,
  day           date not null,           -- local day of the legal entity
  stage         integer not null,        -- from 1
  stage_name    text not null,
  tone          text not null,
  owed_nanos    numeric not null,
  fee_nanos     numeric not null,
  pay_by        date not null,
  made_by       text not null,
  made_at       timestamptz not null default clock_timestamp(),
  unique (legal_entity, account, currency, day)
);
create table dunning_notice_line (
  notice_id     bigint not null references dunning_notice,
  position      integer not null,
  document      text not null,
  due_day       date not null,
  owed_nanos    numeric not null,
  stage         integer not null,
  moved         boolean not null,        -- to this stage with this letter
  primary key (notice_id, position)
);
create index dunning_notice_line_document on dunning_notice_line (document);

-- What is not asked for, until a day; the last row of a subject counts. Subject: an account, or a document of it.
create table dunning_pause (
  pause_id      bigint generated always as identity primary key,
  account       text not null,
  document      text,                    -- null: all of the account
  until_day     date,                    -- null: until somebody ends it; before today: ended
  why           text not null,
  entered_by    text not null,
  entered_at    timestamptz not null default clock_timestamp()
);
create index dunning_pause_account on dunning_pause (account);

-- Accounts on hold for what they owe. One open row an account.
create table account_hold (
  hold_id       bigint generated always as identity primary key,
  account       text not null,
  why           text not null,
  held_by       text not null,
  held_day      date not null,
  released_by   text,
  released_day  date,
  release_why   text
);
create unique index account_hold_open on account_hold (account) where released_day is null;

create trigger dunning_notice_append_only before update or delete or truncate on dunning_notice
  for each statement execute function ledger_refuse_change();
create trigger dunning_notice_line_append_only before update or delete or truncate on dunning_notice_line
  for each statement execute function ledger_refuse_change();
create trigger dunning_pause_append_only before update or delete or truncate on dunning_pause
  for each statement execute function ledger_refuse_change();

-- What is delivered: issued documents, and letters.
create view deliverable_document as
  select legal_entity, number, kind, account, party, currency, issue_day, due_day, total_nanos, corrects, issued_at from invoice_issued
  union all
  select n.legal_entity, 'DUN-' || lpad(n.notice_id::text, 6, '0'), 'dunning', n.account, null, n.currency, n.day, n.pay_by, n.owed_nanos + n.fee_nanos,
         null, n.made_at
    from dunning_notice n;
