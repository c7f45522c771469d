/** An operator with two carriers on a fresh database, for the tests of usage. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { applyConfiguration } from '#app/configuration.ts';
import { createLog } from '#app/log.ts';
import { checkBooks } from '#app/usage/check.ts';
import type { UsageHome } from '#app/usage/home.ts';
import { type FileReport, loadUsage } from '#app/usage/load.ts';
import { rowSumDifferences } from '#storage/usage/audit-sums.ts';
import { type TestDatabase, withTestDatabase } from '../support/database.ts';

export interface TestHome extends UsageHome {
  readonly database: TestDatabase;
  readonly folder: string;
}

export const operator = {
  'operator.yaml': `
legalEntities:
  - {id: own, name: Own, country: DE, currency: EUR, zone: Europe/Berlin, address: [Street 1]}
parties:
  - {id: north, name: North, kind: carrier}
  - {id: south, name: South, kind: carrier}
accounts:
  - {id: north, party: north, legalEntity: own, currency: EUR}
  - {id: south, party: south, legalEntity: own, currency: EUR}
trunks:
  - {id: north-1, account: north, names: [switch/north], numbering: {internationalPrefix: "00", countryCode: "49", nationalPrefix: "0"}}
  - {id: south-1, account: south, names: [south]}
  - {id: home, names: [home]}
agreements:
  - id: north
    name: North
    account: north
    zone: Europe/Berlin
    currency: EUR
    validFrom: 2026-01-01
    rounding: {decimals: 4, mode: half-up}
    services:
      - {service: voice, role: incoming, tariff: north-in}
      - {service: voice, role: outgoing, tariff: flat}
  - id: south
    name: South
    account: south
    zone: America/New_York
    currency: EUR
    validFrom: 2026-01-01
    rounding: {decimals: 6, mode: half-up}
    services:
      - {service: voice, role: incoming, tariff: flat}
      - {service: voice, role: outgoing, tariff: south-out}
sources:
  - id: switch
    format: delimited
    separator: ";"
    header: true
    zone: Europe/Berlin
    key: id
    fields:
      start: {column: start, time: "YYYY-MM-DD HH:mm:ss"}
      end: {column: end, time: "YYYY-MM-DD HH:mm:ss"}
      duration: seconds
      answered: {column: result, values: [ANSWERED]}
      calling: a
      called: b
      trunkIn: in
      trunkOut: out
`,
  'tariffs.yaml': `
tariffs:
  - id: flat
    name: Flat
    service: voice
    currency: EUR
    zone: Europe/Berlin
    defaults: {validFrom: 2026-01-01}
    rates:
      - {code: "44", destination: United Kingdom, price: 0.02, increments: 60/60}
      - {code: "49", destination: Germany, price: 0.01, increments: 1/1}
  - id: north-in
    name: North in
    service: voice
    currency: EUR
    zone: Europe/Berlin
    defaults: {validFrom: 2026-01-01}
    rates:
      - {code: "44", destination: United Kingdom, price: 0.05, increments: 60/60}
  - id: south-out
    name: South out, in tiers
    service: voice
    currency: EUR
    zone: America/New_York
    defaults: {validFrom: 2026-01-01}
    rates:
      - {code: "44", destination: United Kingdom, price: 0.03, increments: 1/1, tiers: "month-out graduated minutes month; 10: 0.02; 30: 0.01"}
`,
};

export const header = 'id;start;end;seconds;result;a;b;in;out';

export interface Call {
  readonly id: string;
  readonly start?: string;
  readonly end?: string;
  readonly seconds?: number | string;
  readonly result?: string;
  readonly a?: string;
  readonly b?: string;
  readonly in?: string;
  readonly out?: string;
}

/** One line, without its line end. */
export function line(call: Call): string {
  const whole = {
    start: '2026-10-05 10:00:00',
    end: '',
    seconds: 61,
    result: 'ANSWERED',
    a: '+4930123456',
    b: '00442079460000',
    in: 'north',
    out: 'south',
    ...call,
  };
  return [whole.id, whole.start, whole.end, whole.seconds, whole.result, whole.a, whole.b, whole.in, whole.out].join(';');
}

