/** `carillon …`: parses the command line, runs one command, prints what went wrong in words. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { printFailure } from './failure.ts';
import { nameFileFault } from './file-fault.ts';
import { commandOf, registry } from './registry.ts';

const { version }: { version: string } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

const DESCRIPTION = `Billing for telecom operators: prices calls, messages and data between operators
exactly, explains every amount, and settles with partners.`;

const FIRST_STEPS = `
First steps, in the folder of Carillon:
  $ npm run demo                                    a day of traffic
  $ npx carillon apply examples/small-voip-carrier  set up an example
  $ npx carillon help apply                         explain a command
More in docs/README.md.`;

/** All commands, or those of one name of the registry; the reference of commands is made from it. */
export async function buildProgram(only?: string): Promise<Command> {
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
    const loaded = await Promise.all(
      Object.entries(group).flatMap(([name, load]) => (only === undefined || name === only ? [load()] : [])),
    );
    for (const { register } of loaded) register(program);
  }
  return program;
}

/** Exit status: 0 done, 1 refused or failed, 2 the command line is wrong. */
export async function run(args: readonly string[]): Promise<number> {
  const program = await buildProgram(commandOf(args));
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
