/** What people ask of deliveries, and do with them. The clock is the machine's. */
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Database } from '#storage/database.ts';
import {
  type DeliveryEvent,
  type DeliveryStanding,
  type DeliveryState,
  deliveryHistory,
  listDeliveries,
  retryDelivery,
  sendDocument,
  stopDelivery,
} from '#storage/delivery/overview.ts';

export type { DeliveryEvent, DeliveryStanding };

export interface DeliveryQuestion {
  /** As the command line checked it. */
  readonly state?: string;
  readonly way?: string;
  readonly document?: string;
  readonly limit: number;
}

export async function deliveriesShown(database: Database, { state, ...rest }: DeliveryQuestion): Promise<readonly DeliveryStanding[]> {
  return listDeliveries(database, { ...rest, ...(state === undefined ? {} : { state: state as DeliveryState }) });
}

/** Throws RefusedError (`delivery.unknown`). */
export async function deliveryShown(
  database: Database,
  deliveryId: bigint,
): Promise<{ standing: DeliveryStanding; events: readonly DeliveryEvent[] }> {
  const [standing] = await listDeliveries(database, { deliveryId, limit: 1 });
  if (standing === undefined)
    throw new RefusedError(refuse('delivery.unknown', 'there is no such delivery', { value: String(deliveryId) }));
  return { standing, events: await deliveryHistory(database, deliveryId) };
}

/** One by its number, or all of a document. Throws RefusedError (`delivery.unknown`). */
export async function deliveriesOf(
  database: Database,
  which: string,
): Promise<readonly { standing: DeliveryStanding; events: readonly DeliveryEvent[] }[]> {
  const found = await listDeliveries(database, { document: which, limit: 1000 });
  if (found.length === 0 && /^[1-9]\d{0,17}$/.test(which)) return [await deliveryShown(database, BigInt(which))];
  if (found.length === 0)
    throw new RefusedError(
      refuse('delivery.unknown', 'there is no such delivery, and no document of this number', { value: which.slice(0, 120) }),
    );
  const histories = [];
  for (const standing of found) histories.push({ standing, events: await deliveryHistory(database, standing.deliveryId) });
  return histories;
}

/** Tells how many deliveries are new. Throws RefusedError (`delivery.document-unknown`, `delivery.no-route`). */
export async function planSending(database: Database, document: string): Promise<number> {
  return sendDocument(database, document, Date.now() * 1000);
}

/** Throws RefusedError for the first that cannot be; those before it wait already. */
export async function retryDeliveries(database: Database, ids: readonly bigint[], again: boolean): Promise<void> {
  for (const id of ids) await retryDelivery(database, id, again, Date.now() * 1000);
}

/** Throws RefusedError for the first that cannot be; those before it are stopped already. */
export async function stopDeliveries(database: Database, ids: readonly bigint[]): Promise<void> {
  for (const id of ids) await stopDelivery(database, id, Date.now() * 1000);
}
