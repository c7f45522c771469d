-- What lists of very many rows are asked by.

-- A day's calls by their time, page by page: files come in the order of time, so that a summary of each sixteen pages finds an hour. A thousandth of a B-tree.
create index usage_event_started on usage_event using brin (started_at) with (pages_per_range = 16, autosummarize = on);

-- In which zones a party's days begin and end, also under earlier versions of its agreements; null: one does not say.
create function carillon_own_zones() returns text[] language sql stable security definer set search_path from current as $$
  select coalesce(array_agg(distinct body->>'zone'), '{}') from config_version
   where kind = 'agreements' and body->>'id' = any(carillon_own_agreements())
$$;

-- Documents by any part of their number, where the server has the extension (all common packages of PostgreSQL do): three letters at a time.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_trgm') then
    begin
      create extension if not exists pg_trgm;
      create index invoice_number_parts on invoice using gin (lower(number) gin_trgm_ops);
    exception
      when insufficient_privilege then
        raise notice 'pg_trgm may not be made by this user: documents are found by a part of their number by looking through all numbers';
    end;
  end if;
end $$;
