/** Charges that were booked at rates which a change replaced for days that have passed. */
import type pg from 'pg';
import { formatTimestamptz } from '../column-types.ts';

export interface SupersededCharges {
  readonly tariff: string;
  readonly charges: number;
  /** First and last local day of them. */
  readonly from: string;
  readonly to: string;
}

/**
 * By tariff, from the rollup: lines of rates that were replaced at this instant by one of the same code with another price, on
 * days on which the new one is valid. Codes that are new or gone are not looked at.
 */
export async function selectSupersededCharges(
  client: pg.ClientBase | pg.Pool,
  knownFromMicros: number,
): Promise<readonly SupersededCharges[]> {
  const { rows } = await client.query<{ tariff: string; charges: bigint; from: string; to: string }>(
    `select tariff, sum(events)::bigint as charges, min(day) as from, max(day) as to from (
       select distinct l.tariff, s.line_id, s.day, s.events from rate r
         join rate n on n.known_from = r.known_to and n.tariff = r.tariff and n.code is not distinct from r.code and n.band is not distinct from r.band
           and (n.price, n.first_seconds, n.next_seconds, n.setup_fee, n.more) is distinct from (r.price, r.first_seconds, r.next_seconds, r.setup_fee, r.more)
         join rollup_line l on l.rate_id = r.rate_id join rollup_sum s on s.line_id = l.line_id
        where r.known_to = $1 and s.events > 0 and s.day >= (n.valid_from at time zone 'UTC')::date and s.day <= (n.valid_to at time zone 'UTC')::date) as lines
      group by tariff order by tariff`,
    [formatTimestamptz(knownFromMicros)],
  );
  return rows.map(({ charges, ...rest }) => ({ ...rest, charges: Number(charges) }));
}
