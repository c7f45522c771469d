/** `carillon partner-invoice import|enter|list|show|check|accept|refuse|reverse`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { example } from '../example.ts';
import { installationOptions } from '../global-options.ts';
import { type PeriodOptions, periodFrom } from '../period-options.ts';
import { today } from '../today.ts';
import { userName } from '../user-name.ts';

interface Dated {
  readonly dated?: string;
  readonly by?: string;
}

interface HeadOptions extends PeriodOptions, Dated {
  readonly agreement?: string;
  readonly service?: string;
  readonly kind?: 'invoice' | 'credit-note' | 'self-billed-invoice' | 'self-billed-credit-note';
  readonly corrects?: string;
  readonly number?: string;
  readonly issued?: string;
  readonly due?: string;
  readonly tax?: string;
  readonly currency?: string;
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

const importHelp = `
CSV and XLSX are read as declarations are; UBL 2.1 says number, dates, tax and days itself. A column that says of which agreement, service or
days a row is must be mapped: --map "Contract=agreement" --map "Month=period". One number of a party is taken in once.`;

const acceptHelp = `
Without an option it is accepted if it is no more off what we expect than the agreement’s tolerance, or as much as disputes leave of it.
What was expected of its days is taken back, the payable is booked; of a self-billed one the receivable. Where the legal entity wants two persons, a second one gives the command again.`;

/** `carillon partner-invoice`. */
export function register(program: Command): void {
  const invoice = program
    .command('partner-invoice')
    .description('invoices and credit notes that partners wrote: taken in, compared with what we expect, accepted, refused');
  registerTaking(invoice);
  registerReading(invoice);
  registerAccept(invoice);
  for (const [name, description] of [
    ['refuse', 'refuse an invoice: nothing is booked, what we expect stays'],
    ['reverse', 'take an acceptance back: every balance is as before, and it waits again'],
  ] as const)
    dated(invoice.command(name).description(description))
      .argument('<number>', 'number that it got here')
      .requiredOption('--reason <text>', 'why')
      .addHelpText('after', example(`partner-invoice ${name} 7 --reason "of another carrier"`))
      .action(async (id: string, options: Dated & { readonly reason: string }, command: Command) => {
        const [{ withInstallation }, { refuseOne, reverseOne }] = await Promise.all([
          import('#app/installation.ts'),
          import('#app/partner-invoices/decide.ts'),
        ]);
        const { day, by } = whenAndWho(options);
        const end = name === 'refuse' ? refuseOne : reverseOne;
        const file = await withInstallation(installationOptions(command), (home) => end(home, { id, reason: options.reason, day, by }));
        process.stdout.write(
          `${file.invoice.number} of ${file.invoice.party} ${name === 'refuse' ? 'is refused' : 'is taken back: it waits again'}\n`,
        );
      });
}

function headed(command: Command): Command {
  return dated(command)
    .option('--agreement <id>', 'of lines that do not say of which they are')
    .option('--period <period>', 'of lines that say no days: a day, ISO week, half-month, month or quarter')
    .option('--from <date>', 'first local day, with --to')
    .option('--to <date>', 'last local day')
    .option('--service <service>', 'of lines that do not say it; else that of the agreement where it is the only one')
    .addOption(
      new Option('--kind <kind>', 'what it is; self-billed: they wrote in our name what they owe us. A UBL file says it itself').choices([
        'invoice',
        'credit-note',
        'self-billed-invoice',
        'self-billed-credit-note',
      ]),
    )
    .option('--corrects <number>', 'credit notes: the invoice of theirs that it corrects')
    .option('--number <number>', 'their number')
    .option('--issued <day>', 'its date')
    .option('--due <day>', 'when it is due; default: by the agreement')
    .option('--tax <tax>', 'share of the net (23%) or amount (115.00)')
    .option('--currency <currency>', 'of its amounts; default: the agreement’s');
}

function dated(command: Command): Command {
  return command
    .option('--dated <day>', 'local day on which it is done (today)')
    .option('--by <name>', 'who does it; default: who runs the command');
}

function whenAndWho({ dated: day, by }: Dated) {
  const who = by ?? userName();
  return { day: day ?? today(), by: who, recorded: { atMicros: Date.now() * 1000, by: who } };
}

