/** A small set of books written straight into the tables: one partner, both directions, three days. */
import type { Database } from '#storage/database.ts';

export interface FixtureEvent {
  readonly start: string;
  readonly day: string;
  readonly answered?: boolean;
  readonly seconds: number;
  readonly service?: string;
  readonly in?: FixtureLeg;
  readonly out?: FixtureLeg;
  readonly called?: string;
  readonly knownAt?: string;
  /** Local day on which it is loaded, where its day is closed by then. */
  readonly cameOn?: string;
}

export interface FixtureLeg {
  readonly version?: number;
  readonly role?: string;
  readonly rate: number | null;
  readonly billed: number;
  readonly amount: string;
}

const ROUNDING = { decimals: 6, mode: 'half-up' };

/** Legal entity, partner `borealis` (agreement `borealis-2026`, USD, Europe/Berlin) and its tariffs. */
export async function writeConfiguration(database: Database, knownFrom = '2026-09-01T00:00:00Z'): Promise<number> {
  const put = async (kind: string, key: string, body: object): Promise<number> => {
    const { rows } = await database.pool.query<{ version_id: number }>(
      'insert into config_version (kind, key, body, known_from) values ($1, $2, $3, $4) returning version_id',
      [kind, key, JSON.stringify(body), knownFrom],
    );
    return rows[0]?.version_id ?? 0;
  };
  await put('legalEntities', 'carillon', {
    id: 'carillon',
    name: 'Carillon Telecom GmbH',
    country: 'DE',
    currency: 'EUR',
    zone: 'Europe/Berlin',
    address: ['Glockengasse 12', '50667 Köln'],
  });
  await put('parties', 'borealis', { id: 'borealis', name: 'Borealis Networks AB', kind: 'carrier', address: ['Stockholm'] });
  await put('accounts', 'borealis-usd', { id: 'borealis-usd', party: 'borealis', legalEntity: 'carillon', currency: 'USD' });
  const tariff = { currency: 'USD', withoutCaller: 'ignore', charged: 'submitted', messageUnit: 'part', ratesBy: 'files' };
  const volume = { count: 'both', roundUpToBytes: 1, per: 'session' };
  await put('tariffs', 'sell', { ...tariff, id: 'sell', name: 'Sell', service: 'voice', per: 60, volume });
  await put('tariffs', 'buy', { ...tariff, id: 'buy', name: 'Buy', service: 'voice', per: 60, volume });
  await put('tariffs', 'sms', { ...tariff, id: 'sms', name: 'SMS', service: 'sms', per: 1, volume });
  const agreement = {
    id: 'borealis-2026',
    name: 'Bilateral 2026',
    account: 'borealis-usd',
    zone: 'Europe/Berlin',
    currency: 'USD',
    validFrom: '2026-01-01',
    rounding: ROUNDING,
    seconds: 'as-given',
    bands: 'start',
    settlementPeriod: 'month',
    services: [
      { service: 'voice', role: 'incoming', tariff: 'sell' },
      { service: 'voice', role: 'outgoing', tariff: 'buy' },
      { service: 'sms', role: 'incoming', tariff: 'sms' },
    ],
  };
  return put('agreements', 'borealis-2026@2026-01-01', agreement);
}

export async function writeRate(
  database: Database,
  tariff: string,
  destination: string,
  price: string,
  more: { readonly band?: string; readonly terms?: object; readonly validFrom?: string } = {},
): Promise<number> {
  const { rows } = await database.pool.query<{ rate_id: number }>(
    `insert into rate (tariff, code, destination, band, price, first_seconds, next_seconds, more, valid_from, known_from)
     values ($1, '49', $2, $3, $4, 1, 1, $5, $6, '2026-09-01') returning rate_id`,
    [
      tariff,
      destination,
      more.band ?? null,
      price,
      more.terms === undefined ? null : JSON.stringify(more.terms),
      more.validFrom ?? '-infinity',
    ],
  );
  return rows[0]?.rate_id ?? 0;
}

