/** Manual entries: booked at once, or by a second person where the legal entity wants two. */

import { entryName } from '#core/ledger/check-entry.ts';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { isSamePerson } from '../access/second-person.ts';
import { checkReason } from './close-ledger.ts';
import type { BookedEntry, LedgerBooks, WaitingEntries, WaitingEntry } from './ports.ts';

export type Entered =
  | { readonly kind: 'booked'; readonly entries: readonly (BookedEntry & { readonly entry: LedgerEntry })[] }
  | { readonly kind: 'waiting'; readonly entries: readonly WaitingEntry[] };

/** All entries are of one legal entity. */
export async function enterEntries(
  books: LedgerBooks,
  waiting: WaitingEntries,
  entries: readonly LedgerEntry[],
  fourEyes: boolean,
): Promise<Entered> {
  if (fourEyes) {
    const openFrom = entries[0] === undefined ? undefined : await books.openFrom(entries[0].legalEntity);
    const closed = entries.find(({ day }) => openFrom !== undefined && day < openFrom);
    if (closed !== undefined) throw new RefusedError(refuse('ledger.period-closed', `${entryName(closed)}: ${closed.day} is closed`));
    return { kind: 'waiting', entries: await waiting.add(entries) };
  }
  const booked = await books.post(entries);
  return { kind: 'booked', entries: booked.map((each, index) => ({ ...each, entry: entries[index] as LedgerEntry })) }; // one each
}

export interface Decision {
  readonly id: bigint;
  readonly by: string;
}

/**
 * The second person books it, if it still holds: `check` refuses what the books have moved past since. Refused: `ledger.entry-unknown`,
 * `ledger.already-decided`, `ledger.second-person`, and all that the check and booking refuse.
 */
export async function approveEntry(
  books: LedgerBooks,
  waiting: WaitingEntries,
  { id, by }: Decision,
  check: (entry: LedgerEntry) => Promise<void>,
): Promise<BookedEntry & { entry: LedgerEntry }> {
  const { entry, by: enteredBy } = await taken(waiting, id);
  if (isSamePerson(enteredBy, by))
    throw new RefusedError(refuse('ledger.second-person', `${entryName(entry)} was entered by ${enteredBy}`));
  await check(entry);
  await waiting.decide(id, 'booked', by, undefined);
  const [booked] = await books.post([{ ...entry, by: `${enteredBy}, ${by}` }]);
  if (booked === undefined) throw new Error('one entry was booked and none came back');
  return { ...booked, entry };
}

/** Anybody may refuse it, also who entered it. */
export async function rejectEntry(waiting: WaitingEntries, { id, by, why }: Decision & { readonly why: string }): Promise<LedgerEntry> {
  checkReason(why);
  const { entry } = await taken(waiting, id);
  await waiting.decide(id, 'refused', by, why);
  return entry;
}

async function taken(waiting: WaitingEntries, id: bigint): Promise<WaitingEntry> {
  const found = await waiting.take(id);
  if (found === undefined) throw new RefusedError(refuse('ledger.entry-unknown', `no entry ${id} waits`));
  if (found === 'decided') throw new RefusedError(refuse('ledger.already-decided', `entry ${id} was booked or refused`));
  return found;
}
