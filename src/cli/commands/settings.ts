import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';
import { formatTable } from '../table.ts';

/** `carillon settings`. */
export function register(program: Command): void {
  program
    .command('settings')
    .description('print the settings in effect and where each comes from')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ CARILLON_LOG_LEVEL=debug carillon settings')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { loadSettings, shownValue } = await import('#app/settings.ts');
      const { effective } = await loadSettings(installationOptions(command).settings);
      const shown = effective.map((each) => ({ ...each, value: shownValue(each) }));
      if (options.json === true) {
        process.stdout.write(`${JSON.stringify(Object.fromEntries(shown.map(({ key, value, origin }) => [key, { value, origin }])))}\n`);
        return;
      }
      const rows = shown.map(({ key, value, origin }) => [key, String(value), origin]);
      process.stdout.write(`${formatTable([{ title: 'setting' }, { title: 'value' }, { title: 'from' }], rows)}\n`);
    });
}
