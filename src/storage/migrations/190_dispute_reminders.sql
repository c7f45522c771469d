-- Letters that remind the other side that a dispute waits for its answer: one for each step that waits. Append-only.
create table dispute_reminder (
  reminder_id  bigint generated always as identity primary key,
  dispute_id   bigint not null references dispute,
  step         integer not null,        -- the last one, which they have not answered
  day          date not null,           -- local day of the legal entity
  made_by      text not null,
  made_at      timestamptz not null default clock_timestamp(),
  unique (dispute_id, step)
);
create trigger dispute_reminder_append_only before update or delete or truncate on dispute_reminder
  for each statement execute function ledger_refuse_change();

create or replace view deliverable_document as
  select legal_entity, number, kind, account, party, currency, issue_day, due_day, total_nanos, corrects, issued_at from invoice_issued
  union all
  select n.legal_entity, 'DUN-' || lpad(n.notice_id::text, 6, '0'), 'dunning', n.account, null, n.currency, n.day, n.pay_by, n.owed_nanos + n.fee_nanos,
         null, n.made_at
    from dunning_notice n
  union all
  select d.legal_entity, 'DSP-' || lpad(r.reminder_id::text, 6, '0'), 'dispute-reminder', d.account, null, d.currency, r.day, d.respond_by, d.net_nanos,
         d.document, r.made_at
    from dispute_reminder r join dispute d using (dispute_id);
