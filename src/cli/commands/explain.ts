import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';

const help = `
The event is rated again with the configuration known when it was booked; the amount must be the booked one.
Numbers of events are in "carillon usage show" and in the detail of statements.

Examples:
  $ carillon explain 1042/out
  $ carillon explain 1042 --json`;

/** `carillon explain`. */
export function register(program: Command): void {
  program
    .command('explain')
    .description('why a charge is what it is, step by step, to follow with pencil and paper')
    .argument('<charge>', 'number of an event with /in or /out, or of the event for both')
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (charge: string, options: { json?: boolean }, command: Command) => {
      const [{ withInstallation }, { explainUsage }, { explanationJson, printExplained }, { formatRefusal }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/explain.ts'),
        import('../explanation-text.ts'),
        import('#core/refusals.ts'),
      ]);
      const explained = await withInstallation(installationOptions(command), (installation) => explainUsage(installation, charge));
      process.stdout.write(options.json === true ? `${explanationJson(explained)}\n` : printExplained(explained));
      const faults = explained.charges.flatMap((each) => each.faults);
      for (const fault of faults) process.stderr.write(`${formatRefusal(fault)}\n`);
      if (faults.length > 0) process.exitCode = 1;
    });
}
