-- Thresholds of credit limits that were reached, and left again. One open row for each account and threshold.
create table credit_alarm (
  alarm_id       bigint generated always as identity primary key,
  account        text not null,
  percent        integer not null,
  exposure_nanos numeric not null,       -- when it was reached
  limit_nanos    numeric not null,
  currency       text not null,
  raised_at      timestamptz not null,
  cleared_at     timestamptz
);
create unique index credit_alarm_open on credit_alarm (account, percent) where cleared_at is null;
