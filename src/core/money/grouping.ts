/**
 * Figures for people: `1234567.891` is written `1,234,567.891`. A comma between thousands and a point
 * before decimals, in every table and document; files meant for machines (JSON, CSV) are never grouped.
 * Text that is not a plain decimal comes back unchanged.
 */
export function groupThousands(text: string): string {
  const match = /^([+-]?)(\d+)(\.\d+)?$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', rest = ''] = match;
  return `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/g, ',')}${rest}`;
}
