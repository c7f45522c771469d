import type { Command } from 'commander';
import { formatTable } from '../table.ts';

/** `carillon reference`. */
export function register(program: Command): void {
  program
    .command('reference')
    .description('list the reference data that comes with the program: what, how much, from where, under which licence')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  $ carillon reference\n\nHow each was made is in docs/data-sources.md; the licences are in data/licenses/.',
    )
    .action(async (options: { json?: boolean }) => {
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
