import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';

const help = `
Charges and adjustments must add up to the rollups, and the records of each file to its counts. Exit status 1
when they do not, with each difference.

Example:
  $ carillon check`;

/** `carillon check`. */
export function register(program: Command): void {
  program
    .command('check')
    .description('check that the books agree: events, rollups, counts of files')
    .option('--keys', 'also every key in the index of repetitions against the records: some seconds a million')
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (options: { json?: boolean; keys?: boolean }, command: Command) => {
      const [{ withInstallation }, { checkBooks }, { formatPairs }, { formatRefusal }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/check.ts'),
        import('../table.ts'),
        import('#core/refusals.ts'),
      ]);
      const { totals, differences } = await withInstallation(installationOptions(command), ({ database }) =>
        checkBooks(database, { keys: options.keys === true }),
      );
      if (options.json === true) process.stdout.write(`${JSON.stringify({ ok: differences.length === 0, ...totals, differences })}\n`);
      else {
        const pairs = titles.map(([name, title]): [string, string] => [title, totals[name].toLocaleString('en')]);
        process.stdout.write(
          `${formatPairs(pairs, { align: 'right' })}\n${differences.length === 0 ? 'the books agree' : 'THE BOOKS DIFFER'}\n`,
        );
      }
      for (const difference of differences) process.stderr.write(`${formatRefusal(difference)}\n`);
      if (differences.length > 0) process.exitCode = 1;
    });
}

const titles = [
  ['files', 'files'],
  ['read', 'records read'],
  ['rated', 'rated'],
  ['held', 'held'],
  ['duplicate', 'duplicate'],
  ['rejected', 'rejected'],
  ['charges', 'charges'],
  ['adjustments', 'adjustments'],
  ['rollupLines', 'rollup lines'],
  ['unfinishedFiles', 'unfinished files'],
  ['disturbedCounters', 'counters to settle'],
] as const;
