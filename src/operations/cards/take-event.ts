import { formatNanos } from '#core/money/amount.ts';
import { RefusedError } from '#core/refusals.ts';
import type { Settling } from '../payments/settling.ts';
import { takeManualPayment } from '../payments/take-payments.ts';
import type { CardBooks, CardEvent, CardHappening, CardLink } from './ports.ts';

export interface TakenEvent {
  /** `known`: it was worked on before. `held`: a person must look at it. */
  readonly outcome: 'booked' | 'noted' | 'held' | 'known';
  readonly said: string;
}

/**
 * Works on an event of the provider, in one transaction with what it books. Whatever it says, it is kept: what cannot be booked is held,
 * and nothing is lost because a document is unknown here or a period is closed.
 */
export async function takeEvent(
  books: CardBooks,
  settling: Settling,
  event: CardEvent,
  dayOf: (legalEntity: string, micros: number) => Promise<string>,
): Promise<TakenEvent> {
  if (!(await books.begin(event.eventId))) return { outcome: 'known', said: '' };
  const taken = await workOn(books, settling, event, dayOf);
  await books.save(event, taken.outcome, taken.said);
  return taken;
}

type Worked = { readonly outcome: 'booked' | 'noted' | 'held'; readonly said: string };

async function workOn(
  books: CardBooks,
  settling: Settling,
  { what, createdMicros }: CardEvent,
  dayOf: (legalEntity: string, micros: number) => Promise<string>,
): Promise<Worked> {
  switch (what.kind) {
    case 'paid': {
      const link = await books.linkOf(what.providerId);
      if (link === undefined) return { outcome: 'held', said: `paid ${amountOf(what)} for ${what.providerId}, which is no link of ours` };
      return book(books, settling, link, what, await dayOf(link.legalEntity, createdMicros));
    }
    case 'refunded':
      return { outcome: 'held', said: `${amountOf(what)} of ${what.paymentId} were refunded: book it with payment refund` };
    case 'disputed':
      return { outcome: 'held', said: `the payer disputes ${what.paymentId}: ${what.reason}` };
    case 'other':
      return { outcome: 'noted', said: '' };
  }
}

async function book(
  books: CardBooks,
  settling: Settling,
  { legalEntity, document, account }: CardLink,
  paid: Extract<CardHappening, { kind: 'paid' }>,
  day: string,
): Promise<Worked> {
  const payment = {
    direction: 'in',
    ...{ legalEntity, day, currency: paid.currency, amountNanos: paid.amountNanos, isReversal: false, by: 'stripe' },
    ...{ entryKey: `stripe ${paid.paymentId}`, said: [document] },
  } as const;
  try {
    const { settled, leftNanos } = await books.attempt(() => takeManualPayment(settling, payment, account));
    const rest = leftNanos === 0n ? '' : `, ${formatNanos(leftNanos, 2)} ${paid.currency} left on account`;
    return { outcome: 'booked', said: `${amountOf(paid)} on ${account} for ${settled.join(', ') || 'no document'}${rest}` };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { outcome: 'held', said: `paid ${amountOf(paid)} for ${document}, not booked: ${error.message}` };
  }
}

function amountOf({ amountNanos, currency }: { readonly amountNanos: bigint; readonly currency: string }): string {
  return `${formatNanos(amountNanos, 2)} ${currency}`;
}
