import { type Command, InvalidArgumentError } from 'commander';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatTable } from '../table.ts';

/** `carillon reference`. */
export function register(program: Command): void {
  program
    .command('reference')
    .description('list the reference data that comes with the program: what, how much, from where, under which licence')
    .option('--holidays <country>', 'the public holidays of a country, or of a region: DE, DE-BY')
    .option('--year <year>', 'of which year (default: this one)', yearOf)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  $ carillon reference\n  $ carillon reference --holidays DE-BY --year 2026\n\nHow each was made is in docs/data-sources.md; the licences are in data/licenses/.',
    )
    .action(async (options: { holidays?: string; year?: number; json?: boolean }) => {
      if (options.holidays !== undefined) {
        const year = options.year ?? new Date().getUTCFullYear();
        process.stdout.write(await holidaysText(options.holidays, year, options.json === true));
        return;
      }
      const { loadDataFiles, timeZones } = await import('#app/reference-data.ts');
      const files = loadDataFiles();
      const zones = { version: process.versions.tz ?? 'unknown', count: timeZones().length };
      if (options.json === true) {
        process.stdout.write(`${JSON.stringify({ files, timeZones: zones })}\n`);
        return;
      }
      const rows = [
        ...files.map(({ file, rows: count, date, licence }) => [file, `${count}`, date ?? 'not stated', licence]),
        ['time zones (IANA, in Node)', `${zones.count}`, zones.version, 'public domain'],
      ];
      const columns = [{ title: 'data' }, { title: 'rows', align: 'right' as const }, { title: 'version or date' }, { title: 'licence' }];
      const notes = files.map(({ file, what, source }) => `${file}: ${what}.\n  From ${source}.`);
      process.stdout.write(
        `${formatTable(columns, rows)}\n\n${notes.join('\n')}\nHolidays are calculated by the library date-holidays (ISC, its data CC BY-SA 3.0).\n`,
      );
    });
}

async function holidaysText(place: string, year: number, json: boolean): Promise<string> {
  const { resolveHolidays } = await import('#app/holidays.ts');
  const [country = '', ...region] = place.split('-');
  const dates = resolveHolidays({ country, ...(region.length === 0 ? {} : { region: region.join('-') }), fromYear: year, toYear: year });
  if (dates === undefined) {
    const message = 'there is no holiday calendar for it: a country such as DE, or a region such as DE-BY';
    throw new RefusedError(refuse('configuration.holidays-unknown', message, { field: 'holidays', value: place }));
  }
  if (json) return `${JSON.stringify({ holidays: place, year, dates })}\n`;
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' });
  return dates.map((date) => `${date}  ${weekday.format(new Date(`${date}T00:00:00Z`))}\n`).join('');
}

function yearOf(text: string): number {
  if (!/^(199\d|20\d\d|2100)$/.test(text)) throw new InvalidArgumentError('expected a year from 1990 to 2100');
  return Number(text);
}
