import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';

const help = `
Files are taken when they are complete, each exactly once, whatever is killed in between. SIGTERM and
Ctrl-C finish the file under way and stop.

Examples:
  $ carillon collect
  $ carillon collect --once --source ny-asterisk --json`;

/** `carillon collect`. */
export function register(program: Command): void {
  program
    .command('collect')
    .description('fetch the files of sources that declare where theirs come from, and load them')
    .option('--source <name...>', 'only these sources')
    .option('--once', 'look at each place once, and stop')
    .option('--json', 'print one JSON object for each file and each alarm')
    .addHelpText('after', help)
    .action(async (options: { source?: string[]; once?: boolean; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { collect }, { collectScreen }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/collecting/collect.ts'),
        import('../collect-screen.ts'),
      ]);
      const stop = new AbortController();
      const end = (): void => stop.abort();
      process.once('SIGTERM', end).once('SIGINT', end);
      const request = { sources: options.source ?? [], once: options.once === true, stop: stop.signal };
      const results = await withInstallation(installationOptions(command), (installation) =>
        collect(installation, request, collectScreen(options.json === true)),
      );
      if (options.once === true && results.some(({ refused, alarms }) => refused > 0 || alarms.length > 0)) process.exitCode = 1;
    });
}
