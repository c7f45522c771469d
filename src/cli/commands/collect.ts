import { type Command, InvalidArgumentError } from 'commander';
import { installationOptions } from '../global-options.ts';

const help = `
Files are taken when they are complete, each exactly once, whatever is killed in between. SIGTERM and
Ctrl-C finish the file under way and stop. With --once the exit status is 1 when a file was refused or
an alarm was raised.

Examples:
  $ carillon collect run
  $ carillon collect run --once --source ny-asterisk --json`;

/** `carillon collect run|status|alarms`. */
export function register(program: Command): void {
  const collect = program.command('collect').description('fetch files of call records from where switches leave them');
  registerRun(collect);
  registerStatus(collect);
  registerAlarms(collect);
}

function registerRun(collect: Command): void {
  collect
    .command('run')
    .description('fetch the files of sources that declare where theirs come from, and load them')
    .option('--source <name...>', 'only these sources')
    .option('--once', 'look at each place once, and stop')
    .option('--json', 'print one JSON object for each file and each alarm')
    .addHelpText('after', help)
    .action(async (options: { source?: string[]; once?: boolean; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { collect: run }, { collectScreen }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/collecting/collect.ts'),
        import('../collect-screen.ts'),
      ]);
      const stop = new AbortController();
      const end = (): void => stop.abort();
      process.once('SIGTERM', end).once('SIGINT', end);
      const request = { sources: options.source ?? [], once: options.once === true, stop: stop.signal };
      const results = await withInstallation(installationOptions(command), (installation) =>
        run(installation, { ...request, uploads: installation.settings.collect }, collectScreen(options.json === true)),
      );
      if (options.once === true && results.some(({ refused, alarms }) => refused > 0 || alarms.length > 0)) process.exitCode = 1;
    });
}

function registerStatus(collect: Command): void {
  collect
    .command('status')
    .description('what was taken from each place, what waits, and how many alarms are open')
    .option('--json', 'print one JSON object for each source')
    .addHelpText('after', '\nExample:\n  $ carillon collect status')
    .action(async (options: { json?: boolean }, command: Command) => {
      const [{ withInstallation }, { collectingStatus }, { printStandings }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/collecting/overview.ts'),
        import('../collect-tables.ts'),
      ]);
      const standings = await withInstallation(installationOptions(command), ({ database }) => collectingStatus(database));
      process.stdout.write(printStandings(standings, options.json === true));
    });
}

interface AlarmOptions {
  readonly source?: string;
  readonly all?: boolean;
  readonly clear?: readonly number[];
  readonly limit: number;
  readonly json?: boolean;
}

function registerAlarms(collect: Command): void {
  collect
    .command('alarms')
    .description('files that never came, came late, twice or damaged, and places that do not answer')
    .option('--source <name>', 'only of this source')
    .option('--all', 'also those that are cleared')
    .option('--clear <number...>', 'clear these alarms: somebody has seen to them', numbers)
    .option('--limit <number>', 'alarms at most', wholeNumber, 50)
    .option('--json', 'print one JSON object for each alarm')
    .addHelpText('after', '\nExamples:\n  $ carillon collect alarms\n  $ carillon collect alarms --clear 12 13')
    .action(async ({ source, all, clear, limit, json }: AlarmOptions, command: Command) => {
      const [{ withInstallation }, { clearCollectingAlarms, collectingAlarms }, { printAlarms, printCleared }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/collecting/overview.ts'),
        import('../collect-tables.ts'),
      ]);
      await withInstallation(installationOptions(command), async ({ database }) => {
        if (clear === undefined) {
          const alarms = await collectingAlarms(database, { source, cleared: all === true, limit });
          process.stdout.write(printAlarms(alarms, json === true));
          return;
        }
        const cleared = await clearCollectingAlarms(database, clear);
        process.stdout.write(printCleared(clear, cleared, json === true));
        if (cleared.length < clear.length) process.exitCode = 1;
      });
    });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('must be a whole number above 0');
  return Number(text);
}

function numbers(text: string, before: readonly number[] | undefined): readonly number[] {
  return [...(before ?? []), wholeNumber(text)];
}
