-- Whose an account, an agreement and its tariffs are is decided by the configuration that is known now. A version that was wrong and is
-- replaced gives nothing any more; the history of what is a party's now is read as far as it was the same party's.
create or replace function carillon_own_accounts() returns text[] language sql stable security definer set search_path from current as $$
  select coalesce(array_agg(key), '{}') from config_version
   where kind = 'accounts' and known_to = 'infinity' and body->>'party' = carillon_party()
$$;
create or replace function carillon_own_agreements() returns text[] language sql stable security definer set search_path from current as $$
  select coalesce(array_agg(distinct body->>'id'), '{}') from config_version
   where kind = 'agreements' and known_to = 'infinity' and body->>'account' = any(carillon_own_accounts())
$$;
create or replace function carillon_own_tariffs() returns text[] language sql stable security definer set search_path from current as $$
  select coalesce(array_agg(distinct s->>'tariff'), '{}') from config_version c cross join jsonb_array_elements(c.body->'services') s
   where c.kind = 'agreements' and c.known_to = 'infinity' and c.body->>'account' = any(carillon_own_accounts())
$$;

do $$
declare role text;
begin
  foreach role in array array['carillon_partner', 'carillon_customer'] loop
    execute format($p$alter policy %I on config_version using (case kind
      when 'parties' then key = (select carillon_party())
      when 'accounts' then key = any((select carillon_own_accounts())::text[]) and body->>'party' = (select carillon_party())
      when 'agreements' then body->>'id' = any((select carillon_own_agreements())::text[])
        and body->>'account' = any((select carillon_own_accounts())::text[])
      when 'tariffs' then key = any((select carillon_own_tariffs())::text[]) else false end)$p$, role || '_rows');
  end loop;
end $$;
