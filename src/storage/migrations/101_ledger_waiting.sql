-- Manual entries that wait for a second person, and what became of them. Append-only, like the ledger.
create table ledger_waiting (
  waiting_id   bigint generated always as identity primary key,
  legal_entity text not null,
  cause_kind   text not null,
  cause_id     text not null,
  entry        jsonb not null,
  entered_by   text not null,
  entered_at   timestamptz not null default clock_timestamp()
);
create index ledger_waiting_cause on ledger_waiting (legal_entity, cause_kind, cause_id);
create table ledger_decision (
  waiting_id bigint primary key references ledger_waiting,
  decision   text not null check (decision in ('booked', 'refused')),
  why        text,
  decided_by text not null,
  decided_at timestamptz not null default clock_timestamp()
);

-- Nobody is the second person of what he entered himself.
create function ledger_second_person() returns trigger language plpgsql as $$
begin
  if new.decision = 'booked' and exists (select from ledger_waiting w where w.waiting_id = new.waiting_id and w.entered_by = new.decided_by) then
    raise exception 'entry % is booked by another person than who entered it', new.waiting_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger ledger_second_person before insert on ledger_decision for each row execute function ledger_second_person();
create trigger ledger_waiting_append_only before update or delete or truncate on ledger_waiting
  for each statement execute function ledger_refuse_change();
create trigger ledger_decision_append_only before update or delete or truncate on ledger_decision
  for each statement execute function ledger_refuse_change();
