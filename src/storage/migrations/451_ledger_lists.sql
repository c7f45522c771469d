-- The first entry of each day, and a ledger account of which there are few postings.
create index ledger_entry_days on ledger_entry (legal_entity, day, sequence);
drop index ledger_entry_day;
create index ledger_posting_of on ledger_posting (ledger_account, entry_id);
