import type { Command } from 'commander';
import { countArgument, instantArgument, listArgument, moneyArgument } from '../charge-words.ts';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';

interface MakeOptions {
  readonly count: number;
  readonly amount?: bigint;
  readonly currency?: string;
  readonly allowance?: readonly string[];
  readonly until?: number;
  readonly digits?: number;
}

const MAKE_HELP = `
The codes are printed once, as CSV with their serials, and are nowhere else: the database keeps hashes of them.

Example:
  $ carillon charge voucher make --count 1000 --amount 10.00 --currency EUR > vouchers.csv`;

/** `carillon charge voucher make|redeem|list|stop`. */
export function registerVouchers(charge: Command): void {
  const voucher = charge.command('voucher').description('vouchers: made in batches, used once');
  voucher
    .command('make')
    .description('make a batch of vouchers and print their codes')
    .requiredOption('--count <count>', 'how many', countArgument)
    .option('--amount <amount>', 'money that each brings: 10.00', moneyArgument)
    .option('--currency <code>', 'of the amount, and of the accounts that can use them (EUR)')
    .option('--allowance <allowance>', 'an allowance that each brings; may be repeated', listArgument)
    .option('--until <instant>', 'they can be used until then', instantArgument)
    .option('--digits <count>', 'of a code, 16 to 32 (20)', countArgument)
    .addHelpText('after', MAKE_HELP)
    .action(async (options: MakeOptions, self: Command) => {
      const [{ withInstallation }, { makeVoucherBatch, USUAL_DIGITS }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/charging/desk.ts'),
      ]);
      const { count, amount = 0n, currency = 'EUR', allowance = [], until, digits = USUAL_DIGITS } = options;
      const batch = { nanos: amount, currency, allowances: allowance, validToMicros: until, madeBy: userName() };
      const made = await withInstallation(installationOptions(self), ({ database }) => makeVoucherBatch(database, batch, count, digits));
      process.stdout.write('serial,code\n');
      for (const [index, code] of made.codes.entries()) process.stdout.write(`${made.batch}-${index + 1},${code}\n`);
      process.stderr.write(`batch ${made.batch}: ${made.codes.length} vouchers; keep the codes, they are not shown again\n`);
    });
  voucher
    .command('redeem')
    .description('use a voucher for an account')
    .argument('<account>', 'name or identity')
    .argument('<code>', 'its digits; blanks and dashes do not matter')
    .option('--json', 'print the account as JSON')
    .addHelpText('after', '\nExample:\n  $ carillon charge voucher redeem anna 8831-2207-9914-5520-0316')
    .action(async (account: string, code: string, { json }: { json?: boolean }, self: Command) => {
      const [{ withInstallation }, { redeem }, { printAccount }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/charging/desk.ts'),
        import('../charge-tables.ts'),
      ]);
      const after = await withInstallation(installationOptions(self), ({ database }) =>
        redeem(database, account, code, `by ${userName()}`),
      );
      process.stdout.write(printAccount(after, json === true));
    });
  voucher
    .command('list')
    .description('batches, and how many of each were used')
    .option('--json', 'print one JSON object for each batch')
    .addHelpText('after', '\nExample:\n  $ carillon charge voucher list')
    .action(async ({ json }: { json?: boolean }, self: Command) => {
      const [{ withInstallation }, { voucherBatches }, { printBatches }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/charging/desk.ts'),
        import('../charge-tables.ts'),
      ]);
      const batches = await withInstallation(installationOptions(self), ({ database }) => voucherBatches(database));
      process.stdout.write(printBatches(batches, json === true));
    });
  voucher
    .command('stop')
    .description('no voucher of a batch can be used from now on')
    .argument('<batch>', 'its number', countArgument)
    .addHelpText('after', '\nExample:\n  $ carillon charge voucher stop 3')
    .action(async (batch: number, _: object, self: Command) => {
      const [{ withInstallation }, { stopVouchers }] = await Promise.all([import('#app/installation.ts'), import('#app/charging/desk.ts')]);
      await withInstallation(installationOptions(self), ({ database }) => stopVouchers(database, batch));
      process.stdout.write(`batch ${batch} is stopped\n`);
    });
}
