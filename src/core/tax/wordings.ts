/** Texts that must stand on documents beside a tax, by key and language. */

export interface TaxWording {
  readonly id: string;
  /** By language, two letters. English is always there. */
  readonly texts: Readonly<Record<string, string>>;
}

/** The wording in a language (`de`, `pt-BR`), else in English; undefined when there is no such wording. */
export function wordingIn(wordings: readonly TaxWording[], id: string, language: string): string | undefined {
  const texts = wordings.find((wording) => wording.id === id)?.texts;
  return texts?.[language.toLowerCase().split('-')[0] ?? ''] ?? texts?.en;
}
