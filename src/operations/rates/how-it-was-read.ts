import type { Header } from '#core/tariffs/rate-sheets/header.ts';
import { columnLetters, columnOfLetters } from '#core/tariffs/rate-sheets/sheet.ts';
import type { SheetRate } from '#core/tariffs/rate-sheets/sheet-rate.ts';
import { plainWords } from '#core/tariffs/rate-sheets/words.ts';
import type { ImportReport } from './import-report.ts';
import { isOptional } from './rate-template.ts';

/** The columns that were mapped, and those found that a price depends on: the next sheet is read the same way. By their headers, which may move. */
export function columnsOf(header: Header, mapped: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const titled = (key: string): string => header.cells[columnOfLetters(key) ?? -1]?.trim() || key;
  const named = new Map([...mapped].map(([key, field]): [string, string] => [plainWords(titled(key)), field]));
  const read = header.columns
    .filter(({ field, header: title, index }) => !isOptional(field) || named.has(plainWords(title === '' ? columnLetters(index) : title)))
    .map(({ header: title, index, field, band }): [string, string] => [
      title === '' ? columnLetters(index) : title,
      band === undefined ? field : `${field}:${band}`,
    ]);
  const kept = [...mapped].filter(([key, field]) => field === 'ignore' || header.absent.includes(key));
  return new Map([...read, ...kept.map(([key, field]): [string, string] => [titled(key), field])]);
}

/** How many rates have which increments, the most first. */
export function countIncrements(rates: readonly SheetRate[]): ImportReport['increments'] {
  const counts = new Map<string, number>();
  for (const { terms } of rates) {
    if (terms === undefined) continue;
    const text = `${terms.firstSeconds ?? 1}/${terms.nextSeconds ?? terms.firstSeconds ?? 1}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([increments, count]) => ({ increments, count })).sort((a, b) => b.count - a.count);
}
