/** Columns as PostgreSQL's array texts, written by hand: `pg` looks at each element three times. */

type Element = string | number | bigint | null;

/** For a parameter that the query casts: `$1::text[]`. */
export function arrayText(values: readonly Element[]): string {
  let text = '';
  for (const value of values) text += text === '' ? elementText(value) : `,${elementText(value)}`;
  return `{${text}}`;
}

function elementText(value: Element): string {
  if (value === null) return 'NULL';
  if (typeof value !== 'string') return String(value);
  return /["\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`;
}
