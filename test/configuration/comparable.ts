import type { Book } from '#core/tariffs/book.ts';

type Named = { readonly id: string };

/** A book as plain data without order, and without what only one side knows: numbers of rows and places in files. */
export function comparable(book: Book): unknown {
  return {
    ...Object.fromEntries(Object.entries(book).map(([kind, objects]: [string, readonly Named[]]) => [kind, sorted(objects)])),
    agreements: sorted(book.agreements.map((agreement) => ({ ...agreement, versionId: 0 }))),
    tariffs: sorted(
      book.tariffs.map((tariff) => ({
        ...tariff,
        rates: tariff.rates
          .map(({ match, terms, validFromMicros, validToMicros }) => text([match, terms, validFromMicros, validToMicros]))
          .sort(),
      })),
    ),
  };
}

function sorted(objects: readonly Named[]): readonly string[] {
  return objects.map((object) => text(object)).sort();
}

/** JSON with sorted keys; decimals and open ends as text. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`;
    if (part === Number.POSITIVE_INFINITY) return 'infinity';
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
