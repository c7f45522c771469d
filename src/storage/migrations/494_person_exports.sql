-- An export of what is held of a person, asked for over HTTP: the file is in the data folder for a day, and goes with the row.
create table person_export (
  export_id  bigint generated always as identity primary key,
  identity   text not null,
  -- Numbers, names and accounts that are the same person: whoever is erased by one of them takes the export along.
  terms      text[] not null,
  asked_at   timestamptz not null,
  -- Of the file; null until it is whole.
  bytes      bigint
);
