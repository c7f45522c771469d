/** `carillon usage trace`. */
import { type Command, InvalidArgumentError } from 'commander';
import { installationOptions } from '../global-options.ts';

const help = `
Shows one record as it is, its columns, what they mean, what normalising and enriching made of it, whether its key is in
the books, and its charges with their explanation. Nothing is booked. Tiers are counted from 0.

Examples:
  $ carillon usage trace Master.csv --source ny-asterisk --line 17
  $ carillon usage trace cdr.ber --source pgw --record 3 --json`;

interface Options {
  readonly source: string;
  readonly line?: number;
  readonly record?: number;
  readonly json?: boolean;
}

export function registerTrace(usage: Command): void {
  usage
    .command('trace')
    .description('show one record of a file at each step, without booking it')
    .argument('<file>', 'the file, also gzipped')
    .requiredOption('--source <name>', 'the source as configured')
    .option('--line <number>', 'the record in this line of the file, headers counted', wholeNumber)
    .option('--record <number>', 'this record of the file, headers not counted', wholeNumber)
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (file: string, { json, ...options }: Options, command: Command) => {
      if ((options.line === undefined) === (options.record === undefined))
        command.error('error: give either --line or --record', { exitCode: 2 });
      const [{ withInstallation }, { traceRecord }, { traceJson, traceText }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/trace.ts'),
        import('../trace-text.ts'),
      ]);
      const trace = await withInstallation(installationOptions(command), (installation) => traceRecord(installation, { file, ...options }));
      process.stdout.write(json === true ? `${traceJson(trace)}\n` : traceText(trace));
    });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,11}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
