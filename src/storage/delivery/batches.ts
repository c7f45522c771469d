/** Batches for the printer: which documents are in which, decided before the file is made, so that a killed process makes the same again. */
import type { DeliverableDocument } from '#operations/delivery/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';

export interface PrintBatch {
  readonly batchId: bigint;
  /** In the order of the file. */
  readonly documents: readonly (DeliverableDocument & { readonly deliveryId: bigint })[];
}

/** The batch that was begun and not finished, or a new one of what waits, by account; undefined when nothing waits. */
export async function beginBatch(database: Database, most: number, by: string, nowMicros: number): Promise<PrintBatch | undefined> {
  const batchId = await database.transaction(async (client) => {
    // One at a time decides what is in a batch.
    await client.query("select pg_advisory_xact_lock(hashtext('carillon delivery batch'))");
    const { rows: begun } = await client.query<{ batch_id: bigint }>(
      'select batch_id from delivery_batch where sha256 is null order by batch_id limit 1',
    );
    if (begun[0] !== undefined) return begun[0].batch_id;
    const { rows } = await client.query<{ delivery_id: bigint }>(
      `select d.delivery_id from delivery d join deliverable_document i on i.legal_entity = d.legal_entity and i.number = d.document
        where d.way = 'print' and d.state = 'waiting' order by i.account, i.issue_day, i.number limit $1 for update of d`,
      [most],
    );
    if (rows.length === 0) return undefined;
    const { rows: made } = await client.query<{ batch_id: bigint }>(
      'insert into delivery_batch (made_at, made_by) values ($1, $2) returning batch_id',
      [formatTimestamptz(nowMicros), by],
    );
    const id = made[0]?.batch_id;
    await client.query(
      `insert into delivery_batch_part (batch_id, position, delivery_id) select $1, n, d from unnest($2::bigint[]) with ordinality as t(d, n)`,
      [id, rows.map(({ delivery_id }) => delivery_id)],
    );
    return id;
  });
  if (batchId === undefined) return undefined;
  const { rows } = await database.pool.query<{
    delivery_id: bigint;
    legal_entity: string;
    document: string;
    account: string;
    kind: string;
  }>(
    `select p.delivery_id, d.legal_entity, d.document, i.account, i.kind from delivery_batch_part p join delivery d using (delivery_id)
       join deliverable_document i on i.legal_entity = d.legal_entity and i.number = d.document where p.batch_id = $1 order by p.position`,
    [batchId],
  );
  return {
    batchId,
    documents: rows.map(({ delivery_id, legal_entity, document, account, kind }) => ({
      deliveryId: delivery_id,
      legalEntity: legal_entity,
      number: document,
      account,
      kind,
    })),
  };
}

/** The file is written: its documents are delivered. */
export async function finishBatch(
  database: Database,
  { batchId }: PrintBatch,
  pages: readonly number[],
  sha256: string,
  nowMicros: number,
): Promise<void> {
  await database.transaction(async (client) => {
    const { rowCount } = await client.query('update delivery_batch set sha256 = $2 where batch_id = $1 and sha256 is null', [
      batchId,
      sha256,
    ]);
    if (rowCount === 0) return;
    await client.query(
      `update delivery_batch_part p set pages = t.pages from unnest($2::integer[]) with ordinality as t(pages, n)
        where p.batch_id = $1 and p.position = t.n`,
      [batchId, pages],
    );
    await client.query(
      `update delivery d set state = 'sent', done_at = $2, attempts = attempts + 1 from delivery_batch_part p
        where p.batch_id = $1 and d.delivery_id = p.delivery_id and d.state = 'waiting'`,
      [batchId, formatTimestamptz(nowMicros)],
    );
  });
}
