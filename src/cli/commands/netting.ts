import { type Command, Option } from 'commander';
import { type DocumentLanguage, documentLanguages } from '#core/parties/invoicing-terms.ts';
import { example } from '../example.ts';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';
import { legalEntityOption, today } from './ledger.ts';

interface Options {
  readonly legalEntity?: string;
  readonly currency?: string;
  readonly dueBy?: string;
  readonly account?: string[];
  readonly remainderDue?: string;
  readonly side: 'us' | 'them';
  readonly rate: string[];
  readonly dated?: string;
  readonly by?: string;
  readonly why: string;
  readonly json?: boolean;
}

const by = ['--by <user>', 'who does it (the user of this system)'] as const;
const json = ['--json', 'print one JSON object, amounts exact'] as const;
const dated = ['--dated <day>', 'local day of the rates and of booking (today)'] as const;

const proposeHelp = `
What is open on both sides, over all agreements, accounts and currencies of the party, the oldest first: the smaller side is set off whole.
Nothing is booked before both sides confirmed it: carillon netting confirm, or carillon netting agree for both at once. What remains stays
on its documents; with --remainder-due it becomes one receivable or payable under the netting's number, to be paid as one.`;

const nettedHelp = `
For agreements with \`settlement: {netting: netted}\`, after their periods are closed. An account with nothing open on one side is passed over,
and so is a party for which a proposal waits: the command may be given again.`;

