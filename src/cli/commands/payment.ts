import { type Command, Option } from 'commander';
import { example } from '../example.ts';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';
import { legalEntityOption, today } from './ledger.ts';
import { registerOrders } from './payment-orders.ts';

interface Options {
  readonly legalEntity?: string;
  readonly by?: string;
  readonly json?: boolean;
  readonly dated?: string;
  readonly account?: string;
  readonly amount?: string;
  readonly why: string;
}

const by = ['--by <user>', 'who does it (the user of this system)'] as const;
const json = ['--json', 'print one JSON object, amounts exact'] as const;
const dated = ['--dated <day>', 'local day on which it is booked (today)'] as const;
const why = ['--why <text>', 'the words for the books'] as const;

/** `carillon payment`. */
export function register(program: Command): void {
  const payment = program
    .command('payment')
    .description('money in and out: bank files, matching, allocation, write-off, interest, orders to the bank');
  registerTaking(payment);
  registerLooking(payment);
  registerSettling(payment);
  registerWriteOff(payment);
  registerInterest(payment);
  registerOrders(payment);
}

const importHelp = `
camt.052, camt.053 or camt.054 of ISO 20022, versions 02 to 13. A file that was taken before changes nothing, and an entry that came in a
notification is not taken again from the statement. What is certain is settled at once, the rest is suggested.`;

function registerTaking(payment: Command): void {
  payment
    .command('import')
    .description('take the payments of a bank’s file in: statement or notification of ISO 20022')
    .argument('<file>', 'XML file')
    .option('--legal-entity <id>', 'whose bank account it is, where the configuration does not say')
    .option(...by)
    .option(...json)
    .addHelpText('after', importHelp)
    .addHelpText('after', example('payment import statement-2026-10-30.xml'))
    .action(async (file: string, options: Options, command: Command) => {
      const { withInstallation, takeFile, tables } = await taking();
      const request = { file, by: options.by ?? userName(), ...entity(options) };
      const taken = await withInstallation(installationOptions(command), ({ database }) => takeFile(database, request));
      process.stdout.write(options.json === true ? tables.jsonText(taken) : tables.printTakenFile(taken));
    });
  payment
    .command('enter')
    .description('a payment by hand: cash, cheque, another system')
    .argument('<reference>', 'its own reference; the same one is taken once')
    .argument('<amount>', 'as 119.00')
    .argument('<currency>', 'as EUR')
    .option('--account <id>', 'billing account that it belongs to; found by what it says unless given')
    .option('--out', 'money that left')
    .option('--says <text>', 'what it says, several times', (text: string, all: string[]) => [...all, text], [])
    .option('--name <name>', 'name of the payer')
    .option(...dated)
    .option(...legalEntityOption)
    .option(...by)
    .option(...json)
    .addHelpText('after', example('payment enter cheque-4711 119.00 EUR --account northwind-eur --says INV-2026-000017'))
    .action(
      async (
        reference: string,
        amount: string,
        currency: string,
        options: Options & { out?: boolean; says: string[]; name?: string },
        command: Command,
      ) => {
        const { withInstallation, enterPayment, tables } = await taking();
        const { account, name } = options;
        const request = {
          reference,
          amount,
          currency,
          direction: options.out === true ? ('out' as const) : ('in' as const),
          day: options.dated ?? today(),
          said: options.says,
          by: options.by ?? userName(),
          ...(account === undefined ? {} : { account }),
          ...(name === undefined ? {} : { name }),
          ...entity(options),
        };
        const taken = await withInstallation(installationOptions(command), ({ database }) => enterPayment(database, request));
        process.stdout.write(options.json === true ? tables.jsonText(taken) : tables.printTaken(taken));
      },
    );
}

