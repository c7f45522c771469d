/**
 * The close of thousands of agreements through the very path of `period close --due`: completeness, statements of both sides, tax,
 * documents with numbers without gaps, postings; each month in a process of its own, as the command runs. Every sum is compared with the
 * generator's. Beside it COPY of the same rows into tables without indexes. Then the invoices as PDF, on one core.
 * `--agreements <n>`: how many; `--months <n>`: how many months are closed one after another.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyConfiguration } from '#app/configuration.ts';
import { type Installation, withInstallation } from '#app/installation.ts';
import { copyOut, copyRows, type Database } from '#storage/database.ts';
import { figure, report } from './harness.ts';
import { differencesOf, faultsOfBooks } from './support/check-closed.ts';
import { LINES, writeConfiguration, writeMonth } from './support/close-world.ts';
import { printRuns } from './support/print-pages.ts';

const AGREEMENTS = option('--agreements', 10_000);
const MONTHS = option('--months', 3);
const CHILD = fileURLToPath(new URL('support/close-due.ts', import.meta.url));

/** What a close writes, by the condition of one day's. */
const WRITTEN: Readonly<Record<string, string>> = {
  statement_recorded: 'closed_on = $1',
  statement_charge: 'statement_id in (select statement_id from statement_recorded where closed_on = $1)',
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

const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-close-'));
try {
  const settings = { data: join(folder, 'data'), database: { url: '' }, log: { level: 'warn' as const } };
  await withInstallation({ settings, command: 'bench close' }, measure);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure({ database, dataFolder }: Installation): Promise<void> {
  const configuration = join(folder, 'configuration');
  writeConfiguration(configuration, AGREEMENTS);
  await applyConfiguration(database, { folder: configuration, dryRun: false, closeMissing: false });
  const runs: Run[] = [];
  const wrong: string[] = [];
  for (let number = 0; number < MONTHS; number += 1) {
    const first = Temporal.PlainDate.from('2026-10-01').add({ months: number });
    const month = first.toString().slice(0, 7);
    const on = first.add({ months: 1, days: 2 }).toString();
    const truth = await writeMonth(database, AGREEMENTS, month, on, 31 + number);
    const closed = closeInProcess(dataFolder, on);
    if (closed.states.closed !== AGREEMENTS) wrong.push(`${month}: ${JSON.stringify([closed.states, closed.refused])}`);
    wrong.push(...(await differencesOf(database, month, on, truth)));
    runs.push({ ...closed, month, documents: await documentsOf(database, on), copySeconds: await copySameRows(database, on) });
  }
  wrong.push(...(await faultsOfBooks(database)));
  const { pages, limit } = await printRuns(database);
  const figures = [
    figure(
      'accounts_per_s',
      runs.map(({ seconds }) => AGREEMENTS / seconds),
      runs.map(({ copySeconds }) => AGREEMENTS / copySeconds),
    ),
    figure(
      'invoices_per_s',
      runs.map(({ documents, seconds }) => documents / seconds),
      runs.map(({ documents, copySeconds }) => documents / copySeconds),
    ),
    figure('pdf_pages_per_s', pages, limit),
  ];
  report('close', wrong.length === 0, figures, [
    `${AGREEMENTS.toLocaleString('en')} agreements, one a partner and account, each closed on both its sides; ${LINES} lines a statement, charged every day of the month; half of the payable sides billed by us`,
    'the limit is COPY of the same rows (statements with their text and charges, documents, entries, postings) into tables without indexes',
    'the limit of pages is Typst alone on ready input: the same words, weights and code of the same documents in a template that places nothing',
    ...runs.map(
      ({ month, seconds, cpu, peak }) =>
        `${month}: ${seconds.toFixed(2)} s, ${cpu.toFixed(2)} s of processor and at most ${Math.round(peak / 1e6)} MB of memory in the command`,
    ),
    ...wrong,
  ]);
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
