/** Why a day, or a file, whose time is over is not deleted. */
import type pg from 'pg';
import { type Refusal, type RefusalCode, refuse } from '#core/refusals.ts';
import { partitionOf } from '../usage/days.ts';

/** Agreements that had traffic on the UTC day, with their local days; plans of online charging are closed by no period. */
const AGREEMENTS = (partition: string): string => `
  select l.agreement, min(c.local_day) as first, max(c.local_day) as last
    from (select in_line as line_id, coalesce(in_day, day) as local_day from ${partition} where in_line <> 0
          union all select out_line, coalesce(out_day, day) from ${partition} where out_line <> 0
          union all select a.line_id, a.local_day from usage_adjustment a where a.day = $1::date) c
    join rollup_line l using (line_id) where l.version_id > 0 group by l.agreement`;

const ACCOUNTS = `select distinct on (body->>'id', version_id) body->>'id' as agreement, body->>'account' as account from config_version where kind = 'agreements'`;

/** Of the day: its agreements with what was found. */
const QUERIES: readonly (readonly [code: RefusalCode, sql: (partition: string) => string])[] = [
  [
    'retention.legal-hold',
    (
      partition,
    ) => `select format('hold %s%s: %s', h.hold_id, case when h.party is null then '' else ' of ' || h.party end, h.why) from retention_hold h
      where h.released_at is null and h.from_day <= $1::date + 1 and (h.to_day is null or h.to_day > $1::date - 1)
        and (h.party is null or exists (select from (${AGREEMENTS(partition)}) a join (${ACCOUNTS}) o using (agreement)
               join config_version c on c.kind = 'accounts' and c.key = o.account where c.body->>'party' = h.party)
          or exists (select from charging_party p join usage_file f on f.source_id in (select source_id from usage_source where name = 'charging')
               join ${partition} e on e.file_id = f.file_id where p.party = h.party limit 1))`,
  ],
  [
    'retention.legal-entity',
    (
      partition,
    ) => `select format('legal entity %s keeps its traffic %s, agreement %s', e.key, case d.days when 0 then 'for ever' else d.days || ' days' end, a.agreement)
      from (${AGREEMENTS(partition)}) a join (${ACCOUNTS}) o using (agreement)
        join config_version c on c.kind = 'accounts' and c.key = o.account and c.known_to = 'infinity'
        join config_version e on e.kind = 'legalEntities' and e.key = c.body->>'legalEntity' and e.known_to = 'infinity'
        cross join lateral (select (e.body #>> '{retention,usageDays}')::integer as days) d
      where d.days = 0 or $1::date >= $2::date - d.days`,
  ],
  [
    'retention.period-open',
    (
      partition,
    ) => `select format('agreement %s, %s', a.agreement, case when c.day is null then 'of which no period was ever closed' else format('closed until %s', c.day) end)
      from (${AGREEMENTS(partition)}) a left join (select agreement, max(day) as day from usage_closed_until group by agreement) c using (agreement)
      where c.day is null or c.day <= a.last`,
  ],
  [
    'retention.dispute-open',
    (partition) => `select format('dispute %s about %s, agreement %s', d.dispute_id, d.document, a.agreement)
      from (${AGREEMENTS(partition)}) a join dispute d on d.agreement = a.agreement
           or (d.agreement is null and d.account in (select o.account from (${ACCOUNTS}) o where o.agreement = a.agreement))
      where not exists (select from dispute_step s where s.dispute_id = d.dispute_id and s.kind in ('withdrawn', 'settled'))
        and coalesce((select bool_or(p.from_day <= a.last and p.to_day > a.first) from (
              select r.from_day, r.to_day from statement_outcome o join statement_recorded r using (statement_id) where o.document = d.document and r.agreement = a.agreement
              union all select c.period_from, c.period_to from partner_invoice i join partner_invoice_cover c using (partner_invoice_id)
                where i.number = d.document and i.account = d.account and c.agreement = a.agreement) p), true)`,
  ],
  [
    'retention.invoice-undecided',
    (partition) => `select distinct format('invoice %s of %s, agreement %s', i.number, i.party, a.agreement)
      from (${AGREEMENTS(partition)}) a join partner_invoice_cover c on c.agreement = a.agreement and c.period_from <= a.last and c.period_to > a.first
      join partner_invoice i using (partner_invoice_id)
      where (select s.kind from partner_invoice_step s where s.partner_invoice_id = i.partner_invoice_id order by step desc limit 1) not in ('accepted', 'refused')`,
  ],
  [
    'retention.records-held',
    () => `select format('%s records, the first is %s', count(*), min(event_id)) from usage_held
      where started_at >= $1::date and started_at < $1::date + 1 having count(*) > 0`,
  ],
  [
    'retention.corrections-waiting',
    (partition) => `select format('counters of agreement %s', a.agreement) from (${AGREEMENTS(partition)}) a
      where exists (select from usage_counter k where k.disturbed and starts_with(k.key, a.agreement || '|'))
      union all select format('file %s (%s) is loaded in part', f.file_id, f.name) from usage_file f
      where f.state = 'loading' and exists (select from ${partition} e where e.file_id = f.file_id)`,
  ],
];