/** Writes the events with their charges, and the rollups that follow from them. */
export async function writeEvents(database: Database, version: number, events: readonly FixtureEvent[]): Promise<void> {
  const { pool } = database;
  await pool.query(
    `create table if not exists usage_event_fixture partition of usage_event for values from ('2026-01-01') to ('2028-01-01')`,
  );
  await pool.query(`insert into usage_source (name) values ('switch') on conflict do nothing`);
  await pool.query(`insert into usage_trunk (name) values ('t-in'), ('t-out') on conflict do nothing`);
  await pool.query(
    `insert into usage_file (source_id, name, sha256, size_bytes, archive_path, state, started_at, finished_at)
     values (1, 'cdr.csv', 'x', 1, 'x', 'loaded', '2026-10-31', '2026-10-31 01:00Z') on conflict do nothing`,
  );
  for (const event of events) {
    const { seconds } = event;
    const service = event.service ?? 'voice';
    const known = event.knownAt ?? '2026-09-01T00:00:00Z';
    await pool.query('insert into usage_run (known_at) select $1 where not exists (select from usage_run where known_at = $1)', [known]);
    const leg = async (side: FixtureLeg | undefined, role: string) =>
      side === undefined
        ? [0, null, null, 0, '0']
        : [
            await lineOf(database, side.version ?? version, side.role ?? role, service, side.rate ?? 0),
            event.day,
            service === 'sms' ? side.billed : seconds * 1e6,
            side.billed,
            side.amount,
          ];
    await pool.query(
      `insert into usage_event (day, event_id, file_id, byte_from, byte_length, source_key, service, started_at, calling, called,
         trunk_in, trunk_out, answered, duration_micros, run_id,
         in_line, in_day, in_raw, in_billed, in_amount_nanos, out_line, out_day, out_raw, out_billed, out_amount_nanos)
       select ($1::timestamptz at time zone 'UTC')::date, count(*) + 1, 1, 0, 1, 'call-' || (count(*) + 1), $2, $1, '4930123', $3,
         (select trunk_id from usage_trunk where name = 't-in'), (select trunk_id from usage_trunk where name = 't-out'), $4, $5,
         (select min(run_id) from usage_run where known_at = $6),
         $7, $8, $9, $10, $11::numeric * 1e9, $12, $13, $14, $15, $16::numeric * 1e9 from usage_event`,
      [
        event.start,
        service === 'sms' ? 1 : 0,
        event.called ?? '4915112345',
        event.answered ?? true,
        seconds * 1e6,
        known,
        ...(await leg(event.in, 'incoming')),
        ...(await leg(event.out, 'outgoing')),
      ],
    );
  }
  for (const { cameOn, day, seconds, ...event } of events) {
    if (cameOn === undefined) continue;
    for (const [leg, role] of [
      [event.in, 'incoming'],
      [event.out, 'outgoing'],
    ] as const)
      if (leg !== undefined)
        await pool.query(
          `insert into rollup_arrival (line_id, day, came_at, events, answered, raw, billed, amount_nanos)
           values ($1, $2, $3::date + time '12:00', 1, 1, $4, $5, $6::numeric * 1e9)`,
          [
            await lineOf(database, leg.version ?? version, leg.role ?? role, event.service ?? 'voice', leg.rate ?? 0),
            day,
            cameOn,
            seconds * 1e6,
            leg.billed,
            leg.amount,
          ],
        );
  }
  await pool.query(
    'insert into usage_search_todo (day, first_id, last_id) select day, min(event_id), max(event_id) from usage_event group by day',
  );
  await pool.query('truncate rollup_sum');
  for (const leg of ['in', 'out']) {
    await pool.query(
      `insert into rollup_sum (line_id, day, events, answered, raw_quantity, billed_quantity, amount_nanos)
       select ${leg}_line, ${leg}_day, count(*), count(*) filter (where answered), sum(${leg}_raw), sum(${leg}_billed), sum(${leg}_amount_nanos)
         from usage_rated where ${leg}_line is not null group by 1, 2`,
    );
  }
  // As loads say what comes to days that may be closed: see storage/usage/rollup-rows.ts.
  await pool.query(
    'insert into rollup_late select line_id, day from rollup_sum where day < (select day from closing_floor) on conflict do nothing',
  );
}

/** The line of charges under a version; entered when it is not there. */
async function lineOf({ pool }: Database, version: number, role: string, service: string, rate: number): Promise<number> {
  await pool.query(
    `insert into rollup_line (agreement, version_id, role, tariff, rate_id, destination, band, currency)
     select v.body->>'id', version_id, $2,
            (select s->>'tariff' from jsonb_array_elements(v.body->'services') s where s->>'service' = $3 and s->>'role' = $2),
            $4, coalesce((select destination from rate where rate_id = $4), ''), '', v.body->>'currency'
       from config_version v where version_id = $1 on conflict do nothing`,
    [version, role, service, rate],
  );
  const { rows } = await pool.query<{ line_id: number }>(
    `select line_id from rollup_line join config_version v using (version_id) where version_id = $1 and role = $2 and rate_id = $4
        and tariff = (select s->>'tariff' from jsonb_array_elements(v.body->'services') s where s->>'service' = $3 and s->>'role' = $2)`,
    [version, role, service, rate],
  );
  return rows[0]?.line_id ?? 0;
}

/** Makes charges on the incoming leg ones of another version: `condition` is on columns of usage_rated. */
export async function giveVersion(database: Database, condition: string, version: number): Promise<void> {
  const { rows } = await database.pool.query<{ event_id: bigint; service: string; in_role: string; in_rate_id: number | null }>(
    `select event_id, service, in_role, in_rate_id from usage_rated where in_line is not null and ${condition}`,
  );
  for (const row of rows) {
    const line = await lineOf(database, version, row.in_role, row.service, row.in_rate_id ?? 0);
    await database.pool.query('update usage_event set in_line = $1 where event_id = $2', [line, row.event_id]);
  }
}
