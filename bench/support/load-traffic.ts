/** A day of calls between three carriers as an Asterisk writes them, from a seed, with what they must cost. */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../../test/support/seeded.ts';

const CODES = 2_000;
const CARRIERS = ['alpha', 'beta', 'gamma'] as const;
type Carrier = (typeof CARRIERS)[number];
const DAY_MS = Date.UTC(2026, 9, 5);

/** What must be found in the books. */
export interface TrafficTruth {
  readonly read: number;
  readonly rated: number;
  readonly held: number;
  readonly duplicate: number;
  readonly rejected: number;
  /** Nanos by `agreement role`. */
  readonly amounts: ReadonlyMap<string, bigint>;
}

interface Price {
  readonly code: string;
  /** Ten-thousandths of a unit of currency per minute. */
  readonly units: readonly number[];
}

/** The same codes and prices in every run. One carrier by the minute begun, one by the second, one 30/6. */
function priceList(): readonly Price[] {
  const random = seeded(7);
  const codes = new Set<string>();
  while (codes.size < CODES) codes.add(`${20 + Math.floor(random() * 79)}${String(Math.floor(random() * 10_000)).padStart(4, '0')}`);
  return [...codes].map((code) => ({ code, units: CARRIERS.map(() => 10 + Math.floor(random() * 3_000)) }));
}

const INCREMENTS: readonly (readonly [number, number])[] = [
  [60, 60],
  [1, 1],
  [30, 6],
];

/** Writes a folder for `carillon apply`. */
export function writeConfiguration(folder: string): void {
  mkdirSync(join(folder, 'rates'), { recursive: true });
  const prices = priceList();
  const lines = [
    'legalEntities:',
    '  - {id: own, name: Own, country: US, currency: USD, zone: UTC, address: [Somewhere 1]}',
    'parties:',
    ...CARRIERS.map((id) => `  - {id: ${id}, name: ${id}, kind: carrier}`),
    'accounts:',
    ...CARRIERS.map((id) => `  - {id: ${id}, party: ${id}, legalEntity: own, currency: USD}`),
    'trunks:',
    ...CARRIERS.map((id) => `  - {id: ${id}, account: ${id}}`),
    'agreements:',
    ...CARRIERS.map(
      (id) =>
        `  - {id: ${id}, name: ${id}, account: ${id}, zone: UTC, currency: USD, validFrom: 2026-01-01, rounding: {decimals: 6, mode: half-up}, seconds: as-given, services: [{service: voice, role: incoming, tariff: ${id}}, {service: voice, role: outgoing, tariff: ${id}}]}`,
    ),
    'tariffs:',
    ...CARRIERS.map(
      (id, index) =>
        `  - {id: ${id}, name: ${id}, service: voice, currency: USD, zone: UTC, defaults: {increments: ${INCREMENTS[index]?.join('/')}, validFrom: 2026-01-01}, rates: rates/${id}.csv}`,
    ),
    'sources:',
    '  - {id: switch, format: asterisk-csv, zone: UTC}',
  ];
  writeFileSync(join(folder, 'all.yaml'), `${lines.join('\n')}\n`);
  for (const [index, id] of CARRIERS.entries()) {
    const rows = prices.map(({ code, units }) => `${code},D${code},${((units[index] ?? 0) / 10_000).toFixed(4)}`);
    writeFileSync(join(folder, 'rates', `${id}.csv`), `code,destination,price\n${rows.join('\n')}\n`);
  }
}

/** `first`: the number of the first call, by which calls of several files differ. Writes `calls` records and returns the truth about them. Half a percent repeat an earlier one; one in a thousand is damaged, one has an unknown trunk. */
export function writeTraffic(path: string, calls: number, seed: number, first = 0): TrafficTruth {
  const random = seeded(seed);
  const prices = priceList();
  const amounts = new Map<string, bigint>();
  const counts = { read: calls, rated: 0, held: 0, duplicate: 0, rejected: 0 };
  const file = openSync(path, 'w');
  let text = '';
  let last = '';
  for (let call = 0; call < calls; call++) {
    const dice = random();
    if (dice < 0.005 && last !== '') {
      counts.duplicate += 1;
      text += last;
    } else if (dice < 0.006) {
      counts.rejected += 1;
      text += '"broken line\n';
    } else {
      // Few destinations have most of the traffic.
      const destination = Math.floor(CODES * random() ** 3);
      const price = prices[destination];
      const from = Math.floor(random() * 3);
      const to = (from + 1 + Math.floor(random() * 2)) % 3;
      const known = dice >= 0.007;
      const seconds = random() < 0.6 ? 1 + Math.floor(-180 * Math.log(1 - random())) : 0;
      last = line(
        first + call,
        Math.floor((call / calls) * 86_400),
        price?.code ?? '',
        known ? (CARRIERS[from] ?? 'alpha') : 'nobody',
        CARRIERS[to] ?? 'alpha',
        seconds,
        Math.floor(random() * 10_000_000),
      );
      text += last;
      if (!known) counts.held += 1;
      else {
        counts.rated += 1;
        add(amounts, `${CARRIERS[from]} incoming`, costNanos(seconds, price?.units[from] ?? 0, from));
        add(amounts, `${CARRIERS[to]} outgoing`, costNanos(seconds, price?.units[to] ?? 0, to));
      }
    }
    if (text.length > 1 << 20) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
  closeSync(file);
  return { ...counts, amounts };
}

function add(amounts: Map<string, bigint>, key: string, nanos: bigint): void {
  amounts.set(key, (amounts.get(key) ?? 0n) + nanos);
}

/** Increments, then price a minute in ten-thousandths, rounded half up to 6 decimals. */
function costNanos(seconds: number, units: number, carrier: number): bigint {
  const [first, next] = INCREMENTS[carrier] ?? [1, 1];
  const billed = seconds === 0 ? 0 : seconds <= first ? first : first + Math.ceil((seconds - first) / next) * next;
  // billed × units / 10⁴ / 60 at 6 decimals: × 100 / 60
  const hundredths = BigInt(billed) * BigInt(units) * 100n;
  return ((hundredths * 2n + 60n) / 120n) * 1000n;
}

function line(call: number, second: number, code: string, from: string, to: Carrier, seconds: number, rest: number): string {
  const start = DAY_MS + second * 1000;
  const answered = seconds > 0;
  const answer = start + 5_000;
  const end = answered ? answer + seconds * 1000 : start + 12_000;
  const called = `${code}${String(rest)
    .padStart(7, '0')
    .slice(0, 15 - code.length)}`;
  const channel = (call * 2).toString(16).padStart(8, '0');
  return `"","12125550${String(call % 1000).padStart(3, '0')}","+${called}","from-carriers","""x"" <12125550>","PJSIP/${from}-${channel}","PJSIP/${to}-${channel}","Dial","PJSIP/${called}@${to},60","${stamp(start)}","${answered ? stamp(answer) : ''}","${stamp(end)}",${Math.floor((end - start) / 1000)},${seconds},"${answered ? 'ANSWERED' : 'NO ANSWER'}","DOCUMENTATION","${Math.floor(start / 1000)}.${call}",""\n`;
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
