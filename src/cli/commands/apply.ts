import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';

/** `carillon apply`. */
export function register(program: Command): void {
  program
    .command('apply')
    .description('bring the configuration in the database to what a folder of YAML and CSV files says')
    .argument('<folder>', 'folder with the configuration files')
    .option('--dry-run', 'check everything and show the plan, change nothing')
    .option('--close-missing', 'close what is in the database and not in the folder; otherwise it is kept')
    .option('--json', 'print the plan as one JSON object')
    .addHelpText(
      'after',
      `
All files are checked first; every fault is printed with file and line, and with any fault nothing is changed.
Everything is applied in one transaction, or nothing. Applied twice, the second time changes nothing.

Example:
  $ carillon apply examples/small-voip-carrier --dry-run`,
    )
    .action(async (folder: string, options: { dryRun?: boolean; closeMissing?: boolean; json?: boolean }, command: Command) => {
      const { withInstallation } = await import('#app/installation.ts');
      const { applyConfiguration, formatPlan, reportPlan } = await import('#app/configuration.ts');
      const dryRun = options.dryRun === true;
      const applied = await withInstallation(installationOptions(command), ({ database }) =>
        applyConfiguration(database, { folder, dryRun, closeMissing: options.closeMissing === true }),
      );
      process.stdout.write(options.json === true ? `${JSON.stringify(reportPlan(applied, dryRun))}\n` : formatPlan(applied, dryRun));
    });
}
