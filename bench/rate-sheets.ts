/**
 * A large rate sheet from a file to rates in force, through the very path of `carillon rates import`: the first one, a full replacement that
 * changes a fifth of the prices, and the same as a workbook; beside COPY of as many rows. Each import is a process of its own, as it
 * is with the command; memory is the most that it ever had.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyConfiguration } from '#app/configuration.ts';
import { type Installation, withInstallation } from '#app/installation.ts';
import { copyOut, copyRows, type Database } from '#storage/database.ts';
import { figure, report } from './harness.ts';

const ROWS = Number(process.env.BENCH_ROWS ?? 200_000);
const MOST_SECONDS = 20;
const MOST_MEGABYTES = 1024;

const CONFIGURATION = `
legalEntities: [{id: own, name: Own, country: US, currency: USD, zone: UTC}]
parties: [{id: them, name: Them, kind: carrier}]
accounts: [{id: them, party: them, legalEntity: own, currency: USD}]
tariffs: [{id: them, name: Them, service: voice, currency: USD, ratesBy: sheets}]
agreements: [{id: them, name: Them, account: them, zone: UTC, currency: USD, validFrom: 2026-01-01, rounding: {decimals: 6, mode: half-up}, services: [{service: voice, role: outgoing, tariff: them}]}]
`;

const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-rates-'));
try {
  const settings = { data: join(folder, 'data'), database: { url: '' }, log: { level: 'warn' as const } };
  await withInstallation({ settings, command: 'bench rate-sheets' }, measure);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure({ database }: Installation): Promise<void> {
  const configuration = join(folder, 'configuration.d');
  mkdirSync(configuration);
  writeFileSync(join(configuration, 'all.yaml'), CONFIGURATION);
  await applyConfiguration(database, { folder: configuration, dryRun: false, closeMissing: false });
  const steps: {
    readonly name: string;
    readonly seconds: number;
    readonly megabytes: number;
    readonly counts: string;
    readonly activated: boolean;
  }[] = [];
  let seed = 1;
  for (const [name, file] of [
    ['first_csv', 'first.csv'],
    ['replacement_csv', 'second.csv'],
    ['replacement_xlsx', 'third.xlsx'],
  ] as const) {
    const path = join(folder, file);
    execFileSync(process.execPath, [
      fileURLToPath(new URL('support/write-rate-sheet.ts', import.meta.url)),
      path,
      String(ROWS),
      String(seed),
    ]);
    seed += 1;
    const { seconds, megabytes, outcome, counts } = importInProcess(path);
    const total = counts.new + counts.increase + counts.decrease + counts.unchanged;
    const right = outcome === 'activated' && total === ROWS;
    steps.push({ name, seconds, megabytes, counts: JSON.stringify(counts), activated: right });
  }
  const copy = await copySameRows(database);
  const fast = steps.every(({ seconds, megabytes }) => seconds < MOST_SECONDS && megabytes < MOST_MEGABYTES);
  report(
    'rate-sheets',
    steps.every(({ activated }) => activated) && fast,
    steps.map(({ name, seconds }) => figure(`${name}_rows_per_s`, [ROWS / seconds], [ROWS / copy])),
    [
      `${ROWS.toLocaleString('en')} rows each; the limit is COPY of as many rates`,
      ...steps.map(({ name, seconds, megabytes, counts }) => `${name}: ${seconds.toFixed(2)} s, at most ${megabytes} MB, ${counts}`),
      `allowed are ${MOST_SECONDS} s and ${MOST_MEGABYTES} MB each`,
    ],
  );
}

interface Imported {
  readonly seconds: number;
  readonly megabytes: number;
  readonly outcome: string;
  readonly counts: { readonly new: number; readonly increase: number; readonly decrease: number; readonly unchanged: number };
}

function importInProcess(path: string): Imported {
  const script = fileURLToPath(new URL('support/import-rate-sheet.ts', import.meta.url));
  const printed = execFileSync(process.execPath, [script, join(folder, 'data'), path], { encoding: 'utf8' });
  return JSON.parse(printed) as Imported; // printed by the script beside this one
}

/** Seconds that COPY takes for the rates in force, into a table of the same columns and indexes. */
async function copySameRows(database: Database): Promise<number> {
  return database.transaction(async (client) => {
    const columns = 'tariff, code, destination, price, first_seconds, next_seconds, valid_from, valid_to, known_from, import_id';
    await client.query('create table rate_copy (like rate including all)');
    const chunks: Buffer[] = [];
    for await (const chunk of copyOut(client, `copy (select ${columns} from rate where known_to = 'infinity') to stdout`))
      chunks.push(chunk);
    const start = process.hrtime.bigint();
    await copyRows(client, `copy rate_copy (${columns}) from stdin`, chunks);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    await client.query('drop table rate_copy');
    return seconds;
  });
}
