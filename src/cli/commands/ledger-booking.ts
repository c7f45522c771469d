import { type Command, InvalidArgumentError } from 'commander';
import { example } from '../example.ts';
import { installationOptions } from '../global-options.ts';
import { periodFrom } from '../period-options.ts';
import { userName } from '../user-name.ts';
import { legalEntityOption, today } from './ledger.ts';

const by = ['--by <user>', 'who does it (the user of this system)'] as const;
const why = ['--why <text>', 'the words for the books'] as const;
const json = ['--json', 'print one JSON object, amounts exact'] as const;

interface BookingOptions {
  readonly legalEntity?: string;
  readonly by?: string;
  readonly why: string;
  readonly dated?: string;
  readonly period?: string;
  readonly from?: string;
  readonly json?: boolean;
}

const enterHelp = `
A CSV file with a header: entry, day, ledgerAccount, currency, debit, credit, and where needed description, account, agreement, service,
document, dueDay, taxCode, entityAmount. Rows with the same entry make one entry, whose debits and credits are equal. An entry that is
entered twice is booked once. With ledger.fourEyes of the legal entity it waits until a second person approves it.

The file:
  entry,day,description,ledgerAccount,account,document,currency,debit,credit
  M-17,2026-10-31,Fee of the bank for October,bank-charges,,,EUR,12.50,
  M-17,2026-10-31,,bank,,,EUR,,12.50

Example:
  $ carillon ledger enter entries.csv`;

/** The commands of `carillon ledger` that write. */
export function registerBooking(ledger: Command): void {
  registerEntering(ledger);
  registerWaiting(ledger);
  registerClosing(ledger);
}

function registerEntering(ledger: Command): void {
  const enter = (name: string, opening: boolean, description: string): Command =>
    ledger
      .command(name)
      .description(description)
      .argument('<file>', 'CSV file')
      .option(...legalEntityOption)
      .option(...by)
      .option(...json)
      .addHelpText('after', enterHelp)
      .action(async (file: string, options: BookingOptions, command: Command) => {
        const { withInstallation, enterTable, tables } = await booking();
        const request = { file, opening, by: options.by ?? userName(), ...only(options) };
        const entered = await withInstallation(installationOptions(command), ({ database }) => enterTable(database, request));
        process.stdout.write(options.json === true ? tables.jsonText(entered) : tables.printEntered(entered));
      });
  enter('enter', false, 'book manual entries from a table');
  enter('opening', true, 'book opening balances from a table; each is balanced against the ledger account opening');
  ledger
    .command('reverse')
    .description('take a manual entry, accrual, write-off or exchange difference back by its mirror')
    .argument('<kind>', 'kind of the entry: manual, opening, accrual, write-off, interest, exchange, deposit')
    .argument('<reference>', 'its reference')
    .requiredOption(...why)
    .option('--dated <day>', 'local day on which it is taken back (today)')
    .option(...legalEntityOption)
    .option(...by)
    .option(...json)
    .addHelpText('after', example('ledger reverse manual M-17 --why "booked twice"'))
    .action(async (kind: string, id: string, options: BookingOptions, command: Command) => {
      const { withInstallation, reverseEntry, tables } = await booking();
      const request = { kind, id, day: options.dated ?? today(), why: options.why, by: options.by ?? userName(), ...only(options) };
      const entered = await withInstallation(installationOptions(command), ({ database }) => reverseEntry(database, request));
      process.stdout.write(options.json === true ? tables.jsonText(entered) : tables.printEntered(entered));
    });
}

