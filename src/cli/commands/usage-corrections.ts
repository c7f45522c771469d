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

/** `carillon usage correct`, `carillon usage rerate` and `carillon usage rollback`. */
export function registerCorrections(usage: Command): void {
  registerCorrect(usage);
  registerRerate(usage);
  registerRollback(usage);
}

const correctHelp = `
Fields: ${correctableFields.join(', ')}.
Values are as the source writes them: numbers and trunks go through its rules. The raw record stays; who corrected what,
and why, is kept. The record is priced with the corrected fields when it is taken up: carillon usage retry.

Example:
  $ carillon usage correct 1042 --set called=00442079460000 --set trunkIn=rheinland-1 --why "ticket 4711: trunk renamed that night"`;

function registerCorrect(usage: Command): void {
  usage
    .command('correct')
    .description('say what fields of a held record are, with who and why')
    .argument('<record>', 'number of the record')
    .option('--set <field=value>', 'a field; may be given several times', (value: string, all: string[]) => [...all, value], [])
    .requiredOption('--why <text>', 'the words for the books')
    .option('--json', 'print one JSON object')
    .addHelpText('after', correctHelp)
    .action(async (record: string, { set, why, json }: { set: string[]; why: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { correctUsage }] = await Promise.all([import('#app/installation.ts'), import('#app/usage/correct.ts')]);
      const request = { record, set, why, by: userName() };
      const fields = await withInstallation(installationOptions(command), (home) => correctUsage(home, request));
      const told = `record ${record}: ${Object.keys(fields).join(', ')} corrected; it is taken up with: carillon usage retry\n`;
      process.stdout.write(json === true ? `${JSON.stringify({ record, fields })}\n` : told);
    });
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
of other files that were duplicates of its records are told; carillon usage retry --duplicates takes them up.

Example:
  $ carillon usage rollback Master.csv --why "written with the clock an hour wrong"`;

function registerRollback(usage: Command): void {
  usage
    .command('rollback')
    .description('take all records of a file out of the books, so that it can be loaded again')
    .argument('<file>', 'a name, the end of a path, or the number of a file')
    .requiredOption('--why <text>', 'the words for the books')
    .option('--json', 'print one JSON object')
    .addHelpText('after', rollbackHelp)
    .action(async (file: string, { why, json }: { why: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { rollbackFile }, { printRollback }, { progressLine }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/usage/rollback.ts'),
        import('../correction-tables.ts'),
        import('../progress-line.ts'),
      ]);
      const progress = progressLine('');
      const request = { file, why, by: userName(), onWait: () => progress.wait() };
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
