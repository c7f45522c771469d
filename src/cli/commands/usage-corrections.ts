import { type Command, InvalidArgumentError, Option } from 'commander';
import { correctableFields } from '#core/usage/correctable-fields.ts';
import { services } from '#core/usage/usage-event.ts';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';

const rerateHelp = `
Without --book the difference is shown and nothing is written. With it, each charge that is different is taken back
and charged anew; nothing is edited, and carillon explain tells both. A second time there is nothing to book, and a
run that was broken off is finished by giving it again. --from and --to are local days of each charge's agreement.

Examples:
  $ carillon usage rerate --agreement rheinland-voice --from 2026-10-01 --to 2026-10-31
  $ carillon usage rerate --tariff rheinland-to-halyard --destination Haiti --period 2026-10 --book --why "sheet of 3 October came late"`;

interface RerateOptions {
  readonly agreement?: string;
  readonly tariff?: string;
  readonly destination?: string;
  readonly rate?: number;
  readonly service?: (typeof services)[number];
  readonly file?: string;
  readonly period?: string;
  readonly from?: string;
  readonly to?: string;
  readonly asKnownAt?: string;
  readonly unratable: 'keep' | 'block';
  readonly book?: boolean;
  readonly why?: string;
  readonly json?: boolean;
}

/** `carillon usage correct`, `carillon usage join`, `carillon usage rerate` and `carillon usage rollback`. */
export function registerCorrections(usage: Command): void {
  registerCorrect(usage);
  registerJoin(usage);
  registerRerate(usage);
  registerRollback(usage);
}

const correctHelp = `
Fields: ${correctableFields.join(', ')}.
Values are as the source writes them: numbers and trunks go through its rules. The raw record stays; who corrected what,
and why, is kept. A held record is priced with the corrected fields when it is taken up: carillon usage retry. Of a rated
one the charges are taken back, and it is charged anew at once with what is known now, as an event with a number of its
own; --dry-run shows both and books nothing. If it could not be charged then, nothing is changed.

Example:
  $ carillon usage correct 1042 --set called=00442079460000 --set trunkIn=rheinland-1 --why "ticket 4711: trunk renamed that night"`;

function registerCorrect(usage: Command): void {
  usage
    .command('correct')
    .description('say what fields of a held or rated record are, with who and why')
    .argument('<record>', 'number of the record')
    .option('--set <field=value>', 'a field; may be given several times', (value: string, all: string[]) => [...all, value], [])
    .requiredOption('--why <text>', 'the words for the books')
    .option('--dry-run', 'of a rated record: only show what it would be charged')
    .option('--json', 'print one JSON object')
    .addHelpText('after', correctHelp)
    .action(async (record: string, { json, ...options }: CorrectOptions, command: Command) => {
      const [{ withInstallation }, { correctUsage }, { printCorrected }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/correct.ts'),
        import('../replaced-tables.ts'),
      ]);
      const request = { ...options, record, by: userName() };
      const report = await withInstallation(installationOptions(command), (home) => correctUsage(home, request));
      process.stdout.write(printCorrected(record, report, { json: json === true, dryRun: options.dryRun === true }));
    });
}

interface CorrectOptions {
  readonly set: string[];
  readonly why: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const joinHelp = `
A part that came after its call was charged is held for usage.part-late. This takes the charges of the call back, joins the
part, and charges the whole anew with what is known now, as an event with a number of its own. Without numbers all late
parts are joined. To close them instead: carillon usage discard --reason usage.part-late --why "…"

Examples:
  $ carillon usage join --dry-run --why "gateway 2 was down"
  $ carillon usage join 1042 --why "gateway 2 was down"`;

function registerJoin(usage: Command): void {
  usage
    .command('join')
    .description('join parts that came late to their calls, which are charged anew')
    .argument('[record...]', 'numbers of late parts')
    .option('--file <file>', 'only parts in this file')
    .requiredOption('--why <text>', 'the words for the books')
    .option('--dry-run', 'only show what the calls would be charged')
    .option('--json', 'print one JSON object')
    .addHelpText('after', joinHelp)
    .action(async (records: string[], { json, ...options }: JoinOptions, command: Command) => {
      const [{ withInstallation }, { joinLateParts }, { printJoined }, { progressLine }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/join.ts'),
        import('../replaced-tables.ts'),
        import('../progress-line.ts'),
      ]);
      const progress = progressLine('');
      const request = { ...options, records, by: userName(), onWait: () => progress.wait() };
      const report = await withInstallation(installationOptions(command), (home) => joinLateParts(home, request)).finally(() =>
        progress.end(),
      );
      process.stdout.write(printJoined(report, { json: json === true, dryRun: options.dryRun === true }));
      if (report.left.length > 0) process.exitCode = 1;
    });
}

