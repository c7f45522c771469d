-- Sums over the rows of usage_event of each file, modulo 2^32, by which `usage audit` sees that one was changed (docs/decisions/0004-pipeline.md). Null: it was
-- loaded, or begun to be, before there were any.
alter table usage_file add column row_sum_a bigint, add column row_sum_b bigint;
alter table usage_file alter column row_sum_a set default 0, alter column row_sum_b set default 0;
