-- Behind a million accounts in steady use autovacuum took a fifth of a core from what waits for an answer: samples of a million rows at each tenth that changed, which no
-- plan depends on (the statements of charging find rows by their keys, whatever the tables hold), and vacuums at full pace. Both go on, slower; docs/decisions/0022-charging-tail.md.
alter table charging_account set (autovacuum_analyze_scale_factor = 1, autovacuum_vacuum_cost_delay = 10);
alter table charging_session set (autovacuum_analyze_scale_factor = 1, autovacuum_vacuum_cost_delay = 10);
alter table charging_usage set (autovacuum_analyze_scale_factor = 1, autovacuum_vacuum_cost_delay = 10);
