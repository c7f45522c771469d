-- Keys that a partner makes for itself: they see its rows only.
alter table api_key add column party text;
