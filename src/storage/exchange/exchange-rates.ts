import type pg from 'pg';
import { type Decimal, decimal, formatDecimal } from '#core/money/decimal.ts';
import {
  averageRate,
  type Conversion,
  defaultExchangePolicy,
  type ExchangePolicy,
  type ExchangeRate,
  findConversion,
} from '#core/money/exchange.ts';
import { type Result, refuse } from '#core/refusals.ts';
import type { ExchangeRates, RateStore } from '#operations/exchange/ports.ts';

/** Rates on the connection of a transaction. What was asked once is kept for its life. */
export function exchangeRatesOn(client: pg.ClientBase): ExchangeRates {
  const known = new Map<string, Promise<Result<Conversion>>>();
  const policies = new Map<string, Promise<ExchangePolicy>>();
  return {
    rateOn: (from, to, day, policy = defaultExchangePolicy) => {
      const key = JSON.stringify([from, to, day, policy]);
      const asked = known.get(key) ?? conversionOn(client, from, to, day, policy);
      known.set(key, asked);
      return asked;
    },
    policyOf: (legalEntity, agreement) => {
      const key = `${legalEntity}\n${agreement ?? ''}`;
      const asked = policies.get(key) ?? selectPolicy(client, legalEntity, agreement);
      policies.set(key, asked);
      return asked;
    },
  };
}

async function conversionOn(
  client: pg.ClientBase,
  from: string,
  to: string,
  day: string,
  policy: ExchangePolicy,
): Promise<Result<Conversion>> {
  const currencies = [from, to, ...(policy.base === undefined ? [] : [policy.base])];
  if (policy.by === 'month-average') {
    const month = Temporal.PlainDate.from(day).with({ day: 1 });
    const next = month.add({ months: 1 }).toString();
    const rates = await selectRates(client, policy.source, month.toString(), next, currencies);
    const averages = new Map([...Map.groupBy(rates, pairOf)].map(([pair, all]) => [pair, averageRate(all.map(({ rate }) => rate))]));
    const found = findConversion((of, into) => averages.get(`${of} ${into}`), policy, from, to, day);
    const usesRates = found.ok && found.value.steps.length > 0 && found.value.source !== 'agreed';
    if (usesRates && !(await hasLaterRate(client, policy.source, next))) {
      const said = `the average of ${day.slice(0, 7)} is not known before ${policy.source} has a rate of ${next} or later`;
      return { ok: false, refusals: [refuse('exchange.month-open', said)] };
    }
    return found;
  }
  const first = Temporal.PlainDate.from(day).subtract({ days: policy.daysBack }).toString();
  const last = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
  const rates = await selectRates(client, policy.source, first, last, currencies);
  const byPair = new Map(rates.map((rate): [string, Decimal] => [`${rate.day} ${pairOf(rate)}`, rate.rate]));
  return findConversion((of, into, on) => byPair.get(`${on} ${of} ${into}`), policy, from, to, day);
}

function pairOf({ of, in: into }: ExchangeRate): string {
  return `${of} ${into}`;
}

async function hasLaterRate(client: pg.ClientBase, source: string, from: string): Promise<boolean> {
  const { rowCount } = await client.query('select from exchange_rate where source = $1 and day >= $2 limit 1', [source, from]);
  return rowCount === 1;
}

interface Row {
  readonly day: string;
  readonly of: string;
  readonly into: string;
  readonly rate: string;
}

/** The rates in force from a day on and before another, among some currencies or all. */
export async function selectRates(
  client: pg.ClientBase,
  source: string,
  from: string,
  to: string,
  currencies?: readonly string[],
): Promise<readonly ExchangeRate[]> {
  const { rows } = await client.query<Row>(
    `select distinct on (day, "of", "into") day, "of", "into", rate from exchange_rate
      where source = $1 and day >= $2 and day < $3 and ($4::text[] is null or ("of" = any($4) and "into" = any($4)))
      order by day, "of", "into", rate_id desc`,
    [source, from, to, currencies ?? null],
  );
  return rows.map((row) => rateOf(source, row));
}

