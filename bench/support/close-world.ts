/** The settlement: thousands of agreements of both directions with a month of rolled-up charges, from a seed, with what their documents must come to. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '#storage/database.ts';
import { type ClosedTruth, cents, type RolledLine, writeRollups } from './rolled-up-month.ts';

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
  await database.pool.query(
    `insert into exchange_rate (source, day, "of", "into", rate, loaded_by) values ('manual', $1, 'USD', 'EUR', 0.9, 'bench')`,
    [issueDay],
  );
  const lines = Array.from({ length: agreements }, (_, index) => linesOf(index));
  const charged = await writeRollups(database, month, seed, '2026-01-01', lines);
  return new Map(
    charged.map((sums, index) => {
      const of = (role: RolledLine['role']): bigint =>
        sums.reduce((sum, nanos, at) => (lines[index]?.[at]?.role === role ? sum + BigInt(nanos) : sum), 0n);
      return [planOf(index).id, truthOf(planOf(index), of('incoming'), of('outgoing'))];
    }),
  );
}

function linesOf(index: number): readonly RolledLine[] {
  const { id, currency, tariff } = planOf(index);
  const pick = (way: 'sell' | 'buy', many: number) =>
    Array.from({ length: many }, (_, at): RolledLine => {
      const code = (index * 7 + at * 11) % CODES;
      const role = way === 'sell' ? 'incoming' : 'outgoing';
      const about = { agreement: id, role, tariff: tariffOf(way, currency, tariff), code: String(2000 + code) } as const;
      return { ...about, service: 'voice', price: unitsOf(code), most: 40_000 };
    });
  return [...pick('sell', INCOMING), ...pick('buy', OUTGOING)];
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
