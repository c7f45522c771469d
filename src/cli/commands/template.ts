import { type Command, Option } from 'commander';
import { type DocumentLanguage, documentLanguages, invoiceKinds } from '#core/parties/invoicing-terms.ts';
import { visibleText } from '#core/refusals.ts';
import { example } from '../example.ts';
import { installationOptions } from '../global-options.ts';
import { formatTable } from '../table.ts';
import { userName } from '../user-name.ts';

const shipped = ['classic', 'modern', 'compact'] as const;

interface PreviewOptions {
  readonly language?: DocumentLanguage;
  readonly lines?: number;
  readonly kind?: (typeof invoiceKinds)[number];
  readonly taxes?: 'none' | 'one' | 'several';
  readonly out?: string;
}

/** `carillon template`. */
export function register(program: Command): void {
  const template = program.command('template').description('how documents look: the shipped templates and your own');
  template
    .command('preview')
    .description('a template with made-up figures, as PDF')
    .argument('<template>', 'classic, modern, compact, one of your own, or the path of a .typ file')
    .addOption(new Option('--language <language>', 'language of the sample').choices(documentLanguages).default('en'))
    .option('--lines <number>', 'lines of the sample', (text) => Math.min(10_000, Math.max(1, Number.parseInt(text, 10) || 1)), 8)
    .addOption(new Option('--kind <kind>', 'kind of the sample').choices(invoiceKinds).default('invoice'))
    .addOption(new Option('--taxes <taxes>', 'taxes of the sample').choices(['none', 'one', 'several']).default('one'))
    .option('--out <place>', 'file or folder (a file in this folder)')
    .addHelpText('after', example('template preview modern --language ar', 'template preview mine.typ --lines 40'))
    .action(async (name: string, { language, out, ...sample }: PreviewOptions, command: Command) => {
      const [{ withInstallation }, { previewTemplate }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/invoicing/print.ts'),
      ]);
      const request = {
        sample: { ...sample, extras: true },
        ...(language === undefined ? {} : { language }),
        ...(out === undefined ? {} : { out }),
      };
      const options = installationOptions(command);
      const { file, pages } = await previewTemplate((work) => withInstallation(options, ({ database }) => work(database)), name, request);
      process.stdout.write(`written: ${visibleText(file)}, ${pages === 1 ? 'one page' : `${pages} pages`}\n`);
    });
  template
    .command('add')
    .description('keep a template of your own, or a shipped one with your logo; a second time it is the new version')
    .argument('<name>', 'its name; legal entities choose it with invoicing.template')
    .option('--file <file>', 'Typst source')
    .addOption(new Option('--base <template>', 'without --file: the shipped template').choices(shipped).default('classic'))
    .option('--logo <file>', 'SVG, PNG or JPEG, at most 2 MB')
    .option('--by <name>', 'who does it, for the books (the user of the system)')
    .addHelpText('after', example('template add ours --base modern --logo logo.svg', 'template add ours --file ours.typ'))
    .action(
      async (name: string, options: { file?: string; base: (typeof shipped)[number]; logo?: string; by?: string }, command: Command) => {
        const [{ withInstallation }, { addTemplate }] = await Promise.all([
          import('#app/installation.ts'),
          import('#app/invoicing/print.ts'),
        ]);
        const { by, ...rest } = options;
        await withInstallation(installationOptions(command), ({ database }) =>
          addTemplate(database, { name, ...rest, by: by ?? userName() }),
        );
        process.stdout.write(`kept: template ${visibleText(name)}\n`);
      },
    );
  template
    .command('list')
    .description('templates that documents can have')
    .addHelpText('after', example('template list'))
    .action(async (_: object, command: Command) => {
      const [{ withInstallation }, { listTemplates }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/invoicing/print.ts'),
      ]);
      const own = await withInstallation(installationOptions(command), ({ database }) => listTemplates(database));
      const rows = [
        ...shipped.map((name) => [name, 'shipped', '', '']),
        ...own.map(({ name, base, source, logo, by }) => [name, source === undefined ? base : 'own source', logo?.type ?? '', by]),
      ];
      process.stdout.write(
        `${formatTable(
          ['Template', 'Made of', 'Logo', 'By'].map((title) => ({ title })),
          rows,
        )}\n`,
      );
    });
}
