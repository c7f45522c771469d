import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import type { Installation } from '#app/installation.ts';
import { type DocumentLanguage, documentLanguages, invoiceKinds } from '#core/parties/invoicing-terms.ts';
import { visibleText } from '#core/refusals.ts';
import { example } from '../example.ts';
import { installationOptions } from '../global-options.ts';
import { today } from '../today.ts';
import { userName } from '../user-name.ts';

const json = ['--json', 'print one JSON object, amounts exact'] as const;
const someEntity = ['--legal-entity <id>', 'the one of the operator’s companies that issued it, where two have the number'] as const;
const byOption = ['--by <name>', 'who does it, for the books (the user of the system)'] as const;
const languageOption = () => new Option('--language <language>', 'instead of the party’s').choices(documentLanguages);

/** `carillon invoice`. */
export function register(program: Command): void {
  const invoice = program
    .command('invoice')
    .description('invoices, credit and debit notes: drafts, issuing, correction, PDF, verification');
  registerDrafts(invoice);
  registerIssued(invoice);
  registerPrinting(invoice);
}

async function opened(command: Command) {
  const [{ withInstallation }, tables, { jsonText }] = await Promise.all([
    import('#app/installation.ts'),
    import('../invoice-tables.ts'),
    import('../ledger-tables.ts'),
  ]);
  const open = <T>(work: (installation: Installation) => Promise<T>): Promise<T> => withInstallation(installationOptions(command), work);
  return { open, tables, jsonText };
}

const draftHelp = `
A file is YAML or JSON, one invoice a document:

  account: northwind-usd
  period: 2026-11
  lines:
    - {description: "Port fee, November 2026", price: 250.00}

The tax is found by the rules; a draft of the same key (the file's name) is written over. docs/reference/invoices.md has all keys.
${example('invoice draft port-fees.yaml', 'invoice issue --all')}`;

function registerDrafts(invoice: Command): void {
  invoice
    .command('draft')
    .description('make drafts of invoices written by hand')
    .argument('<file>', 'YAML or JSON; - for standard input')
    .option('--dated <day>', 'date of issue (today)')
    .option(...byOption)
    .option(...json)
    .addHelpText('after', draftHelp)
    .action(async (file: string, options: { dated?: string; by?: string; json?: boolean }, command: Command) => {
      const { draftFromFile } = await import('#app/invoicing/draft.ts');
      const content = file === '-' ? await standardInput() : await readFile(file, 'utf8');
      const { open, tables, jsonText } = await opened(command);
      const drafts = await open(({ database, settings }) =>
        draftFromFile(database, settings, { file, content, dated: options.dated ?? today(), by: options.by ?? userName() }),
      );
      process.stdout.write(options.json === true ? jsonText({ drafts }) : tables.printDrafts(drafts));
    });
  invoice
    .command('issue')
    .description('issue drafts for ever: all that are named or none')
    .argument('[draft...]', 'numbers of drafts')
    .option('--all', 'all open drafts')
    .option('--dated <day>', 'date of issue instead of the draft’s; the due date moves with it')
    .option(...byOption)
    .option(...json)
    .addHelpText('after', example('invoice issue 12 13 --dated 2026-11-03'))
    .action(async (drafts: string[], options: { all?: boolean; dated?: string; by?: string; json?: boolean }, command: Command) => {
      if ((drafts.length === 0) !== (options.all === true)) command.error('error: name drafts, or give --all');
      const { issueDrafts } = await import('#app/invoicing/draft.ts');
      const { open, jsonText } = await opened(command);
      const dated = options.dated === undefined ? {} : { dated: options.dated };
      const issued = await open(({ database }) => issueDrafts(database, { drafts, ...dated, by: options.by ?? userName() }));
      const told = issued
        .map(({ invoice: { number, party }, isNew }) => `${isNew ? 'issued' : 'was issued before'}: ${number}, to ${party}\n`)
        .join('');
      process.stdout.write(
        options.json === true ? jsonText({ issued: issued.map(({ invoice }) => invoice) }) : told === '' ? 'No open drafts.\n' : told,
      );
    });
  invoice
    .command('discard')
    .description('discard a draft')
    .argument('<draft>', 'number of the draft')
    .addHelpText('after', example('invoice discard 12'))
    .action(async (draft: string, _: object, command: Command) => {
      const { discardDraft } = await import('#app/invoicing/draft.ts');
      const { open } = await opened(command);
      await open(({ database }) => discardDraft(database, draft));
      process.stdout.write(`discarded: draft ${visibleText(draft)}\n`);
    });
}

