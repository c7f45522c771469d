/** The files of a document that go out, made when they are asked for: the same document gives the same bytes. */
import type { Invoice } from '#core/invoicing/invoice.ts';
import { renderReminder } from '#documents/disputes/render-reminder.ts';
import { renderDunning } from '#documents/dunning/render-dunning.ts';
import type { DeliverableDocument, DeliveryFile, DocumentFiles } from '#operations/delivery/ports.ts';
import type { Database } from '#storage/database.ts';
import { reminderOf } from '../dispute-reminders.ts';
import { letterOf } from '../dunning/dunning.ts';
import { letterLanguage } from '../dunning/letter-file.ts';
import { issuedEInvoice } from '../einvoice/write-issued.ts';
import { invoiceOf } from '../invoicing/books.ts';
import { type KnownParties, knownParties } from '../invoicing/known-parties.ts';
import { type DocumentPrinter, documentPrinter } from '../invoicing/print.ts';
import { fileName } from '../written-file.ts';

export function documentFiles(database: Database): DocumentFiles {
  const partiesFor = knownParties(database);
  const print = documentPrinter(database, partiesFor);
  return {
    async make(document, parts) {
      if (document.kind === 'dunning') return [await dunningLetter(database, document)];
      if (document.kind === 'dispute-reminder') return [await reminder(database, document)];
      const invoice = await invoiceOf(database, document.number, document.legalEntity);
      const files: DeliveryFile[] = [];
      for (const part of parts) files.push(part === 'pdf' ? await pdf(print, invoice) : await ubl(database, invoice, partiesFor));
      return files;
    },
  };
}

async function dunningLetter(database: Database, { number }: DeliverableDocument): Promise<DeliveryFile> {
  const letter = await letterOf(database, number);
  return { name: `${fileName(number)}.pdf`, mediaType: 'application/pdf', content: renderDunning(letter, letterLanguage(letter)) };
}

async function reminder(database: Database, { number }: DeliverableDocument): Promise<DeliveryFile> {
  const letter = await reminderOf(database, number);
  return { name: `${fileName(number)}.pdf`, mediaType: 'application/pdf', content: renderReminder(letter, letterLanguage(letter)) };
}

async function pdf(print: DocumentPrinter, invoice: Invoice): Promise<DeliveryFile> {
  const { pdf: content } = await print(invoice);
  return { name: `${fileName(invoice.number)}.pdf`, mediaType: 'application/pdf', content };
}

async function ubl(database: Database, invoice: Invoice, partiesFor: KnownParties): Promise<DeliveryFile> {
  const text = await issuedEInvoice(database, invoice, {}, partiesFor);
  return { name: `${fileName(invoice.number)}.xml`, mediaType: 'application/xml', content: Buffer.from(text, 'utf8') };
}
