import { once } from 'node:events';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { example } from '../example.ts';
import { installationOptions } from '../global-options.ts';
import { registerBooking } from './ledger-booking.ts';

/** `carillon ledger`. */
export function register(program: Command): void {
  const ledger = program
    .command('ledger')
    .description('the books: balances, open documents, journal, manual entries, closing, verification');
  registerReports(ledger);
  registerJournal(ledger);
  registerVerify(ledger);
  registerBooking(ledger);
}

export const legalEntityOption = ['--legal-entity <id>', 'one of the operator’s companies; needed when there are several'] as const;
const someEntity = ['--legal-entity <id>', 'only this one of the operator’s companies'] as const;
const json = ['--json', 'print one JSON object, amounts exact'] as const;

interface ReportOptions {
  readonly legalEntity?: string;
  readonly account?: string;
  readonly from?: string;
  readonly to?: string;
  readonly on?: string;
  readonly byService?: boolean;
  readonly days?: readonly number[];
  readonly json?: boolean;
}

function registerReports(ledger: Command): void {
  ledger
    .command('balance')
    .description('trial balance: every ledger account by currency')
    .option(...someEntity)
    .option('--from <day>', 'movements from this local day on; before it is the opening balance')
    .option('--to <day>', 'up to this local day, which is included')
    .option('--by-service', 'revenue and cost by service')
    .option(...json)
    .addHelpText('after', example('ledger balance --from 2026-10-01 --to 2026-10-31 --by-service'))
    .action(async (options: ReportOptions, command: Command) => {
      const { readTrialBalance, print, tables } = await reading();
      const balances = await print.open(command, ({ database }) => readTrialBalance(database, options));
      process.stdout.write(options.json === true ? tables.jsonText({ balances }) : tables.printTrialBalance(balances));
    });
  ledger
    .command('statement')
    .description('statement of a billing account: its movements with the running balance')
    .argument('<account>', 'id of the account')
    .option('--from <day>', 'from this local day on')
    .option('--to <day>', 'up to this local day, which is included')
    .option(...json)
    .addHelpText('after', example('ledger statement northwind-usd --from 2026-10-01'))
    .action(async (account: string, options: ReportOptions, command: Command) => {
      const { readAccountStatement, print, tables } = await reading();
      const statement = await print.open(command, ({ database }) => readAccountStatement(database, account, options));
      process.stdout.write(options.json === true ? tables.jsonText(statement) : tables.printAccountStatement(statement));
    });
  ledger
    .command('items')
    .description('documents that are open: what is owed to us and what we owe')
    .option(...someEntity)
    .option('--account <id>', 'only this billing account')
    .option('--on <day>', 'as it stood at the end of this day')
    .option(...json)
    .addHelpText('after', example('ledger items --account northwind-usd'))
    .action(async (options: ReportOptions, command: Command) => {
      const { readOpenItems, print, tables } = await reading();
      const items = await print.open(command, ({ database }) => readOpenItems(database, options));
      process.stdout.write(options.json === true ? tables.jsonText({ items }) : tables.printOpenItems(items));
    });
  ledger
    .command('ageing')
    .description('how many days past due what is open is, with what is disputed apart')
    .option(...someEntity)
    .option('--account <id>', 'only this billing account')
    .option('--on <day>', 'at the end of this day (today)')
    .option('--days <list>', 'last days of the buckets, such as 30,60,90', dayList)
    .option(...json)
    .addHelpText('after', example('ledger ageing --on 2026-10-31 --days 15,30,60'))
    .action(async (options: ReportOptions, command: Command) => {
      const { readAgeing, print, tables } = await reading();
      const on = options.on ?? today();
      const question = { ...options, on, ...(options.days === undefined ? {} : { bounds: options.days }) };
      const ageing = await print.open(command, ({ database }) => readAgeing(database, question));
      process.stdout.write(options.json === true ? tables.jsonText({ on, ageing }) : tables.printAgeing(ageing, on));
    });
}

async function reading() {
  const [{ withInstallation }, reports, tables] = await Promise.all([
    import('#app/installation.ts'),
    import('#app/ledger/reports.ts'),
    import('../ledger-tables.ts'),
  ]);
  const open = <T>(command: Command, work: Parameters<typeof withInstallation<T>>[1]): Promise<T> =>
    withInstallation(installationOptions(command), work);
  return { ...reports, tables, print: { open } };
}

const journalHelp = `
One row or object for each posting, in the order of the books. With ledger.chart of the legal entity in the configuration, code and
name are those of your own chart of accounts; without it, the code is the ledger account.

Example:
  $ carillon ledger journal --from 2026-10-01 --to 2026-10-31 --format csv --out books/`;

function registerJournal(ledger: Command): void {
  ledger
    .command('journal')
    .description('export of all postings as CSV or JSON, on your own chart of accounts')
    .option(...legalEntityOption)
    .option('--from <day>', 'entries of this local day and later')
    .option('--to <day>', 'up to this local day, which is included')
    .addOption(new Option('--format <format>', 'csv or json').choices(['csv', 'json']).default('csv'))
    .option('--out <place>', 'file or folder; standard output unless given')
    .addHelpText('after', journalHelp)
    .action(async (options: ReportOptions & { format: 'csv' | 'json'; out?: string }, command: Command) => {
      const [{ withInstallation }, { writeJournal }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/ledger/journal.ts'),
      ]);
      const sink = async (text: string): Promise<void> => {
        if (!process.stdout.write(text)) await once(process.stdout, 'drain');
      };
      const file = await withInstallation(installationOptions(command), ({ database }) => writeJournal(database, { ...options, sink }));
      if (file !== undefined) process.stderr.write(`written: ${file}\n`);
    });
}

const verifyHelp = `
Every hash and every sum is made again. For each legal entity the first bad entry is named: altered, missing, inserted, unbalanced, or
rewritten. Keep the anchor that is printed somewhere else: given back later, it proves that nothing up to it was made anew.

Examples:
  $ carillon ledger verify
  $ carillon ledger verify --anchor carillon-ie:1042:5f0c…`;

function registerVerify(ledger: Command): void {
  ledger
    .command('verify')
    .description('check that the ledger is as it was booked; names the first bad entry')
    .option(
      '--anchor <anchor>',
      'legal-entity:sequence:hash of an earlier run; several times',
      (value: string, all: string[]) => [...all, value],
      [],
    )
    .option(...json)
    .addHelpText('after', verifyHelp)
    .action(async ({ anchor, json: asJson }: { anchor: string[]; json?: boolean }, command: Command) => {
      const { verifyLedger, print, tables } = await reading();
      const verified = await print.open(command, ({ database }) => verifyLedger(database, anchor));
      process.stdout.write(asJson === true ? tables.jsonText(verified) : tables.printVerified(verified));
      if (!verified.holds) process.exitCode = 1;
    });
}

function dayList(text: string): readonly number[] {
  const days = text.split(',').map((part) => (/^[1-9]\d{0,3}$/.test(part.trim()) ? Number(part) : Number.NaN));
  const rising = days.every((day, index) => day > (days[index - 1] ?? 0));
  if (!rising) throw new InvalidArgumentError('It must be rising whole numbers, such as 30,60,90.');
  return days;
}

/** The local day of whoever runs the command. */
export function today(): string {
  return Temporal.Now.plainDateISO().toString();
}