interface JoinOptions {
  readonly file?: string;
  readonly why: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

function registerRerate(usage: Command): void {
  usage
    .command('rerate')
    .description('price charges in the books again: show the difference, and book it with --book')
    .option('--agreement <id>', 'charges under this agreement')
    .option('--tariff <id>', 'charges by this tariff')
    .option('--destination <name>', 'charges for this destination')
    .option('--rate <number>', 'charges at this rate', wholeNumber)
    .addOption(new Option('--service <service>', 'events of this service').choices(services))
    .option('--file <file>', 'events of this file')
    .option('--period <period>', 'charges of this period: 2026-10, 2026-W40, 2026-10-05')
    .option('--from <day>', 'charges from this local day on')
    .option('--to <day>', 'charges to this local day, which is included')
    .option('--as-known-at <instant>', 'price with what was known then, instead of now')
    .addOption(
      new Option('--unratable <what>', 'events that cannot be priced any more: book nothing at all, or keep their charges')
        .choices(['block', 'keep'])
        .default('block'),
    )
    .option('--book', 'book the difference')
    .option('--why <text>', 'the words for the books; needed with --book')
    .option('--json', 'print one JSON object')
    .addHelpText('after', rerateHelp)
    .action(async (options: RerateOptions, command: Command) => {
      const [{ withInstallation }, { rerateUsage }, { printRerate }, { instantFrom, periodFrom }, { progressLine }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/rerate.ts'),
        import('../correction-tables.ts'),
        import('../period-options.ts'),
        import('../progress-line.ts'),
      ]);
      const { period, from, to, asKnownAt, book, why, json, ...filter } = options;
      const request = {
        ...filter,
        ...(period === undefined && from === undefined && to === undefined ? {} : { period: periodFrom(options) }),
        ...(asKnownAt === undefined ? {} : { knownAtMicros: instantFrom(asKnownAt, '--as-known-at') }),
        nowMicros: Date.now() * 1000,
        ...(book === true ? { book: { why: why ?? '', by: userName() } } : {}),
      };
      const progress = progressLine('charges looked at');
      const events = { onWait: () => progress.wait(), onProgress: (looked: number) => progress.at(looked) };
      const report = await withInstallation(installationOptions(command), (home) => rerateUsage(home, request, events)).finally(() =>
        progress.end(),
      );
      process.stdout.write(printRerate(report, json === true));
    });
}

const rollbackHelp = `
Every charge of the file is taken back by a reversal, what was held or rejected of it is closed, and its keys are free:
the corrected file, or the same one, can be loaded. The file stays in the books as rolled-back, with its counts. Records
of other files that were duplicates of its records are told; carillon usage retry --duplicates takes them up. Calls that
have parts in other files, too, are taken back whole, and those parts wait again for the others.

Example:
  $ carillon usage rollback Master.csv --why "written with the clock an hour wrong"`;

function registerRollback(usage: Command): void {
  usage
    .command('rollback')
    .description('take all records of a file out of the books, so that it can be loaded again')
    .argument('<file>', 'a name, the end of a path, or the number of a file')
    .requiredOption('--why <text>', 'the words for the books')
    .option('--dry-run', 'only show what would be taken out of the books')
    .option('--json', 'print one JSON object')
    .addHelpText('after', rollbackHelp)
    .action(async (file: string, { json, ...said }: { why: string; dryRun?: boolean; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { rollbackFile }, { printRollback }, { progressLine }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/rollback.ts'),
        import('../correction-tables.ts'),
        import('../progress-line.ts'),
      ]);
      const progress = progressLine('');
      const request = { file, ...said, by: userName(), onWait: () => progress.wait() };
      const report = await withInstallation(installationOptions(command), (home) => rollbackFile(home, request)).finally(() =>
        progress.end(),
      );
      process.stdout.write(printRollback(report, json === true));
    });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
