-- Templates of documents that users wrote, and logos. A new version is a new row; the last one counts.
create table invoice_template (
  template_id  bigint generated always as identity primary key,
  name         text not null,
  base         text not null,           -- the shipped template that is printed where there is no source
  source       text,
  logo_type    text check (logo_type in ('svg', 'png', 'jpg')),
  logo         bytea,
  added_by     text not null,
  added_at     timestamptz not null default clock_timestamp(),
  check ((logo_type is null) = (logo is null))
);
create index invoice_template_name on invoice_template (name, template_id desc);
