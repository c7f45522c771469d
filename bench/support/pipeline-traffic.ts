/**
 * Traffic for the pipeline bench, from a seed, with what it must cost: 50 agreements over 200 trunks, 20 tariffs with
 * 100,000 rates in peak and off-peak, CSV of some 120 bytes a record.
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../../test/support/seeded.ts';

export const AGREEMENTS = 50;
const TRUNKS_EACH = 4;
const TARIFFS = 20;
const CODES = 2_500;
/** Ranges of numbers that calls go to: few networks have most of the traffic (a range's place is the cube of a random number). */
const RANGES = 1_000;
/** Carriers that the calls to one range are handed to: the cheapest, and two behind it. */
const ROUTES = 3;
const DAY_MS = Date.UTC(2026, 9, 5);
const HOUR_MS = 3_600_000;
/** Zones of the agreements, with their offset on the days of the traffic. Peak is from 8 to 18 on weekdays there. */
const ZONES = [
  ['UTC', 0],
  ['Europe/Berlin', 2],
  ['America/New_York', -4],
] as const;
const INCREMENTS = [
  [60, 60],
  [1, 1],
  [30, 6],
] as const;

/** What must be found in the books. */
export interface PipelineTruth {
  readonly files: readonly string[];
  readonly bytes: number;
  readonly read: number;
  readonly rated: number;
  readonly held: number;
  readonly duplicate: number;
  readonly rejected: number;
  /** Nanos by `agreement role`. */
  readonly amounts: ReadonlyMap<string, bigint>;
  /** Billed seconds by `agreement role`. */
  readonly billed: ReadonlyMap<string, number>;
}

interface Prices {
  readonly codes: readonly string[];
  /** Ten-thousandths of a unit a minute: by tariff, code and band (peak, off-peak). */
  readonly units: Int32Array;
}

function prices(): Prices {
  const random = seeded(11);
  const codes = new Set<string>();
  while (codes.size < CODES) codes.add(`${20 + Math.floor(random() * 79)}${String(Math.floor(random() * 100_000)).padStart(5, '0')}`);
  const units = Int32Array.from({ length: TARIFFS * CODES * 2 }, () => 10 + Math.floor(random() * 3_000));
  return { codes: [...codes], units };
}

const agreementOf = (index: number): string => `carrier-${String(index).padStart(2, '0')}`;
const trunkOf = (agreement: number, trunk: number): string => `${agreementOf(agreement)}-t${trunk}`;
/** Tariff of incoming calls: the first half; of outgoing ones: the second. */
const tariffOf = (agreement: number, outgoing: boolean): number => (agreement % (TARIFFS / 2)) + (outgoing ? TARIFFS / 2 : 0);

/** Writes a folder for `carillon apply`. */
export function writePipelineConfiguration(folder: string): void {
  mkdirSync(join(folder, 'rates'), { recursive: true });
  const all = Array.from({ length: AGREEMENTS }, (_, index) => index);
  const tariffs = Array.from({ length: TARIFFS }, (_, index) => index);
  const lines = [
    'legalEntities:',
    '  - {id: own, name: Own, country: US, currency: USD, zone: UTC, address: [Somewhere 1]}',
    'parties:',
    ...all.map((index) => `  - {id: ${agreementOf(index)}, name: ${agreementOf(index)}, kind: carrier}`),
    'accounts:',
    ...all.map((index) => `  - {id: ${agreementOf(index)}, party: ${agreementOf(index)}, legalEntity: own, currency: USD}`),
    'trunks:',
    ...all.flatMap((index) =>
      Array.from({ length: TRUNKS_EACH }, (_, trunk) => `  - {id: ${trunkOf(index, trunk)}, account: ${agreementOf(index)}}`),
    ),
    'timeBands:',
    '  - id: working-hours',
    '    bands:',
    '      - {name: peak, days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00"}',
    '      - {name: off-peak, otherwise: true}',
    'agreements:',
    ...all.map(
      (index) =>
        `  - {id: ${agreementOf(index)}, name: ${agreementOf(index)}, account: ${agreementOf(index)}, zone: ${zoneOf(index)[0]}, currency: USD, validFrom: 2026-01-01, rounding: {decimals: 6, mode: half-up}, seconds: as-given, services: [{service: voice, role: incoming, tariff: t${tariffOf(index, false)}}, {service: voice, role: outgoing, tariff: t${tariffOf(index, true)}}]}`,
    ),
    'tariffs:',
    ...tariffs.map(
      (index) =>
        `  - {id: t${index}, name: T${index}, service: voice, currency: USD, zone: UTC, timeBands: working-hours, defaults: {increments: ${INCREMENTS[index % 3]?.join('/')}, validFrom: 2026-01-01}, rates: rates/t${index}.csv}`,
    ),
    'sources:',
    '  - id: switch',
    '    format: delimited',
    '    separator: ","',
    '    quote: ""',
    '    columns: [id, start, end, seconds, cause, a, b, in, out]',
    '    zone: UTC',
    '    key: id',
    '    fields:',
    '      start: {column: start, time: "YYYY-MM-DD HH:mm:ss"}',
    '      end: {column: end, time: "YYYY-MM-DD HH:mm:ss"}',
    '      duration: seconds',
    '      calling: a',
    '      called: b',
    '      trunkIn: in',
    '      trunkOut: out',
    '      cause: cause',
  ];
  writeFileSync(join(folder, 'all.yaml'), `${lines.join('\n')}\n`);
  const { codes, units } = prices();
  for (const tariff of tariffs) {
    const rows = codes.flatMap((code, index) =>
      ['peak', 'off-peak'].map(
        (band, at) => `${code},D${code},${band},${((units[(tariff * CODES + index) * 2 + at] ?? 0) / 10_000).toFixed(4)}`,
      ),
    );
    writeFileSync(join(folder, 'rates', `t${tariff}.csv`), `code,destination,band,price\n${rows.join('\n')}\n`);
  }
}

