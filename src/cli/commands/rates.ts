import { once } from 'node:events';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ImportCommand } from '#app/rates.ts';
import { installationOptions } from '../global-options.ts';

const collected = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

const IMPORT_HELP = `
The sheet is CSV or XLSX. Its header is found under a letterhead, and columns are recognised by their names; where they are not,
map them: --map "Dest Name=destination" or --map C=price. Fields: destination country countryCode areaCode code codeFrom codeTo
price price:BAND firstPrice nextPrice oldPrice band increments firstSeconds nextSeconds setupFee minimumCharge effective end
change currency comment ignore. docs/reference/rate-sheets.md has all of it.

Faults forbid the import; warnings do until they are accepted. All of the sheet is activated, or nothing.

Examples:
  $ carillon rates import northwind-nov.xlsx --agreement northwind-2026 --dry-run
  $ carillon rates import northwind-nov.xlsx --agreement northwind-2026 --mode full --effective 2026-11-01 --accept short-notice,price-factor
  $ carillon rates import sheet.csv --agreement acme --map "Satz=price" --decimal comma --save-template acme`;

/** `carillon rates`. */
export function register(program: Command): void {
  const rates = program.command('rates').description('import rate sheets of partners, and look at rates in force and before');
  registerImport(rates);
  registerShow(rates);
  registerHistory(rates);
  registerImports(rates);
  registerUndo(rates);
}

interface TargetOptions {
  readonly agreement: string;
  readonly direction?: string;
  readonly role?: string;
  readonly service?: string;
}

function withTarget(command: Command): Command {
  return command
    .requiredOption('--agreement <id>', 'agreement whose rates are meant')
    .option('--direction <direction>', 'outgoing (we pay) or incoming (they pay); needed when both have rates')
    .addOption(new Option('--role <role>', 'the direction by any role: retail, roaming-inbound, content …').conflicts('direction'))
    .option('--service <service>', 'voice, sms, mms, data, content or event; needed when several have rates');
}

function targetOf({ agreement, direction, role, service }: TargetOptions) {
  const wanted = role ?? direction;
  return { agreement, ...(wanted === undefined ? {} : { role: wanted }), ...(service === undefined ? {} : { service }) };
}

type Given = Omit<ImportCommand, 'agreement' | 'role' | 'service' | 'file'>;

/** Commander leaves out what was not given. */
interface ImportOptions extends TargetOptions, Partial<Given> {
  readonly limit: number;
  readonly json?: boolean;
}

function registerImport(rates: Command): void {
  withTarget(
    rates
      .command('import')
      .description('read a rate sheet, show what it changes, and activate all of it or nothing')
      .argument('<file>', 'CSV or XLSX file'),
  )
    .addOption(
      new Option('--mode <mode>', 'full: codes that the sheet leaves out are closed; amendment: they stay (default: amendment)').choices([
        'full',
        'amendment',
      ]),
    )
    .option('--effective <date>', 'local date for rows without one, and for codes that a full replacement leaves out')
    .option('--dry-run', 'check and show everything, change nothing')
    .option('--accept <warnings...>', 'warnings that are accepted, by the codes shown: short-notice,price-factor')
    .option('--accept-all', 'accept every warning')
    .option('--skip-rows <rows>', 'rows of the sheet to leave out: 12,15-20')
    .option('--template <name>', 'read it as this stored template says')
    .option('--save-template <name>', 'store how it was read, for the next sheet of this partner')
    .option('--map <column=field>', 'what a column holds, by its header or letter; can be repeated', collected)
    .option('--sheet <name>', 'sheet of a workbook (default: the only one with rates)')
    .option('--separator <character>', 'separator of delimited text; "tab" for tabs (default: found)')
    .option('--date-format <format>', 'dd/mm/yyyy or mm/dd/yyyy (default: found, when the dates show it)')
    .addOption(
      new Option('--decimal <mark>', 'decimal mark of prices (default: found, when the prices show it)').choices(['comma', 'point']),
    )
    .option('--zone <zone>', 'zone of the dates (default: the agreement’s)')
    .option('--increments <first/next>', 'seconds for rows without increments: 60/60')
    .option('--max-change-factor <factor>', 'warn of prices that change by more than this (default: 3)')
    .option('--notice-days <days>', 'warn of increases that count sooner (default: 7)')
    .option('--limit <number>', 'changes to show of each kind', wholeNumber, 10)
    .option('--json', 'print everything as one JSON object')
    .addHelpText('after', IMPORT_HELP)
    .action(async (file: string, options: ImportOptions, command: Command) => {
      const { withInstallation } = await import('#app/installation.ts');
      const { importRates } = await import('#app/rates.ts');
      const { importJson } = await import('#app/rates-output.ts');
      const { importText } = await import('../rates-text.ts');
      const { direction: _, role: __, agreement: ___, service: ____, limit, json, map, accept, acceptAll, dryRun, ...given } = options;
      const asked = {
        ...given,
        ...targetOf(options),
        file,
        map: map ?? [],
        accept: (accept ?? []).flatMap((codes) => codes.split(',')).filter((code) => code !== ''),
        acceptAll: acceptAll === true,
        dryRun: dryRun === true,
      };
      const { withSupersededCharges } = await import('#app/usage/superseded.ts');
      const { value: report, hints } = await withInstallation(installationOptions(command), ({ database }) =>
        withSupersededCharges(database, () => importRates(database, asked, nowMicros())),
      );
      await print(json === true ? `${JSON.stringify(importJson(report))}\n` : `${importText(report, limit)}${hints}`);
      if (report.outcome === 'faults' || report.outcome === 'warnings') process.exitCode = 1;
    });
}

