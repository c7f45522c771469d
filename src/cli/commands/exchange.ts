import { type Command, Option } from 'commander';
import { example } from '../example.ts';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';
import { legalEntityOption, today } from './ledger.ts';

interface Options {
  readonly source: string;
  readonly day?: string;
  readonly on?: string;
  readonly by?: string;
  readonly replace?: string;
  readonly legalEntity?: string;
  readonly agreement?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

const source = ['--source <name>', 'name of the source', 'ecb'] as const;
const by = ['--by <user>', 'who does it (the user of this system)'] as const;
const replace = ['--replace <why>', 'replace rates that stand with another value, for this reason'] as const;
const json = ['--json', 'print one JSON object, amounts exact'] as const;

const importHelp = `
Files: the ECB's CSV (a day, or all days) and XML, in which each rate is that of one euro; or CSV with the columns day, of, in, rate,
where one unit of "of" is worth "rate" units of "in".

Examples:
  $ carillon exchange import eurofxref-hist.csv
  $ carillon exchange import rates-october.csv --source central-bank`;

/** `carillon exchange`. */
export function register(program: Command): void {
  const exchange = program.command('exchange').description('rates of exchange by source and day, and differences at a period’s end');
  exchange
    .command('import')
    .description('take rates in from a file, all or nothing')
    .argument('<file>', 'CSV or XML file')
    .option(...source)
    .option(...replace)
    .option(...by)
    .option(...json)
    .addHelpText('after', importHelp)
    .action(async (file: string, options: Options, command: Command) => {
      const { withInstallation, importRates, tables } = await rates();
      const request = { file, source: options.source, by: options.by ?? userName(), ...reason(options) };
      const added = await withInstallation(installationOptions(command), ({ database }) => importRates(database, request));
      const said = `${options.source}: ${added.added} rates added, ${added.unchanged} known, ${added.replaced} replaced\n`;
      process.stdout.write(options.json === true ? tables.jsonText(added) : said);
    });
  exchange
    .command('set')
    .description('give one rate by hand: exchange set 2026-10-30 EUR USD 1.0850')
    .argument('<day>', 'local day')
    .argument('<of>', 'one unit of this currency …')
    .argument('<in>', '… is worth so many of this one')
    .argument('<rate>', 'how many')
    .option('--source <name>', 'name of the source', 'manual')
    .option(...replace)
    .option(...by)
    .addHelpText('after', example('exchange set 2026-10-30 EUR USD 1.0850'))
    .action(async (day: string, of: string, into: string, rate: string, options: Options, command: Command) => {
      const { withInstallation, setRate } = await rates();
      const request = { source: options.source, day, of, into, rate, by: options.by ?? userName(), ...reason(options) };
      const added = await withInstallation(installationOptions(command), ({ database }) => setRate(database, request));
      const what = added.unchanged === 1 ? 'known already' : added.replaced === 1 ? 'replaced' : 'added';
      process.stdout.write(`${options.source}, ${day}: 1 ${of} = ${rate} ${into}, ${what}\n`);
    });
  exchange
    .command('rates')
    .description('rates of a source in force')
    .requiredOption('--from <day>', 'from this day on')
    .requiredOption('--to <day>', 'up to this day, which is included')
    .option(...source)
    .option(...json)
    .addHelpText('after', example('exchange rates --from 2026-10-01 --to 2026-10-31'))
    .action(async (options: Options & { from: string; to: string }, command: Command) => {
      const { withInstallation, listRates, tables } = await rates();
      const found = await withInstallation(installationOptions(command), ({ database }) =>
        listRates(database, options.source, options.from, options.to),
      );
      process.stdout.write(tables.printRates(found, options.json === true));
    });
  exchange
    .command('show')
    .description('how one currency becomes another on a day, by the rules of a legal entity or agreement')
    .argument('<from>', 'currency')
    .argument('<to>', 'currency')
    .option('--on <day>', 'local day (today)')
    .addOption(new Option('--day <day>').hideHelp())
    .option('--agreement <id>', 'by the rules of this agreement, where it has its own')
    .option(...legalEntityOption)
    .option(...json)
    .addHelpText('after', example('exchange show USD EUR --on 2026-10-30'))
    .action(async (from: string, to: string, options: Options, command: Command) => {
      const { withInstallation, findRate, tables } = await rates();
      const { legalEntity, agreement } = options;
      const day = options.on ?? options.day ?? today();
      const question = {
        from,
        to,
        day,
        ...(legalEntity === undefined ? {} : { legalEntity }),
        ...(agreement === undefined ? {} : { agreement }),
      };
      const { conversion } = await withInstallation(installationOptions(command), ({ database }) => findRate(database, question));
      process.stdout.write(tables.printConversion(conversion, options.json === true));
    });
  registerRevalue(exchange);
}

const revalueHelp = `
What stands in other currencies than the legal entity's own is worth more or less at the rates of the day: the difference is booked
as unrealised, and taken back on the next day. Do it before the period is closed.

Example:
  $ carillon exchange revalue --day 2026-10-31`;

function registerRevalue(exchange: Command): void {
  exchange
    .command('revalue')
    .description('book unrealised differences of exchange at a period’s end, and their reversal on the next day')
    .requiredOption('--day <day>', 'last local day of the period')
    .option(...legalEntityOption)
    .option(...by)
    .option(...json)
    .addHelpText('after', revalueHelp)
    .action(async (options: Options & { day: string }, command: Command) => {
      const { withInstallation, revalueBalances, tables } = await rates();
      const { legalEntity, day } = options;
      const request = { day, by: options.by ?? userName(), ...(legalEntity === undefined ? {} : { legalEntity }) };
      const revalued = await withInstallation(installationOptions(command), ({ database }) => revalueBalances(database, request));
      process.stdout.write(tables.printRevalued(revalued, options.json === true));
    });
}

async function rates() {
  const [{ withInstallation }, all, own, ledger] = await Promise.all([
    import('#app/installation.ts'),
    import('#app/exchange/rates.ts'),
    import('../exchange-tables.ts'),
    import('../ledger-tables.ts'),
  ]);
  return { ...all, withInstallation, tables: { ...ledger, ...own } };
}

function reason({ replace: why }: Options): { readonly replaceWhy?: string } {
  return why === undefined ? {} : { replaceWhy: why };
}
