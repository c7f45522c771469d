/** Documents and drafts as PDF, and previews of templates. */
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type InvoiceDocument, type Logo, logoTypes, type ShippedTemplate, shippedTemplates } from '#documents/invoice/invoice-document.ts';
import { lettersNotPrinted, renderInvoice, requestOf } from '#documents/invoice/render-invoice.ts';
import { type SampleOptions, sampleInvoice } from '#documents/invoice/sample-invoice.ts';
import { TemplateProcess } from '#documents/invoice/template-process.ts';
import type { RenderedPdf } from '#documents/typst.ts';
import type { Database } from '#storage/database.ts';
import { findTemplate, insertTemplate, type KeptTemplate, type StoredTemplate, selectTemplates } from '#storage/invoicing/templates.ts';
import { taxTexts } from '../tax/tax-port.ts';
import { fileAt, fileName, writeWhole } from '../written-file.ts';
import { invoiceOf } from './books.ts';
import { draftOf } from './draft.ts';
import { type KnownParties, knownParties } from './known-parties.ts';

export interface Look {
  /** Shipped, or the user's own; left out: the legal entity's. */
  readonly template?: string;
  /** Left out: the party's, else the legal entity's, else English. */
  readonly language?: DocumentLanguage;
}

export interface PrintRequest extends Look {
  readonly legalEntity?: string;
  /** File or folder. */
  readonly out?: string;
}

export interface Printed {
  readonly file: string;
  readonly pages: number;
  /** Letters that the fonts lack: boxes in the PDF. */
  readonly lettersNotPrinted: readonly string[];
}

export async function printInvoice(database: Database, number: string, request: PrintRequest): Promise<Printed> {
  const invoice = await invoiceOf(database, number, request.legalEntity);
  return printed(database, invoice, request, fileName('invoice', number));
}

export async function previewDraft(database: Database, id: string, request: PrintRequest): Promise<Printed> {
  const { content } = await draftOf(database, id);
  return printed(database, content, request, fileName('draft', id));
}

async function printed(database: Database, invoice: InvoiceDocument['invoice'], request: PrintRequest, name: string): Promise<Printed> {
  const { pdf, pages, lettersNotPrinted } = await documentPrinter(database)(invoice, request);
  return { file: await write(pdf, request.out, name), pages, lettersNotPrinted: lettersNotPrinted() };
}

/** A document as its legal entity and its party want it, unless asked for otherwise. */
export type DocumentPrinter = (
  invoice: InvoiceDocument['invoice'],
  look?: Look,
) => Promise<RenderedPdf & { lettersNotPrinted(): Printed['lettersNotPrinted'] }>;

/** Prints one document after the other. Configuration is read once, and again when it was changed. */
export function documentPrinter(database: Database, partiesFor: KnownParties = knownParties(database)): DocumentPrinter {
  return async (invoice, look = {}) => {
    // What the last document took of memory is released when the event loop turns.
    await new Promise(setImmediate);
    const known = await partiesFor(invoice);
    const language = look.language ?? known.party.language ?? known.entity.invoicing?.language ?? 'en';
    const document: InvoiceDocument = {
      ...{ invoice, ...known, language, taxTexts: taxTexts() },
      ...(invoice.number === undefined ? { mark: 'draft' } : {}),
    };
    const rendered = await render(database, document, look.template ?? known.entity.invoicing?.template ?? 'classic');
    return { ...rendered, lettersNotPrinted: () => lettersNotPrinted(document) };
  };
}

async function write(pdf: Uint8Array, out: string | undefined, name: string): Promise<string> {
  const file = out === undefined ? `${name}.pdf` : await fileAt(out, `${name}.pdf`);
  await writeWhole(file, [pdf]);
  return file;
}

async function render(database: Database, document: InvoiceDocument, template: string): Promise<RenderedPdf> {
  const shipped = shippedTemplates.find((each) => each === template);
  if (shipped !== undefined) return renderInvoice(document, shipped);
  const own = await findTemplate(database.pool, template);
  if (own === undefined) {
    const known = [...shippedTemplates, ...(await selectTemplates(database.pool)).map(({ name }) => name)];
    throw new RefusedError(
      refuse('template.unknown', `there is no template ${template}; there are ${known.join(', ')}`, { value: template.slice(0, 120) }),
    );
  }
  return renderOwn(document, own);
}

