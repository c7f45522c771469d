import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';

/** `carillon export`. */
export function register(program: Command): void {
  program
    .command('export')
    .description('write the configuration in the database as a folder of YAML and CSV files')
    .argument('<folder>', 'new or empty folder')
    .option('--force', 'write into a folder that has files; files of the same names are replaced')
    .option('--json', 'print what was written as one JSON object')
    .addHelpText(
      'after',
      `
What is written applies to the same state: "carillon apply" of it changes nothing here, and on an empty
database it makes the same configuration.

Example:
  $ carillon export backup/configuration`,
    )
    .action(async (folder: string, options: { force?: boolean; json?: boolean }, command: Command) => {
      const { withInstallation } = await import('#app/installation.ts');
      const { exportConfiguration } = await import('#app/configuration.ts');
      const exported = await withInstallation(installationOptions(command), ({ database }) =>
        exportConfiguration(database, folder, options.force === true),
      );
      const { files, objects, rates } = exported;
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify(exported)}\n`
          : `${files.map((file) => `  ${file}\n`).join('')}wrote ${plural(objects, 'object')} and ${plural(rates, 'rate')} in ${plural(files.length, 'file')} to ${folder}\n`,
      );
    });
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
