/** `carillon …`: parses the command line, runs one command, prints what went wrong in words. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { register as registerApply } from './commands/apply.ts';
import { register as registerAuditTrail } from './commands/audit-trail.ts';
import { register as registerBench } from './commands/bench.ts';
import { register as registerCard } from './commands/card.ts';
import { register as registerCharge } from './commands/charge.ts';
import { register as registerCheck } from './commands/check.ts';
import { register as registerCollect } from './commands/collect.ts';
import { register as registerCredit } from './commands/credit.ts';
import { register as registerDatabase } from './commands/database.ts';
import { register as registerDeal } from './commands/deal.ts';
import { register as registerDeclaration } from './commands/declaration.ts';
import { register as registerDelivery } from './commands/delivery.ts';
import { register as registerDiameter } from './commands/diameter.ts';
import { register as registerDispute } from './commands/dispute.ts';
import { register as registerDunning } from './commands/dunning.ts';
import { register as registerEInvoice } from './commands/e-invoice.ts';
import { register as registerExchange } from './commands/exchange.ts';
import { register as registerExplain } from './commands/explain.ts';
import { register as registerExport } from './commands/export.ts';
import { register as registerFormats } from './commands/formats.ts';
import { register as registerInvoice } from './commands/invoice.ts';
import { register as registerKeys } from './commands/keys.ts';
import { register as registerLedger } from './commands/ledger.ts';
import { register as registerMargin } from './commands/margin.ts';
import { register as registerNetting } from './commands/netting.ts';
import { register as registerNotifications } from './commands/notifications.ts';
import { register as registerNumbers } from './commands/numbers.ts';
import { register as registerPartnerInvoice } from './commands/partner-invoice.ts';
import { register as registerPayment } from './commands/payment.ts';
import { register as registerPeriod } from './commands/period.ts';
import { register as registerPerson } from './commands/person.ts';
import { register as registerRadius } from './commands/radius.ts';
import { register as registerRate } from './commands/rate.ts';
import { register as registerRates } from './commands/rates.ts';
import { register as registerReconcile } from './commands/reconcile.ts';
import { register as registerReference } from './commands/reference.ts';
import { register as registerRetention } from './commands/retention.ts';
import { register as registerServe } from './commands/serve.ts';
import { register as registerSettings } from './commands/settings.ts';
import { register as registerStatement } from './commands/statement.ts';
import { register as registerTax } from './commands/tax.ts';
import { register as registerTemplate } from './commands/template.ts';
import { register as registerUsage } from './commands/usage.ts';
import { register as registerUsers } from './commands/users.ts';
import { register as registerWebhooks } from './commands/webhooks.ts';
import { printFailure } from './failure.ts';
import { nameFileFault } from './file-fault.ts';

const { version }: { version: string } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

type Register = (program: Command) => void;

/** One line a command, in the order and under the headings of the help. */
const registry: Readonly<Record<string, readonly Register[]>> = {
  'Set up:': [registerApply, registerExport, registerRates, registerFormats, registerReference],
  'Price and load traffic:': [registerUsage, registerCollect, registerRate, registerExplain, registerNumbers],
  'Charge while it is used:': [registerCharge],
  'Bill and settle:': [
    registerStatement,
    registerMargin,
    registerInvoice,
    registerTemplate,
    registerEInvoice,
    registerDeal,
    registerPeriod,
    registerTax,
    registerDeclaration,
    registerReconcile,
    registerPartnerInvoice,
    registerDispute,
  ],
  'Get paid:': [registerPayment, registerNetting, registerDelivery, registerCredit, registerDunning, registerCard],
  'Keep the books:': [registerLedger, registerExchange],
  'Charge online:': [registerServe, registerDiameter, registerRadius, registerNotifications, registerWebhooks],
  'Run:': [
    registerKeys,
    registerUsers,
    registerAuditTrail,
    registerRetention,
    registerPerson,
    registerCheck,
    registerDatabase,
    registerSettings,
    registerBench,
  ],
};

const DESCRIPTION = `Billing for telecom operators: prices calls, messages and data between operators
exactly, explains every amount, and settles with partners.`;

const FIRST_STEPS = `
First steps, in the folder of Carillon:
  $ npm run demo                                    a day of traffic
  $ npx carillon apply examples/small-voip-carrier  set up an example
  $ npx carillon help apply                         explain a command
More in docs/README.md.`;

/** All commands; the reference of commands is made from it. */
export function buildProgram(): Command {
  const program = new Command('carillon')
    .usage('[options] <command> …')
    .description(DESCRIPTION)
    .version(version, '-V, --version', 'print the version')
    .option('--data <folder>', 'data folder: database and archived files (default: .carillon)')
    .option('--settings <file>', 'settings file (default: carillon.yaml in this folder, when there is one)')
    .option('--log-level <level>', 'trace, debug, info, warn, error or silent')
    .option('--debug', 'show the stack when something fails that should not')
    .helpOption('-h, --help', 'explain a command')
    .addHelpCommand(new Command('help').argument('[command]').description('explain a command').helpOption(false).helpGroup('Run:'))
    .showSuggestionAfterError()
    .showHelpAfterError('(carillon --help lists the commands)')
    .configureHelp({ sortSubcommands: false, showGlobalOptions: true })
    .addHelpText('after', FIRST_STEPS)
    .exitOverride();
  for (const [heading, group] of Object.entries(registry)) {
    program.commandsGroup(heading);
    for (const register of group) register(program);
  }
  return program;
}

/** Exit status: 0 done, 1 refused or failed, 2 the command line is wrong. */
export async function run(args: readonly string[]): Promise<number> {
  const program = buildProgram();
  if (args.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    printFailure(nameFileFault(error), { debug: program.opts().debug === true });
    return 1;
  }
}

/** The process: runs what its command line says. */
export async function main(): Promise<void> {
  // A reader that has seen enough (| head) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  // What no command caught, such as an error that a library reports to nobody: in words, and never as a success.
  const uncaught = (error: unknown): void => {
    printFailure(nameFileFault(error), { debug: process.argv.includes('--debug') });
    process.exit(1);
  };
  process.on('uncaughtException', uncaught);
  process.on('unhandledRejection', uncaught);
  process.exitCode = await run(process.argv.slice(2));
}

if (import.meta.main) await main();