async function renderOwn(
  document: InvoiceDocument,
  { name, source, base, logo }: Pick<StoredTemplate, 'name' | 'source' | 'base' | 'logo'>,
): Promise<RenderedPdf> {
  const own = logo === undefined ? document : { ...document, logo };
  if (source === undefined && logo === undefined) return renderInvoice(own, base);
  const templates = new TemplateProcess();
  try {
    // A logo is a file of the user's as well: it is read where it can do no harm.
    const shown = source ?? `#include "${base}.typ"`;
    return await templates.render({ name: `${name}.typ`, source: shown, ...requestOf(own, source !== undefined) });
  } finally {
    templates.close();
  }
}

export interface PreviewRequest extends Look {
  readonly sample: SampleOptions;
  readonly out?: string;
}

/** A template with made-up figures. `template` is a shipped one, the user's own, or the path of a `.typ` file. */
export async function previewTemplate(
  withDatabase: <T>(work: (database: Database) => Promise<T>) => Promise<T>,
  template: string,
  request: PreviewRequest,
): Promise<Printed> {
  const language = request.language ?? 'en';
  const document: InvoiceDocument = { ...sampleInvoice({ ...request.sample, language }), taxTexts: taxTexts() };
  const shipped = shippedTemplates.find((each) => each === template);
  const name = fileName('preview', basename(template, '.typ'), language);
  const { pdf, pages } =
    shipped !== undefined
      ? renderInvoice(document, shipped)
      : template.endsWith('.typ')
        ? await renderOwn(document, {
            name: basename(template, '.typ'),
            source: await readFile(template, 'utf8'),
            base: 'classic',
            logo: undefined,
          })
        : await withDatabase((database) => render(database, document, template));
  return { file: await write(pdf, request.out, name), pages, lettersNotPrinted: [] };
}

/** A template that is kept, or a shipped one, with made-up figures. Throws RefusedError. */
export async function templateSample(
  database: Database,
  template: string,
  look: Omit<PreviewRequest, 'template' | 'out'>,
): Promise<Uint8Array> {
  const language = look.language ?? 'en';
  const document: InvoiceDocument = { ...sampleInvoice({ ...look.sample, language }), taxTexts: taxTexts() };
  return (await render(database, document, template)).pdf;
}

export interface TemplateRequest {
  readonly name: string;
  /** Path of the template; left out: a shipped one with a logo. */
  readonly file?: string;
  readonly base: ShippedTemplate;
  readonly logo?: string;
  readonly by: string;
}

const LARGEST_LOGO = 2 * 1024 * 1024;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Keeps a template once it has printed a sample in every direction of writing. Throws RefusedError. */
export async function addTemplate(database: Database, request: TemplateRequest): Promise<StoredTemplate> {
  const { name, file, base, by } = request;
  if (!NAME.test(name) || shippedTemplates.some((each) => each === name))
    throw new RefusedError(
      refuse('template.unknown', `a template of your own needs another name than ${name}`, { value: name.slice(0, 120) }),
    );
  const source = file === undefined ? undefined : await readFile(file, 'utf8');
  const logo = request.logo === undefined ? undefined : await readLogo(request.logo);
  const template = { name, source, base, logo, by };
  for (const language of ['en', 'ar'] as const) await renderOwn({ ...sampleInvoice({ language, extras: true }) }, template);
  return insertTemplate(database.pool, template);
}

async function readLogo(path: string): Promise<Logo> {
  const ending = extname(path).slice(1).toLowerCase().replace('jpeg', 'jpg');
  const type = logoTypes.find((each) => each === ending);
  const bytes = await readFile(path);
  if (type !== undefined && bytes.length <= LARGEST_LOGO) return { type, bytes };
  const message =
    type === undefined ? `a logo is ${logoTypes.join(', ')}` : `the logo has ${bytes.length} bytes; ${LARGEST_LOGO} is the most`;
  throw new RefusedError(refuse('template.broken', message, { file: path }));
}

export async function listTemplates(database: Database): Promise<readonly KeptTemplate[]> {
  return selectTemplates(database.pool);
}
