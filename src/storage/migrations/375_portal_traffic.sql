-- Why calls ended, for partners too: sums of rows that are theirs.
alter table usage_traffic enable row level security;
create policy carillon_partner_rows on usage_traffic for select to carillon_partner
  using (agreement = any((select carillon_own_agreements())::text[]));
grant select on usage_traffic to carillon_partner;
