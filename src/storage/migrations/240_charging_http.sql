-- Clients of HTTP choose the names of their sessions and debits themselves (`http:…`) and may repeat a request long afterwards: what is over
-- stays for a day longer than that of other peers, as RADIUS sessions do. Each kind is forgotten by an index of its own. An account that is
-- brought into memory brings those of other peers only: each of these is looked for by its name.
drop index charging_session_closed;
drop index charging_session_closed_soon;
create index charging_session_closed_soon on charging_session (closed_micros)
  where closed_micros is not null and session_id !~ '^(http:|radius/)';
create index charging_session_closed_late on charging_session (closed_micros)
  where closed_micros is not null and session_id ~ '^(http:|radius/)';
drop index charging_session_account;
create index charging_session_account on charging_session (account_id) where session_id !~ '^(http:|radius/)';
