-- Who changed what, and who saw personal data: append-only, chained by hashes. What is said of it stands apart, hashed with a salt,
-- so that it can be erased when the law or its age demands, and the chain still holds.

create table audit_head (
  one       boolean primary key default true check (one),
  sequence  bigint not null default 0,
  hash      bytea not null default decode(repeat('00', 32), 'hex')
);
insert into audit_head default values;

create table audit_entry (
  sequence      bigint primary key,             -- from 1 without a gap
  at            timestamptz not null,
  stage         text not null check (stage in ('begun', 'changed', 'done', 'refused', 'failed', 'seen')),
  actor_kind    text not null check (actor_kind in ('user', 'key', 'cli', 'nobody')),
  actor         text collate "C" not null,      -- id of the person, name of the key, name of the system's user
  operation     text collate "C" not null,
  subject_kind  text collate "C" not null,
  subject       text collate "C" not null,      -- empty: not known before it was done, or the whole kind
  party         text collate "C",               -- of who asked, where it is of one
  request_id    text,
  follows       bigint,                         -- the entry that this one completes
  code          text,                           -- of the refusal
  content_hash  bytea not null check (octet_length(content_hash) = 32),
  hash          bytea not null check (octet_length(hash) = 32)
);
create index audit_entry_at on audit_entry (at);
create index audit_entry_actor on audit_entry (actor, sequence);
create index audit_entry_subject on audit_entry (subject_kind, subject, sequence);
create index audit_entry_operation on audit_entry (operation, sequence);

create table audit_content (
  sequence  bigint primary key references audit_entry,
  salt      bytea not null,
  name      text not null,                      -- of who did it, as people know it
  address   text,
  session   text,
  asked     text,                               -- JSON; what is secret is left out, what is long is a hash
  before    text,
  after     text
);

create function audit_content_hash(c audit_content) returns bytea language sql immutable as $$
  select sha256(c.salt || convert_to(array_to_json(array[c.name, c.address, c.session, c.asked, c.before, c.after])::text, 'UTF8'))
$$;

-- SHA-256 over the hash before (32 zeros before the first) and this text. Changing it breaks every chain that exists.
create function audit_entry_hash(previous bytea, e audit_entry) returns bytea language sql immutable as $$
  select sha256(previous || convert_to(array_to_json(array[
    e.sequence::text, ((extract(epoch from e.at) * 1000000)::bigint)::text, e.stage, e.actor_kind, e.actor, e.operation, e.subject_kind, e.subject,
    e.party, e.request_id, e.follows::text, e.code, encode(e.content_hash, 'hex')])::text, 'UTF8'))
$$;

-- One entry, at the end of the chain, which stays locked until the transaction ends: call it last.
create function audit_append(said jsonb) returns bigint language plpgsql as $$
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

-- For the end of a transaction: null where it has changed nothing.
create function audit_append_if_changed(said jsonb) returns bigint language plpgsql as $$
begin
  if pg_current_xact_id_if_assigned() is null then return null; end if;
  -- What is checked at the end is checked now: nothing else shall be waited for behind the lock on the chain.
  set constraints all immediate;
  return audit_append(said);
end $$;

create function audit_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only: % of % is refused', lower(tg_op), tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function audit_refuse_change();
-- Contents may be erased, never altered.
create trigger audit_content_kept before update or truncate on audit_content
  for each statement execute function audit_refuse_change();
create trigger audit_head_kept before delete or truncate on audit_head
  for each statement execute function audit_refuse_change();
