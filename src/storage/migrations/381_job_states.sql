-- Of very many jobs, those that failed are few: they are found without a look at the others.

create index job_by_state on job (state, job_id);
