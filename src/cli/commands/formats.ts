import { type Command, InvalidArgumentError } from 'commander';

const testHelp = `
Shows the first records field by field: which column a field is from, its text, what it means, and the columns that
nothing looks at. Below that, what becomes of the first 100,000 records. Nothing is stored, no database is needed.

With --config, the formats of a folder of configuration files count too, and --source shows a file as one of its
sources reads it.

Examples:
  $ carillon formats test Master.csv --format asterisk-csv
  $ carillon formats test cdr.txt --format my-switch --config config --records 20
  $ carillon formats test cdr.txt --source tandem --config config`;

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

/** `carillon formats …`. */
export function register(program: Command): void {
  const formats = program.command('formats').description('how the files of switches are written: list, show, try on a file');
  formats
    .command('list')
    .description('list the formats that come with the program, and your own')
    .option('--config <folder>', 'count the formats of a folder of configuration files too')
    .option('--json', 'print one JSON object for each format')
    .addHelpText('after', '\nExample:\n  $ carillon formats list --config config')
    .action(async ({ config, json }: Options) => {
      const [{ listFormats }, { formatsTable }] = await Promise.all([import('#app/formats.ts'), import('../formats-text.ts')]);
      process.stdout.write(formatsTable(await listFormats(config), json === true));
    });
  formats
    .command('show')
    .description('show what a format says: columns, key, fields, and where it was checked')
    .argument('<format>', 'its id')
    .option('--config <folder>', 'look among the formats of a folder of configuration files too')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ carillon formats show asterisk-csv')
    .action(async (id: string, { config, json }: Options) => {
      const [{ findFormat }, { formatText }] = await Promise.all([import('#app/formats.ts'), import('../formats-text.ts')]);
      process.stdout.write(formatText(await findFormat(id, config), json === true));
    });
  formats
    .command('from-asn1')
    .description('make the beginning of a BER format from an ASN.1 module')
    .argument('<file>', 'the module; several can stand in one file')
    .requiredOption('--record <type>', 'the type that a record is')
    .addHelpText('after', '\nExample:\n  $ carillon formats from-asn1 exchange.asn1 --record CallEventRecord > config/exchange.yaml')
    .action(async (file: string, { record }: { record: string }) => {
      const [{ formatOfAsn1 }, { visibleText }] = await Promise.all([import('#app/asn1-format.ts'), import('#core/refusals.ts')]);
      const { yaml, notes } = formatOfAsn1(file, record);
      process.stdout.write(yaml);
      process.stderr.write(notes.map((note) => `${visibleText(note)}\n`).join(''));
    });
  formats
    .command('test')
    .description('show how the first records of a file decode, and what is unmapped, held or rejected')
    .argument('<file>', 'a file, also gzipped')
    .option('--format <id>', 'the format')
    .option('--source <name>', 'a source of the folder instead of a format')
    .option('--config <folder>', 'the folder of configuration files that has your formats and sources')
    .option('--records <number>', 'records shown field by field', recordsOf, 3)
    .option('--json', 'print one JSON object for each record, and one with the counts')
    .addHelpText('after', testHelp)
    .action(async (file: string, options: Options & { format?: string; source?: string; records: number }, command: Command) => {
      const { format, source, config, records, json } = options;
      if ((format === undefined) === (source === undefined)) command.error('error: give either --format or --source', { exitCode: 2 });
      if (source !== undefined && config === undefined)
        command.error('error: --source needs --config, the folder that has the source', { exitCode: 2 });
      const [{ testFormat }, { recordText, summaryText }] = await Promise.all([import('#app/try-format.ts'), import('../formats-text.ts')]);
      const request = {
        file,
        records,
        ...(format === undefined ? {} : { format }),
        ...(source === undefined ? {} : { source }),
        ...(config === undefined ? {} : { config }),
      };
      const summary = await testFormat(request, (record) => {
        process.stdout.write(recordText(record, json === true));
      });
      process.stdout.write(summaryText(summary, json === true));
    });
}

function recordsOf(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('expected a number up to 99999');
  return Number(text);
}
