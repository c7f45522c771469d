import type { CodeDeck } from '#core/tariffs/tariff.ts';

/** What a code deck says of digits: rates by destination have no codes of their own. */
export interface DeckAnswer {
  readonly deck: string;
  /** The longest code of the deck that the digits begin with. */
  readonly found: { readonly code: string; readonly destination: string } | undefined;
  /** Destinations of that code, and of the codes that begin with the digits. */
  readonly destinations: readonly string[];
  /** How many codes begin with the digits and are longer. */
  readonly longer: number;
}

/** Undefined without a deck. */
export function askDeck(deck: CodeDeck | undefined, digits: string): DeckAnswer | undefined {
  if (deck === undefined) return undefined;
  let found: DeckAnswer['found'];
  const longer = deck.codes.filter(({ code }) => code.length > digits.length && code.startsWith(digits));
  for (const { code, destination } of deck.codes) {
    if (digits.startsWith(code) && code.length >= (found?.code.length ?? 0)) found = { code, destination };
  }
  const destinations = new Set([...(found === undefined ? [] : [found]), ...longer].map(({ destination }) => destination));
  return { deck: deck.id, found, destinations: [...destinations], longer: longer.length };
}