function zoneOf(agreement: number): (typeof ZONES)[number] {
  return ZONES[agreement % ZONES.length] ?? ZONES[0];
}

/** The same in every run: what is called today was called yesterday. */
function makeRanges(codes: readonly string[]): readonly { readonly code: number; readonly digits: string }[] {
  const random = seeded(3);
  return Array.from({ length: RANGES }, () => {
    const code = Math.floor(CODES * random() ** 2);
    return { code, digits: `${codes[code]}${String(Math.floor(random() * 1_000)).padStart(3, '0')}` };
  });
}

/**
 * Writes `calls` records into files of at most `perFile` and returns the truth about them. Half a percent repeat an
 * earlier record, one in a thousand is damaged, one in a thousand names a trunk that nobody knows.
 */
export function writePipelineTraffic(folder: string, calls: number, perFile: number, seed: number): PipelineTruth {
  mkdirSync(folder, { recursive: true });
  const random = seeded(seed);
  const { codes, units } = prices();
  const ranges = makeRanges(codes);
  const nanos = new Float64Array(AGREEMENTS * 2);
  const billed = new Float64Array(AGREEMENTS * 2);
  const counts = { read: calls, rated: 0, held: 0, duplicate: 0, rejected: 0 };
  const files: string[] = [];
  let bytes = 0;
  let text = '';
  let file = -1;
  let last = '';
  const flush = (): void => {
    if (file >= 0) bytes += writeSync(file, text, null, 'latin1');
    text = '';
  };
  for (let call = 0; call < calls; call += 1) {
    if (call % perFile === 0) {
      flush();
      if (file >= 0) closeSync(file);
      files.push(join(folder, `cdr-${seed}-${String(files.length + 1).padStart(4, '0')}.csv`));
      file = openSync(files.at(-1) ?? '', 'w');
    }
    const dice = random();
    if (dice < 0.005 && last !== '') {
      counts.duplicate += 1;
      text += last;
    } else if (dice < 0.006) {
      counts.rejected += 1;
      text += `c7-broken-${call}\n`;
    } else {
      const known = dice >= 0.007;
      const place = Math.floor(RANGES * random() ** 3);
      const range = ranges[place];
      const from = Math.floor(random() * AGREEMENTS);
      const route = (place * 7 + Math.floor(random() * ROUTES)) % AGREEMENTS;
      const to = route === from ? (route + 1) % AGREEMENTS : route;
      const seconds = random() < 0.6 ? 1 + Math.floor(-180 * Math.log(1 - random())) : 0;
      const start = DAY_MS + Math.floor((call / calls) * 86_400) * 1000;
      const trunkIn = known ? trunkOf(from, Math.floor(random() * TRUNKS_EACH)) : 'nobody-knows';
      const digits = String(Math.floor(random() * 1e9));
      last = `${seed}c7-${(call * 7919).toString(16).padStart(10, '0')},${stamp(start)},${stamp(start + 5_000 + seconds * 1000)},${seconds},${seconds > 0 ? 16 : 34},1212555${digits.slice(-4).padStart(4, '0')},${range?.digits}${digits.slice(0, 3).padStart(3, '0')},${trunkIn},${trunkOf(to, Math.floor(random() * TRUNKS_EACH))}\n`;
      text += last;
      if (known) {
        counts.rated += 1;
        charge(from * 2, from, false, range?.code ?? 0, start, seconds);
        charge(to * 2 + 1, to, true, range?.code ?? 0, start, seconds);
      } else counts.held += 1;
    }
    if (text.length > 1 << 20) flush();
  }
  flush();
  if (file >= 0) closeSync(file);

  function charge(place: number, agreement: number, outgoing: boolean, code: number, start: number, seconds: number): void {
    const tariff = tariffOf(agreement, outgoing);
    const local = new Date(start + zoneOf(agreement)[1] * HOUR_MS);
    const weekday = local.getUTCDay();
    const peak = weekday >= 1 && weekday <= 5 && local.getUTCHours() >= 8 && local.getUTCHours() < 18;
    const [first, next] = INCREMENTS[tariff % 3] ?? [1, 1];
    const quantity = seconds === 0 ? 0 : seconds <= first ? first : first + Math.ceil((seconds - first) / next) * next;
    const unit = units[(tariff * CODES + code) * 2 + (peak ? 0 : 1)] ?? 0;
    // quantity × unit / 10⁴ / 60 at 6 decimals is quantity × unit × 100 / 60, rounded half up; then thousandths of it are nanos.
    const millionths = Math.floor((quantity * unit * 100 * 2 + 60) / 120);
    nanos[place] = (nanos[place] ?? 0) + millionths * 1000;
    billed[place] = (billed[place] ?? 0) + quantity;
  }

  const names = Array.from(
    { length: AGREEMENTS * 2 },
    (_, place) => `${agreementOf(place >> 1)} ${place % 2 === 0 ? 'incoming' : 'outgoing'}`,
  );
  return {
    files,
    bytes,
    ...counts,
    amounts: new Map(names.map((name, place) => [name, BigInt(nanos[place] ?? 0)])),
    billed: new Map(names.map((name, place) => [name, billed[place] ?? 0])),
  };
}

/** Remembered by second: most records of a file share few. */
const stamps = new Map<number, string>();

function stamp(ms: number): string {
  let text = stamps.get(ms);
  if (text === undefined) {
    if (stamps.size > 20_000) stamps.clear();
    text = new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
    stamps.set(ms, text);
  }
  return text;
}
