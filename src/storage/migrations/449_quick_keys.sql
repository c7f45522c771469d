-- The same keys of numbers as before, in less than half the time: of making a part of the search index this was most. Hexadecimal digits are read as
-- they stand, and one is added in each of their places (76861433640456465 is fifteen of them), instead of each digit being replaced by the next before.
create or replace function usage_search_key(number text) returns bigint language sql immutable parallel safe as $$
  select case when number ~ '^[0-9]*$'
    then ('x' || rpad(number, 15, '0'))::bit(60)::bigint
      + ((76861433640456465 >> (4 * (15 - least(length(number), 15)))) << (4 * (15 - least(length(number), 15))))
    else ('x' || rpad('f' || left(encode(replace(number, E'\\', E'\\\\')::bytea, 'hex'), 14), 15, '0'))::bit(60)::bigint end
$$;