function registerLooking(payment: Command): void {
  payment
    .command('list')
    .description('payments of which something is left')
    .option('--legal-entity <id>', 'only this one of the operator’s companies')
    .option(...json)
    .addHelpText('after', example('payment list'))
    .action(async (options: Options, command: Command) => {
      const { withInstallation, unsettledPayments, tables } = await taking();
      const payments = await withInstallation(installationOptions(command), ({ database }) =>
        unsettledPayments(database, options.legalEntity),
      );
      process.stdout.write(options.json === true ? tables.jsonText({ payments }) : tables.printUnsettled(payments));
    });
  payment
    .command('show')
    .description('a payment, what is left of it, and what it may be for')
    .argument('<payment>', 'PAY-17')
    .option(...json)
    .addHelpText('after', example('payment show PAY-17'))
    .action(async (text: string, options: Options, command: Command) => {
      const { withInstallation, showPayment, paymentNumber, tables } = await taking();
      const id = paymentNumber(text);
      const shown = await withInstallation(installationOptions(command), ({ database }) => showPayment(database, id));
      process.stdout.write(options.json === true ? tables.jsonText(shown) : tables.printPayment(shown));
    });
}

function registerSettling(payment: Command): void {
  payment
    .command('assign')
    .description('say to which billing account a payment belongs')
    .argument('<payment>', 'PAY-17')
    .argument('<account>', 'id of the account')
    .option(...dated)
    .option(...by)
    .addHelpText('after', example('payment assign PAY-17 northwind-usd'))
    .action(async (text: string, account: string, options: Options, command: Command) => {
      const { withInstallation, assign, paymentNumber } = await taking();
      const request = { payment: paymentNumber(text), account, day: options.dated ?? today(), by: options.by ?? userName() };
      await withInstallation(installationOptions(command), ({ database }) => assign(database, request));
      process.stdout.write(`PAY-${request.payment} belongs to ${account}\n`);
    });
  payment
    .command('allocate')
    .description('settle documents with a payment, or with the credit of a document: the ones named, or all that are open of the account')
    .argument('<from>', 'PAY-17; or the number of a document that has a credit since a credit note')
    .argument('[documents...]', 'numbers of invoices')
    .addOption(
      new Option('--rule <rule>', 'how it is shared out (that of the account, else oldest-first)').choices(['oldest-first', 'pro-rata']),
    )
    .option('--account <id>', 'billing account, where the payment has none yet')
    .option('--amount <amount>', 'so much of the payment, in its currency (all that is left)')
    .option(...dated)
    .option('--legal-entity <id>', 'of a document with a credit: which of the operator’s companies')
    .option(...by)
    .option(...json)
    .addHelpText(
      'after',
      example(
        'payment allocate PAY-17 INV-2026-000017',
        'payment allocate PAY-17 --rule pro-rata --amount 500.00',
        'payment allocate INV-2026-000012 INV-2026-000017',
      ),
    )
    .action(async (from: string, documents: string[], options: Options & { rule?: 'oldest-first' | 'pro-rata' }, command: Command) => {
      const { withInstallation, allocate, tables } = await taking();
      const { account, amount, rule } = options;
      const request = {
        from,
        ...entity(options),
        ...(rule === undefined ? {} : { rule }),
        day: options.dated ?? today(),
        by: options.by ?? userName(),
        ...(documents.length === 0 ? {} : { documents }),
        ...(account === undefined ? {} : { account }),
        ...(amount === undefined ? {} : { amount }),
      };
      const allocated = await withInstallation(installationOptions(command), ({ database }) => allocate(database, request));
      process.stdout.write(options.json === true ? tables.jsonText(allocated) : tables.printAllocated(allocated));
    });
  payment
    .command('return')
    .description('say what a payment is the return of: what that had settled is open again')
    .argument('<payment>', 'PAY-31, the money that came or went back')
    .requiredOption('--of <reference>', 'PAY-17, or OUT-4-1 of an order')
    .option(...dated)
    .option(...by)
    .addHelpText('after', example('payment return PAY-31 --of PAY-17'))
    .action(async (text: string, options: Options & { of: string }, command: Command) => {
      const { withInstallation, returned, paymentNumber } = await taking();
      const request = { payment: paymentNumber(text), of: options.of, day: options.dated ?? today(), by: options.by ?? userName() };
      await withInstallation(installationOptions(command), ({ database }) => returned(database, request));
      process.stdout.write(`PAY-${request.payment} is the return of ${options.of}\n`);
    });
  payment
    .command('unallocate')
    .description('take an allocation (PAY-17/2) or a set-off (NET-3) back')
    .argument('<allocation>', 'its reference')
    .requiredOption(...why)
    .option(...dated)
    .option(...legalEntityOption)
    .option(...by)
    .addHelpText('after', example('payment unallocate PAY-17/2 --why "meant for another invoice"'))
    .action(async (id: string, options: Options, command: Command) => {
      const { withInstallation, undo } = await taking();
      const request = { id, why: options.why, day: options.dated ?? today(), by: options.by ?? userName(), ...entity(options) };
      await withInstallation(installationOptions(command), ({ database }) => undo(database, request));
      process.stdout.write(`${id}: taken back\n`);
    });
}

