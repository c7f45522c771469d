import { once } from 'node:events';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type DocumentLanguage, documentLanguages } from '#core/parties/invoicing-terms.ts';
import { RefusedError, refuse, visibleText } from '#core/refusals.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import { installationOptions } from '../global-options.ts';
import { instantFrom, type PeriodOptions, periodFrom } from '../period-options.ts';

interface Options extends PeriodOptions {
  readonly format: 'table' | 'json' | 'csv' | 'pdf';
  readonly json?: boolean;
  readonly out?: string;
  readonly detail?: string;
  readonly line?: number;
  readonly limit?: number;
  readonly verify?: boolean;
  readonly quiet?: boolean;
  readonly empty?: boolean;
  readonly dated?: string;
  readonly language?: DocumentLanguage;
  readonly asKnownAt?: string;
}

const EXAMPLES = `
Periods, as local days of the agreement's zone:
  2026-10-21   a day              2026-10-H1   1st to 15th (H2: the rest)
  2026-W43     an ISO week        2026-10      a month       2026-Q4   a quarter

Examples:
  $ carillon statement northwind-2026 --period 2026-10
  $ carillon statement northwind-2026 --period 2026-10 --format pdf --out statements/
  $ carillon statement northwind-2026 --period 2026-10 --format pdf --language de
  $ carillon statement northwind-2026 --period 2026-10 --line 3
  $ carillon statement northwind-2026 --period 2026-10 --detail calls.csv.gz --verify --quiet`;

/** `carillon statement`. */
export function register(program: Command): void {
  program
    .command('statement')
    .description('what each side owes under an agreement for a period, by destination and rate')
    .argument('<agreement>', 'id of the agreement')
    .option('--period <period>', 'a day, ISO week, half-month, month or quarter')
    .option('--from <date>', 'first local day, with --to')
    .option('--to <date>', 'last local day')
    .addOption(new Option('--format <format>', 'table, json, csv or pdf').choices(['table', 'json', 'csv', 'pdf']).default('table'))
    .option('--json', 'short for --format json')
    .option('--out <place>', 'file or folder for json, csv or pdf; - for standard output (pdf: a file in this folder)')
    .option('--detail <place>', 'write the events to this CSV file, compressed when it ends in .gz, and check that they add up')
    .option('--line <number>', 'list the events of this line', wholeNumber)
    .option('--limit <number>', 'events of a line to list (table: 50, others: all)', wholeNumber)
    .option('--verify', 'compare every line with its events')
    .option('--quiet', 'do not print the statement: only which files were written and what was verified')
    .option('--empty', 'make a statement of nothing when nothing is booked')
    .addOption(new Option('--language <language>', 'of the PDF, instead of the party’s').choices(documentLanguages))
    .option('--dated <date>', 'date on the document (today): the same input gives the same bytes')
    .option('--as-known-at <instant>', 'only what was loaded by this instant, with what was configured then')
    .addHelpText('after', EXAMPLES)
    .action(async (agreement: string, options: Options, command: Command) => run(agreement, options, command));
}

const LISTED = 50;

async function run(agreement: string, options: Options, command: Command): Promise<void> {
  const format = options.json === true ? 'json' : options.format;
  const period = periodFrom(options);
  const known = options.asKnownAt === undefined ? {} : { knownAtMicros: instantFrom(options.asKnownAt, 'as-known-at') };
  if (options.dated !== undefined && !isLocalDate(options.dated)) {
    throw new RefusedError(refuse('statement.instant-malformed', 'not a date', { field: 'dated', value: options.dated.slice(0, 120) }));
  }
  const streams = options.line !== undefined && format !== 'table';
  const limit = options.limit ?? (format === 'table' ? LISTED : undefined);
  const [{ withInstallation }, { produceStatement }, { printLine, printStatement }] = await Promise.all([
    import('#app/installation.ts'),
    import('#app/statement.ts'),
    import('../statement-tables.ts'),
  ]);
  const outcome = await withInstallation(installationOptions(command), ({ database }) =>
    produceStatement(database, {
      agreement,
      period,
      nowMicros: Date.now() * 1000,
      format,
      ...known,
      ...(options.out === undefined ? {} : { out: options.out }),
      ...(options.detail === undefined ? {} : { detail: options.detail }),
      ...(options.line === undefined ? {} : { line: options.line }),
      ...(limit === undefined ? {} : { limit }),
      ...(options.verify === undefined ? {} : { verify: options.verify }),
      ...(options.empty === undefined ? {} : { allowEmpty: options.empty }),
      ...(options.language === undefined ? {} : { language: options.language }),
      ...(options.dated === undefined ? {} : { dated: options.dated }),
      ...(streams ? { sink: print } : {}),
    }),
  );
  const { line, output, files, verifiedEvents, lettersNotPrinted } = outcome;
  if (options.quiet === true) {
    // Files and what was verified are said below.
  } else if (line !== undefined) {
    if (!streams) await print(printLine({ ...outcome, line }));
  } else if (format === 'table') await print(printStatement(outcome));
  else if (output !== undefined) await print(output);
  // What is not the statement itself goes beside it, so that standard output can be piped.
  for (const file of files) process.stderr.write(`written: ${visibleText(file)}\n`);
  if (lettersNotPrinted.length > 0) {
    process.stderr.write(`the PDF shows boxes for letters its fonts do not have: ${lettersNotPrinted.slice(0, 20).join(' ')}\n`);
  }
  if (verifiedEvents !== undefined)
    process.stderr.write(`verified: ${verifiedEvents} charged events add up to every line, to the last digit\n`);
}

async function print(text: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
