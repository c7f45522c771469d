import { type Command, InvalidArgumentError, Option } from 'commander';
import { example } from '../example.ts';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';
import { legalEntityOption, today } from './ledger.ts';

interface Options {
  readonly legalEntity?: string;
  readonly by?: string;
  readonly json?: boolean;
  readonly dated?: string;
  readonly dueBy?: string;
  readonly currency?: string;
  readonly party?: string;
  readonly refund?: string[];
  readonly fromAccount?: string;
  readonly execution?: string;
  readonly format: '09' | '03';
  readonly out: string;
  readonly why: string;
}

const by = ['--by <user>', 'who does it (the user of this system)'] as const;
const json = ['--json', 'print one JSON object, amounts exact'] as const;

const orderHelp = `
One transfer for each party and billing account: what we owe it in the currency, due by the day, less its credit notes. With --refund the
money that is left of payments is given back instead. Approved, it leaves the payables and stands in clearing until the bank's statement
shows the transfer, which names it (OUT-4-2). With ledger.fourEyes of the legal entity, somebody else must approve it.`;

/** `carillon payment order`, `orders`, `approve`, `reject`, `export`. */
export function registerOrders(payment: Command): void {
  payment
    .command('order')
    .description('propose what is to be paid: all that is due, or money to be given back')
    .option('--dated <day>', 'local day on which it is proposed (today)')
    .option('--due-by <day>', 'what is due by this day (that of --dated)')
    .option('--currency <currency>', 'what is owed in this currency (that of the legal entity)')
    .option('--party <id>', 'only to this party')
    .option('--refund <payment>', 'give back what is left of this payment (PAY-17); several times', (text: string, all: string[] = []) => [
      ...all,
      text,
    ])
    .option('--from-account <iban>', 'our bank account (the one configured for the currency)')
    .option('--execution <day>', 'on which the bank shall pay (that of --dated)')
    .option(...legalEntityOption)
    .option(...by)
    .option(...json)
    .addHelpText('after', orderHelp)
    .addHelpText('after', example('payment order --due-by 2026-11-15 --currency EUR'))
    .action(async (options: Options, command: Command) => {
      const { withInstallation, propose, tables } = await ordering();
      const { legalEntity, currency, party, refund, fromAccount } = options;
      const request = {
        dueBy: options.dueBy ?? options.dated ?? today(),
        day: options.execution ?? options.dated ?? today(),
        by: options.by ?? userName(),
        ...(legalEntity === undefined ? {} : { legalEntity }),
        ...(currency === undefined ? {} : { currency }),
        ...(party === undefined ? {} : { party }),
        ...(refund === undefined ? {} : { refunds: refund }),
        ...(fromAccount === undefined ? {} : { from: fromAccount }),
      };
      const order = await withInstallation(installationOptions(command), ({ database }) => propose(database, request));
      process.stdout.write(options.json === true ? tables.jsonText(order) : tables.printOrders([order]));
    });
  payment
    .command('orders')
    .description('orders of payments, and their state')
    .option('--legal-entity <id>', 'only this one of the operator’s companies')
    .option(...json)
    .addHelpText('after', example('payment orders'))
    .action(async (options: Options, command: Command) => {
      const { withInstallation, orders, tables } = await ordering();
      const all = await withInstallation(installationOptions(command), ({ database }) => orders(database, options.legalEntity));
      process.stdout.write(options.json === true ? tables.jsonText({ orders: all }) : tables.printOrders(all));
    });
  payment
    .command('approve')
    .description('approve an order, as the second person')
    .argument('<order>', 'its number', orderNumber)
    .option('--dated <day>', 'local day on which it is booked (today)')
    .option(...by)
    .addHelpText('after', example('payment approve 4'))
    .action(async (id: bigint, options: Options, command: Command) => {
      const { withInstallation, approve } = await ordering();
      const day = options.dated ?? today();
      const { lines } = await withInstallation(installationOptions(command), ({ database }) =>
        approve(database, id, day, options.by ?? userName()),
      );
      process.stdout.write(`order ${id}: approved, ${lines.length} transfers\n`);
    });
  payment
    .command('reject')
    .description('reject an order; it stays in the records')
    .argument('<order>', 'its number', orderNumber)
    .requiredOption('--why <text>', 'the words for the books')
    .option(...by)
    .addHelpText('after', example('payment reject 4 --why "disputed"'))
    .action(async (id: bigint, options: Options, command: Command) => {
      const { withInstallation, reject } = await ordering();
      await withInstallation(installationOptions(command), ({ database }) => reject(database, id, options.by ?? userName(), options.why));
      process.stdout.write(`order ${id}: rejected\n`);
    });
  payment
    .command('export')
    .description('write an approved order for the bank, as pain.001 of ISO 20022')
    .argument('<order>', 'its number', orderNumber)
    .addOption(new Option('--format <version>', 'version of pain.001.001').choices(['09', '03']).default('09'))
    .option('--out <place>', 'file or folder', '.')
    .addHelpText('after', example('payment export 4 --out outgoing/'))
    .action(async (id: bigint, options: Options, command: Command) => {
      const { withInstallation, writeOrder } = await ordering();
      const file = await withInstallation(installationOptions(command), ({ database }) =>
        writeOrder(database, id, options.format, options.out),
      );
      process.stderr.write(`written: ${file}\n`);
    });
}

async function ordering() {
  const [{ withInstallation }, all, ledger, own] = await Promise.all([
    import('#app/installation.ts'),
    import('#app/payments/orders.ts'),
    import('../ledger-tables.ts'),
    import('../payment-tables.ts'),
  ]);
  return { ...all, withInstallation, tables: { ...ledger, ...own } };
}

function orderNumber(text: string): bigint {
  if (!/^[1-9]\d{0,17}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return BigInt(text);
}
