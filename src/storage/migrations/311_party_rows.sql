-- Rows of one party: two roles that nobody signs in with, and policies by the setting carillon.party of a transaction. The application
-- reads as one of them whatever somebody of a partner or a customer asks; a statement without any WHERE gets that party's rows, and a
-- table that is not named here cannot be read at all. The owner of the tables is not concerned (COPY does not go through policies).

do $$
declare role text;
begin
  foreach role in array array['carillon_partner', 'carillon_customer'] loop
    if not exists (select from pg_roles where rolname = role) then
      begin
        execute format('create role %I nologin', role);
      exception
        when duplicate_object or unique_violation then null;   -- another database of the server made it meanwhile
        when insufficient_privilege then
          raise exception 'the role % is missing, and this user may not make it', role
            using hint = format('As an administrator of the server: create role %I nologin; grant %I to %I;', role, role, current_user);
      end;
    end if;
    if not pg_has_role(current_user, role, 'set') then
      execute format('grant %I to %I', role, current_user);
    end if;
    execute format('grant usage on schema public to %I', role);
  end loop;
end $$;

create function carillon_party() returns text language sql stable as $$
  select nullif(current_setting('carillon.party', true), '')
$$;

-- Whatever they are or were: what was billed stays theirs.
create function carillon_own_accounts() returns text[] language sql stable security definer set search_path from current as $$
  select coalesce(array_agg(distinct key), '{}') from config_version where kind = 'accounts' and body->>'party' = carillon_party()
$$;
create function carillon_own_agreements() returns text[] language sql stable security definer set search_path from current as $$
  select coalesce(array_agg(distinct body->>'id'), '{}') from config_version
   where kind = 'agreements' and body->>'account' = any(carillon_own_accounts())
$$;
create function carillon_own_tariffs() returns text[] language sql stable security definer set search_path from current as $$
  select coalesce(array_agg(distinct s->>'tariff'), '{}') from config_version c cross join jsonb_array_elements(c.body->'services') s
   where c.kind = 'agreements' and c.body->>'id' = any(carillon_own_agreements())
$$;

do $$
declare
  each record;
  role text;
  accounts constant text := 'any((select carillon_own_accounts())::text[])';
  agreements constant text := 'any((select carillon_own_agreements())::text[])';
  tariffs constant text := 'any((select carillon_own_tariffs())::text[])';
  party constant text := '(select carillon_party())';
begin
  for each in
    select * from (values
      ('config_version', true, format($x$case kind when 'parties' then key = %1$s when 'accounts' then body->>'party' = %1$s
        when 'agreements' then body->>'account' = %2$s when 'tariffs' then key = %3$s else false end$x$, party, accounts, tariffs)),
      ('rate_import', false, 'agreement = ' || agreements),
      ('rate', false, 'tariff = ' || tariffs),
      ('rollup_line', false, 'agreement = ' || agreements),
      ('rollup_sum', false, 'exists (select from rollup_line l where l.line_id = rollup_sum.line_id)'),
      ('statement_recorded', false, 'agreement = ' || agreements),
      ('statement_charge', false, 'exists (select from statement_recorded s where s.statement_id = statement_charge.of_statement)'),
      ('statement_deal', false, 'agreement = ' || agreements),
      ('statement_amount', false, 'exists (select from statement_recorded s where s.statement_id = statement_amount.statement_id)'),
      ('statement_outcome', false, 'exists (select from statement_recorded s where s.statement_id = statement_outcome.statement_id)'),
      ('statement_approval', false, 'exists (select from statement_recorded s where s.statement_id = statement_approval.statement_id)'),
      ('invoice', true, 'party = ' || party),
      ('ledger_posting', true, $x$ledger_account in ('receivable', 'payable') and account = $x$ || accounts),
      ('ledger_entry', true, 'exists (select from ledger_posting p where p.entry_id = ledger_entry.entry_id)'),
      ('netting', false, 'party = ' || party),
      ('netting_decision', false, 'exists (select from netting n where n.netting_id = netting_decision.netting_id)'),
      ('netting_confirmation', false, 'exists (select from netting n where n.netting_id = netting_confirmation.netting_id)'),
      ('declaration', false, 'agreement = ' || agreements),
      ('declaration_line', false, 'exists (select from declaration d where d.declaration_id = declaration_line.declaration_id)'),
      ('dispute', true, 'account = ' || accounts),
      ('dispute_step', true, 'exists (select from dispute d where d.dispute_id = dispute_step.dispute_id)'),
      ('dispute_evidence', true, 'exists (select from dispute d where d.dispute_id = dispute_evidence.dispute_id)'),
      ('partner_invoice', false, 'party = ' || party),
      ('partner_invoice_cover', false,
        'exists (select from partner_invoice i where i.partner_invoice_id = partner_invoice_cover.partner_invoice_id)'),
      ('partner_invoice_step', false,
        'exists (select from partner_invoice i where i.partner_invoice_id = partner_invoice_step.partner_invoice_id)'),
      ('kept_file', true, $x$exists (select from dispute_evidence e where e.sha256 = kept_file.sha256)$x$),
      ('card_link', true, 'account = ' || accounts),
      ('dunning_notice', true, 'account = ' || accounts)
    ) t(name, for_customers, condition)
  loop
    execute format('alter table %I enable row level security', each.name);
    foreach role in array case when each.for_customers then array['carillon_partner', 'carillon_customer'] else array['carillon_partner'] end loop
      execute format('create policy %I on %I for select to %I using (%s)', role || '_rows', each.name, role, each.condition);
      execute format('grant select on %I to %I', each.name, role);
    end loop;
  end loop;
end $$;

-- Views read with the rights of who asks.
alter view rollup set (security_invoker = true);
alter view invoice_issued set (security_invoker = true);
alter view ledger_open_item set (security_invoker = true);
alter view disputed_amount set (security_invoker = true);
alter view partner_invoice_accepted set (security_invoker = true);
grant select on rollup, invoice_issued, ledger_open_item, disputed_amount, partner_invoice_accepted to carillon_partner;
grant select on invoice_issued, ledger_open_item, disputed_amount to carillon_customer;
-- When the configuration was changed last: instants only.
grant select on knowledge to carillon_partner, carillon_customer;

-- A call has two legs, of which a partner sees its own: the other one is another partner's price.
create view party_call with (security_barrier = true) as
  select e.event_id, s.leg, e.day, e.started_at, (array['voice', 'sms', 'mms', 'data', 'content', 'event'])[e.service + 1] as service,
         e.calling, e.called, e.answered, e.duration_micros, e.cause, l.agreement, l.role, l.destination, l.currency,
         s.local_day, s.billed, s.amount_nanos
    from usage_standing s join usage_event e on e.event_id = s.event_id and e.day = s.day join rollup_line l on l.line_id = s.line_id
   where l.agreement = any((select carillon_own_agreements())::text[]);
grant select on party_call to carillon_partner;
