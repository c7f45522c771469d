-- When the calls of each block of the search index begin (kind 7): an hour of a day is found without a look at the rest. Seconds of the UTC day; of parts
-- that are there already it is made once.
do $$
declare part record;
begin
  for part in select part_id, day, first_id, last_id from usage_search_part order by day loop
    execute format($q$
      insert into usage_search_block (part_id, kind, key, blocks)
        select %1$s, 7, key, list
          from (select array_agg(block order by block) as blocks, array_agg(earliest order by block) as firsts, array_agg(latest order by block) as lasts
                  from (select ((event_id - %2$s) >> 10)::int as block,
                               floor(extract(epoch from min(started_at) - timestamptz '%4$s 00:00:00+00'))::int as earliest,
                               floor(extract(epoch from max(started_at) - timestamptz '%4$s 00:00:00+00'))::int as latest
                          from usage_event where day = '%4$s' and event_id between %2$s and %3$s group by 1) as b) as t
            cross join lateral (values (0, blocks), (1, firsts), (2, lasts)) as k(key, list) where list is not null$q$,
      part.part_id, part.first_id, part.last_id, part.day);
  end loop;
end $$;
