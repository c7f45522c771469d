-- What happens to the business, as events for systems of others (250), entered in the transaction that makes it so, whoever does it. While nobody wants
-- them, nothing is kept.
create function enter_platform_event(source text, kind text, about text, at timestamptz, what jsonb) returns void language plpgsql as $$
declare
  wanted text[];
  entered bigint;
begin
  select array_agg(endpoint_id) into wanted from webhook_endpoint p where p.stopped_at is null
    and exists (select from unnest(p.types) as t(type)
                 where t.type = '*' or t.type = kind or (t.type like '%.*' and starts_with(kind, left(t.type, -1))));
  if wanted is null then return; end if;
  insert into webhook_event (source_key, type, subject, happened_at, body)
    values (source, kind, about, at, json_build_object('type', kind, 'timestamp', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'subject', about, 'data', jsonb_strip_nulls(what))::text)
    on conflict (source_key) do nothing returning event_id into entered;
  if entered is null then return; end if;
  insert into webhook_message (endpoint_id, event_id, subject, next_at) select unnest(wanted), entered, about, clock_timestamp();
end $$;

-- For a whole statement where documents come by the thousand: with nobody to tell it costs one look.

-- Exact, as text.
create function event_money(nanos numeric, currency text) returns jsonb language sql immutable as $$
  select jsonb_build_object('amount', case when scale(trim_scale(nanos / 1000000000)) < 2 then round(nanos / 1000000000, 2) else trim_scale(nanos / 1000000000) end::text,
    'currency', currency)
$$;

create function tell_invoice() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook_endpoint where stopped_at is null) then return null; end if;
  perform enter_platform_event('invoice:' || n.invoice_id, 'invoice.issued', 'party ' || n.party, clock_timestamp(), jsonb_build_object(
    'document', n.number, 'kind', n.kind, 'legalEntity', n.legal_entity, 'party', n.party, 'account', n.account,
    'issueDay', n.issue_day, 'dueDay', n.due_day, 'net', event_money(n.net_nanos, n.currency), 'total', event_money(n.total_nanos, n.currency)))
    from (select * from added order by invoice_id) n;
  return null;
end $$;
create trigger tell_invoice after insert on invoice referencing new table as added for each statement execute function tell_invoice();

create function tell_statement() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook_endpoint where stopped_at is null) then return null; end if;
  perform enter_platform_event('statement:' || n.statement_id, 'statement.recorded', 'agreement ' || n.agreement, clock_timestamp(), jsonb_build_object(
    'statement', n.id, 'agreement', n.agreement, 'period', n.label, 'version', n.version, 'from', n.from_day, 'to', n.to_day,
    'legalEntity', n.legal_entity, 'account', n.account)) from (select * from added order by statement_id) n;
  return null;
end $$;
create trigger tell_statement after insert on statement_recorded referencing new table as added for each statement execute function tell_statement();

create function tell_dispute() returns trigger language plpgsql as $$
declare
  d dispute%rowtype;
begin
  select * into d from dispute where dispute_id = new.dispute_id;
  perform enter_platform_event('dispute:' || new.dispute_id || ':' || new.step, 'dispute.moved', 'dispute ' || new.dispute_id, clock_timestamp(),
    jsonb_build_object('dispute', new.dispute_id::text, 'step', new.kind, 'by', new.made_by, 'day', new.day, 'document', d.document, 'party', d.party,
      'account', d.account, 'contested', event_money(d.net_nanos, d.currency),
      'offered', case when new.net_nanos is not null then event_money(new.net_nanos, d.currency) end, 'outcome', new.outcome, 'result', new.result));
  return null;
end $$;
create trigger tell_dispute after insert on dispute_step for each row execute function tell_dispute();

create function tell_dispute_message() returns trigger language plpgsql as $$
begin
  perform enter_platform_event('dispute-message:' || new.message_id, 'dispute.message-sent', 'dispute ' || new.dispute_id, clock_timestamp(),
    jsonb_build_object('dispute', new.dispute_id::text, 'message', new.message_id::text, 'by', new.made_by));
  return null;
