/** `carillon numbers import`, `numbers table list`, `numbers lookup`. */
import { type Command, Option } from 'commander';
import type { ImportedNumbers } from '#app/numbers/import.ts';
import type { ListedTable, LookedUpNumber } from '#app/numbers/tables.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { installationOptions } from '../global-options.ts';
import { formatTable } from '../table.ts';

const importHelp = `
The file is taken whole or not at all; every fault has its line. A full file replaces what was known, a delta changes it.
Prices of calls that were rated before do not change; what is rated from now on knows the new numbers.

Examples:
  $ carillon numbers import lrn-2026-10-01.csv.gz --table us-lrn
  $ carillon numbers import lrn-2026-10-02.csv --table us-lrn --delta`;

export function registerNumberTables(numbers: Command): void {
  numbers
    .command('import')
    .description('import a file of a number table (LRN, portability)')
    .argument('<file>', 'the file, also gzipped')
    .requiredOption('--table <name>', 'the number table as configured')
    .option('--delta', 'the file has changes only')
    .option('--json', 'print one JSON object')
    .addHelpText('after', importHelp)
    .action(async (file: string, options: { table: string; delta?: boolean; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { importNumbers }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/numbers/import.ts'),
      ]);
      const mode = options.delta === true ? 'delta' : 'full';
      const done = await withInstallation(installationOptions(command), ({ database }) =>
        importNumbers(database, { file, table: options.table, mode }),
      );
      const { state, import: read } = done;
      const rows = `${read.rows.toLocaleString('en')} row${read.rows === 1 ? '' : 's'}`;
      const text =
        state === 'imported' ? `${rows} imported into ${read.table} (${read.mode})` : `${read.table} has this file already: ${rows}`;
      process.stdout.write(jsonAsked(command) ? `${JSON.stringify(importJson(done))}\n` : `${text}\n`);
    });
  numbers
    .command('lookup')
    .description('what number tables have for a number')
    .argument('<number>', 'with its country code')
    .option('--table <name>', 'only this table')
    .addOption(new Option('--at <instant>', '2026-10-01T12:00:00Z or 2026-10-01 (UTC); default: now'))
    .option('--json', 'print one JSON object for each table')
    .addHelpText('after', '\nExample:\n  $ carillon numbers lookup 12125550100 --table us-lrn --at 2026-10-01')
    .action(async (number: string, options: { table?: string; at?: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { lookUpNumber }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/numbers/tables.ts'),
      ]);
      const { json: _, ...wanted } = options;
      const found = await withInstallation(installationOptions(command), ({ database }) =>
        lookUpNumber(database, number, { ...wanted, nowMicros: Date.now() * 1000 }),
      );
      process.stdout.write(jsonAsked(command) ? found.map((each) => `${JSON.stringify(each)}\n`).join('') : lookedUpText(found));
    });
  numbers
    .command('table')
    .description('number tables')
    .command('list')
    .description('the number tables with the files that count')
    .option('--json', 'print one JSON object for each table')
    .addHelpText('after', '\nExample:\n  $ carillon numbers table list')
    .action(async (_: unknown, command: Command) => {
      const [{ withInstallation }, { listNumberTables }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/numbers/tables.ts'),
      ]);
      const tables = await withInstallation(installationOptions(command), ({ database }) => listNumberTables(database));
      process.stdout.write(jsonAsked(command) ? tables.map((each) => `${JSON.stringify(each)}\n`).join('') : listedText(tables));
    });
}

function importJson({ state, import: { table, mode, file, rows, steps, knownFromMicros } }: ImportedNumbers): object {
  return { state, table, mode, file, rows, steps, knownFrom: formatInstant(knownFromMicros) };
}

/** `--json` is an option of `numbers` too, which takes it first. */
function jsonAsked(command: Command): boolean {
  return command.optsWithGlobals<{ readonly json?: boolean }>().json === true;
}

function lookedUpText(found: readonly LookedUpNumber[]): string {
  if (found.length === 0) return 'no number table is configured\n';
  return found
    .map(({ number, table, value, history }) => {
      const steps = history.map((step) => `  ${step.from ?? 'since ever'}: ${step.value ?? 'none'}\n`).join('');
      return `${table}: ${number} ${value === undefined ? 'is not ported' : `has ${value}`}\n${history.length > 1 ? steps : ''}`;
    })
    .join('');
}

function listedText(tables: readonly ListedTable[]): string {
  if (tables.length === 0) return 'no number table is configured\n';
  const rows = tables.flatMap(({ id, gives, files }) =>
    files.length === 0
      ? [[id, gives, 'no file yet', '', '', '']]
      : files.map(({ file, mode, rows: count, knownFrom }) => [id, gives, file, mode, count.toLocaleString('en'), knownFrom]),
  );
  const titles = ['table', 'gives', 'file', 'mode', 'rows', 'known from'];
  return `${formatTable(
    titles.map((title) => ({ title, ...(title === 'rows' ? { align: 'right' as const } : {}) })),
    rows,
  )}\n`;
}
