-- Accounts that fall due are looked through page by page: a page must not be the one before again because the rows of that are not written yet.
create index charging_account_due_place on charging_account (due_hour, account_id);
drop index charging_account_due;