async function standardInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer); // no encoding is set
  return Buffer.concat(parts).toString('utf8');
}

interface ListOptions {
  readonly drafts?: boolean;
  readonly legalEntity?: string;
  readonly account?: string;
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

interface CreditOptions {
  readonly reason: string;
  readonly line: readonly string[];
  readonly legalEntity?: string;
  readonly dated?: string;
  readonly by?: string;
  readonly json?: boolean;
}

function registerIssued(invoice: Command): void {
  invoice
    .command('list')
    .description('documents that were issued, or drafts')
    .option('--drafts', 'open drafts instead')
    .option('--legal-entity <id>', 'only of this one of the operator’s companies')
    .option('--account <id>', 'only of this billing account')
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(invoiceKinds))
    .option('--from <day>', 'issued on this day or later')
    .option('--to <day>', 'issued on this day or before')
    .option(...json)
    .addHelpText('after', example('invoice list --account northwind-usd --from 2026-10-01'))
    .action(async ({ drafts, json: asJson, ...filter }: ListOptions, command: Command) => {
      const { open, tables, jsonText } = await opened(command);
      if (drafts === true) {
        const { listDrafts } = await import('#app/invoicing/draft.ts');
        const found = await open(({ database }) => listDrafts(database));
        process.stdout.write(asJson === true ? jsonText({ drafts: found }) : tables.printDrafts(found));
        return;
      }
      const { listInvoices } = await import('#app/invoicing/look-up.ts');
      const invoices = await open(({ database }) => listInvoices(database, filter));
      process.stdout.write(asJson === true ? jsonText({ invoices }) : tables.printInvoices(invoices));
    });
  invoice
    .command('show')
    .description('a document with its lines, and what is left of them after credit notes')
    .argument('<number>', 'number of the document, or draft:12')
    .option(...someEntity)
    .option('--json', 'the text that was hashed, with its hash')
    .addHelpText('after', example('invoice show INV-2026-000017'))
    .action(async (number: string, options: { legalEntity?: string; json?: boolean }, command: Command) => {
      const [{ draftOf }, { showInvoice }, { canonicalJson }] = await Promise.all([
        import('#app/invoicing/draft.ts'),
        import('#app/invoicing/look-up.ts'),
        import('#core/invoicing/invoice-json.ts'),
      ]);
      const { open, tables } = await opened(command);
      if (number.startsWith('draft:')) {
        const draft = await open(({ database }) => draftOf(database, number.slice('draft:'.length)));
        process.stdout.write(options.json === true ? `${canonicalJson(draft.content)}\n` : tables.printDraft(draft));
        return;
      }
      const shown = await open(({ database }) => showInvoice(database, number, options.legalEntity));
      const { sha256, ...content } = shown.invoice;
      const text = `{"content":${canonicalJson(content)},"sha256":"${sha256}","corrections":${JSON.stringify(shown.corrections)}}\n`;
      process.stdout.write(options.json === true ? text : tables.printInvoice(shown));
    });
  invoice
    .command('credit')
    .description('issue a credit note: all that is left of a document, or of some of its lines')
    .argument('<number>', 'the document that it corrects')
    .requiredOption('--reason <text>', 'why; it stands on the credit note')
    .option(
      '--line <line>',
      'a line, or so much of its net: 3=12.50; may be given several times',
      (value, all: string[]) => [...all, value],
      [],
    )
    .option('--dated <day>', 'date of issue (today)')
    .option(...byOption)
    .option(...someEntity)
    .option(...json)
    .addHelpText('after', example('invoice credit INV-2026-000017 --line 3=12.50 --reason "rate of 15 October"'))
    .action(async (number: string, options: CreditOptions, command: Command) => {
      const { issueCredit } = await import('#app/invoicing/credit.ts');
      const { open, jsonText } = await opened(command);
      const { reason, line: lines, legalEntity } = options;
      const order = {
        ...{ number, reason, lines, dated: options.dated ?? today(), by: options.by ?? userName() },
        ...(legalEntity === undefined ? {} : { legalEntity }),
      };
      const issued = await open(({ database }) => issueCredit(database, order));
      process.stdout.write(options.json === true ? jsonText({ issued }) : `issued: ${issued.number}, corrects ${number}\n`);
    });
  invoice
    .command('verify')
    .description('prove that documents are as they were issued, and that no number is missing')
    .option('--legal-entity <id>', 'only of this one of the operator’s companies')
    .option(...json)
    .addHelpText('after', example('invoice verify'))
    .action(async (options: { legalEntity?: string; json?: boolean }, command: Command) => {
      const { verifyIssued } = await import('#app/invoicing/look-up.ts');
      const { open, tables, jsonText } = await opened(command);
      const verified = await open(({ database }) => verifyIssued(database, options.legalEntity));
      process.stdout.write(options.json === true ? jsonText(verified) : tables.printVerified(verified));
      if (verified.findings.length > 0) process.exitCode = 1;
    });
}

