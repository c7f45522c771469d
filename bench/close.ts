/**
 * The close of a month through the very path of `period close --due`: completeness, statements summed from the rollups, fees, tax, documents
 * with numbers without gaps, postings in their hash chain; each month in a process of its own, as the command runs. Every sum is compared with
 * the generator's. Beside it COPY of the same rows into tables without indexes. Two shapes: the bill run (accounts of one side, with a
 * recurring fee and usage) and the settlement (agreements of both sides). Then the settlement's documents as PDF, on one core.
 * `--agreements <n>`: how many of each; `--months <n>`: how many months are closed one after another; `--shape <bill|settlement>`: one only.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyConfiguration } from '#app/configuration.ts';
import { type Installation, withInstallation } from '#app/installation.ts';
import { copyOut, copyRows, type Database } from '#storage/database.ts';
import { type Figure, figure, report } from './harness.ts';
import { USAGE_LINES, writeBillConfiguration, writeBillMonth } from './support/bill-world.ts';
import { differencesOf, faultsOfBooks } from './support/check-closed.ts';
import { LINES, writeConfiguration, writeMonth } from './support/close-world.ts';
import { type PrintedPages, printRuns } from './support/print-pages.ts';
import type { ClosedTruth } from './support/rolled-up-month.ts';

const AGREEMENTS = option('--agreements', 10_000);
const MONTHS = option('--months', 3);
const CHILD = fileURLToPath(new URL('support/close-due.ts', import.meta.url));

/** What a close writes, by the condition of one day's. */
const WRITTEN: Readonly<Record<string, string>> = {
  statement_recorded: 'closed_on = $1',
  statement_charge: 'statement_id in (select statement_id from statement_recorded where closed_on = $1)',
  statement_deal: 'statement_id in (select statement_id from statement_recorded where closed_on = $1)',
  statement_amount: 'statement_id in (select statement_id from statement_recorded where closed_on = $1)',
  statement_outcome: 'booked_on = $1',
  usage_closed_until: "day = date_trunc('month', $1::date)",
  invoice: 'issue_day = $1',
  text_block: `block_id in (select text_block from invoice where issue_day = $1 union select text_block from statement_recorded where closed_on = $1)`,
  ledger_entry: 'day = $1',
  ledger_posting: 'entry_id in (select entry_id from ledger_entry where day = $1)',
};

interface Run {
  readonly month: string;
  /** Issued: invoices, and documents of self-billing. */
  readonly documents: number;
  /** Of COPY of the same rows. */
  readonly copySeconds: number;
  readonly seconds: number;
  readonly cpu: number;
  readonly peak: number;
  readonly states: Readonly<Record<string, number>>;
  readonly refused: readonly object[];
}

function option(name: string, usual: number): number {
  const at = process.argv.indexOf(name);
  return at === -1 ? usual : Number(process.argv[at + 1]) || usual;
}

/** What is closed, and what it must come to. */
interface Shape {
  readonly name: 'bill' | 'settlement';
  writeConfiguration(folder: string): void;
  writeMonth(database: Database, month: string, on: string, seed: number): Promise<ReadonlyMap<string, ClosedTruth>>;
}

const SHAPES: readonly Shape[] = [
  {
    name: 'bill',
    writeConfiguration: (folder) => writeBillConfiguration(folder, AGREEMENTS),
    writeMonth: (database, month, _, seed) => writeBillMonth(database, AGREEMENTS, month, seed),
  },
  {
    name: 'settlement',
    writeConfiguration: (folder) => writeConfiguration(folder, AGREEMENTS),
    writeMonth: (database, month, on, seed) => writeMonth(database, AGREEMENTS, month, on, seed),
  },
];

interface Measured {
  readonly runs: readonly Run[];
  readonly pages: PrintedPages | undefined;
  readonly wrong: readonly string[];
}

