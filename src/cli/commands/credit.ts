import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';
import { today } from './ledger.ts';

const EXPOSURE_HELP = `
Exposure is what was charged and is not billed yet, and what was billed and is not paid, less payments that settle no
document and deposits; where the account's terms say so, also less what is disputed and what we owe. It is live: records
count as soon as they are loaded. Other currencies are converted at the rates of --on.

Examples:
  $ carillon credit show
  $ carillon credit show northwind-usd --json`;

/** `carillon credit show|check|alarms`. */
export function register(program: Command): void {
  const credit = program.command('credit').description('what each party owes, billed or not, against what it may');
  credit
    .command('show')
    .description('exposure of accounts against their limits')
    .argument('[account]', 'only this one')
    .option('--on <day>', 'day of the rates of exchange (today)')
    .option('--json', 'print one JSON object for each account')
    .addHelpText('after', EXPOSURE_HELP)
    .action(async (account: string | undefined, options: { on?: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { showExposure }, { printExposure }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/credit/credit.ts'),
        import('../credit-tables.ts'),
      ]);
      const question = { day: options.on ?? today(), ...(account === undefined ? {} : { account }) };
      const found = await withInstallation(installationOptions(command), ({ database }) => showExposure(database, question));
      process.stdout.write(printExposure(found, options.json === true));
    });
  credit
    .command('check')
    .description('raise alarms of limits that were reached, and clear those that no longer are')
    .option('--on <day>', 'day of the rates of exchange (today)')
    .option('--json', 'print one JSON object for each new alarm')
    .addHelpText(
      'after',
      '\nRun it as often as you want to know. The exit status is 1 when a new alarm was raised.\n\nExample:\n  $ carillon credit check',
    )
    .action(async (options: { on?: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { watchCredit }, { printRaised }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/credit/credit.ts'),
        import('../credit-tables.ts'),
      ]);
      const { measured, raised } = await withInstallation(installationOptions(command), ({ database }) =>
        watchCredit(database, { day: options.on ?? today(), nowMicros: Date.now() * 1000 }),
      );
      process.stdout.write(printRaised(measured.length, raised, options.json === true));
      if (raised.length > 0) process.exitCode = 1;
    });
  credit
    .command('alarms')
    .description('limits that are reached')
    .option('--all', 'also those that no longer are')
    .option('--json', 'print one JSON object for each alarm')
    .addHelpText('after', '\nExample:\n  $ carillon credit alarms --all')
    .action(async (options: { all?: boolean; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { creditAlarms }, { printCreditAlarms }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/credit/credit.ts'),
        import('../credit-tables.ts'),
      ]);
      const found = await withInstallation(installationOptions(command), ({ database }) => creditAlarms(database, options.all === true));
      process.stdout.write(printCreditAlarms(found, options.json === true));
    });
  registerDeposit(program);
}

const DEPOSIT_HELP = `
A move is booked once for its account and reference: repeating a command finds what is booked.

Examples:
  $ carillon deposit take northwind-usd 10000.00 --reference "SWIFT 26K1402" --dated 2026-11-02
  $ carillon deposit use northwind-usd 812.40 --document INV-2026-000017 --reference "default 11/2026"
  $ carillon deposit return northwind-usd 9187.60 --reference "SWIFT 26L0001"`;

interface DepositOptions {
  readonly reference: string;
  readonly document?: string;
  readonly currency?: string;
  readonly dated?: string;
  readonly by?: string;
  readonly json?: boolean;
}

function registerDeposit(program: Command): void {
  const deposit = program.command('deposit').description('security that parties leave: taken, returned, used for what is not paid');
  for (const [kind, description] of [
    ['take', 'a deposit has arrived at the bank'],
    ['return', 'a deposit, or part of it, was sent back'],
    ['use', 'part of a deposit settles a document that was not paid'],
  ] as const) {
    const command = deposit
      .command(kind)
      .description(description)
      .argument('<account>', 'whose it is')
      .argument('<amount>', 'in the currency’s decimals: 1000.00')
      .requiredOption('--reference <text>', 'of the bank, or another name of this one move')
      .option('--currency <code>', 'another than the account’s')
      .option('--dated <day>', 'local day on which it is booked (today)')
      .option('--by <name>', 'who books it (the user of this machine)')
      .option('--json', 'print JSON')
      .addHelpText('after', DEPOSIT_HELP);
    if (kind === 'use') command.requiredOption('--document <number>', 'what it settles');
    command.action(async (account: string, amount: string, options: DepositOptions, self: Command) => {
      const [{ withInstallation }, { bookDeposit }, { printDeposit }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/credit/credit.ts'),
        import('../credit-tables.ts'),
      ]);
      const { reference, document, currency, dated, by, json } = options;
      const move = { kind, account, amount, reference, currency, day: dated ?? today(), by: by ?? userName() };
      const booked = await withInstallation(installationOptions(self), ({ database }) =>
        bookDeposit(database, { ...move, ...(document === undefined ? {} : { document }) }),
      );
      process.stdout.write(printDeposit(booked, json === true));
    });
  }
}
