import type { Decimal } from '../../money/decimal.ts';
import { parseDecimal } from '../../money/decimal.ts';

/** Which sign stands before the decimals. */
export const decimalMarks = ['point', 'comma'] as const;
export type DecimalMark = (typeof decimalMarks)[number];

export interface Money {
  readonly value: Decimal;
  /** Currency written beside the number: an ISO code or a symbol, as written. */
  readonly currency?: string;
}

const MONEY_AROUND =
  /^([A-Za-z]{3}|(?:[A-Z]{1,3})?[$€£¥₹₽₩₪₺₴¢]|)\s*(\(?[-−+]?[\d.,'’\s\u00A0\u202F]*\d[\d.,'’\s\u00A0\u202F]*\)?)\s*([A-Za-z]{3}|[$€£¥₹₽₩₪₺₴¢]|)(?:\s*(?:\/|per|pro)\s*min(?:ute)?\.?)?$/;

interface Split {
  readonly negative: boolean;
  /** Digits and marks only. */
  readonly number: string;
  readonly currency: string | undefined;
}

function split(text: string): Split | undefined {
  const match = MONEY_AROUND.exec(text.trim());
  if (match === null) return undefined;
  const before = match[1] ?? '';
  const after = match[3] ?? '';
  if (before !== '' && after !== '' && before.toUpperCase() !== after.toUpperCase()) return undefined;
  const raw = (match[2] ?? '').trim();
  const negative = /^\(?[-−]/.test(raw) || /^\(.*\)$/.test(raw);
  const number = raw.replace(/[()+\-−\s\u00A0\u202F'’]/g, '');
  const currency = before === '' ? after : before;
  return { negative, number, currency: currency === '' ? undefined : currency };
}

/**
 * What one number shows about the decimal mark of its sheet: `0,05` has a comma, `1,234.5` a point;
 * `1,234` may be either, and so may `1.234`, which counts weakly for the point.
 */
export function markShown(text: string): DecimalMark | 'unclear' | undefined {
  const number = split(text)?.number;
  if (number === undefined) return undefined;
  const comma = number.lastIndexOf(',');
  const point = number.lastIndexOf('.');
  if (comma < 0 && point < 0) return undefined;
  if (comma >= 0 && point >= 0) return comma > point ? 'comma' : 'point';
  const sign = comma >= 0 ? ',' : '.';
  const shown = comma >= 0 ? 'comma' : 'point';
  const [whole = '', ...parts] = number.split(sign);
  if (parts.length > 1) return shown === 'comma' ? 'point' : 'comma';
  const grouping = parts[0]?.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  return grouping ? 'unclear' : shown;
}

/** Reads a price with its decimal mark, thousand separators and currency. Undefined when it is not a number. */
export function parseMoney(text: string, mark: DecimalMark): Money | undefined {
  const parts = split(text);
  if (parts === undefined) return undefined;
  const [decimalSign, groupSign] = mark === 'comma' ? [',', '.'] : ['.', ','];
  const [whole = '', fraction, ...more] = parts.number.split(decimalSign);
  if (more.length > 0 || (fraction ?? '').includes(groupSign)) return undefined;
  if (whole.includes(groupSign) && !new RegExp(`^\\d{1,3}(\\${groupSign}\\d{3})+$`).test(whole)) return undefined;
  const digits = `${whole.replaceAll(groupSign, '') || '0'}${fraction === undefined || fraction === '' ? '' : `.${fraction}`}`;
  const value = parseDecimal(digits);
  if (value === undefined) return undefined;
  const signed = parts.negative ? { units: -value.units, scale: value.scale } : value;
  return parts.currency === undefined ? { value: signed } : { value: signed, currency: parts.currency };
}

/** Digits behind the point that the value needs, or has as written beyond 18, which no Decimal holds. */
export function decimalsWritten(text: string, mark: DecimalMark): number {
  const number = split(text)?.number ?? '';
  const at = number.lastIndexOf(mark === 'comma' ? ',' : '.');
  return at < 0 ? 0 : number.slice(at + 1).replace(/0+$/, '').length;
}

const SYMBOLS: Readonly<Record<string, readonly string[]>> = {
  $: [
    'USD',
    'CAD',
    'AUD',
    'NZD',
    'SGD',
    'HKD',
    'MXN',
    'ARS',
    'CLP',
    'COP',
    'TTD',
    'JMD',
    'BBD',
    'BSD',
    'BZD',
    'FJD',
    'GYD',
    'XCD',
    'LRD',
    'NAD',
    'SRD',
    'TWD',
    'BMD',
    'KYD',
    'DOP',
    'UYU',
    'BRL',
  ],
  US$: ['USD'],
  CA$: ['CAD'],
  C$: ['CAD', 'NIO'],
  A$: ['AUD'],
  NZ$: ['NZD'],
  S$: ['SGD'],
  HK$: ['HKD'],
  R$: ['BRL'],
  '€': ['EUR'],
  '£': ['GBP', 'EGP', 'GIP', 'FKP', 'SHP', 'LBP', 'SYP', 'SSP', 'SDG'],
  '¥': ['JPY', 'CNY'],
  '₹': ['INR'],
  '₽': ['RUB'],
  '₩': ['KRW', 'KPW'],
  '₪': ['ILS'],
  '₺': ['TRY'],
  '₴': ['UAH'],
};

/** Whether what is written beside a price can mean this currency. `¢` fits those with cents. */
export function currencyFits(written: string, currency: string): boolean {
  const name = written.trim().toUpperCase();
  if (name === currency) return true;
  if (name === '¢') return SYMBOLS.$?.includes(currency) === true || currency === 'EUR';
  return SYMBOLS[name]?.includes(currency) === true;
}