function headOf(options: HeadOptions) {
  const { agreement, service, kind, corrects, number, issued, due, tax, currency, period, from, to } = options;
  const days = period === undefined && from === undefined && to === undefined ? undefined : periodFrom(options);
  return {
    ...(agreement === undefined ? {} : { agreement }),
    ...(days === undefined ? {} : { period: { from: days.from, to: days.to } }),
    ...(service === undefined ? {} : { service }),
    ...(kind === undefined ? {} : { kind }),
    ...(corrects === undefined ? {} : { corrects }),
    ...(number === undefined ? {} : { number }),
    ...(issued === undefined ? {} : { dated: issued }),
    ...(due === undefined ? {} : { due }),
    ...(tax === undefined ? {} : { tax }),
    ...(currency === undefined ? {} : { currency }),
  };
}

function registerTaking(invoice: Command): void {
  headed(invoice.command('import').description('take in a file of theirs: UBL 2.1, CSV or XLSX').argument('<file>', 'their file'))
    .option(
      '--map <header=field>',
      'what a column holds, by its header or letter; besides the fields of declarations: agreement, service, period',
      collect,
      [],
    )
    .option('--sheet <name>', 'sheet of a workbook')
    .option('--separator <character>', 'separator of delimited text')
    .option('--decimal <mark>', 'comma or point, where the file does not show')
    .option('--date-format <format>', 'dd/mm/yyyy, mm/dd/yyyy or yyyy-mm-dd, where the file does not show')
    .option('--unit <unit>', 'seconds or minutes, where the header does not say')
    .option('--dry-run', 'only say how the file is read')
    .addHelpText('after', importHelp)
    .addHelpText(
      'after',
      example('partner-invoice import october.csv --agreement northwind-2026 --period 2026-10 --number 4711 --issued 2026-11-03 --tax 23%'),
    )
    .action(async (file: string, options: ImportOptions, command: Command) => {
      const [{ withInstallation }, { importInvoice }, { printTaken }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/partner-invoices/receive.ts'),
        import('../partner-invoice-tables.ts'),
      ]);
      const { map, sheet, separator, decimal, dateFormat, unit, dryRun } = options;
      const { day, recorded } = whenAndWho(options);
      const taken = await withInstallation(installationOptions(command), ({ database }) =>
        importInvoice(database, {
          ...{ ...headOf(options), file, map, day, recorded, dryRun: dryRun === true },
          ...(sheet === undefined ? {} : { sheet }),
          ...(separator === undefined ? {} : { separator }),
          ...(decimal === undefined ? {} : { decimal }),
          ...(dateFormat === undefined ? {} : { dateFormat }),
          ...(unit === undefined ? {} : { unit }),
        }),
      );
      process.stdout.write(printTaken(taken));
    });
  headed(invoice.command('enter').description('type an invoice in').argument('<lines...>', 'a line each'))
    .addHelpText(
      'after',
      example(
        'partner-invoice enter "Germany minutes=41000 amount=410.00" "Port fee amount=90.00" --agreement northwind-2026 --period 2026-10 --number 4711 --issued 2026-11-03',
      ),
    )
    .action(async (lines: string[], options: HeadOptions, command: Command) => {
      const [{ withInstallation }, { enterInvoice }, { printTaken }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/partner-invoices/receive.ts'),
        import('../partner-invoice-tables.ts'),
      ]);
      const { day, recorded } = whenAndWho(options);
      const taken = await withInstallation(installationOptions(command), ({ database }) =>
        enterInvoice(database, { ...headOf(options), lines, day, recorded }),
      );
      process.stdout.write(printTaken(taken));
    });
}

