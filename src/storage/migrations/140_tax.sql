-- Exemption certificates and loaded tables of tax rates: append-only. What ends a certificate, and a newer table, are rows of their own.

create table tax_certificate (
  certificate_id bigint generated always as identity primary key,
  party          text not null,          -- or a legal entity, for those that we hold
  number         text not null,          -- as the tax office gave it
  frees_of       text not null,          -- a rate, a jurisdiction and all within it, a tax of a country, or a withholding rule
  valid_from     date not null,
  valid_to       date,                   -- first day on which it no longer holds
  note           text,
  recorded_at    timestamptz not null,
  recorded_by    text not null,
  check (valid_to > valid_from),
  unique (party, number, frees_of)
);

create table tax_certificate_end (
  certificate_id bigint primary key references tax_certificate,
  valid_to       date not null,
  reason         text not null,
  recorded_at    timestamptz not null,
  recorded_by    text not null
);

create table tax_table_import (
  import_id   bigint generated always as identity primary key,
  tax_table   text not null,
  file_name   text not null,
  sha256      bytea not null check (octet_length(sha256) = 32),
  rows        integer not null check (rows > 0),
  recorded_at timestamptz not null,
  recorded_by text not null
);
create index tax_table_import_table on tax_table_import (tax_table, import_id);

-- The rates of an import, as rules use them: a tax of a jurisdiction with its history of percentages.
create table tax_table_rate (
  import_id    bigint not null references tax_table_import,
  rate_id      text not null,
  jurisdiction text not null,
  body         jsonb not null,
  primary key (import_id, rate_id)
);
create index tax_table_rate_jurisdiction on tax_table_rate (jurisdiction);
