/** `carillon delivery batch`: one PDF of all that waits for the printer, each document beginning on a front page. */
import { createHash, type Hash } from 'node:crypto';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { DeliverableDocument, DocumentFiles } from '#operations/delivery/ports.ts';
import type { Database } from '#storage/database.ts';
import { beginBatch, finishBatch } from '#storage/delivery/batches.ts';
import { writeWhole } from '../written-file.ts';
import { JoinedPdf } from './joined-pdf.ts';

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
  const whole = new JoinedPdf();
  const documents: MadeBatch['documents'][number][] = [];
  const hash = createHash('sha256');
  async function* chunks(documentsOf: readonly DeliverableDocument[]): AsyncGenerator<Uint8Array> {
    yield await whole.begin();
    for (const document of documentsOf) {
      const [pdf] = await files.make(document, ['pdf']);
      if (pdf === undefined) throw new Error(`no PDF of ${document.number}`);
      const firstPage = whole.pages + 1;
      const added = await whole.add(pdf.content, request.duplex);
      documents.push({ number: document.number, firstPage, pages: added.pages });
      yield* added.chunks;
    }
    yield* whole.end();
  }
  await writeWhole(request.out, hashed(chunks(batch.documents), hash));
  const sha256 = hash.digest('hex');
  await finishBatch(
    database,
    batch,
    documents.map(({ pages }) => pages),
    sha256,
    request.nowMicros,
  );
  return { batchId: batch.batchId, documents, pages: whole.pages };
}

async function* hashed(chunks: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}