function registerWriteOff(payment: Command): void {
  payment
    .command('write-off')
    .description('take what is open of a document off the books')
    .argument('<document>', 'number of the invoice')
    .requiredOption(...why)
    .option('--amount <amount>', 'so much of it, with --currency (all that is open)')
    .option('--currency <currency>', 'currency of the amount')
    .option(...dated)
    .option(...legalEntityOption)
    .option(...by)
    .option(...json)
    .addHelpText('after', example('payment write-off INV-2026-000017 --why "bankrupt"'))
    .action(async (document: string, options: Options & { currency?: string }, command: Command) => {
      const { withInstallation, writeOff, tables } = await taking();
      const { amount, currency } = options;
      const request = {
        document,
        why: options.why,
        day: options.dated ?? today(),
        by: options.by ?? userName(),
        ...(amount === undefined ? {} : { amount: { text: amount, currency: currency ?? '' } }),
        ...entity(options),
      };
      const entered = await withInstallation(installationOptions(command), ({ database }) => writeOff(database, request));
      process.stdout.write(options.json === true ? tables.jsonText(entered) : tables.printEntered(entered));
    });
}

const interestHelp = `
Simple interest from the day after the due day, on what was open at the end of each day, at a rate a year of 365 days, rounded once.`;

function registerInterest(payment: Command): void {
  payment
    .command('interest')
    .description('interest on a document that was paid late, or is not paid yet')
    .argument('<document>', 'number of the invoice')
    .requiredOption('--percent <rate>', 'per cent a year, as 9.12')
    .option('--until <day>', 'last day that bears interest (today)')
    .option('--book', 'claim it: a receivable of its own')
    .option(...legalEntityOption)
    .option(...by)
    .option(...json)
    .addHelpText('after', interestHelp)
    .addHelpText('after', example('payment interest INV-2026-000017 --percent 9.12 --until 2026-12-31 --book'))
    .action(async (document: string, options: Options & { percent: string; until?: string; book?: boolean }, command: Command) => {
      const { withInstallation, interest, tables } = await taking();
      const isBooked = options.book === true;
      const request = {
        document,
        percent: options.percent,
        until: options.until ?? today(),
        book: isBooked,
        by: options.by ?? userName(),
        ...entity(options),
      };
      const found = await withInstallation(installationOptions(command), ({ database }) => interest(database, request));
      process.stdout.write(options.json === true ? tables.jsonText(found) : tables.printInterest(found, isBooked));
    });
}

async function taking() {
  const [{ withInstallation }, take, settle, ledger, own] = await Promise.all([
    import('#app/installation.ts'),
    import('#app/payments/take.ts'),
    import('#app/payments/settle.ts'),
    import('../ledger-tables.ts'),
    import('../payment-tables.ts'),
  ]);
  return { ...take, ...settle, withInstallation, tables: { ...ledger, ...own } };
}

function entity({ legalEntity }: Options): { readonly legalEntity?: string } {
  return legalEntity === undefined ? {} : { legalEntity };
}