/** `carillon netting`. */
export function register(program: Command): void {
  const netting = program.command('netting').description('set off what a party owes against what it is owed');
  netting
    .command('propose')
    .description('show and keep a proposal for a party')
    .argument('<party>', 'id of the party')
    .option('--currency <currency>', 'currency of the netting (that of the legal entity)')
    .option('--due-by <day>', 'only what is due by this day')
    .option('--account <id>', 'only this billing account; several times', (text: string, all: string[] = []) => [...all, text])
    .option('--remainder-due <day>', 'what remains becomes one item, NET-3, due on this day (it stays on its documents)')
    .option('--rate <rate>', 'rate agreed for it: EUR=1.0850; several times', (text: string, all: string[]) => [...all, text], [])
    .option(...dated)
    .option(...legalEntityOption)
    .option(...by)
    .option(...json)
    .addHelpText('after', proposeHelp)
    .addHelpText('after', example('netting propose northwind --currency USD --rate EUR=1.0850'))
    .action(async (party: string, options: Options, command: Command) => {
      const { withInstallation, propose, tables } = await netted();
      const { legalEntity, currency, dueBy, account, remainderDue } = options;
      const request = {
        party,
        rates: options.rate,
        day: options.dated ?? today(),
        by: options.by ?? userName(),
        ...(legalEntity === undefined ? {} : { legalEntity }),
        ...(currency === undefined ? {} : { currency }),
        ...(dueBy === undefined ? {} : { dueBy }),
        ...(account === undefined ? {} : { accounts: account }),
        ...(remainderDue === undefined ? {} : { oneItemDue: remainderDue }),
      };
      const row = await withInstallation(installationOptions(command), ({ database }) => propose(database, request));
      process.stdout.write(options.json === true ? tables.jsonText(row) : tables.printNetting(row));
    });
  netting
    .command('propose-netted')
    .description('a proposal for each account whose agreement is settled netted, in its currency')
    .option('--due-by <day>', 'only what is due by this day')
    .option(...dated)
    .option(...legalEntityOption)
    .option(...by)
    .option(...json)
    .addHelpText('after', nettedHelp)
    .addHelpText('after', example('netting propose-netted --dated 2026-11-10'))
    .action(async ({ legalEntity, dueBy, ...options }: Options, command: Command) => {
      const { withInstallation, proposeNetted, tables } = await netted();
      const request = {
        ...{ day: options.dated ?? today(), by: options.by ?? userName() },
        ...(legalEntity === undefined ? {} : { legalEntity }),
        ...(dueBy === undefined ? {} : { dueBy }),
      };
      const rows = await withInstallation(installationOptions(command), ({ database }) => proposeNetted(database, request));
      process.stdout.write(options.json === true ? tables.jsonText({ nettings: rows }) : tables.printNettings(rows));
    });
  for (const [name, description] of [
    ['agree', 'both sides agreed: book a proposal as set-off'],
    ['cancel', 'cancel a proposal; it stays in the records'],
  ] as const) {
    netting
      .command(name)
      .description(description)
      .argument('<netting>', 'NET-3')
      .requiredOption('--why <text>', 'who agreed and how, or why it is cancelled')
      .option(...dated)
      .option(...by)
      .option(...json)
      .addHelpText('after', example(`netting ${name} NET-3 --why "mail of Ms Okafor, 12 November"`))
      .action(async (text: string, options: Options, command: Command) => {
        const { withInstallation, agree, cancel, nettingNumber, tables } = await netted();
        const request = { id: nettingNumber(text), why: options.why, day: options.dated ?? today(), by: options.by ?? userName() };
        const decide = name === 'agree' ? agree : cancel;
        const row = await withInstallation(installationOptions(command), ({ database }) => decide(database, request));
        process.stdout.write(options.json === true ? tables.jsonText(row) : tables.printNetting(row));
      });
  }
  netting
    .command('confirm')
    .description('one side confirms a proposal; it is booked as set-off when both did')
    .argument('<netting>', 'NET-3')
    .addOption(new Option('--side <side>', 'whose confirmation it is').choices(['us', 'them']).makeOptionMandatory())
    .requiredOption('--why <text>', 'who confirmed it and how')
    .option(...dated)
    .option(...by)
    .option(...json)
    .addHelpText('after', example('netting confirm NET-3 --side them --why "mail of Ms Okafor, 12 November"'))
    .action(async (text: string, options: Options, command: Command) => {
      const { withInstallation, confirm, nettingNumber, tables } = await netted();
      const request = { id: nettingNumber(text), why: options.why, day: options.dated ?? today(), by: options.by ?? userName() };
      const row = await withInstallation(installationOptions(command), ({ database }) => confirm(database, request, options.side));
      process.stdout.write(options.json === true ? tables.jsonText(row) : tables.printNetting(row));
    });
  netting
    .command('note')
    .description('the note of a netting for the party, as PDF: what is set off, and what remains')
    .argument('<netting>', 'NET-3')
    .option('--out <place>', 'file or folder', '.')
    .addOption(new Option('--language <code>', 'of the note (that of the party)').choices(documentLanguages))
    .addHelpText('after', example('netting note NET-3 --out outgoing/'))
    .action(async (text: string, options: { out: string; language?: DocumentLanguage }, command: Command) => {
      const [{ withInstallation, nettingNumber }, { writeNettingNote }] = await Promise.all([
        netted(),
        import('#app/payments/netting-note.ts'),
      ]);
      const id = nettingNumber(text);
      const file = await withInstallation(installationOptions(command), ({ database }) =>
        writeNettingNote(database, id, options.out, options.language),
      );
      process.stderr.write(`written: ${file}\n`);
    });
  netting
    .command('list')
    .description('proposals and what became of them')
    .option('--legal-entity <id>', 'only this one of the operator’s companies')
    .option(...json)
    .addHelpText('after', example('netting list'))
    .action(async (options: Options, command: Command) => {
      const { withInstallation, nettings, tables } = await netted();
      const rows = await withInstallation(installationOptions(command), ({ database }) => nettings(database, options.legalEntity));
      process.stdout.write(options.json === true ? tables.jsonText({ nettings: rows }) : tables.printNettings(rows));
    });
}

async function netted() {
  const [{ withInstallation }, all, ledger, own] = await Promise.all([
    import('#app/installation.ts'),
    import('#app/payments/netting.ts'),
    import('../ledger-tables.ts'),
    import('../payment-tables.ts'),
  ]);
  return { ...all, withInstallation, tables: { ...ledger, ...own } };
}
