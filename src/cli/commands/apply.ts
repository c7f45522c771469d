import type { Command } from 'commander';
import { RefusedError } from '#core/refusals.ts';
import { printFailure } from '../failure.ts';
import { installationOptions } from '../global-options.ts';

interface ApplyOptions {
  readonly dryRun?: boolean;
  readonly closeMissing?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** `carillon apply`. */
export function register(program: Command): void {
  program
    .command('apply')
    .description('bring the configuration in the database to what a folder of YAML and CSV files says')
    .argument('<folder>', 'folder with the configuration files')
    .option('--dry-run', 'check everything and show the plan, change nothing')
    .option('--close-missing', 'close what is in the database and not in the folder; otherwise it is kept')
    .option('--verbose', 'name each object that is not in the folder and kept')
    .option('--json', 'print the plan as one JSON object')
    .addHelpText(
      'after',
      `
All files are checked first; every fault is printed with file and line, and with any fault nothing is changed.
Everything is applied in one transaction, or nothing. Applied twice, the second time changes nothing.

Example:
  $ carillon apply examples/small-voip-carrier --dry-run`,
    )
    .action(async (folder: string, options: ApplyOptions, command: Command) => {
      const { withInstallation } = await import('#app/installation.ts');
      const { applyConfiguration, formatPlan, reportPlan } = await import('#app/configuration.ts');
      const { withSupersededCharges } = await import('#app/usage/superseded.ts');
      const { dryRun = false, closeMissing = false, verbose = false, json = false } = options;
      try {
        const { value: applied, hints } = await withInstallation(installationOptions(command), ({ database }) =>
          withSupersededCharges(database, () => applyConfiguration(database, { folder, dryRun, closeMissing })),
        );
        process.stdout.write(json ? `${JSON.stringify(reportPlan(applied, dryRun))}\n` : `${formatPlan(applied, dryRun, verbose)}${hints}`);
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        printFailure(error, { debug: false });
        process.stderr.write('Nothing was changed.\n');
        process.exitCode = 1;
      }
    });
}
