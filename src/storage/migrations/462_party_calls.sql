-- A party's calls, the same rows as before (420). A caller who withheld the number is shown as the detail of a statement shows it
-- (core/usage/enrichment.ts): without the last four digits, whoever asks and however.
create or replace view party_call with (security_barrier = true) as
  select e.event_id, 'in' as leg, e.day, e.started_at, (array['voice', 'sms', 'mms', 'data', 'content', 'event'])[e.service + 1] as service,
         case when e.detail #>> '{enriched,withheld}' = 'true' then left(e.calling, greatest(0, length(e.calling) - 4)) || '****' else e.calling end as calling,
         e.called, e.answered, e.duration_micros, e.cause, l.agreement, l.role, l.destination, l.currency,
         coalesce(e.in_day, e.day) as local_day, e.in_billed as billed, e.in_amount_nanos as amount_nanos
    from usage_event e join rollup_line l on l.line_id = e.in_line
   where l.agreement = any((select carillon_own_agreements())::text[])
     and not exists (select from usage_adjustment a where a.event_id = e.event_id and a.leg = 'in')
  union all
  select e.event_id, 'out', e.day, e.started_at, (array['voice', 'sms', 'mms', 'data', 'content', 'event'])[e.service + 1],
         case when e.detail #>> '{enriched,withheld}' = 'true' then left(e.calling, greatest(0, length(e.calling) - 4)) || '****' else e.calling end,
         e.called, e.answered, e.duration_micros, e.cause, l.agreement, l.role, l.destination, l.currency,
         coalesce(e.out_day, e.day), e.out_billed, e.out_amount_nanos
    from usage_event e join rollup_line l on l.line_id = e.out_line
   where l.agreement = any((select carillon_own_agreements())::text[])
     and not exists (select from usage_adjustment a where a.event_id = e.event_id and a.leg = 'out')
  union all
  select e.event_id, t.leg, e.day, e.started_at, (array['voice', 'sms', 'mms', 'data', 'content', 'event'])[e.service + 1],
         case when e.detail #>> '{enriched,withheld}' = 'true' then left(e.calling, greatest(0, length(e.calling) - 4)) || '****' else e.calling end,
         e.called, e.answered, e.duration_micros, e.cause, l.agreement, l.role, l.destination, l.currency,
         a.local_day, (t.billed + a.billed)::bigint, (t.amount_nanos + a.amount_nanos)::bigint
    from usage_event e
      cross join lateral (values ('in', e.in_line, e.in_billed, e.in_amount_nanos), ('out', e.out_line, e.out_billed, e.out_amount_nanos))
        as t(leg, line_id, billed, amount_nanos)
      cross join lateral (
        select sum(events) as events, sum(billed) as billed, sum(amount_nanos) as amount_nanos, (array_agg(line_id order by adjustment_id desc))[1] as line_id,
               (array_agg(coalesce(original_day, local_day) order by adjustment_id desc))[1] as local_day
          from usage_adjustment where event_id = e.event_id and leg = t.leg having count(*) > 0) as a
      join rollup_line l on l.line_id = a.line_id
   where l.agreement = any((select carillon_own_agreements())::text[])
     and e.event_id in (select event_id from usage_adjustment)
     and (t.line_id <> 0)::integer + a.events > 0;