const chosen = process.argv.indexOf('--shape') === -1 ? undefined : process.argv[process.argv.indexOf('--shape') + 1];
const measured = new Map<Shape['name'], Measured>();
for (const shape of SHAPES) {
  if (chosen !== undefined && chosen !== shape.name) continue;
  const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-close-'));
  try {
    const settings = { data: join(folder, 'data'), database: { url: '' }, log: { level: 'warn' as const } };
    measured.set(shape.name, await withInstallation({ settings, command: 'bench close' }, (home) => measure(shape, home, folder)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
print();

async function measure(shape: Shape, { database, dataFolder }: Installation, folder: string): Promise<Measured> {
  const configuration = join(folder, 'configuration');
  shape.writeConfiguration(configuration);
  await applyConfiguration(database, { folder: configuration, dryRun: false, closeMissing: false });
  const runs: Run[] = [];
  const wrong: string[] = [];
  for (let number = 0; number < MONTHS; number += 1) {
    const first = Temporal.PlainDate.from('2026-10-01').add({ months: number });
    const month = first.toString().slice(0, 7);
    const on = first.add({ months: 1, days: 2 }).toString();
    const truth = await shape.writeMonth(database, month, on, 31 + number);
    const closed = closeInProcess(dataFolder, on);
    if (closed.states.closed !== AGREEMENTS) wrong.push(`${month}: ${JSON.stringify([closed.states, closed.refused])}`);
    wrong.push(...(await differencesOf(database, month, on, truth)));
    runs.push({ ...closed, month, documents: await documentsOf(database, on), copySeconds: await copySameRows(database, on) });
  }
  wrong.push(...(await faultsOfBooks(database)));
  const pages = shape.name === 'settlement' ? await printRuns(database) : undefined;
  return { runs, pages, wrong: wrong.map((each) => `${shape.name}: ${each}`) };
}

function print(): void {
  const bill = measured.get('bill');
  const settlement = measured.get('settlement');
  const wrong = [...measured.values()].flatMap((each) => each.wrong);
  const figures = [
    ...(bill === undefined ? [] : [perSecond('accounts_per_s', bill, () => AGREEMENTS)]),
    ...(bill === undefined ? [] : [perSecond('invoices_per_s', bill, ({ documents }) => documents)]),
    ...(settlement === undefined ? [] : [perSecond('agreements_per_s', settlement, () => AGREEMENTS)]),
    ...(settlement === undefined ? [] : [perSecond('settlement_documents_per_s', settlement, ({ documents }) => documents)]),
    ...(settlement?.pages === undefined ? [] : [figure('pdf_pages_per_s', settlement.pages.pages, settlement.pages.limit)]),
  ];
  const many = AGREEMENTS.toLocaleString('en');
  report('close', wrong.length === 0, figures, [
    ...(bill === undefined
      ? []
      : [
          `bill run: ${many} accounts, each with a recurring fee of its plan and ${USAGE_LINES} lines of usage charged on every day of the month; tax; one numbered invoice, booked`,
        ]),
    ...(settlement === undefined
      ? []
      : [
          `settlement: ${many} agreements, one a partner and account, each closed on both its sides; ${LINES} lines a statement, charged every day of the month; half of the payable sides billed by us`,
        ]),
    'the limit is COPY of the same rows (statements with their text and charges, documents, entries, postings) into tables without indexes',
    'the limit of pages is Typst alone on ready input: the same words, weights and code of the same documents in a template that places nothing',
    ...[...measured].flatMap(([name, { runs }]) =>
      runs.map(
        ({ month, seconds, cpu, peak }) =>
          `${name}, ${month}: ${seconds.toFixed(2)} s, ${cpu.toFixed(2)} s of processor and at most ${Math.round(peak / 1e6)} MB of memory in the command`,
      ),
    ),
    ...wrong,
  ]);
}

function perSecond(name: string, { runs }: Measured, many: (run: Run) => number): Figure {
  return figure(
    name,
    runs.map((run) => many(run) / run.seconds),
    runs.map((run) => many(run) / run.copySeconds),
  );
}

async function documentsOf({ pool }: Database, on: string): Promise<number> {
  const { rows } = await pool.query<{ many: number }>('select count(*)::integer as many from invoice where issue_day = $1', [on]);
  return rows[0]?.many ?? 0;
}

function closeInProcess(dataFolder: string, on: string): Omit<Run, 'month' | 'documents' | 'copySeconds'> {
  const child = spawnSync(process.execPath, [CHILD, dataFolder, on], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout.trimEnd().split('\n').at(-1) ?? '') as Omit<Run, 'month' | 'documents' | 'copySeconds'>; // what it prints
}

/** Seconds of COPY alone: what the close of a day has written, read out first, then written to tables without indexes. */
async function copySameRows(database: Database, on: string): Promise<number> {
  return database.transaction(async (client) => {
    const rows = new Map<string, Buffer[]>();
    for (const [table, condition] of Object.entries(WRITTEN)) {
      const chunks: Buffer[] = [];
      const query = `select * from ${table} where ${condition.replaceAll('$1', `'${on}'`)}`;
      for await (const chunk of copyOut(client, `copy (${query}) to stdout`)) chunks.push(chunk);
      rows.set(table, chunks);
      await client.query(`drop table if exists bench_${table}; create table bench_${table} (like ${table})`);
    }
    await client.query('commit');
    await client.query('begin');
    const start = process.hrtime.bigint();
    for (const [table, chunks] of rows) await copyRows(client, `copy bench_${table} from stdin`, chunks);
    await client.query('commit');
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    await client.query('begin');
    return seconds;
  });
}
