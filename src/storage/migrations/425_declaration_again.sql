-- The latest declaration of a period counts. A file that is taken in again changes nothing when it is the latest as it is read now; after another one,
-- or read otherwise (other columns, another unit), it is the latest anew.
drop index declaration_once;
create index declaration_of_period on declaration (agreement, side, service, period_from, period_to, declaration_id);
