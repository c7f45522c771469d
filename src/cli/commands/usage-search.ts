import { type Command, InvalidArgumentError, Option } from 'commander';
import { installationOptions } from '../global-options.ts';

const searchHelp = `
All that is given must fit. Rated and held records, the newest UTC day first and in a day the latest record first. What was
loaded is found at once, and quickly as soon as it is indexed: by carillon serve, or by carillon usage index.

Examples:
  $ carillon usage search --called 442079 --from 2026-10-05T00:00:00Z --to 2026-10-06T00:00:00Z
  $ carillon usage search --number 442079460000 --exact
  $ carillon usage search --partner borealis --destination "United Kingdom" --answered --json`;

const indexHelp = `
Not needed where carillon serve runs. It can be broken off at any time; what is indexed by then stays.

Example:
  $ carillon usage index`;

interface SearchOptions {
  readonly number?: string;
  readonly calling?: string;
  readonly called?: string;
  readonly exact?: boolean;
  readonly callId?: string;
  readonly trunk?: string;
  readonly partner?: string;
  readonly agreement?: string;
  readonly destination?: string;
  readonly file?: string;
  readonly from?: number;
  readonly to?: number;
  readonly answered?: boolean;
  readonly status?: 'rated' | 'held' | 'duplicate' | 'rejected';
  readonly limit: number;
  readonly json?: boolean;
}

export function registerSearch(usage: Command): void {
  usage
    .command('search')
    .description('find records by number, call, trunk, partner, destination and time, among very many')
    .option('--number <digits>', 'the caller’s or the called number begins so')
    .option('--calling <digits>', 'the caller’s number begins so')
    .option('--called <digits>', 'the called number begins so')
    .option('--exact', 'numbers are given whole')
    .option('--call-id <id>', 'the key of the record in its source')
    .option('--trunk <id>', 'at either end')
    .option('--partner <party>', 'charged under an agreement with this party')
    .option('--agreement <id>', 'charged under this agreement')
    .option('--destination <name>', 'as the tariff calls it')
    .option('--file <file>', 'records of this file')
    .option('--from <instant>', 'started then or later', instant)
    .option('--to <instant>', 'started before', instant)
    .option('--answered', 'answered ones only')
    .addOption(new Option('--status <status>', 'records that ended so').choices(['rated', 'held', 'duplicate', 'rejected']))
    .option('--limit <number>', 'records at most', wholeNumber, 20)
    .option('--json', 'print one JSON object for each record')
    .addHelpText('after', searchHelp)
    .action(async ({ limit, json, ...question }: SearchOptions, command: Command) => {
      const [{ withInstallation }, { deletedUsage, searchCalls }, { printDeleted, printFound }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/search.ts'),
        import('../found-calls-table.ts'),
      ]);
      const { rows, deleted } = await withInstallation(installationOptions(command), async (home) => {
        const rows = await searchCalls(home.database, question, { limit, after: undefined });
        return { rows, deleted: rows.length < limit ? await deletedUsage(home, question) : undefined };
      });
      process.stdout.write(printFound(rows, json === true));
      // Lines of JSON are records only.
      if (deleted !== undefined) (json === true ? process.stderr : process.stdout).write(printDeleted(deleted));
    });
}

export function registerIndex(usage: Command): void {
  usage
    .command('index')
    .description('index what was loaded, so that it is found quickly')
    .option('--json', 'print one JSON object')
    .addHelpText('after', indexHelp)
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const [{ withInstallation }, { indexUsage }, { progressLine }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/search.ts'),
        import('../progress-line.ts'),
      ]);
      const progress = progressLine('records indexed');
      const records = await withInstallation(installationOptions(command), ({ database }) =>
        indexUsage(database, (done) => progress.at(done)),
      ).finally(() => progress.end());
      process.stdout.write(
        json === true ? `${JSON.stringify({ indexed: records })}\n` : `${records.toLocaleString('en')} records indexed\n`,
      );
    });
}

function instant(text: string): number {
  const at = /[Zz]|[+-]\d\d:\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError('It must be an instant with an offset: 2026-10-05T00:00:00Z.');
  return at * 1000;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
