import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';

const help = `
This is done after every load and in every round of the collectors. By itself it is needed for what waits in vain: when the
time of its correlation is out, it is rated as it is or held for usage.parts-missing.

Example:
  $ carillon usage correlate`;

export function registerCorrelate(usage: Command): void {
  usage
    .command('correlate')
    .description('put parts of calls and sessions together that wait for each other, and see to those whose time is out')
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (options: { json?: boolean }, command: Command) => {
      const [{ withInstallation }, { correlateUsage }, { printCorrelated }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/correlate.ts'),
        import('../usage-tables.ts'),
      ]);
      const request = { nowMicros: Date.now() * 1000 };
      const counts = await withInstallation(installationOptions(command), (installation) => correlateUsage(installation, request));
      process.stdout.write(printCorrelated(counts, options.json === true));
    });
}
