import { type Command, InvalidArgumentError } from 'commander';
import { valueOrThrow } from '#core/refusals.ts';
import { convertMargin, readConversion } from '#core/settlement/converted-margin.ts';
import { readMarginBy } from '#core/settlement/margin-by.ts';
import { installationOptions } from '../global-options.ts';
import { type PeriodOptions, periodFrom } from '../period-options.ts';

interface Options extends PeriodOptions {
  readonly zone?: string;
  readonly top?: number;
  readonly by?: string;
  readonly in?: string;
  readonly rate: readonly string[];
  readonly json?: boolean;
}

/** `carillon margin`. */
export function register(program: Command): void {
  program
    .command('margin')
    .description('receivable less payable for the same events, by destination')
    .option('--period <period>', 'a day, ISO week, half-month, month or quarter, as in `carillon statement`')
    .option('--day <date>', 'one local day')
    .option('--from <date>', 'first local day, with --to')
    .option('--to <date>', 'last local day')
    .option('--zone <zone>', 'zone of the days (that of the legal entities when they agree, else UTC)')
    .option('--by <what>', 'destination, bin:<set>, callType, causeClass, country, owner, place, network, tadig or tag', 'destination')
    .option('--top <number>', 'only so many destinations, the largest first', (text) => {
      if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
      return Number(text);
    })
    .option('--in <currency>', 'margin on transit in this currency: amounts in others are converted by --rate')
    .option('--rate <currency=figure>', 'with --in: what one unit of another currency is, EUR=1.16; once for each', collect, [])
    .option('--json', 'print one JSON object, with exact amounts')
    .addHelpText(
      'after',
      '\nExamples:\n  $ carillon margin --day 2026-10-21 --top 20\n  $ carillon margin --period 2026-10 --by bin:circles\n  $ carillon margin --period 2026-10 --in USD --rate EUR=1.16',
    )
    .action(async (options: Options, command: Command) => {
      const period = periodFrom(options);
      if (options.in === undefined && options.rate.length > 0)
        command.error('error: --rate says what a currency is worth in that of --in, which is missing');
      const conversion = options.in === undefined ? undefined : valueOrThrow(readConversion(options.in, options.rate));
      const [{ withInstallation }, { readMargin }, { marginJson, marginNotes, printMargin }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/margin.ts'),
        import('../margin-table.ts'),
      ]);
      const by = valueOrThrow(readMarginBy(options.by ?? 'destination'));
      const zone = options.zone === undefined ? {} : { zone: options.zone };
      const margin = await withInstallation(installationOptions(command), ({ database }) =>
        readMargin(database, { period, nowMicros: Date.now() * 1000, by, ...zone }),
      );
      if (conversion === undefined) {
        process.stdout.write(options.json === true ? marginJson(margin) : printMargin(margin, options.top));
        return;
      }
      const { convertedMarginJson, printConvertedMargin } = await import('../converted-margin-table.ts');
      const converted = valueOrThrow(convertMargin(margin.lines, conversion));
      // What is left out is left out here too; that currencies stand side by side is not so.
      const notes = marginNotes({ ...margin, mixed: false });
      process.stdout.write(
        options.json === true ? convertedMarginJson(converted, margin, notes) : printConvertedMargin(converted, margin, options.top, notes),
      );
    });
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
