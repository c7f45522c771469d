import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';

const help = `
A raw file leaves when it is older than archiveDays of its source and none of its records waits; events, charges and
counts stay. collect run does this by itself, once an hour.

Examples:
  $ carillon usage archive prune --dry-run
  $ carillon usage archive prune`;

/** `carillon usage archive prune`. */
export function registerArchive(usage: Command): void {
  usage
    .command('archive')
    .description('the raw files that were loaded')
    .command('prune')
    .description('remove raw files that their sources no longer keep')
    .option('--dry-run', 'only tell what would be removed')
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (options: { dryRun?: boolean; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { pruneArchive }, { printPruned }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/archive.ts'),
        import('../collect-tables.ts'),
      ]);
      const dryRun = options.dryRun === true;
      const pruned = await withInstallation(installationOptions(command), (installation) => pruneArchive(installation, { dryRun }));
      process.stdout.write(printPruned(pruned, dryRun, options.json === true));
    });
}