interface PrintOptions {
  readonly template?: string;
  readonly language?: DocumentLanguage;
  readonly legalEntity?: string;
  readonly out?: string;
}

function registerPrinting(invoice: Command): void {
  invoice
    .command('detail')
    .description('the events that a document bills, as CSV or Parquet: they add up to its lines exactly, or nothing is written')
    .argument('<number>', 'number of the document')
    .option(...someEntity)
    .option('--out <place>', 'file or folder; compressed when it ends in .gz, Parquet when in .parquet (a .csv.gz in this folder)')
    .addOption(new Option('--format <format>', 'instead of what the name of the file says').choices(['csv', 'parquet']))
    .addHelpText(
      'after',
      example('invoice detail INV-2026-000017 --out calls.csv.gz', 'invoice detail INV-2026-000017 --out calls.parquet'),
    )
    .action(async (number: string, options: { legalEntity?: string; out?: string; format?: 'csv' | 'parquet' }, command: Command) => {
      const { writeDetail } = await import('#app/invoicing/detail.ts');
      const { open } = await opened(command);
      const { file, events, lines } = await open(({ database }) =>
        writeDetail(database, number, { ...options, nowMicros: Date.now() * 1000 }),
      );
      process.stdout.write(`written: ${visibleText(file)}, ${events} events of ${lines} lines\n`);
    });
  const print = (name: 'pdf' | 'preview', description: string, argument: string, what: string, shown: string): void => {
    invoice
      .command(name)
      .description(description)
      .argument(argument, what)
      .option('--template <name>', 'instead of the legal entity’s: classic, modern, compact, or one of your own')
      .addOption(languageOption())
      .option(...someEntity)
      .option('--out <place>', 'file or folder (a file in this folder)')
      .addHelpText('after', example(shown))
      .action(async (number: string, options: PrintOptions, command: Command) => {
        const { previewDraft, printInvoice } = await import('#app/invoicing/print.ts');
        const { open } = await opened(command);
        const { file, pages, lettersNotPrinted } = await open(({ database }) =>
          name === 'pdf' ? printInvoice(database, number, options) : previewDraft(database, number, options),
        );
        process.stdout.write(`written: ${visibleText(file)}, ${pages === 1 ? 'one page' : `${pages} pages`}\n`);
        if (lettersNotPrinted.length > 0)
          process.stderr.write(`the PDF shows boxes for letters its fonts do not have: ${lettersNotPrinted.slice(0, 20).join(' ')}\n`);
      });
  };
  print(
    'pdf',
    'a document as PDF; the same document gives the same bytes',
    '<number>',
    'number of the document',
    'invoice pdf INV-2026-000017 --out invoices/',
  );
  print('preview', 'a draft as PDF, marked as such', '<draft>', 'number of the draft', 'invoice preview 12 --language de');
}
