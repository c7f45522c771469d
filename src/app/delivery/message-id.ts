/** Message-IDs of our mails: the same for every attempt of a delivery, and told from those that others make up. */
import { createHash } from 'node:crypto';

export function messageIdOf(deliveryId: bigint, document: string, sender: string): string {
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  return `<carillon-${deliveryId}-${markOf(deliveryId, document)}@${domain}>`;
}

/** The delivery and its mark that a Message-ID names; undefined when it is not one of ours. */
export function deliveryOf(messageId: string): { readonly deliveryId: bigint; readonly mark: string } | undefined {
  const [, id, mark] = /^<carillon-(\d{1,18})-([0-9a-f]{16})@[^>]+>$/.exec(messageId) ?? [];
  return id === undefined || mark === undefined ? undefined : { deliveryId: BigInt(id), mark };
}

export function markOf(deliveryId: bigint, document: string): string {
  return createHash('sha256').update(`carillon delivery ${deliveryId} ${document}`).digest('hex').slice(0, 16);
}
