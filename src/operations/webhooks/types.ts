/** What types of events there are, and what an endpoint may want. */
import { noticedKinds } from '#core/charging/notices.ts';

export const webhookTypes: readonly string[] = [...noticedKinds.map((kind) => `charging.${kind}`), 'webhook.test'];

/** Whether some event is of what an endpoint wants: `charging.topped-up`, `charging.*`, `*`. */
export function isWanted(wish: string): boolean {
  if (wish === '*') return true;
  return wish.endsWith('.*') ? webhookTypes.some((type) => type.startsWith(wish.slice(0, -1))) : webhookTypes.includes(wish);
}
