-- Finding calls among a hundred million without an index that the load has to keep: rows of usage are only ever added, so what was added
-- is indexed afterwards, stretch by stretch, in one piece (docs/decisions/0020-usage-search.md).

-- Stretches of record numbers of a UTC day that were written and are not indexed yet. A search reads them row by row.
create table usage_search_todo (
  todo_id   bigint generated always as identity primary key,
  day       date not null,
  first_id  bigint not null,
  last_id   bigint not null
);
create index usage_search_todo_day on usage_search_todo (day, first_id);
insert into usage_search_todo (day, first_id, last_id) select day, min(event_id), max(event_id) from usage_event group by day order by day;

-- An indexed stretch. Records that were taken up later may lie in two: whoever reads several meets them twice.
create table usage_search_part (
  part_id   integer generated always as identity primary key,
  day       date not null,
  first_id  bigint not null,
  last_id   bigint not null,
  records   integer not null
);
create index usage_search_part_day on usage_search_part (day, first_id);

-- Callers' and called numbers of a part, in the order of their keys; `at` is the record's number less the first of the part.
create table usage_search_number (
  part_id    integer not null references usage_search_part on delete cascade,
  first_key  bigint not null,
  place      integer not null,
  keys       bigint[] not null,
  at         integer[] not null,
  primary key (part_id, first_key, place)
);
alter table usage_search_number alter column keys set storage plain, alter column at set storage plain;

-- In which blocks of 1,024 record numbers of a part a trunk (1), an agreement (2), a destination (3) or a file (4) occurs.
create table usage_search_block (
  part_id   integer not null references usage_search_part on delete cascade,
  kind      smallint not null,
  key       bigint not null,
  blocks    integer[] not null,
  primary key (part_id, kind, key)
);

-- A number as a key whose order is that of its digits: 15 places of four bits, 0 is the end. What is not only digits comes behind them, by its bytes.
create function usage_search_key(number text) returns bigint language sql immutable strict parallel safe as $$
  select ('x' || rpad(case when number ~ '^[0-9]*$' then left(translate(number, '0123456789', '123456789a'), 15)
    else 'f' || left(encode(convert_to(number, 'UTF8'), 'hex'), 14) end, 15, '0'))::bit(60)::bigint
$$;

-- What is held is searched in its own table, which is small.
create index usage_held_called on usage_held (called text_pattern_ops);
create index usage_held_calling on usage_held (calling text_pattern_ops);
create index usage_held_file on usage_held (file_id, event_id);
create index usage_duplicate_file on usage_duplicate (file_id, event_id);
create index usage_rejected_file on usage_rejected (file_id, event_id);