export function fileOf(lines: readonly string[]): string {
  return `${[header, ...lines].join('\n')}\n`;
}

/** Files above this are read in threads. */
const READ_IN_THREADS_BYTES = 4 << 20;

/** As large as that with few records, for what matters is who reads: each has a column that nobody asks for. */
export function largeFileOf(lines: readonly string[]): string {
  const filler = 'x'.repeat(Math.ceil(READ_IN_THREADS_BYTES / lines.length));
  return `${[`${header};remark`, ...lines.map((each) => `${each};${filler}`)].join('\n')}\n`;
}

/** A migrated database with the operator's configuration, and a data folder; both go when the work is done. */
export async function withHome<T>(work: (home: TestHome) => Promise<T>, files: Readonly<Record<string, string>> = operator): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-usage-'));
  try {
    const homeOf = (database: TestDatabase): TestHome => ({
      ...{ database, folder, dataFolder: join(folder, 'data'), log: createLog({ level: 'silent', format: 'json' }) },
    });
    // What most begin with is applied once for all of them.
    const filled = { name: JSON.stringify(operator), fill: (database: TestDatabase) => configure(homeOf(database), operator) };
    return await withTestDatabase(
      async (database) => {
        const home = homeOf(database);
        mkdirSync(home.dataFolder, { recursive: true });
        if (files === operator) writeFiles(home, files);
        else await configure(home, files);
        return await work(home);
      },
      files === operator ? filled : undefined,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Applies configuration files, by name. */
export async function configure(home: TestHome, files: Readonly<Record<string, string>>): Promise<void> {
  await applyConfiguration(home.database, { folder: writeFiles(home, files), dryRun: false, closeMissing: true });
}

function writeFiles({ folder }: TestHome, files: Readonly<Record<string, string>>): string {
  const place = join(folder, 'configuration');
  rmSync(place, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), text);
  }
  return place;
}

export function write({ folder }: TestHome, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export async function load(
  home: UsageHome,
  files: readonly string[],
  allOrNothing = false,
  source = 'switch',
): Promise<readonly FileReport[]> {
  return loadUsage(home, { files, source, allOrNothing }, QUIET);
}

const QUIET = { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined };

/** With so many records in a transaction; 0: as many as it takes. Here and not in a process of its own, which takes half a second to begin. */
export async function loadInBatches(home: UsageHome, files: readonly string[], batchRecords: number): Promise<void> {
  await loadUsage(home, { files, source: 'switch', allOrNothing: false, ...(batchRecords === 0 ? {} : { batchRecords }) }, QUIET);
}

/** Loads one file and returns its report. */
export async function loadOne(home: UsageHome, file: string, allOrNothing = false, source = 'switch'): Promise<FileReport> {
  const [report] = await load(home, [file], allOrNothing, source);
  assert.ok(report);
  return report;
}

export async function assertBooksAgree({ database }: UsageHome): Promise<void> {
  const { differences, totals } = await checkBooks(database, { keys: true });
  assert.deepEqual(differences, []);
  assert.equal(totals.read, totals.rated + totals.held + totals.duplicate + totals.rejected);
  assert.deepEqual(await database.transaction((client) => rowSumDifferences(client, { from: '1970-01-01', to: '2100-01-01' })), []);
}

/** Rollup lines without their version numbers: what two runs have in common. */
export async function rollup({ database }: UsageHome): Promise<readonly object[]> {
  const { rows } = await database.pool.query<object>(
    `select agreement, role, day, tariff, destination, band, currency, events, answered, trim_scale(raw_quantity) as raw,
       trim_scale(billed_quantity) as billed, trim_scale(amount_nanos) as nanos from rollup order by 1, 2, 3, 4, 5, 6`,
  );
  return rows;
}

/** Amount in nanos of an agreement's role. */
export async function amount({ database }: UsageHome, agreement: string, role: string): Promise<bigint> {
  const { rows } = await database.pool.query<{ nanos: string }>(
    'select coalesce(trim_scale(sum(amount_nanos)), 0)::text as nanos from rollup where agreement = $1 and role = $2',
    [agreement, role],
  );
  return BigInt(rows[0]?.nanos ?? '0');
}