function registerShow(rates: Command): void {
  withTarget(rates.command('show').description('rates in force'))
    .option('--code <digits>', 'codes that begin with it, and the code that prices it')
    .option('--at <time>', 'local date or instant (default: now)')
    .option('--as-known-at <time>', 'what was known at this instant (default: now)')
    .option('--limit <number>', 'rates to show', wholeNumber, 50)
    .option('--json', 'print one JSON object a rate')
    .addHelpText('after', '\nExample:\n  $ carillon rates show --agreement northwind-2026 --code 4477 --at 2026-11-01')
    .action(
      async (
        options: TargetOptions & { code?: string; at?: string; asKnownAt?: string; limit: number; json?: boolean },
        command: Command,
      ) => {
        const { withInstallation } = await import('#app/installation.ts');
        const { showRates } = await import('#app/rates-shown.ts');
        const { rateJson } = await import('#app/rates-output.ts');
        const { ratesText } = await import('../rates-shown-text.ts');
        const { code, at, asKnownAt, limit } = options;
        const question = {
          ...targetOf(options),
          limit,
          ...(code === undefined ? {} : { code }),
          ...(at === undefined ? {} : { at }),
          ...(asKnownAt === undefined ? {} : { asKnownAt }),
        };
        const shown = await withInstallation(installationOptions(command), ({ database }) => showRates(database, question, nowMicros()));
        await print(options.json === true ? lines(shown.rates.map(rateJson)) : ratesText(shown, code));
      },
    );
}

function registerHistory(rates: Command): void {
  withTarget(rates.command('history').description('all that was ever known of one code').argument('<code>', 'the code, digits'))
    .option('--json', 'print one JSON object a rate')
    .addHelpText('after', '\nExample:\n  $ carillon rates history 447700 --agreement northwind-2026')
    .action(async (code: string, options: TargetOptions & { json?: boolean }, command: Command) => {
      const { withInstallation } = await import('#app/installation.ts');
      const { showHistory } = await import('#app/rates-shown.ts');
      const { historyJson } = await import('#app/rates-output.ts');
      const { historyText } = await import('../rates-shown-text.ts');
      const shown = await withInstallation(installationOptions(command), ({ database }) =>
        showHistory(database, code, targetOf(options), nowMicros()),
      );
      await print(options.json === true ? lines(shown.rates.map(historyJson)) : historyText(shown));
    });
}

function registerImports(rates: Command): void {
  rates
    .command('imports')
    .description('the imports that there were, the latest first')
    .option('--agreement <id>', 'only of this agreement')
    .option('--json', 'print one JSON object an import')
    .addHelpText('after', '\nExample:\n  $ carillon rates imports --agreement northwind-2026')
    .action(async (options: { agreement?: string; json?: boolean }, command: Command) => {
      const { withInstallation } = await import('#app/installation.ts');
      const { showImports } = await import('#app/rates-shown.ts');
      const { recordJson } = await import('#app/rates-output.ts');
      const { importsText } = await import('../rates-shown-text.ts');
      const records = await withInstallation(installationOptions(command), ({ database }) => showImports(database, options.agreement));
      await print(options.json === true ? lines(records.map(recordJson)) : importsText(records));
    });
}

function registerUndo(rates: Command): void {
  rates
    .command('undo')
    .description('take the last import of a tariff back, by a new one that restores what was in force')
    .argument('<import>', 'its number', wholeNumber)
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nCharges already booked keep their price.\n\nExample:\n  $ carillon rates undo 7')
    .action(async (importId: number, options: { json?: boolean }, command: Command) => {
      const { withInstallation } = await import('#app/installation.ts');
      const { undoRates } = await import('#app/rates.ts');
      const undone = await withInstallation(installationOptions(command), ({ database }) => undoRates(database, importId));
      const { record, taken, restored } = undone;
      const text = `Import ${importId} (${record.fileName}) is taken back by import ${undone.importId}: ${taken} rate${taken === 1 ? '' : 's'} taken out, ${restored} restored.\n`;
      await print(options.json === true ? `${JSON.stringify({ import: undone.importId, undoes: importId, taken, restored })}\n` : text);
    });
}

/** The clock is read here, once, and handed on. */
function nowMicros(): number {
  return Date.now() * 1000;
}

function lines(objects: readonly object[]): string {
  return objects.map((object) => `${JSON.stringify(object)}\n`).join('');
}

async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}
