/** The files of a document that go out, made when they are asked for: the same document gives the same bytes. */
import type { Invoice } from '#core/invoicing/invoice.ts';
import { documentLanguages } from '#core/parties/invoicing-terms.ts';
import { renderDunning } from '#documents/dunning/render-dunning.ts';
import type { DeliverableDocument, DeliveryFile, DocumentFiles } from '#operations/delivery/ports.ts';
import type { Database } from '#storage/database.ts';
import { letterOf } from '../dunning/dunning.ts';
import { issuedEInvoice } from '../einvoice/write-issued.ts';
import { invoiceOf } from '../invoicing/books.ts';
import { renderedDocument } from '../invoicing/print.ts';
import { fileName } from '../written-file.ts';

export function documentFiles(database: Database): DocumentFiles {
  return {
    async make(document, parts) {
      if (document.kind === 'dunning') return [await dunningLetter(database, document)];
      const invoice = await invoiceOf(database, document.number, document.legalEntity);
      const files: DeliveryFile[] = [];
      for (const part of parts) files.push(part === 'pdf' ? await pdf(database, invoice) : await ubl(database, invoice));
      return files;
    },
  };
}

/** In the language of the party, as its other documents are. */
async function dunningLetter(database: Database, { number }: DeliverableDocument): Promise<DeliveryFile> {
  const letter = await letterOf(database, number);
  const wanted = letter.party.language ?? letter.entity.invoicing?.language;
  const language = documentLanguages.find((code) => code === wanted) ?? 'en';
  return { name: `${fileName(number)}.pdf`, mediaType: 'application/pdf', content: renderDunning(letter, language) };
}

async function pdf(database: Database, invoice: Invoice): Promise<DeliveryFile> {
  const { pdf: content } = await renderedDocument(database, invoice, {});
  return { name: `${fileName(invoice.number)}.pdf`, mediaType: 'application/pdf', content };
}

async function ubl(database: Database, invoice: Invoice): Promise<DeliveryFile> {
  const text = await issuedEInvoice(database, invoice);
  return { name: `${fileName(invoice.number)}.xml`, mediaType: 'application/xml', content: Buffer.from(text, 'utf8') };
}
