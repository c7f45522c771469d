-- What is held of a person leaves: exports, erasures, and what stands in the way of them.

-- An order to erase. The identity stands here until it is done or refused; which pseudonym it got is written nowhere.
create table person_erasure (
  erasure_id  bigint generated always as identity primary key,
  identity    text,
  reason      text not null,
  asked_by    text not null,
  asked_at    timestamptz not null default clock_timestamp(),
  state       text not null default 'waiting' check (state in ('waiting', 'done', 'refused')),
  decided_by  text,
  decided_at  timestamptz,
  report      jsonb,
  check ((state = 'waiting') = (identity is not null) and (state = 'waiting') = (decided_at is null))
);

-- Subjects that are people (numbers, addresses) stand beside the entry from now on, with its content, and go with it. In the chain stands a token.
alter table audit_content add column subject text;
create index audit_content_subject on audit_content (subject, sequence) where subject is not null;

create or replace function audit_content_hash(c audit_content) returns bytea language sql immutable as $$
  select sha256(c.salt || convert_to(array_to_json(array[c.name, c.address, c.session, c.asked, c.before, c.after]
    || case when c.subject is null then '{}'::text[] else array[c.subject] end)::text, 'UTF8'))
$$;

create or replace function audit_append(said jsonb) returns bigint language plpgsql as $$
declare
  head audit_head;
  e audit_entry;
  c audit_content;
begin
  select * into head from audit_head for update;
  c.sequence := head.sequence + 1;
  c.salt := uuid_send(gen_random_uuid());
  c.name := said->>'name';
  c.address := said->>'address';
  c.session := said->>'session';
  c.asked := said->>'asked';
  c.before := said->>'before';
  c.after := said->>'after';
  e.sequence := c.sequence;
  e.at := clock_timestamp();
  e.stage := said->>'stage';
  e.actor_kind := said->>'actorKind';
  e.actor := said->>'actor';
  e.operation := said->>'operation';
  e.subject_kind := said->>'subjectKind';
  e.subject := said->>'subject';
  if e.subject ~ '[0-9]{7}' and e.subject !~ '^[0-9a-f]{16}$' or e.subject ~ '@[^@]+\.' then
    c.subject := e.subject;
    e.subject := '…' || encode(substring(sha256(c.salt || convert_to(c.subject, 'UTF8')) for 8), 'hex');
  end if;
  e.party := said->>'party';
  e.request_id := said->>'requestId';
  e.follows := (said->>'follows')::bigint;
  e.code := said->>'code';
  e.content_hash := audit_content_hash(c);
  e.hash := audit_entry_hash(head.hash, e);
  insert into audit_entry values (e.*);
  insert into audit_content values (c.*);
  update audit_head set sequence = e.sequence, hash = e.hash;
  return e.sequence;
end $$;

-- An account of charging may be called by its number: then it gets another name, and what belongs to it follows.
alter table charging_identity drop constraint charging_identity_account_id_fkey,
  add constraint charging_identity_account_id_fkey foreign key (account_id) references charging_account on update cascade;
alter table charging_contact drop constraint charging_contact_account_id_fkey,
  add constraint charging_contact_account_id_fkey foreign key (account_id) references charging_account on update cascade;
alter table charging_party drop constraint charging_party_account_id_fkey,
  add constraint charging_party_account_id_fkey foreign key (account_id) references charging_account on update cascade;
create function charging_party_refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('carillon.erasing', true) = 'on' then return null; end if;
  raise exception 'whose an account was stays known: % is refused', lower(tg_op) using errcode = 'restrict_violation';
end $$;
drop trigger charging_party_append_only on charging_party;
create trigger charging_party_append_only before update or delete or truncate on charging_party
  for each statement execute function charging_party_refuse_change();
