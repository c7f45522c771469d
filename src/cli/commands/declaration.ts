/** `carillon declaration import|enter|list|show`. */
import { type Command, Option } from 'commander';
import { formatNanos } from '#core/money/amount.ts';
import { installationOptions } from '../global-options.ts';
import { type PeriodOptions, periodFrom } from '../period-options.ts';
import { userName } from '../user-name.ts';

interface HeadOptions extends PeriodOptions {
  readonly side: string;
  readonly service: string;
  readonly currency?: string;
  readonly by?: string;
}

interface ImportOptions extends HeadOptions {
  readonly map: readonly string[];
  readonly sheet?: string;
  readonly separator?: string;
  readonly decimal?: string;
  readonly dateFormat?: string;
  readonly unit?: string;
  readonly dryRun?: boolean;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

function headed(command: Command): Command {
  return command
    .addOption(
      new Option('--side <side>', 'receivable: traffic they handed to us; payable: traffic they took')
        .choices(['receivable', 'payable'])
        .makeOptionMandatory(),
    )
    .option('--period <period>', 'a day, ISO week, half-month, month or quarter')
    .option('--from <date>', 'first local day, with --to')
    .option('--to <date>', 'last local day')
    .option('--service <service>', 'voice, sms, mms, data, content or event', 'voice')
    .option('--currency <currency>', 'currency of their amounts; default: the agreement’s')
    .option('--by <name>', 'who records it; default: who runs the command');
}

/** `carillon declaration`. */
export function register(program: Command): void {
  const declaration = program.command('declaration').description('a partner’s own figures, from files or typed in');
  headed(
    declaration
      .command('import')
      .description('take in a file of theirs (CSV or XLSX)')
      .argument('<agreement>', 'id of the agreement')
      .argument('<file>', 'their file'),
  )
    .option(
      '--map <header=field>',
      'what a column holds, by its header or letter: destination, code, day, hour, calls, raw, billed, rate, amount, currency, ignore',
      collect,
      [],
    )
    .option('--sheet <name>', 'sheet of a workbook')
    .option('--separator <character>', 'separator of delimited text')
    .option('--decimal <mark>', 'comma or point, where the file does not show')
    .option('--date-format <format>', 'dd/mm/yyyy, mm/dd/yyyy or yyyy-mm-dd, where the file does not show')
    .option('--unit <unit>', 'seconds or minutes, where the header does not say')
    .option('--dry-run', 'only say how the file is read')
    .addHelpText(
      'after',
      '\nColumns mapped for the partner’s last file are mapped again.\n\nExample:\n  $ carillon declaration import northwind-2026 october.xlsx --side payable --period 2026-10',
    )
    .action(async (agreement: string, file: string, options: ImportOptions, command: Command) => {
      const [{ withInstallation }, { importDeclaration }, { printImported, money }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/reconciliation/declarations.ts'),
        import('../reconciliation-tables.ts'),
      ]);
      const { map, sheet, separator, decimal, dateFormat, unit, dryRun } = options;
      const { id, isNew, read, currency } = await withInstallation(installationOptions(command), ({ database }) =>
        importDeclaration(database, {
          ...headOf(agreement, options),
          ...{ file, map, dryRun: dryRun === true },
          ...(sheet === undefined ? {} : { sheet }),
          ...(separator === undefined ? {} : { separator }),
          ...(decimal === undefined ? {} : { decimal }),
          ...(dateFormat === undefined ? {} : { dateFormat }),
          ...(unit === undefined ? {} : { unit }),
        }),
      );
      const amount = read.lines.reduce((sum, { amountNanos }) => sum + (amountNanos ?? 0n), 0n);
      process.stdout.write(
        printImported([
          ['columns', read.columns.map(([header, field]) => `${header} → ${field}`).join(', ')],
          ['lines', `${read.lines.length}${read.totals === 0 ? '' : `, and ${read.totals} totals that agree with them`}`],
          ['amount', `${money(amount)} ${currency}`],
          ['recorded', id === undefined ? 'no: dry run' : `declaration ${id}${isNew ? '' : ', which was there already'}`],
        ]),
      );
    });
  headed(
    declaration
      .command('enter')
      .description('type figures in')
      .argument('<agreement>', 'id of the agreement')
      .argument('<lines...>', 'a line each'),
  )
    .addHelpText(
      'after',
      '\nExample:\n  $ carillon declaration enter northwind-2026 "Germany calls=120 minutes=340.5 amount=12.30" "France amount=8.10" --side payable --period 2026-10',
    )
    .action(async (agreement: string, lines: string[], options: HeadOptions, command: Command) => {
      const [{ withInstallation }, { enterDeclaration }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/reconciliation/declarations.ts'),
      ]);
      const { id } = await withInstallation(installationOptions(command), ({ database }) =>
        enterDeclaration(database, { ...headOf(agreement, options), lines }),
      );
      process.stdout.write(`declaration ${id} recorded\n`);
    });
  declaration
    .command('list')
    .description('declarations that are recorded, the latest first')
    .argument('[agreement]', 'only of this agreement')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ carillon declaration list northwind-2026')
    .action(async (agreement: string | undefined, options: { json?: boolean }, command: Command) => {
      const [{ withInstallation }, { listDeclarations }, { printDeclarations }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/reconciliation/declarations.ts'),
        import('../reconciliation-tables.ts'),
      ]);
      const found = await withInstallation(installationOptions(command), ({ database }) => listDeclarations(database, agreement));
      process.stdout.write(options.json === true ? `${asJson(found)}\n` : printDeclarations(found));
    });
  declaration
    .command('show')
    .description('the lines of a declaration as JSON')
    .argument('<number>', 'number of the declaration')
    .addHelpText('after', '\nExample:\n  $ carillon declaration show 3')
    .action(async (id: string, _options: object, command: Command) => {
      const [{ withInstallation }, { showDeclaration }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/reconciliation/declarations.ts'),
      ]);
      const found = await withInstallation(installationOptions(command), ({ database }) => showDeclaration(database, id));
      process.stdout.write(`${asJson(found)}\n`);
    });
}

function headOf(agreement: string, options: HeadOptions) {
  const { side, service, currency, by } = options;
  return {
    ...{ agreement, side, service, period: periodFrom(options), by: by ?? userName(), nowMicros: Date.now() * 1000 },
    ...(currency === undefined ? {} : { currency }),
  };
}

/** Whole numbers as text; nanos as amounts. */
function asJson(value: unknown): string {
  return JSON.stringify(
    value,
    (key, each) => (typeof each !== 'bigint' ? each : /nanos$/i.test(key) ? formatNanos(each, 2) : String(each)),
    2,
  );
}
