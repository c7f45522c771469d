-- Records that the format of a file passes over, by their type: they are no usage and in none of the counts, but not in silence.
alter table usage_file add column passed_over jsonb not null default '{}';

-- A file of which everything was passed over.
alter table collecting_alarm drop constraint collecting_alarm_kind_check;
alter table collecting_alarm add constraint collecting_alarm_kind_check
  check (kind in ('gap', 'repeat', 'late', 'changed', 'refused', 'failing', 'silent', 'difference', 'passed-over'));
