/** Thousands of agreements with a month of rolled-up charges, from a seed, with what their documents must come to. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyRows, type Database } from '#storage/database.ts';
import { seeded } from '../../test/support/seeded.ts';

/** Lines of a statement: destinations of each direction, charged on every day of the month. */
const INCOMING = 8;
const OUTGOING = 4;
const TARIFFS = 4;
const CODES = 100;
const CURRENCIES = ['EUR', 'EUR', 'EUR', 'USD'] as const;
/** Domestic with 19 % VAT, within the EU by reverse charge, outside it. */
const COUNTRIES = ['DE', 'SE', 'US'] as const;

interface Plan {
  readonly id: string;
  readonly currency: (typeof CURRENCIES)[number];
  readonly country: (typeof COUNTRIES)[number];
  readonly selfBilled: boolean;
  readonly tariff: number;
}

/** What the close of a month must have made of an agreement. Nanos. */
export interface ClosedTruth {
  readonly currency: string;
  readonly selfBilled: boolean;
  /** Of the charges. */
  readonly receivableNanos: bigint;
  readonly payableNanos: bigint;
  /** Of the documents: rounded once to cents, and 19 per cent of that where we sell at home. */
  readonly receivable: readonly [net: bigint, tax: bigint];
  readonly payable: readonly [net: bigint, tax: bigint];
}

export const LINES = INCOMING + OUTGOING;

function planOf(index: number): Plan {
  return {
    id: `p${String(index).padStart(6, '0')}`,
    currency: CURRENCIES[index % CURRENCIES.length] ?? 'EUR',
    country: COUNTRIES[index % COUNTRIES.length] ?? 'DE',
    selfBilled: index % 2 === 1,
    tariff: index % TARIFFS,
  };
}

/** Writes a folder for `carillon apply`. */
export function writeConfiguration(folder: string, agreements: number): void {
  mkdirSync(join(folder, 'rates'), { recursive: true });
  const plans = Array.from({ length: agreements }, (_, index) => planOf(index));
  const tariffs = ['sell', 'buy'].flatMap((way) =>
    ['EUR', 'USD'].flatMap((currency) => Array.from({ length: TARIFFS }, (_, index) => ({ id: tariffOf(way, currency, index), currency }))),
  );
  const lines = [
    'legalEntities:',
    '  - {id: own, name: Carillon Telecom GmbH, country: DE, currency: EUR, zone: Europe/Berlin, address: [Glockengasse 12, 50667 Köln], taxId: DE111111125,',
    '     exchange: {source: manual}, invoicing: {bankAccounts: [{iban: DE89370400440532013000, bic: COBADEFFXXX, bank: Commerzbank}]}}',
    'parties:',
    ...plans.map(
      ({ id, country }) =>
        `  - {id: ${id}, name: Partner ${id} Telecom, kind: carrier, country: ${country}, address: [${id.slice(1)} Exchange Street], taxId: ${taxIdOf(country, id)}${country === 'DE' ? ', reseller: false' : ''}}`,
    ),
    'accounts:',
    ...plans.map(({ id, currency }) => `  - {id: ${id}, party: ${id}, legalEntity: own, currency: ${currency}}`),
    'agreements:',
    ...plans.map(
      ({ id, currency, selfBilled, tariff }) =>
        `  - {id: ${id}, name: Agreement ${id}, account: ${id}, zone: Europe/Berlin, currency: ${currency}, validFrom: 2026-01-01, rounding: {decimals: 6, mode: half-up}, seconds: as-given, settlement: {payableBy: ${selfBilled ? 'us' : 'them'}}, services: [{service: voice, role: incoming, tariff: ${tariffOf('sell', currency, tariff)}}, {service: voice, role: outgoing, tariff: ${tariffOf('buy', currency, tariff)}}]}`,
    ),
    'tariffs:',
    ...tariffs.map(
      ({ id, currency }) =>
        `  - {id: ${id}, name: ${id}, service: voice, currency: ${currency}, zone: Europe/Berlin, defaults: {increments: 1/1, validFrom: 2026-01-01}, rates: rates/${id}.csv}`,
    ),
  ];
  writeFileSync(join(folder, 'all.yaml'), `${lines.join('\n')}\n`);
  for (const { id } of tariffs) {
    const rows = Array.from({ length: CODES }, (_, code) => `${2000 + code},Country ${code} Mobile,${(unitsOf(code) / 10_000).toFixed(4)}`);
    writeFileSync(join(folder, 'rates', `${id}.csv`), `code,destination,price\n${rows.join('\n')}\n`);
  }
}

function tariffOf(way: string, currency: string, index: number): string {
  return `${way}-${currency.toLowerCase()}-${index}`;
}

function taxIdOf(country: string, id: string): string {
  return country === 'DE' ? 'DE123456788' : country === 'SE' ? 'SE556000000001' : `98-${id.slice(1).padStart(7, '0')}`;
}

/** Ten-thousandths of a unit of currency per minute. */
function unitsOf(code: number): number {
  return 40 + ((code * 137) % 2900);
}

/**
 * Writes charges of every day of a month (`2026-10`) straight into the rollups, as loads leave them, and a rate of exchange for the day of
 * issue. Returns what the documents must come to, by agreement.
 */