/** In words that name the day. Empty: nothing keeps it. `today`: of the run, in UTC. */
export async function holdsOfDay(client: pg.ClientBase | pg.Pool, day: string, today: string): Promise<readonly Refusal[]> {
  const partition = partitionOf(day);
  const found: Refusal[] = [];
  for (const [code, sql] of QUERIES) {
    const { rows } = await client.query<{ what: string }>(
      `select what from (${sql(partition)}) as found(what) where $2::date is not null limit 3`,
      [day, today],
    );
    found.push(...rows.map(({ what }) => refuse(code, `${day}: ${what}`, { value: day })));
  }
  return found;
}

/** Of a party or of everybody, in force on any of these days. For what has no agreement. */
export async function legalHoldsOf(client: pg.ClientBase | pg.Pool, from: string, to: string): Promise<readonly Refusal[]> {
  const { rows } = await client.query<{ hold_id: bigint; why: string; party: string | null }>(
    `select hold_id, why, party from retention_hold where released_at is null and from_day < $2::date and (to_day is null or to_day > $1::date) order by 1 limit 3`,
    [from, to],
  );
  return rows.map(({ hold_id, why, party }) =>
    refuse('retention.legal-hold', `${from}: hold ${hold_id}${party === null ? '' : ` of ${party}`}: ${why}`, { value: from }),
  );
}

/**
 * The first day whose raw files are needed: of an agreement with traffic that is not in a closed period, of an open dispute, of a legal
 * hold. Files that came then or later stay. Undefined: none is needed.
 */
export async function firstNeededDay(
  client: pg.ClientBase | pg.Pool,
): Promise<{ readonly day: string; readonly why: Refusal } | undefined> {
  const { rows } = await client.query<{ day: string; code: RefusalCode; what: string }>(
    `select day::text as day, code, what from (
       select min(s.day) as day, 'retention.period-open' as code, format('agreement %s is closed until %s', l.agreement, coalesce(max(c.day)::text, 'never')) as what
         from rollup_sum s join rollup_line l using (line_id) left join (select agreement, max(day) as day from usage_closed_until group by 1) c using (agreement)
        where l.version_id > 0 and s.events > 0 and (c.day is null or s.day >= c.day) group by l.agreement
       union all
       select coalesce((select min(r.from_day) from statement_outcome o join statement_recorded r using (statement_id) where o.document = d.document), date '1970-01-01'),
              'retention.dispute-open', format('dispute %s about %s', d.dispute_id, d.document)
         from dispute d where not exists (select from dispute_step s where s.dispute_id = d.dispute_id and s.kind in ('withdrawn', 'settled'))
       union all
       select from_day, 'retention.legal-hold', format('hold %s: %s', hold_id, why) from retention_hold where released_at is null
     ) needed where day is not null order by 1 limit 1`,
  );
  return rows[0] === undefined
    ? undefined
    : { day: rows[0].day, why: refuse(rows[0].code, `raw files since ${rows[0].day}: ${rows[0].what}`) };
}
