/** Texts that must stand on documents beside a tax, by key and language. */

export interface TaxWording {
  readonly id: string;
  /** By language, two letters. English is always there. */
  readonly texts: Readonly<Record<string, string>>;
}

/** The wording in a language (`de`, `pt-BR`), else in English; undefined when there is no such wording. */
export function wordingIn(wordings: readonly TaxWording[], id: string, language: string): string | undefined {
  const texts = wordings.find((wording) => wording.id === id)?.texts;
  return texts?.[twoLetters(language)] ?? texts?.en;
}

/** What a rule refers to, as other languages write it. */
export interface TaxReference {
  /** As the rule says it, and as documents keep it. */
  readonly reference: string;
  readonly texts: Readonly<Record<string, string>>;
}

export interface TaxTexts {
  readonly wordings: readonly TaxWording[];
  readonly references: readonly TaxReference[];
}

/**
 * What must stand beside a tax in a language: its wording, then the law. A law is said as the rule says it where the language has no text for
 * it, as with rules of the operator's own.
 */
export function taxTextsIn(
  { wordings, references }: TaxTexts,
  { wording, legalReference }: { readonly wording?: string; readonly legalReference?: string },
  language: string,
): readonly string[] {
  const said = wording === undefined ? undefined : wordingIn(wordings, wording, language);
  const law = references.find(({ reference }) => reference === legalReference)?.texts[twoLetters(language)] ?? legalReference;
  return [said, law].filter((text) => text !== undefined);
}

function twoLetters(language: string): string {
  return language.toLowerCase().split('-')[0] ?? '';
}
