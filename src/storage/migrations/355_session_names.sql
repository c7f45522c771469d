-- A running session's name belongs to its account: what another account opens or debits under it is not written (CH003, with the name). Engines see that of
-- accounts in memory; here it is seen of the others, at no cost where nothing is wrong.
create function charging_session_taken() returns trigger language plpgsql as $$
begin
  raise exception 'a running session of another account has this name' using errcode = 'CH003', detail = old.session_id;
end $$;

create trigger charging_session_name before update on charging_session for each row
  when (old.closed_micros is null and new.account_id <> old.account_id) execute function charging_session_taken();
