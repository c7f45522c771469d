import { type Command, InvalidArgumentError, Option } from 'commander';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';
import { registerArchive } from './usage-archive.ts';
import { registerAudit } from './usage-audit.ts';
import { registerCorrections } from './usage-corrections.ts';
import { registerCorrelate } from './usage-correlate.ts';
import { registerScreening } from './usage-screening.ts';
import { registerIndex, registerSearch } from './usage-search.ts';
import { registerTrace } from './usage-trace.ts';

const loadHelp = `
The same content again is recognised and taken once, also gzipped or under another name. After a broken
load, load the file again: it goes on where it stopped. read = rated + held + duplicate + rejected.

Examples:
  $ carillon usage load Master.csv --source ny-asterisk
  $ carillon usage load cdr/*.json.gz --source fra-freeswitch --json`;

const showHelp = `
Examples:
  $ carillon usage show 1042 --raw
  $ carillon usage show --number 442079460000
  $ carillon usage show --status rejected --file Master.csv --raw`;

/** `carillon usage …`. */
export function register(program: Command): void {
  const usage = program.command('usage').description('call records: load them, look at them, take up what was held');
  registerLoad(usage);
  registerFiles(usage);
  registerShow(usage);
  registerSearch(usage);
  registerIndex(usage);
  registerHeld(usage);
  registerRetry(usage);
  registerDiscard(usage);
  registerArchive(usage);
  registerAudit(usage);
  registerCorrelate(usage);
  registerScreening(usage);
  registerTrace(usage);
  registerCorrections(usage);
}

function registerLoad(usage: Command): void {
  usage
    .command('load')
    .description('load files of call records: recognise repetitions, price both sides, add up')
    .argument('<file...>', 'files, also gzipped or in a ZIP')
    .requiredOption('--source <name>', 'the source as configured: how the files are written')
    .addOption(
      new Option('--keep <what>', 'what to do with a file that has damaged records: keep the good ones, or refuse the file')
        .choices(['good', 'all-or-nothing'])
        .default('good'),
    )
    .option('--json', 'print one JSON object for each file, each on a line')
    .addHelpText('after', loadHelp)
    .action(async (files: string[], options: { source: string; keep: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { loadUsage }, { loadScreen }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/load.ts'),
        import('../usage-load-screen.ts'),
      ]);
      const screen = loadScreen(options.json === true);
      const request = { files, source: options.source, allOrNothing: options.keep === 'all-or-nothing' };
      const reports = await withInstallation(installationOptions(command), (installation) => {
        const { threads } = installation.settings.pipeline;
        return loadUsage(installation, { ...request, ...(threads === 0 ? {} : { threads }) }, screen);
      });
      screen.finish(reports);
      if (reports.some(({ state }) => state === 'refused')) process.exitCode = 1;
    });
}

function registerFiles(usage: Command): void {
  usage
    .command('files')
    .description('loaded files with what became of their records')
    .argument('[file]', 'a name, the end of a path, or the number of a file')
    .option('--limit <number>', 'files at most', wholeNumber, 50)
    .option('--json', 'print one JSON object for each file')
    .addHelpText('after', '\nExample:\n  $ carillon usage files')
    .action(showFiles);
}

async function showFiles(which: string | undefined, options: { limit: number; json?: boolean }, command: Command): Promise<void> {
  const [{ withInstallation }, { listFiles }, { printFiles }] = await Promise.all([
    import('#app/installation.ts'),
    import('#app/usage/look-up.ts'),
    import('../usage-tables.ts'),
  ]);
  const files = await withInstallation(installationOptions(command), ({ database }) => listFiles(database, which, options.limit));
  process.stdout.write(printFiles(files, options.json === true));
}

interface ShowOptions {
  readonly file?: string;
  readonly number?: string;
  readonly status?: 'rated' | 'held' | 'duplicate' | 'rejected';
  readonly raw?: boolean;
  readonly limit: number;
  readonly json?: boolean;
}

function registerShow(usage: Command): void {
  usage
    .command('show')
    .description('records with what became of them, by number of the record, file, phone number or status; without any, the files')
    .argument('[record]', 'number of a record or event')
    .option('--file <file>', 'records of this file')
    .option('--number <digits>', 'records whose caller or called number begins with these digits')
    .addOption(new Option('--status <status>', 'records that ended so').choices(['rated', 'held', 'duplicate', 'rejected']))
    .option('--raw', 'show the raw record')
    .option('--limit <number>', 'records at most', wholeNumber, 20)
    .option('--json', 'print one JSON object for each record')
    .addHelpText('after', showHelp)
    .action(async (record: string | undefined, options: ShowOptions, command: Command) => {
      const [{ withInstallation }, { showRecords }, { printRecords }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/look-up.ts'),
        import('../usage-tables.ts'),
      ]);
      const { limit, raw = false, json = false, ...filter } = options;
      if (record === undefined && Object.keys(filter).length === 0) return showFiles(undefined, { limit, json }, command);
      const wanted = { ...filter, limit, raw, ...(record === undefined ? {} : { record }) };
      const records = await withInstallation(installationOptions(command), (installation) => showRecords(installation, wanted));
      process.stdout.write(printRecords(records, { json, raw, single: record !== undefined, terminal: process.stdout.isTTY }));
    });
}

interface WaitingOptions {
  readonly reason?: string;
  readonly file?: string;
  readonly rejected?: boolean;
  readonly limit: number;
  readonly json?: boolean;
}

/** Filters of what only held records have: rejected ones and duplicates were not read so far. */
const OF_HELD = ['trunk', 'number', 'from', 'to'] as const;