function registerWaiting(ledger: Command): void {
  ledger
    .command('waiting')
    .description('entries that wait for a second person')
    .option('--legal-entity <id>', 'only this one of the operator’s companies')
    .option(...json)
    .addHelpText('after', example('ledger waiting'))
    .action(async (options: BookingOptions, command: Command) => {
      const { withInstallation, listWaiting, tables } = await booking();
      const waiting = await withInstallation(installationOptions(command), ({ database }) => listWaiting(database, options.legalEntity));
      process.stdout.write(options.json === true ? tables.jsonText({ waiting }) : tables.printWaiting(waiting));
    });
  ledger
    .command('approve')
    .description('book entries that wait, as the second person: one after the other, up to the first that is refused')
    .argument('<numbers...>', 'their numbers', (text: string, all?: bigint[]) => [...(all ?? []), entryNumber(text)])
    .option(...by)
    .addHelpText('after', example('ledger approve 3', 'ledger approve 3 4 5 --by ann'))
    .action(async (ids: readonly bigint[], options: BookingOptions, command: Command) => {
      const { withInstallation, approve } = await booking();
      await withInstallation(installationOptions(command), async ({ database }) => {
        for (const id of ids) {
          const { entry } = await approve(database, id, options.by ?? userName());
          process.stdout.write(`${entry.cause.kind} ${entry.cause.id}, ${entry.day}: booked\n`);
        }
      });
    });
  ledger
    .command('reject')
    .description('refuse an entry that waits; it stays in the records')
    .argument('<number>', 'its number', entryNumber)
    .requiredOption(...why)
    .option(...by)
    .addHelpText('after', example('ledger reject 3 --why "wrong account"'))
    .action(async (id: bigint, options: BookingOptions, command: Command) => {
      const { withInstallation, reject } = await booking();
      const who = options.by ?? userName();
      const entry = await withInstallation(installationOptions(command), ({ database }) => reject(database, id, who, options.why));
      process.stdout.write(`${entry.cause.kind} ${entry.cause.id}, ${entry.day}: refused\n`);
    });
}

const closeHelp = `
Nothing is booked any more on a day of a closed period, by nobody: what belongs there is booked on the first open day and points back.
A period before the last closed one is closed with it. Entries that wait for a second person stand in the way.

Example:
  $ carillon ledger close --period 2026-10 --why "October reported"`;

function registerClosing(ledger: Command): void {
  ledger
    .command('close')
    .description('close the books of a legal entity up to the end of a period')
    .requiredOption('--period <period>', 'a month (2026-10), quarter or day, which is over')
    .option('--dated <day>', 'local day on which it is closed (today)')
    .requiredOption(...why)
    .option(...legalEntityOption)
    .option(...by)
    .addHelpText('after', closeHelp)
    .action(async (options: BookingOptions, command: Command) => {
      const { withInstallation, close } = await booking();
      const { to } = periodFrom({ period: options.period ?? '' });
      const request = { firstOpen: to, day: options.dated ?? today(), why: options.why, by: options.by ?? userName(), ...only(options) };
      const { legalEntity, closed } = await withInstallation(installationOptions(command), ({ database }) => close(database, request));
      const said = closed ? 'closed' : 'closed already';
      process.stdout.write(`${legalEntity}: ${options.period} is ${said}; the first open day is not before ${to}\n`);
    });
  ledger
    .command('reopen')
    .description('open closed books again from a day on; who and why stays in the records')
    .requiredOption('--from <day>', 'first local day that is open again')
    .requiredOption(...why)
    .option(...legalEntityOption)
    .option(...by)
    .addHelpText('after', example('ledger reopen --from 2026-10-01 --why "invoice of the auditor"'))
    .action(async (options: BookingOptions & { from: string }, command: Command) => {
      const { withInstallation, reopen } = await booking();
      const request = { firstOpen: options.from, why: options.why, by: options.by ?? userName(), ...only(options) };
      const legalEntity = await withInstallation(installationOptions(command), ({ database }) => reopen(database, request));
      process.stdout.write(`${legalEntity}: open again from ${options.from} on\n`);
    });
  ledger
    .command('periods')
    .description('what was closed and opened again, by whom and why')
    .option('--legal-entity <id>', 'only this one of the operator’s companies')
    .option(...json)
    .addHelpText('after', example('ledger periods'))
    .action(async (options: BookingOptions, command: Command) => {
      const [{ withInstallation, tables }, { readClosings }] = await Promise.all([booking(), import('#app/ledger/reports.ts')]);
      const closings = await withInstallation(installationOptions(command), ({ database }) => readClosings(database, options.legalEntity));
      process.stdout.write(options.json === true ? tables.jsonText({ closings }) : tables.printClosings(closings));
    });
}

async function booking() {
  const [{ withInstallation }, all, tables] = await Promise.all([
    import('#app/installation.ts'),
    import('#app/ledger/booking.ts'),
    import('../ledger-tables.ts'),
  ]);
  return { ...all, withInstallation, tables };
}

function only({ legalEntity }: BookingOptions): { readonly legalEntity?: string } {
  return legalEntity === undefined ? {} : { legalEntity };
}

function entryNumber(text: string): bigint {
  if (!/^[1-9]\d{0,17}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return BigInt(text);
}
