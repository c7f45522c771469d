/** `carillon deal`: how far deals have come. */
import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';

/** `carillon deal`. */
export function register(program: Command): void {
  program
    .command('deal')
    .description('commitments, swaps, discounts: how far they have come; fees')
    .command('show')
    .description('so far, what is needed, where it will end by the mean of the days and of the weekdays, and the money at stake')
    .argument('<agreement>', 'id of the agreement')
    .option('--on <day>', 'days before this one are over; default: today (UTC)')
    .option('--json', 'print one JSON object, with exact amounts')
    .addHelpText('after', '\nExample:\n  $ carillon deal show northwind-2026 --on 2026-10-21')
    .action(async (agreement: string, options: { on?: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { dealsOf }, { dealsJson, dealsText }, { dayFrom }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/periods/deals.ts'),
        import('../period-text.ts'),
        import('../period-options.ts'),
      ]);
      const on = dayFrom(options.on, '--on');
      const deals = await withInstallation(installationOptions(command), ({ database }) => dealsOf(database, agreement, on));
      process.stdout.write(options.json === true ? dealsJson(agreement, on, deals) : dealsText(agreement, on, deals));
    });
}
