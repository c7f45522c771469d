-- Charges added up by day and agreement, for figures that move while records arrive: a hundredth of the rollup's rows. Kept by the database
-- itself, whoever changes the rollup. A transaction adds rows and changes none, so that no two wait for each other; they are folded into the
-- sums afterwards. What is true is both together.

create table rollup_day_sum (
  day           date not null,              -- local day in the agreement's zone
  agreement     text collate "C" not null,
  role          text collate "C" not null,
  currency      text collate "C" not null,
  events        bigint not null,
  answered      bigint not null,
  amount_nanos  numeric not null,
  primary key (day, agreement, role, currency)
) with (fillfactor = 70);

-- What came since, and is not in the sums yet.
create table rollup_day_come (
  day           date not null,
  agreement     text collate "C" not null,
  role          text collate "C" not null,
  currency      text collate "C" not null,
  events        bigint not null,
  answered      bigint not null,
  amount_nanos  numeric not null
);

create view rollup_day as
  select day, agreement, role, currency, events, answered, amount_nanos from rollup_day_sum
  union all select day, agreement, role, currency, events, answered, amount_nanos from rollup_day_come;

insert into rollup_day_sum
  select day, agreement, role, currency, sum(events), sum(answered), sum(amount_nanos) from rollup_sum join rollup_line using (line_id) group by 1, 2, 3, 4;

-- One for each of what a statement may do: rows as they were are taken off, rows as they are are added.
create function rollup_day_added() returns trigger language plpgsql as $$
begin
  insert into rollup_day_come
    select s.day, l.agreement, l.role, l.currency, sum(s.events), sum(s.answered), sum(s.amount_nanos)
      from rows_now s join rollup_line l using (line_id) group by 1, 2, 3, 4;
  return null;
end $$;
create function rollup_day_changed() returns trigger language plpgsql as $$
begin
  insert into rollup_day_come
    select s.day, l.agreement, l.role, l.currency, sum(s.events), sum(s.answered), sum(s.amount_nanos)
      from (select line_id, day, events, answered, amount_nanos from rows_now
            union all select line_id, day, -events, -answered, -amount_nanos from rows_before) s join rollup_line l using (line_id)
     group by 1, 2, 3, 4 having sum(s.events) <> 0 or sum(s.answered) <> 0 or sum(s.amount_nanos) <> 0;
  return null;
end $$;
create function rollup_day_removed() returns trigger language plpgsql as $$
begin
  insert into rollup_day_come
    select s.day, l.agreement, l.role, l.currency, -sum(s.events), -sum(s.answered), -sum(s.amount_nanos)
      from rows_before s join rollup_line l using (line_id) group by 1, 2, 3, 4;
  return null;
end $$;
create function rollup_day_emptied() returns trigger language plpgsql as $$
begin
  truncate rollup_day_sum, rollup_day_come;
  return null;
end $$;
create trigger rollup_day_added after insert on rollup_sum referencing new table as rows_now for each statement execute function rollup_day_added();
create trigger rollup_day_changed after update on rollup_sum referencing old table as rows_before new table as rows_now
  for each statement execute function rollup_day_changed();
create trigger rollup_day_removed after delete on rollup_sum referencing old table as rows_before for each statement execute function rollup_day_removed();
create trigger rollup_day_emptied after truncate on rollup_sum for each statement execute function rollup_day_emptied();