function registerReading(invoice: Command): void {
  invoice
    .command('list')
    .description('what came, the latest first')
    .option('--party <id>', 'only of this party')
    .option('--agreement <id>', 'only of this agreement')
    .option('--open', 'only what is not accepted or refused')
    .option('--json', 'print JSON')
    .addHelpText('after', example('partner-invoice list --open'))
    .action(async (options: { party?: string; agreement?: string; open?: boolean; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { listInvoices }, tables] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/partner-invoices/look-up.ts'),
        import('../partner-invoice-tables.ts'),
      ]);
      const { party, agreement, open, json } = options;
      const filter = { ...(party === undefined ? {} : { party }), ...(agreement === undefined ? {} : { agreement }) };
      const all = await withInstallation(installationOptions(command), ({ database }) => listInvoices(database, filter));
      process.stdout.write(tables.printInvoices(open === true ? all.filter(tables.isOpen) : all, json === true));
    });
  invoice
    .command('show')
    .description('an invoice with its lines and all that happened to it')
    .argument('<number>', 'number that it got here')
    .option('--json', 'print JSON')
    .addHelpText('after', example('partner-invoice show 7'))
    .action(async (id: string, options: { json?: boolean }, command: Command) => {
      const [{ withInstallation }, { showInvoice }, { printInvoice }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/partner-invoices/look-up.ts'),
        import('../partner-invoice-tables.ts'),
      ]);
      const file = await withInstallation(installationOptions(command), ({ database }) => showInvoice(database, id));
      process.stdout.write(printInvoice(file, options.json === true));
    });
  invoice
    .command('check')
    .description('an invoice beside what we expect of its days: amounts, tax, day of payment, and why they differ')
    .argument('<number>', 'number that it got here')
    .option('--rate <currency=rate>', 'units of the agreement’s currency for one of theirs', collect, [])
    .option('--json', 'print JSON')
    .addHelpText('after', example('partner-invoice check 7'))
    .action(async (id: string, options: { rate: readonly string[]; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { checkInvoice }, { printCheck }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/partner-invoices/look-up.ts'),
        import('../partner-invoice-tables.ts'),
      ]);
      const checked = await withInstallation(installationOptions(command), (home) => checkInvoice(home, id, options.rate));
      process.stdout.write(printCheck(checked, options.json === true));
    });
}

interface AcceptOptions extends Dated {
  readonly whole?: boolean;
  readonly undisputed?: string;
  readonly claim?: string;
  readonly reason?: string;
  readonly evidence: readonly string[];
  readonly respondDays: number;
  readonly beforeClose?: boolean;
  readonly moreToCome?: boolean;
  readonly taxAsInvoiced?: boolean;
}

function registerAccept(invoice: Command): void {
  dated(invoice.command('accept').description('book an invoice or credit note of theirs, whole or but for what is contested'))
    .argument('<number>', 'number that it got here')
    .option('--undisputed <amount>', 'accept so much of it, without tax; a dispute is raised over the rest')
    .option(
      '--claim <amount>',
      'of a self-billed one: so much that it leaves out, without tax, stays expected; a dispute is raised over it',
    )
    .option('--reason <text>', 'with --undisputed or --claim: why')
    .option('--evidence <file>', 'with --undisputed or --claim: a file to keep with the dispute', collect, [])
    .option('--respond-days <days>', 'with --undisputed or --claim: days within which they are to answer', wholeNumber, 30)
    .option('--whole', 'all of it, also where it is more or less than we expect')
    .option('--more-to-come', 'others of the same days will follow: take back only so much of what is expected')
    .option('--before-close', 'before its days are closed')
    .option('--tax-as-invoiced', 'with the tax that it has, whatever our rules say')
    .addHelpText('after', acceptHelp)
    .addHelpText('after', example('partner-invoice accept 7 --undisputed 500.00 --reason "60/60 was not agreed" --evidence evidence.json'))
    .action(async (id: string, options: AcceptOptions, command: Command) => {
      const [{ withInstallation }, { accept }, { printAccepted }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/partner-invoices/decide.ts'),
        import('../partner-invoice-tables.ts'),
      ]);
      const { undisputed, claim, reason, evidence, respondDays } = options;
      const accepted = await withInstallation(installationOptions(command), (home) =>
        accept(home, {
          ...{ id, evidence, respondDays, ...whenAndWho(options) },
          ...{ whole: options.whole === true, beforeClose: options.beforeClose === true },
          ...{ moreToCome: options.moreToCome === true, taxAsInvoiced: options.taxAsInvoiced === true },
          ...(undisputed === undefined ? {} : { undisputed }),
          ...(claim === undefined ? {} : { claim }),
          ...(reason === undefined ? {} : { reason }),
        }),
      );
      process.stdout.write(printAccepted(accepted));
    });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