function rateOf(source: string, { day, of, into, rate }: Row): ExchangeRate {
  return { source, day, of, in: into, rate: decimal(rate) };
}

export interface RateQuestion {
  readonly source?: string;
  /** On either side. */
  readonly currency?: string;
  readonly from?: string;
  readonly to?: string;
}

interface KeptRow extends Row {
  readonly source: string;
  readonly why: string | null;
  readonly loaded_by: string;
  readonly loaded_at: number;
}

export interface KeptRate extends ExchangeRate {
  readonly by: string;
  readonly atMicros: number;
  readonly why: string | undefined;
}

/** Rates in force, the newest day first, behind one of them: its day, source and currencies. */
export async function selectKeptRates(
  client: pg.Pool,
  { source, currency, from, to }: RateQuestion,
  after: readonly string[] | undefined,
  most: number,
): Promise<readonly KeptRate[]> {
  const [day, ...rest] = after ?? [];
  const { rows } = await client.query<KeptRow>(
    `select source, day, "of", "into", rate, why, loaded_by, loaded_at from exchange_rate r
      where ($1::text is null or source = $1) and ($2::text is null or "of" = $2 or "into" = $2)
        and ($3::date is null or day >= $3) and ($4::date is null or day <= $4)
        and ($5::date is null or day < $5 or (day = $5 and (source, "of", "into") > ($6, $7, $8)))
        and not exists (select from exchange_rate n where n.source = r.source and n.day = r.day and n."of" = r."of" and n."into" = r."into" and n.rate_id > r.rate_id)
      order by day desc, source, "of", "into" limit $9`,
    [source ?? null, currency ?? null, from ?? null, to ?? null, day ?? null, rest[0] ?? null, rest[1] ?? null, rest[2] ?? null, most],
  );
  return rows.map((row) => ({
    ...rateOf(row.source, row),
    ...{ by: row.loaded_by, atMicros: row.loaded_at, why: row.why ?? undefined },
  }));
}

/** Each source with its first and last day, and how many rates it has in all. */
export async function selectRateSources(
  client: pg.Pool,
): Promise<readonly { readonly source: string; readonly first: string; readonly last: string; readonly rates: number }[]> {
  const { rows } = await client.query<{ source: string; first: string; last: string; rates: number }>(
    'select source, min(day) as first, max(day) as last, count(*)::int as rates from exchange_rate group by source order by source',
  );
  return rows;
}

async function selectPolicy(client: pg.ClientBase, legalEntity: string, agreement: string | undefined): Promise<ExchangePolicy> {
  const { rows } = await client.query<{ policy: ExchangePolicy | null }>(
    `select body->'exchange' as policy from config_version
      where known_to = 'infinity' and ((kind = 'legalEntities' and key = $1)
         or (kind = 'agreements' and body->>'id' = $2 and starts_with(key, $2 || '@'))) and body ? 'exchange'
      order by kind = 'legalEntities', key desc limit 1`,
    [legalEntity, agreement ?? null],
  );
  return rows[0]?.policy ?? defaultExchangePolicy;
}

export function rateStoreOn(client: pg.ClientBase): RateStore {
  return {
    lock: async (source) => {
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`exchange ${source}`]);
    },
    rates: async (source, days) => {
      const { rows } = await client.query<Row>(
        `select distinct on (day, "of", "into") day, "of", "into", rate from exchange_rate
          where source = $1 and day = any($2::date[]) order by day, "of", "into", rate_id desc`,
        [source, days],
      );
      return rows.map((row) => rateOf(source, row));
    },
    add: async (rates, by, why) => {
      if (rates.length === 0) return;
      const column = (of: (rate: ExchangeRate) => string): readonly string[] => rates.map(of);
      await client.query(
        `insert into exchange_rate (source, day, "of", "into", rate, why, loaded_by)
         select *, $6, $7 from unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::numeric[])`,
        [
          column(({ source }) => source),
          column(({ day }) => day),
          column(({ of }) => of),
          column((rate) => rate.in),
          column(({ rate }) => formatDecimal(rate)),
          why ?? null,
          by,
        ],
      );
    },
  };
}