end $$;
create trigger tell_dispute_message after insert on dispute_message for each row execute function tell_dispute_message();

create function tell_payment() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook_endpoint where stopped_at is null) then return null; end if;
  perform enter_platform_event('payment:' || n.payment_id, 'payment.received', 'payment PAY-' || n.payment_id, clock_timestamp(), jsonb_build_object(
    'payment', 'PAY-' || n.payment_id, 'legalEntity', n.legal_entity, 'day', n.day, 'received', event_money(n.amount_nanos, n.currency),
    'isReversal', n.is_reversal)) from (select * from added where direction = 'in' order by payment_id) n;
  return null;
end $$;
create trigger tell_payment after insert on payment referencing new table as added for each statement execute function tell_payment();

create function tell_partner_invoice() returns trigger language plpgsql as $$
declare
  i partner_invoice%rowtype;
begin
  select * into i from partner_invoice where partner_invoice_id = new.partner_invoice_id;
  perform enter_platform_event('partner-invoice:' || new.partner_invoice_id || ':' || new.step, 'partner-invoice.moved', 'party ' || i.party, clock_timestamp(),
    jsonb_build_object('invoice', new.partner_invoice_id::text, 'number', i.number, 'step', new.kind, 'day', new.day, 'party', i.party, 'account', i.account,
      'total', event_money(i.total_nanos, i.currency)));
  return null;
end $$;
create trigger tell_partner_invoice after insert on partner_invoice_step for each row execute function tell_partner_invoice();

create function tell_rate_sheet() returns trigger language plpgsql as $$
begin
  perform enter_platform_event('rate-sheet:' || new.import_id, 'rate-sheet.in-force', 'agreement ' || new.agreement, clock_timestamp(), jsonb_build_object(
    'rateSheet', new.import_id::text, 'agreement', new.agreement, 'tariff', new.tariff, 'file', new.file_name));
  return null;
end $$;
create trigger tell_rate_sheet after insert on rate_import for each row execute function tell_rate_sheet();

create function tell_file() returns trigger language plpgsql as $$
begin
  perform enter_platform_event('file:' || new.file_id, 'file.failed', 'source ' || new.source_id, clock_timestamp(), jsonb_build_object(
    'file', new.name, 'source', (select name from usage_source where source_id = new.source_id), 'reasons', new.reasons));
  return null;
end $$;
create trigger tell_file after update of state on usage_file for each row when (new.state = 'refused' and old.state is distinct from 'refused')
  execute function tell_file();

create function tell_source_alarm() returns trigger language plpgsql as $$
begin
  perform enter_platform_event('source-alarm:' || new.alarm_id || case when new.cleared_at is null then '' else ':cleared' end,
    case when new.cleared_at is null then 'alarm.raised' else 'alarm.cleared' end, 'source ' || new.source, clock_timestamp(),
    jsonb_build_object('alarm', 'source', 'source', new.source, 'kind', new.kind, 'about', nullif(new.subject, ''), 'detail', new.detail));
  return null;
end $$;
create trigger tell_source_alarm after insert on collecting_alarm for each row execute function tell_source_alarm();
create trigger tell_source_alarm_cleared after update of cleared_at on collecting_alarm for each row
  when (old.cleared_at is null and new.cleared_at is not null) execute function tell_source_alarm();

create function tell_credit_alarm() returns trigger language plpgsql as $$
begin
  perform enter_platform_event('credit-alarm:' || new.alarm_id || case when new.cleared_at is null then '' else ':cleared' end,
    case when new.cleared_at is null then 'alarm.raised' else 'alarm.cleared' end, 'account ' || new.account, clock_timestamp(),
    jsonb_build_object('alarm', 'credit', 'account', new.account, 'percent', new.percent, 'exposure', event_money(new.exposure_nanos, new.currency),
      'limit', event_money(new.limit_nanos, new.currency)));
  return null;
end $$;
create trigger tell_credit_alarm after insert on credit_alarm for each row execute function tell_credit_alarm();
create trigger tell_credit_alarm_cleared after update of cleared_at on credit_alarm for each row
  when (old.cleared_at is null and new.cleared_at is not null) execute function tell_credit_alarm();
