/** `carillon tax import`. */
import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';

export function registerTaxImport(tax: Command): void {
  tax
    .command('import')
    .description('load a table of tax rates by jurisdiction (CSV)')
    .argument('<file>', 'columns: jurisdiction, tax, percent, valid_from; optionally valid_to, services, on_top_of')
    .requiredOption('--table <name>', 'name of the table; a newer file of the same table stands in place of the one before')
    .option('--by <name>', 'who loads it; default: who runs the command')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nThe file is taken whole or not at all; every fault has its line.\n\nExample:\n  $ carillon tax import us-states.csv --table us-states',
    )
    .action(async (file: string, options: { table: string; by?: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { importTaxTable }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/tax/import-table.ts'),
      ]);
      const recorded = { atMicros: Date.now() * 1000, by: options.by ?? userName() };
      const {
        state,
        import: made,
        rates,
      } = await withInstallation(installationOptions(command), ({ database }) => importTaxTable(database, options.table, file, recorded));
      const said = { state, table: made.table, file: made.file, rows: made.rows, rates };
      const rows = `${made.rows.toLocaleString('en')} row${made.rows === 1 ? '' : 's'}`;
      const text =
        state === 'imported' ? `${rows} imported into ${made.table}: ${rates} rates` : `${made.table} has this file already: ${rows}`;
      process.stdout.write(options.json === true ? `${JSON.stringify(said)}\n` : `${text}\n`);
    });
}
