import type { Command } from 'commander';
import { datedOption } from '../dated-option.ts';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';
import { today } from './ledger.ts';

const HELP = `
Stages, fees and holds are declared at the legal entity (dunning: in the configuration). What is disputed or paused is
not asked for. Letters go out with \`delivery run\`, as the account declares.

Examples:
  $ carillon dunning run --dated 2026-12-08
  $ carillon dunning pause northwind-usd --document INV-2026-000017 --until 2027-01-15 --why "promised by phone"
  $ carillon dunning letter DUN-000012 --out letter.pdf`;

/** `carillon dunning run|list|letter|pause|resume|hold|release|holds`. */
export function register(program: Command): void {
  const dunning = program
    .command('dunning')
    .description('ask for what is overdue: letters in stages, fees, holds')
    .addHelpText('after', HELP);
  registerRun(dunning);
  registerList(dunning);
  registerLetter(dunning);
  registerPauses(dunning);
  registerHolds(dunning);
}

function registerRun(dunning: Command): void {
  const run = dunning.command('run').description('make the letters that are due, and release accounts that have paid');
  datedOption(run, 'local day of the letters (today)', 'on')
    .option('--legal-entity <id>', 'only of this one')
    .option('--by <name>', 'who does it (the user of this machine)')
    .option('--json', 'print one JSON object for each letter')
    .addHelpText('after', '\nA second time on the same day finds the letters that are made.\n\nExample:\n  $ carillon dunning run')
    .action(async (options: { legalEntity?: string; dated?: string; by?: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { runDunning }, { printDunningRun }] = await loaded();
      const request = { legalEntity: options.legalEntity, day: options.dated ?? today(), by: options.by ?? userName() };
      const outcome = await withInstallation(installationOptions(command), ({ database }) => runDunning(database, request));
      process.stdout.write(printDunningRun(outcome, options.json === true));
      if (outcome.refused.length > 0) process.exitCode = 1;
    });
}

function registerList(dunning: Command): void {
  dunning
    .command('list')
    .description('letters, newest first')
    .option('--account <id>', 'only to this one')
    .option('--json', 'print one JSON object for each letter')
    .addHelpText('after', '\nExample:\n  $ carillon dunning list --account northwind-usd')
    .action(async ({ account, json }: { account?: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { listNotices }, { printNotices }] = await loaded();
      const filter = account === undefined ? {} : { account };
      const found = await withInstallation(installationOptions(command), ({ database }) => listNotices(database, filter));
      process.stdout.write(printNotices(found, json === true));
    });
}

function registerLetter(dunning: Command): void {
  dunning
    .command('letter')
    .description('a letter as a PDF')
    .argument('<letter>', 'its number in `dunning list`')
    .option('--out <file>', 'the PDF (the number, in this folder)')
    .option('--language <code>', 'en, de, fr, es, pt or ar (that of the party)')
    .addHelpText('after', '\nExample:\n  $ carillon dunning letter DUN-000012 --language de')
    .action(async (number: string, { out, language }: { out?: string; language?: string }, command: Command) => {
      const [{ withInstallation }, { writeLetterFile }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/dunning/letter-file.ts'),
      ]);
      const file = out ?? `${number}.pdf`;
      await withInstallation(installationOptions(command), ({ database }) => writeLetterFile(database, number, language, file));
      process.stdout.write(`written: ${file}\n`);
    });
}

interface PauseOptions {
  readonly document?: string;
  readonly until?: string;
  readonly why: string;
  readonly by?: string;
}

function registerPauses(dunning: Command): void {
  const pause = async (account: string, { document, until, why, by }: PauseOptions, command: Command): Promise<void> => {
    const [{ withInstallation }, { pauseDunning }] = await loaded();
    const request = { account, document, until, why, by: by ?? userName() };
    await withInstallation(installationOptions(command), ({ database }) => pauseDunning(database, request));
    const subject = document === undefined ? account : `${document} of ${account}`;
    process.stdout.write(until === undefined ? `${subject} is not asked for\n` : `${subject} is not asked for until ${until}\n`);
  };
  dunning
    .command('pause')
    .description('do not ask for an account, or one document of it')
    .argument('<account>', 'whose documents')
    .requiredOption('--why <text>', 'reason')
    .option('--document <number>', 'only this one')
    .option('--until <day>', 'last day (until it is resumed)')
    .option('--by <name>', 'who says so (the user of this machine)')
    .addHelpText('after', '\nExample:\n  $ carillon dunning pause northwind-usd --until 2027-01-15 --why "promised by phone"')
    .action(pause);
  dunning
    .command('resume')
    .description('ask again')
    .argument('<account>', 'whose documents')
    .requiredOption('--why <text>', 'reason')
    .option('--document <number>', 'only this one')
    .option('--by <name>', 'who says so (the user of this machine)')
    .addHelpText('after', '\nExample:\n  $ carillon dunning resume northwind-usd --why "promise not kept"')
    .action(async (account: string, { document, why, by }: PauseOptions, command: Command) => {
      const [{ withInstallation }, { pauseDunning }] = await loaded();
      const request = { account, document, until: '0001-01-01', why, by: by ?? userName() };
      await withInstallation(installationOptions(command), ({ database }) => pauseDunning(database, request));
      process.stdout.write(`${document === undefined ? account : `${document} of ${account}`} is asked for again\n`);
    });
}

function registerHolds(dunning: Command): void {
  for (const [name, hold, description] of [
    ['hold', true, 'put an account on hold by hand'],
    ['release', false, 'end the hold of an account'],
  ] as const) {
    datedOption(dunning.command(name).description(description), 'day (today)', 'on')
      .argument('<account>', 'which')
      .requiredOption('--why <text>', 'reason')
      .option('--by <name>', 'who says so (the user of this machine)')
      .addHelpText('after', `\nExample:\n  $ carillon dunning ${name} northwind-usd --why "agreed with their finance"`)
      .action(async (account: string, { why, dated, by }: { why: string; dated?: string; by?: string }, command: Command) => {
        const [{ withInstallation }, { setHold }] = await loaded();
        const request = { account, hold, why, day: dated ?? today(), by: by ?? userName() };
        await withInstallation(installationOptions(command), ({ database }) => setHold(database, request));
        process.stdout.write(hold ? `${account} is on hold\n` : `${account} is released\n`);
      });
  }
  dunning
    .command('holds')
    .description('accounts on hold')
    .option('--all', 'also those that were released')
    .option('--json', 'print one JSON object for each')
    .addHelpText('after', '\nExample:\n  $ carillon dunning holds')
    .action(async ({ all, json }: { all?: boolean; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { accountHolds }, { printHolds }] = await loaded();
      const found = await withInstallation(installationOptions(command), ({ database }) => accountHolds(database, all === true));
      process.stdout.write(printHolds(found, json === true));
    });
}

function loaded(): Promise<
  [typeof import('#app/installation.ts'), typeof import('#app/dunning/dunning.ts'), typeof import('../dunning-tables.ts')]
> {
  return Promise.all([import('#app/installation.ts'), import('#app/dunning/dunning.ts'), import('../dunning-tables.ts')]);
}