function registerHeld(usage: Command): void {
  usage
    .command('held')
    .description('what waits in suspense, grouped by reason, the largest group first')
    .option('--reason <code>', 'only this reason')
    .option('--file <file>', 'only records of this file')
    .option('--source <name>', 'only records of this source')
    .option('--trunk <id>', 'only records with this trunk at either end')
    .option('--number <digits>', 'only records whose caller or called number begins with these digits')
    .option('--from <day>', 'only records from this UTC day on')
    .option('--to <day>', 'only records to this UTC day, which is included')
    .addOption(
      new Option('--by <what>', 'add up, with an estimate of the money at stake')
        .choices(['reason', 'source', 'trunk', 'destination'])
        .conflicts('rejected'),
    )
    .addOption(new Option('--rejected', 'the rejected records instead').conflicts([...OF_HELD]))
    .option('--limit <number>', 'groups at most', wholeNumber, 30)
    .option('--json', 'print one JSON object for each group')
    .addHelpText('after', '\nExamples:\n  $ carillon usage held --reason rating.no-rate\n  $ carillon usage held --by trunk')
    .action(async ({ by, ...options }: HeldOptions, command: Command) => {
      const { withInstallation } = await import('#app/installation.ts');
      if (by !== undefined) {
        const [{ listSuspense }, { printSuspense }] = await Promise.all([import('#app/usage/suspense.ts'), import('../suspense-table.ts')]);
        const groups = await withInstallation(installationOptions(command), ({ database }) => listSuspense(database, { ...options, by }));
        process.stdout.write(printSuspense(groups, by, options.json === true));
        return;
      }
      const [{ listWaiting }, { printWaiting }] = await Promise.all([import('#app/usage/look-up.ts'), import('../usage-tables.ts')]);
      const groups = await withInstallation(installationOptions(command), ({ database }) => listWaiting(database, options));
      process.stdout.write(printWaiting(groups, options.json === true));
    });
}

interface HeldOptions extends WaitingOptions {
  readonly source?: string;
  readonly trunk?: string;
  readonly number?: string;
  readonly from?: string;
  readonly to?: string;
  readonly by?: 'reason' | 'source' | 'trunk' | 'destination';
}

function registerRetry(usage: Command): void {
  usage
    .command('retry')
    .description('take up held records again with the configuration of today')
    .option('--reason <code>', 'only this reason')
    .option('--file <file>', 'only records of this file')
    .option('--source <name>', 'only records of this source')
    .option('--trunk <id>', 'only records with this trunk at either end')
    .option('--number <digits>', 'only records whose caller or called number begins with these digits')
    .option('--from <day>', 'only records from this UTC day on')
    .option('--to <day>', 'only records to this UTC day, which is included')
    .addOption(
      new Option('--rejected', 'the rejected records instead: after the declaration of the source was corrected').conflicts([...OF_HELD]),
    )
    .addOption(
      new Option('--duplicates', 'instead, the duplicates of records whose file was rolled back').conflicts([
        'rejected',
        'reason',
        ...OF_HELD,
      ]),
    )
    .option('--dry-run', 'only tell what would become of them')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  $ carillon usage retry --reason rating.trunk-unknown\n  $ carillon usage retry --trunk rheinland-ny1 --dry-run',
    )
    .action(async ({ json, ...options }: RetryOptions, command: Command) => {
      const [{ withInstallation }, { retryUsage }, { printRetry }, { progressLine }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/retry.ts'),
        import('../usage-tables.ts'),
        import('../progress-line.ts'),
      ]);
      const progress = progressLine('records taken up');
      const request = { ...options, onWait: () => progress.wait(), onProgress: ({ taken }: { taken: number }) => progress.at(taken) };
      const counts = await withInstallation(installationOptions(command), (installation) => retryUsage(installation, request)).finally(() =>
        progress.end(),
      );
      process.stdout.write(printRetry(counts, json === true, options.dryRun === true));
    });
}

interface RetryOptions extends Omit<WaitingOptions, 'limit'> {
  readonly source?: string;
  readonly trunk?: string;
  readonly number?: string;
  readonly from?: string;
  readonly to?: string;
  readonly duplicates?: boolean;
  readonly dryRun?: boolean;
}

const discardHelp = `
The record stays, rejected for usage.discarded with who, when and why; it is not taken up again, and a repetition of
it is a duplicate. By mistake? carillon usage retry --rejected --reason usage.discarded --file <file>

Examples:
  $ carillon usage discard 1042 1043 --why "calls to the voicemail extension"
  $ carillon usage discard --rejected --file Master.csv --why "loaded with the wrong source"`;

function registerDiscard(usage: Command): void {
  usage
    .command('discard')
    .alias('write-off')
    .description('write off: close held or rejected records that shall never be charged')
    .argument('[record...]', 'numbers of records; or a filter:')
    .requiredOption('--why <text>', 'the words for the books')
    .option('--reason <code>', 'all held for this reason')
    .option('--file <file>', 'all held ones of this file')
    .option('--rejected', 'the rejected records instead of the held')
    .option('--json', 'print one JSON object')
    .addHelpText('after', discardHelp)
    .action(async (records: string[], { json, ...options }: DiscardOptions, command: Command) => {
      const [{ withInstallation }, { discardUsage }] = await Promise.all([import('#app/installation.ts'), import('#app/usage/discard.ts')]);
      const request = { ...options, records, by: userName() };
      const discarded = await withInstallation(installationOptions(command), (installation) => discardUsage(installation, request));
      process.stdout.write(json === true ? `${JSON.stringify({ discarded })}\n` : `${discarded.toLocaleString('en')} discarded\n`);
    });
}

interface DiscardOptions extends Omit<WaitingOptions, 'limit'> {
  readonly why: string;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
