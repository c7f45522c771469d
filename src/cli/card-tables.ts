import type { CardLink, StoredEvent } from '#app/cards/cards.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatTable } from './table.ts';

export function printLink({ url, document, account, currency, amountNanos, expiresMicros }: CardLink, json: boolean): string {
  const expires = expiresMicros === undefined ? undefined : formatInstant(expiresMicros);
  if (json) return `${JSON.stringify({ document, account, currency, amount: formatNanos(amountNanos, 2), url, expires })}\n`;
  return `${url}\n${formatNanos(amountNanos, 2)} ${currency} for ${document}, until ${expires?.slice(0, 16)}Z\n`;
}

export function eventLine(
  { eventId, type }: { readonly eventId: string; readonly type: string },
  { outcome, said }: { readonly outcome: string; readonly said: string },
  json: boolean,
): string {
  if (json) return `${JSON.stringify({ event: eventId, type, outcome, said })}\n`;
  return `${eventId} ${type}: ${outcome}${said === '' ? '' : `: ${said}`}\n`;
}

export function printEvents(events: readonly StoredEvent[], json: boolean): string {
  if (json)
    return events
      .map(({ receivedMicros, ...event }) => `${JSON.stringify({ ...event, received: formatInstant(receivedMicros) })}\n`)
      .join('');
  if (events.length === 0) return 'no events\n';
  const columns = [{ title: 'event', cut: 'never' as const }, { title: 'received' }, { title: 'type' }, { title: 'is' }, { title: 'said' }];
  const rows = events.map((one) => [
    ...[one.eventId, formatInstant(one.receivedMicros).slice(0, 16), one.type],
    ...[one.seenBy === undefined ? one.outcome : `seen by ${one.seenBy}`, one.said],
  ]);
  return `${formatTable(columns, rows, { width: 160 })}\n`;
}
