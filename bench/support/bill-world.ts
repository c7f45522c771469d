/** The bill run: thousands of accounts, each with a recurring fee and a month of rolled-up usage, with what their invoices must come to. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '#storage/database.ts';
import { type ClosedTruth, cents, type RolledLine, writeRollups } from './rolled-up-month.ts';

/** At home with 19 % VAT, within the EU by reverse charge, outside it. */
const COUNTRIES = ['DE', 'SE', 'US'] as const;
const CODES = 100;
const FIRST_DAY = '2026-10-01';
/** Cents of a month, by plan. */
const FEES = [990, 1_495, 2_999, 4_900] as const;

/** Lines of the usage of an account. */
export const USAGE_LINES = 3;

interface Plan {
  readonly id: string;
  readonly country: (typeof COUNTRIES)[number];
  readonly feeCents: number;
}

function planOf(index: number): Plan {
  return {
    id: `c${String(index).padStart(6, '0')}`,
    country: COUNTRIES[index % COUNTRIES.length] ?? 'DE',
    feeCents: FEES[index % FEES.length] ?? 990,
  };
}

/** Writes a folder for `carillon apply`. */
export function writeBillConfiguration(folder: string, accounts: number): void {
  mkdirSync(join(folder, 'rates'), { recursive: true });
  const plans = Array.from({ length: accounts }, (_, index) => planOf(index));
  const price = (cent: number): string => (cent / 100).toFixed(2);
  const lines = [
    'legalEntities:',
    '  - {id: own, name: Carillon Telecom GmbH, country: DE, currency: EUR, zone: Europe/Berlin, address: [Glockengasse 12, 50667 Köln], taxId: DE111111125,',
    '     invoicing: {bankAccounts: [{iban: DE89370400440532013000, bic: COBADEFFXXX, bank: Commerzbank}]}}',
    'parties:',
    ...plans.map(
      ({ id, country }) =>
        `  - {id: ${id}, name: Customer ${id} Ltd, kind: customer, business: true, country: ${country}, address: [${id.slice(1)} Main Street], taxId: ${country === 'DE' ? 'DE123456788' : country === 'SE' ? 'SE556000000001' : `98-${id.slice(1).padStart(7, '0')}`}}`,
    ),
    'accounts:',
    ...plans.map(({ id }) => `  - {id: ${id}, party: ${id}, legalEntity: own, currency: EUR}`),
    'agreements:',
    ...plans.map(
      ({ id, feeCents }) =>
        `  - {id: ${id}, name: Contract ${id}, account: ${id}, zone: Europe/Berlin, currency: EUR, validFrom: ${FIRST_DAY}, rounding: {decimals: 6, mode: half-up}, seconds: as-given, settlement: {deals: [{id: line, name: Business line, kind: fee, side: receivable, price: ${price(feeCents)}, from: ${FIRST_DAY}, every: month}]}, services: [{service: voice, role: retail, tariff: retail-voice}, {service: sms, role: retail, tariff: retail-sms}]}`,
    ),
    'tariffs:',
    '  - {id: retail-voice, name: Calls, service: voice, currency: EUR, zone: Europe/Berlin, defaults: {increments: 60/60, validFrom: 2026-01-01}, rates: rates/voice.csv}',
    '  - {id: retail-sms, name: Messages, service: sms, currency: EUR, zone: Europe/Berlin, defaults: {validFrom: 2026-01-01}, rates: rates/sms.csv}',
  ];
  writeFileSync(join(folder, 'all.yaml'), `${lines.join('\n')}\n`);
  const rows = Array.from({ length: CODES }, (_, code) => `${2000 + code},Country ${code},${(priceOf(code) / 10_000).toFixed(4)}`);
  for (const file of ['voice', 'sms']) writeFileSync(join(folder, 'rates', `${file}.csv`), `code,destination,price\n${rows.join('\n')}\n`);
}

/** Ten-thousandths of a euro, for a minute or a message. */
function priceOf(code: number): number {
  return 90 + ((code * 137) % 2900);
}

/** Two destinations of calls, one of messages. */
function linesOf(index: number): readonly RolledLine[] {
  const { id } = planOf(index);
  return Array.from({ length: USAGE_LINES }, (_, at): RolledLine => {
    const code = (index * 7 + at * 11) % CODES;
    const about = { agreement: id, role: 'retail', code: String(2000 + code), price: priceOf(code) } as const;
    return at < 2
      ? { ...about, tariff: 'retail-voice', service: 'voice', most: 1_200 }
      : { ...about, tariff: 'retail-sms', service: 'sms', most: 12 };
  });
}

/** Writes usage of every day of a month (`2026-10`). Returns what the invoices must come to, by agreement. */
export async function writeBillMonth(
  database: Database,
  accounts: number,
  month: string,
  seed: number,
): Promise<ReadonlyMap<string, ClosedTruth>> {
  const lines = Array.from({ length: accounts }, (_, index) => linesOf(index));
  const charged = await writeRollups(database, month, seed, FIRST_DAY, lines);
  return new Map(
    charged.map((sums, index) => {
      const { id, country, feeCents } = planOf(index);
      const usage = sums.reduce((sum, nanos) => sum + BigInt(nanos), 0n);
      const net = cents(usage + BigInt(feeCents) * 10_000_000n, 1n);
      const receivable = [net, country === 'DE' ? cents(net * 19n, 100n) : 0n] as const;
      return [id, { currency: 'EUR', selfBilled: false, receivableNanos: usage, payableNanos: 0n, receivable, payable: [0n, 0n] }];
    }),
  );
}
