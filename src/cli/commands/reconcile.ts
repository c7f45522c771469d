import { type Command, Option } from 'commander';
import { installationOptions } from '../global-options.ts';
import { type PeriodOptions, periodFrom } from '../period-options.ts';
import { registerReconcileCalls } from './reconcile-calls.ts';

interface Options extends PeriodOptions {
  readonly tolerance?: string;
  readonly rate: readonly string[];
  readonly format: 'table' | 'json' | 'csv' | 'xlsx';
  readonly out?: string;
  readonly json?: boolean;
  readonly all?: boolean;
}

const EXAMPLES = `
Each cause is tried on our own calls. The money of all causes and what is not explained are the difference.

Examples:
  $ carillon reconcile northwind-2026 --period 2026-10
  $ carillon reconcile northwind-2026 --period 2026-10 --tolerance 0.5% --format csv
  $ carillon reconcile northwind-2026 --period 2026-10 --out evidence.xlsx`;

/** `carillon reconcile`. */
export function register(program: Command): void {
  const reconcile = program
    .command('reconcile')
    .description('our charges against what a partner declared: line by line, and why they differ')
    .argument('<agreement>', 'id of the agreement')
    .option('--period <period>', 'a day, ISO week, half-month, month or quarter')
    .option('--from <date>', 'first local day, with --to')
    .option('--to <date>', 'last local day')
    .option('--tolerance <limit>', 'share (0.5%) or amount of a line that is not argued; default: the agreement’s')
    .option(
      '--rate <currency=rate>',
      'units of the agreement’s currency for one of theirs',
      (value: string, before: readonly string[]): readonly string[] => [...before, value],
      [],
    )
    .option('--all', 'show lines that match too')
    .addOption(
      new Option('--format <format>', 'table, json, csv, or a workbook (xlsx, with --out)')
        .choices(['table', 'json', 'csv', 'xlsx'])
        .default('table'),
    )
    .option('--json', 'short for --format json')
    .option('--out <file>', 'write to this file; .xlsx makes it a workbook with totals, causes, every line and their file')
    .addHelpText('after', EXAMPLES)
    .action(async (agreement: string, options: Options, command: Command) => {
      const [{ withInstallation }, { reconcileBooks, reconciliationCsv, reconciliationJson }, { printReconciliation }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/reconciliation/reconcile.ts'),
        import('../reconciliation-tables.ts'),
      ]);
      const { rate, tolerance } = options;
      const period = periodFrom(options);
      const found = await withInstallation(installationOptions(command), ({ database }) =>
        reconcileBooks(database, { agreement, period, rates: rate, ...(tolerance === undefined ? {} : { tolerance }) }),
      );
      const isWorkbook = options.format === 'xlsx' || options.out?.toLowerCase().endsWith('.xlsx') === true;
      if (isWorkbook && options.json !== true) {
        if (options.out === undefined) command.error('error: a workbook needs --out', { exitCode: 2 });
        const [{ reconciliationWorkbook }, { writeWhole }] = await Promise.all([
          import('#app/reconciliation/workbook.ts'),
          import('#app/written-file.ts'),
        ]);
        await writeWhole(options.out, [await reconciliationWorkbook(found)]);
        process.stdout.write(`written: ${options.out}\n`);
        return;
      }
      const format = options.json === true ? 'json' : options.format;
      const text =
        format === 'json'
          ? reconciliationJson(found)
          : format === 'csv'
            ? reconciliationCsv(found)
            : printReconciliation(found, options.all === true);
      if (options.out === undefined) process.stdout.write(text);
      else {
        const { writeWhole } = await import('#app/written-file.ts');
        await writeWhole(options.out, [text]);
        process.stdout.write(`written: ${options.out}\n`);
      }
    });
  registerReconcileCalls(reconcile);
}
