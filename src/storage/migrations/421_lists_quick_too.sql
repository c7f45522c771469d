-- Lists that are long have an index for what they are asked by.
create index audit_content_name on audit_content (name, sequence);
create index audit_entry_stage on audit_entry (stage, sequence);
create index invoice_newest on invoice (issue_day, invoice_id);
create index invoice_party on invoice (party, issue_day, invoice_id);
create index invoice_kind on invoice (kind, issue_day, invoice_id);
create index webhook_message_state on webhook_message (state, message_id);
