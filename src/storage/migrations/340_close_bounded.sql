-- A close costs the same in its twenty-fourth month as in its first: which versions of its agreement a statement was made under, and what
-- was booked for deals by day, so that what was settled under the same versions need not be looked at again.

-- Numbers of the versions known then, in their order: `12 15`. Null: made before this migration.
alter table statement_recorded add column known_versions text;

drop index statement_deal_agreement;
create index statement_deal_window on statement_deal (agreement, window_from);
