/** What types of events there are, and what an endpoint may want. */
import { noticedKinds } from '#core/charging/notices.ts';

/** Of the business: entered by the database in the transaction that makes it so (migration 378). */
export const platformTypes = [
  ...(['invoice.issued', 'statement.recorded', 'dispute.moved', 'dispute.message-sent', 'payment.received'] as const),
  ...(['partner-invoice.moved', 'rate-sheet.in-force', 'file.failed', 'alarm.raised', 'alarm.cleared'] as const),
] as const;

export const webhookTypes: readonly string[] = [...noticedKinds.map((kind) => `charging.${kind}`), ...platformTypes, 'webhook.test'];

/** Whether some event is of what an endpoint wants: `charging.topped-up`, `charging.*`, `*`. */
export function isWanted(wish: string): boolean {
  if (wish === '*') return true;
  return wish.endsWith('.*') ? webhookTypes.some((type) => type.startsWith(wish.slice(0, -1))) : webhookTypes.includes(wish);
}
