/** What came back for mails that we sent. */

import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';

export interface BounceEntry {
  readonly recipient: string;
  readonly action: 'failed' | 'delayed';
  readonly status: string;
  readonly diagnostic: string;
}

/** Those of the deliveries that are mails, with their documents. */
export async function mailDeliveries(
  { pool }: Database,
  ids: readonly bigint[],
): Promise<readonly { readonly deliveryId: bigint; readonly document: string }[]> {
  const { rows } = await pool.query<{ delivery_id: bigint; document: string }>(
    "select delivery_id, document from delivery where delivery_id = any($1::bigint[]) and way = 'email'",
    [ids],
  );
  return rows.map(({ delivery_id, document }) => ({ deliveryId: delivery_id, document }));
}

/** Records a report; a second time it changes nothing. A delivery that failed for one of its recipients counts as bounced. Tells how many entries are new. */
export async function recordBounce(
  database: Database,
  deliveryId: bigint,
  messageSha256: string,
  entries: readonly BounceEntry[],
  nowMicros: number,
): Promise<number> {
  return database.transaction(async (client) => {
    const now = formatTimestamptz(nowMicros);
    let added = 0;
    for (const { recipient, action, status, diagnostic } of entries) {
      const { rowCount } = await client.query(
        `insert into delivery_bounce (delivery_id, recipient, action, status, diagnostic, message_sha256, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (message_sha256, recipient) do nothing`,
        [deliveryId, recipient, action, status, diagnostic, messageSha256, now],
      );
      added += rowCount ?? 0;
      if (rowCount === 1 && action === 'failed')
        await client.query("update delivery set state = 'bounced', done_at = $2 where delivery_id = $1 and state = 'sent'", [
          deliveryId,
          now,
        ]);
    }
    return added;
  });
}
