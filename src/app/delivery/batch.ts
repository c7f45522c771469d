/** `carillon delivery batch`: one PDF of all that waits for the printer, each document beginning on a front page. */
import { createHash } from 'node:crypto';
import { PDFDocument } from '@cantoo/pdf-lib';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { DocumentFiles } from '#operations/delivery/ports.ts';
import type { Database } from '#storage/database.ts';
import { beginBatch, finishBatch } from '#storage/delivery/batches.ts';
import { writeWhole } from '../written-file.ts';

export interface BatchRequest {
  readonly out: string;
  /** Documents at most. */
  readonly most: number;
  /** Printed on both sides: an empty page after documents with an odd number of pages. */
  readonly duplex: boolean;
  readonly by: string;
  readonly nowMicros: number;
}

export interface MadeBatch {
  readonly batchId: bigint;
  readonly documents: readonly { readonly number: string; readonly firstPage: number; readonly pages: number }[];
  readonly pages: number;
}

/** Throws RefusedError (`delivery.batch-empty`, `statement.output-unwritable`). A batch that was begun and not finished is made first. */
export async function makeBatch(database: Database, files: DocumentFiles, request: BatchRequest): Promise<MadeBatch> {
  const batch = await beginBatch(database, request.most, request.by, request.nowMicros);
  if (batch === undefined) throw new RefusedError(refuse('delivery.batch-empty', 'nothing waits for the printer'));
  const whole = await PDFDocument.create();
  whole.setProducer('Carillon');
  const documents: MadeBatch['documents'][number][] = [];
  for (const document of batch.documents) {
    const [pdf] = await files.make(document, ['pdf']);
    if (pdf === undefined) throw new Error(`no PDF of ${document.number}`);
    const source = await PDFDocument.load(pdf.content);
    const firstPage = whole.getPageCount() + 1;
    const pages = await whole.copyPages(source, source.getPageIndices());
    for (const page of pages) whole.addPage(page);
    if (request.duplex && pages.length % 2 === 1) whole.addPage(sizeOf(source.getPage(0)));
    documents.push({ number: document.number, firstPage, pages: pages.length });
  }
  const bytes = await whole.save();
  await writeWhole(request.out, [bytes]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await finishBatch(
    database,
    batch,
    documents.map(({ pages }) => pages),
    sha256,
    request.nowMicros,
  );
  return { batchId: batch.batchId, documents, pages: whole.getPageCount() };
}

function sizeOf(page: { getSize(): { width: number; height: number } }): [number, number] {
  const { width, height } = page.getSize();
  return [width, height];
}
