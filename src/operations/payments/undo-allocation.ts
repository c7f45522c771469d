/** Taking an allocation back: every balance is as before. */

import type { ChainedEntry } from '#core/ledger/canonical.ts';
import type { EntryCause, LedgerEntry } from '#core/ledger/entry.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { openDay, type Settling } from './settling.ts';

export interface UndoRequest {
  readonly legalEntity: string;
  /** `PAY-17/2`, `NET-3`. */
  readonly id: string;
  readonly kind: 'allocation' | 'set-off';
  readonly day: string;
  readonly why: string;
  readonly by: string;
}

/** Refused: `payment.not-allocated`, `payment.items-changed`. */
export async function undoAllocation({ books, ledger }: Settling, request: UndoRequest): Promise<LedgerEntry> {
  const find = async (cause: EntryCause): Promise<ChainedEntry | undefined> => (await books.entries(request.legalEntity, [cause]))[0];
  const cause: EntryCause = { kind: request.kind, id: request.id };
  const undone: EntryCause = { kind: request.kind, id: `${request.id}/undone` };
  const entry = request.id.endsWith('/undone') ? undefined : await find(cause);
  if (entry === undefined || (await find(undone)) !== undefined)
    throw new RefusedError(
      refuse('payment.not-allocated', `${request.id} does not exist or was taken back`, { value: request.id.slice(0, 120) }),
    );
  const back: LedgerEntry = {
    legalEntity: request.legalEntity,
    day: await openDay(ledger, request.legalEntity, request.day),
    cause: undone,
    corrects: cause,
    description: `${request.id} taken back: ${request.why}`.slice(0, 400),
    by: request.by,
    exchange: entry.exchange,
    postings: entry.postings.map((posting) => ({
      ...posting,
      amountNanos: -posting.amountNanos,
      entityAmountNanos: -posting.entityAmountNanos,
    })),
  };
  for (const { document, ledgerAccount, account, currency, amountNanos } of entry.postings) {
    // The one item that a netting made of its remainder: gone, if it was paid since.
    if (document !== request.id || (ledgerAccount !== 'receivable' && ledgerAccount !== 'payable') || account === undefined) continue;
    const open = await books.openBalances({
      legalEntity: request.legalEntity,
      ledgerAccounts: [ledgerAccount],
      accounts: [account],
      documents: [document],
    });
    if (open.find((each) => each.currency === currency)?.openNanos !== amountNanos)
      throw new RefusedError(refuse('payment.items-changed', `${document} was paid since`, { value: document }));
  }
  await ledger.post([back]);
  return back;
}
