/** A party's traffic added up, both ways. */
import { legRoles } from '#core/agreements/agreements.ts';
import { services } from '#core/usage/usage-event.ts';
import type { CauseSum, TrafficQuestion, TrafficRow, TrafficSum, TrafficWay } from '#operations/portal/ports.ts';
import { NO_DELAYS } from '#operations/reports/ports.ts';
import type { Database } from '../database.ts';

const COLUMNS: Readonly<Record<TrafficRow, string>> = {
  day: 's.day::text',
  destination: 'l.destination',
  service: `coalesce(t.service, 'voice')`,
};

/** From the rollup: the figures of statements. In the order of their row; a day's in the order of days. */
export async function selectTraffic(
  { pool }: Database,
  { rows: by, from, to, agreement }: TrafficQuestion,
): Promise<readonly TrafficSum[]> {
  const { rows } = await pool.query<{
    row: string;
    role: string;
    service: string;
    currency: string;
    attempts: string;
    answered: string;
    quantity: string;
    nanos: string;
  }>(
    `select ${COLUMNS[by]} as row, l.role, coalesce(t.service, 'voice') as service, l.currency, sum(s.events)::text as attempts,
            sum(s.answered)::text as answered, trunc(sum(s.raw_quantity))::text as quantity, trunc(sum(s.amount_nanos))::text as nanos
       from rollup_sum s join rollup_line l using (line_id)
       left join (select key, body->>'service' as service from config_version where kind = 'tariffs' and known_to = 'infinity') t on t.key = l.tariff
      where s.day between $1 and $2 and ($3::text is null or l.agreement = $3) group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    [from, to, agreement ?? null],
  );
  const sums = new Map<string, TrafficSum>();
  for (const { row, role, service: named, currency, attempts, answered, quantity, nanos } of rows) {
    const way = wayOf(role);
    const service = services.find((each) => each === named) ?? 'voice';
    const key = JSON.stringify([row, way, service, currency]);
    const before = sums.get(key);
    sums.set(key, {
      ...{ row, way, service, currency, pdd: NO_DELAYS },
      attempts: BigInt(attempts) + (before?.attempts ?? 0n),
      answered: BigInt(answered) + (before?.answered ?? 0n),
      quantity: BigInt(quantity) + (before?.quantity ?? 0n),
      amountNanos: BigInt(nanos) + (before?.amountNanos ?? 0n),
    });
  }
  await addDelays(pool, { rows: by, from, to, ...(agreement === undefined ? {} : { agreement }) }, sums);
  return [...sums.values()];
}

/** The rollup does not know them: of records, to sums that there are. */
async function addDelays(
  pool: Database['pool'],
  { rows: by, from, to, agreement }: TrafficQuestion,
  sums: Map<string, TrafficSum>,
): Promise<void> {
  const column = by === 'day' ? 'day::text' : by === 'service' ? `'voice'` : 'destination';
  const { rows } = await pool.query<{ row: string; role: string; currency: string; calls: string; millis: string; slow: string }>(
    `select ${column} as row, role, currency, sum(pdd_calls)::text as calls, sum(pdd_millis)::text as millis, sum(pdd_slow)::text as slow
       from usage_traffic where kind = $4 and pdd_calls > 0 and day between $1 and $2 and ($3::text is null or agreement = $3) group by 1, 2, 3`,
    [from, to, agreement ?? null, by === 'destination' ? 2 : 1],
  );
  for (const { row, role, currency, calls, millis, slow } of rows) {
    const key = JSON.stringify([row, wayOf(role), 'voice', currency]);
    const sum = sums.get(key);
    if (sum === undefined) continue;
    const { pdd } = sum;
    sums.set(key, {
      ...sum,
      pdd: { calls: pdd.calls + BigInt(calls), millis: pdd.millis + BigInt(millis), slow: pdd.slow + BigInt(slow) },
    });
  }
}

/** Why calls ended, the most frequent first. */
export async function selectCauses(
  { pool }: Database,
  { from, to, agreement }: Omit<TrafficQuestion, 'rows'>,
): Promise<readonly CauseSum[]> {
  const { rows } = await pool.query<{ role: string; cause: string; attempts: string; answered: string }>(
    `select role, coalesce(cause, '') as cause, sum(attempts)::text as attempts, sum(answered)::text as answered from usage_traffic
      where kind = 4 and day between $1 and $2 and ($3::text is null or agreement = $3) group by 1, 2 order by sum(attempts) desc, 2, 1`,
    [from, to, agreement ?? null],
  );
  return rows.map(({ role, cause, attempts, answered }) => ({
    ...{ way: wayOf(role), cause, attempts: BigInt(attempts), answered: BigInt(answered) },
  }));
}

function wayOf(role: string): TrafficWay {
  return role in legRoles && legRoles[role as keyof typeof legRoles] === 'payable' ? 'to-you' : 'from-you'; // one of its names
}
