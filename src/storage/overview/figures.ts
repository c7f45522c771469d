/** Figures of the overview, from sums of each day and agreement, whatever the number of calls and destinations. */
import { type LegRole, legRoles } from '#core/agreements/agreements.ts';
import type { DayOfTraffic, OverviewBooks } from '#operations/overview/ports.ts';
import type { Database } from '../database.ts';

interface SumRow {
  readonly day: string;
  readonly role: LegRole;
  readonly currency: string;
  readonly events: bigint;
  readonly answered: bigint;
  readonly nanos: string;
}

/** Somewhere in a week is a day that all have come to; the oldest of them counts in any case. */
const LOOK_BACK_DAYS = 8;

export function overviewBooksOn({ pool }: Pick<Database, 'pool'>): OverviewBooks {
  return {
    async lastDay(on) {
      const { rows } = await pool.query<{ day: string }>(
        `with newest as (select max(day) as day from (select max(day) as day from rollup_day_sum where day <= $1
                                                      union all select max(day) from rollup_day_come where day <= $1) as latest),
              traffic as (select s.day, s.agreement, sum(s.events) as events from rollup_day s, newest n
                           where s.day between n.day - ${LOOK_BACK_DAYS} and n.day group by 1, 2),
              come as (select b.day + 1 as day, sum(b.events) as all_events, sum(b.events) filter (where t.agreement is not null) as here
                         from traffic b left join traffic t on t.day = b.day + 1 and t.agreement = b.agreement group by 1)
         select d.day::text as day from (select distinct day from traffic) d left join come using (day)
          where come.all_events is null or d.day = (select min(day) from traffic) or come.here >= come.all_events * 0.9 order by d.day desc limit 1`,
        [on],
      );
      return rows[0]?.day;
    },
    async traffic(from, to) {
      const { rows } = await pool.query<SumRow>(
        `select day::text as day, role, currency, sum(events)::bigint as events, sum(answered)::bigint as answered, trunc(sum(amount_nanos))::text as nanos
           from rollup_day where day between $1 and $2 group by 1, 2, 3`,
        [from, to],
      );
      return rows.map(({ day, role, currency, events, answered, nanos }): DayOfTraffic => {
        return { day, currency, side: legRoles[role], events, answered, nanos: BigInt(nanos) };
      });
    },
    async mark() {
      const { rows } = await pool.query<{ mark: string }>(
        `select concat_ws(' ', (select next_event_id from usage_numbering), (select max(file_id) from usage_file), (select max(run_id) from correction_run),
                (select max(alarm_id) || ':' || count(*) from collecting_alarm where cleared_at is null),
                (select max(statement_id) from statement_recorded), (select count(*) from dispute_step),
                (select max(config.version_id) from config_version config)) as mark`,
      );
      return rows[0]?.mark ?? '';
    },
  };
}
