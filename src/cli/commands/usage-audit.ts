import { type Command, InvalidArgumentError } from 'commander';
import { installationOptions } from '../global-options.ts';

const help = `
Of each file that was loaded in these days or has calls of them: read = rated + held + duplicate + rejected, as counted
by the load, as stored, and down to the bytes; of each source and day what it came to; charges against rollups; numbers
of files that never came. Exit status 1 with each difference. Days are UTC.

Examples:
  $ carillon usage audit --from 2026-10-01 --to 2026-10-31
  $ carillon usage audit --from 2026-10-05 --to 2026-10-05 --archive --json`;

/** `carillon usage audit`. */
export function registerAudit(usage: Command): void {
  usage
    .command('audit')
    .description('prove that nothing is lost: sources, files and days, down to the bytes')
    .requiredOption('--from <date>', 'first day', day)
    .requiredOption('--to <date>', 'last day, included', day)
    .option('--archive', 'read every archived file again and compare it with its digest')
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (options: { from: string; to: string; archive?: boolean; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { auditBooks }, { printAudit }, { formatRefusal }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/audit.ts'),
        import('../audit-tables.ts'),
        import('#core/refusals.ts'),
      ]);
      if (options.from > options.to) command.error(`error: --to ${options.to} lies before --from ${options.from}`, { exitCode: 2 });
      const range = { from: options.from, to: Temporal.PlainDate.from(options.to).add({ days: 1 }).toString() };
      const report = await withInstallation(installationOptions(command), (installation) =>
        auditBooks(installation, range, options.archive === true),
      );
      process.stdout.write(printAudit(report, options.json === true));
      if (options.json !== true) for (const difference of report.differences) process.stderr.write(`${formatRefusal(difference)}\n`);
      if (report.differences.length > 0) process.exitCode = 1;
    });
}

function day(text: string): string {
  try {
    const date = Temporal.PlainDate.from(text);
    if (/^\d{4}-\d{2}-\d{2}$/.test(text) && date.year >= 1970 && date.year < 2200) return text;
  } catch {
    // said below
  }
  throw new InvalidArgumentError('It must be a date such as 2026-10-31, from 1970 to 2199.');
}
