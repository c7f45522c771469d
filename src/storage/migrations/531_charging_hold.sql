-- What a batch ends with, as two plain statements (storage/charging/commit.ts): PL/pgSQL took half of its time to set itself up. First the lock, so that what is looked at
-- afterwards is seen behind it; then whether the engine owns what it commits. docs/decisions/0022-charging-tail.md.
drop function charging_hold;

-- Nothing of the batch counts (CH001).
create function charging_not_held(engine integer) returns void language plpgsql as $$
begin
  raise exception 'engine % does not own what it commits', engine using errcode = 'CH001';
end $$;
