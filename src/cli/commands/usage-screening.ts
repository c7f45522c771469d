import { type Command, InvalidArgumentError } from 'commander';
import { installationOptions } from '../global-options.ts';

const releaseHelp = `
The records are charged with the configuration of today, and the books say who let them pass, when and why. What shall
never be charged is discarded instead: carillon usage discard.

Examples:
  $ carillon usage release 1042 1043 --why "the customer's own dialler, confirmed by phone"
  $ carillon usage release --rule premium-burst --why "test calls of the new route"`;

/** `carillon usage flags` and `carillon usage release`. */
export function registerScreening(usage: Command): void {
  usage
    .command('flags')
    .description('what screening found, by rule and by caller, number, trunk or destination, the last first')
    .option('--rule <id>', 'only what this rule found')
    .option('--limit <number>', 'lines at most', wholeNumber, 50)
    .option('--json', 'print one JSON object for each line')
    .addHelpText('after', '\nExample:\n  $ carillon usage flags --rule premium-burst')
    .action(async (options: { rule?: string; limit: number; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { listFlags }, { printFlags }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/screening.ts'),
        import('../screening-tables.ts'),
      ]);
      const groups = await withInstallation(installationOptions(command), ({ database }) =>
        listFlags(database, options.rule, options.limit),
      );
      process.stdout.write(printFlags(groups, options.json === true));
    });
  usage
    .command('release')
    .description('let records pass that screening holds')
    .argument('[record...]', 'numbers of records; or:')
    .option('--rule <id>', 'all that this rule holds')
    .requiredOption('--why <text>', 'the words for the books')
    .option('--json', 'print one JSON object')
    .addHelpText('after', releaseHelp)
    .action(async (records: string[], options: { rule?: string; why: string; json?: boolean }, command: Command) => {
      const [{ userInfo }, { withInstallation }, { releaseUsage }, { printReleased }] = await Promise.all([
        import('node:os'),
        import('#app/installation.ts'),
        import('#app/usage/screening.ts'),
        import('../screening-tables.ts'),
      ]);
      const { rule, why } = options;
      const request = { records, why, by: nameOf(userInfo), ...(rule === undefined ? {} : { rule }) };
      const released = await withInstallation(installationOptions(command), (installation) => releaseUsage(installation, request));
      process.stdout.write(printReleased(released, options.json === true));
    });
}

/** Of who runs the command; the system may have no name for a number. */
function nameOf(userInfo: () => { readonly username: string }): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
