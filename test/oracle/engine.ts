/** The engine as the tests call it: compiled from a book, with counters that move as charges are made. */
import { PrefixTable } from '#core/numbering/prefix-table.ts';
import type { RatedEvent } from '#core/rating/charge.ts';
import { type CompiledBook, compileBook, type Jurisdictions } from '#core/rating/compile-book.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import type { Result } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';

export type States = readonly (readonly [prefix: string, state: string])[];

export function compileWithStates(book: Book, states: States): Result<CompiledBook> {
  return states.length === 0 ? compileBook(book) : compileBook(book, { jurisdictions: jurisdictionsOf(states) });
}

function jurisdictionsOf(states: States): Jurisdictions {
  const names = [...new Set(states.map(([, state]) => state))];
  return { prefixes: PrefixTable.build(states.map(([prefix, state]) => [prefix, names.indexOf(state)] as const)), states: names };
}

/** Rates one event and moves the counters. */
export function rateByEngine(compiled: CompiledBook, event: UsageEvent, counters: Map<string, bigint>, explain = false): RatedEvent {
  const rated = rateEvent(compiled, event, (key) => counters.get(key) ?? 0n, explain);
  if (rated.kind === 'rated') for (const { counterMoves } of rated.charges) move(counters, counterMoves);
  return rated;
}

/** Adds what charges moved, as whoever books them does. */
export function move(counters: Map<string, bigint>, moves: readonly { readonly key: string; readonly added: bigint }[]): void {
  for (const { key, added } of moves) counters.set(key, (counters.get(key) ?? 0n) + added);
}