export async function writeMonth(
  database: Database,
  agreements: number,
  month: string,
  issueDay: string,
  seed: number,
): Promise<ReadonlyMap<string, ClosedTruth>> {
  const { pool } = database;
  await pool.query(
    `insert into exchange_rate (source, day, "of", "into", rate, loaded_by) values ('manual', $1, 'USD', 'EUR', 0.9, 'bench')`,
    [issueDay],
  );
  const lineOf = await writeLines(database, agreements);
  const days = Temporal.PlainYearMonth.from(month).daysInMonth;
  const random = seeded(seed);
  const plans = Array.from({ length: agreements }, (_, index) => ({
    plan: planOf(index),
    sums: { sell: 0, buy: 0 },
    lines: destinationsOf(index).map(({ way, code }) => {
      const line = lineOf.get(`${planOf(index).id} ${way} ${code}`);
      if (line === undefined) throw new Error(`agreement ${index} has no line for ${way} ${code}`);
      return { way, line, units: unitsOf(code) };
    }),
  }));
  function* rows(): Generator<string> {
    let text = '';
    // Day by day, as loads leave them: the days of a line lie far from each other.
    for (let day = 1; day <= days; day += 1)
      for (const { sums, lines } of plans) {
        for (const { way, line, units } of lines) {
          const billed = 1 + Math.floor(random() * 40_000);
          const events = 1 + Math.floor(billed / 180);
          // Nanos at 6 decimals: whole thousands, less than 2 · 10¹¹, so that the sums of a month are exact.
          const amount = Math.round((billed * units * 100) / 60) * 1000;
          sums[way] += amount;
          text += `${line}\t${month}-${String(day).padStart(2, '0')}\t${events + 3}\t${events}\t${billed}000000\t${billed}\t${amount}\n`;
        }
        if (text.length > 1 << 18) {
          yield text;
          text = '';
        }
      }
    yield text;
  }
  await database.transaction((client) =>
    copyRows(client, 'copy rollup_sum (line_id, day, events, answered, raw_quantity, billed_quantity, amount_nanos) from stdin', rows()),
  );
  await pool.query('vacuum analyze rollup_sum');
  await pool.query('checkpoint');
  return new Map(plans.map(({ plan, sums }) => [plan.id, truthOf(plan, BigInt(sums.sell), BigInt(sums.buy))]));
}

function destinationsOf(index: number): { readonly way: 'sell' | 'buy'; readonly code: number }[] {
  const pick = (way: 'sell' | 'buy', many: number) =>
    Array.from({ length: many }, (_, at) => ({ way, code: (index * 7 + at * 11) % CODES }));
  return [...pick('sell', INCOMING), ...pick('buy', OUTGOING)];
}

/** The lines of the rollup, made when they are not there. By `agreement way code`. */
async function writeLines({ pool }: Database, agreements: number): Promise<ReadonlyMap<string, number>> {
  const wanted = Array.from({ length: agreements }, (_, index) => {
    const { id, currency, tariff } = planOf(index);
    return destinationsOf(index).map(({ way, code }) => ({ id, way, code, currency, tariff: tariffOf(way, currency, tariff) }));
  }).flat();
  const { rows } = await pool.query<{ agreement: string; way: string; code: string; line: number }>(
    `with wanted as (select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as w(agreement, way, code, tariff)),
     made as (
       insert into rollup_line (agreement, version_id, role, tariff, rate_id, destination, band, currency)
       select w.agreement, v.version_id, case way when 'sell' then 'incoming' else 'outgoing' end, w.tariff, r.rate_id, r.destination, '',
              v.body->>'currency'
         from wanted w join config_version v on v.kind = 'agreements' and v.key = w.agreement || '@2026-01-01'
           join rate r on r.tariff = w.tariff and r.code = w.code
       on conflict do nothing returning agreement, role, rate_id, line_id),
     all_lines as (select agreement, role, rate_id, line_id from rollup_line union select * from made)
     select agreement, case role when 'incoming' then 'sell' else 'buy' end as way, r.code, line_id as line
       from all_lines join rate r using (rate_id)`,
    [
      wanted.map(({ id }) => id),
      wanted.map(({ way }) => way),
      wanted.map(({ code }) => String(2000 + code)),
      wanted.map(({ tariff }) => tariff),
    ],
  );
  await pool.query('analyze rollup_line');
  return new Map(rows.map(({ agreement, way, code, line }) => [`${agreement} ${way} ${Number(code) - 2000}`, line]));
}

function truthOf({ currency, country, selfBilled }: Plan, receivableNanos: bigint, payableNanos: bigint): ClosedTruth {
  const [sold, bought] = [cents(receivableNanos, 1n), cents(payableNanos, 1n)];
  return {
    ...{ currency, selfBilled, receivableNanos, payableNanos },
    receivable: [sold, country === 'DE' ? cents(sold * 19n, 100n) : 0n],
    // A carrier that buys telecommunication accounts for the tax itself, also at home.
    payable: [bought, 0n],
  };
}

/** A positive amount over a divisor, half up to cents. */
function cents(nanos: bigint, divisor: bigint): bigint {
  const unit = 10_000_000n * divisor;
  return ((2n * nanos + unit) / (2n * unit)) * 10_000_000n;
}
