import type { CounterMove } from '#core/rating/charge.ts';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** One field of COPY's text format; undefined is null. */
export function copyField(value: string | undefined): string {
  if (value === undefined) return '\\N';
  return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character) : value;
}

/** The inverse of formatCounters, from parsed JSON. */
export function countersOf(stored: unknown): readonly CounterMove[] {
  if (typeof stored !== 'object' || stored === null) return [];
  const entries = Object.entries(stored as Readonly<Record<string, readonly [string, string]>>); // only formatCounters writes it
  return entries.map(([key, [before, added]]) => ({ key, before: BigInt(before), added: BigInt(added) }));
}
