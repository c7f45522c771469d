/** Numbers of documents: which series a kind has, and how its numbers are written. */
import type { InvoiceKind, NumberSeries } from '../parties/invoicing-terms.ts';

/** What holds for kinds that no configured series has. */
export const defaultSeries: readonly NumberSeries[] = [
  { id: 'invoices', kinds: ['invoice'], pattern: 'INV-{year}-{number:6}' },
  { id: 'credit-notes', kinds: ['credit-note'], pattern: 'CN-{year}-{number:6}' },
  { id: 'debit-notes', kinds: ['debit-note'], pattern: 'DN-{year}-{number:6}' },
  { id: 'self-billing', kinds: ['self-billing'], pattern: 'SB-{account}-{year}-{number:5}' },
  { id: 'self-billing-credits', kinds: ['self-billing-credit'], pattern: 'SBC-{account}-{year}-{number:5}' },
];

/** The series of a kind: the first configured one that has it, else the default. */
export function seriesFor(kind: InvoiceKind, configured: readonly NumberSeries[]): NumberSeries {
  const series = [...configured, ...defaultSeries].find(({ kinds }) => kinds.includes(kind));
  if (series === undefined) throw new Error(`no series for ${kind}`); // the defaults have every kind
  return series;
}

const PLACE = /\{(year|month|account|number)(?::(\d{1,2}))?\}/g;
const LONGEST_NUMBER = 60;

/** Why a text is no pattern, completing "the pattern …"; undefined when it is one. */
export function patternFault(pattern: string): string | undefined {
  const places = [...pattern.matchAll(PLACE)];
  const rest = pattern.replace(PLACE, '');
  const numbers = places.filter(([, name]) => name === 'number');
  if (/[{}]/.test(rest)) return 'knows {year}, {month}, {account} and {number:digits} only';
  if (numbers.length !== 1) return 'needs {number} once';
  if (Number(numbers[0]?.[2] ?? '1') < 1 || Number(numbers[0]?.[2] ?? '1') > 12) return 'has a number of 1 to 12 digits';
  if (places.some(([, name, digits]) => name !== 'number' && digits !== undefined)) return 'has digits behind {number} only';
  if (!/^[\p{L}\p{N} ./_-]*$/u.test(rest)) return 'may have letters, digits, spaces, ".", "/", "_" and "-"';
  if (places.some(([, name]) => name === 'month') && !places.some(([, name]) => name === 'year')) return 'has {month} without {year}';
  if (rest.length > LONGEST_NUMBER - 20) return `is longer than ${LONGEST_NUMBER - 20} characters`;
  return undefined;
}

/** What numbers of a row have in common: documents with the same scope share a counter. The digits may be changed in the middle of a row. */
export function scopeOf({ pattern }: NumberSeries, document: { readonly issueDay: string; readonly account: string }): string {
  return fill(pattern, document, '{number}');
}

export function writeNumber(
  { pattern }: NumberSeries,
  document: { readonly issueDay: string; readonly account: string },
  number: bigint,
): string {
  const digits = Number(/\{number:(\d+)\}/.exec(pattern)?.[1] ?? '1');
  return fill(pattern, document, number.toString().padStart(digits, '0'));
}

function fill(pattern: string, document: { readonly issueDay: string; readonly account: string }, number: string): string {
  return pattern.replace(PLACE, (_, name: string) => {
    switch (name) {
      case 'year':
        return document.issueDay.slice(0, 4);
      case 'month':
        return document.issueDay.slice(5, 7);
      case 'account':
        return document.account;
      default:
        return number;
    }
  });
}
