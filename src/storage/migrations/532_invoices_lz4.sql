-- Invoices' content as 111 has it for statements. 111 asked it of a table that comes after it, so that no server with lz4 could be brought to these tables at all.
do $$ begin
  if exists (select from pg_settings where name = 'default_toast_compression' and 'lz4' = any(enumvals)) then
    alter table invoice alter column content set compression lz4;
  end if;
end $$;
