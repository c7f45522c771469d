-- Records of a session of online charging are in the search index under the session, too: what has such records is indexed again. Its parts
-- serve until then.
insert into usage_search_todo (day, first_id, last_id)
  select p.day, p.first_id, p.last_id from usage_search_part p
   where exists (select from usage_search_block b join usage_file f on f.file_id = b.key join usage_source s using (source_id)
                  where b.part_id = p.part_id and b.kind = 4 and s.name = 'charging')
   order by p.day;
