/** Quantities and times as a language writes them in a message. Digits are European in all languages. */
import type { BalanceUnit } from '#core/charging/answer.ts';
import { minorUnits } from '#core/money/currencies.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import { toZoned } from '#core/time/zoned.ts';

const NANOS = 1_000_000_000n;

/** Money rounded down to what is paid in; bytes in the largest unit, to two decimals; seconds as whole minutes from one on. */
export function writeQuantity(amount: bigint, unit: BalanceUnit, currency: string, language: DocumentLanguage): string {
  const locale = localeOf(language);
  switch (unit) {
    case 'money': {
      const decimals = minorUnits(currency) ?? 2;
      const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency, roundingMode: 'trunc', ...digits });
      return plain(format.format(decimalText(amount, NANOS)));
    }
    case 'bytes': {
      const [name, size] = byteUnits.find(([, least]) => amount >= least) ?? ['byte', 1n];
      const format = new Intl.NumberFormat(locale, { style: 'unit', unit: name, maximumFractionDigits: 2, roundingMode: 'trunc' });
      return plain(format.format(decimalText(amount, size)));
    }
    case 'seconds': {
      const [name, size] = amount < 60n && amount > -60n ? (['second', 1n] as const) : (['minute', 60n] as const);
      return plain(new Intl.NumberFormat(locale, { style: 'unit', unit: name }).format(amount / size));
    }
    case 'messages':
    case 'events':
      return plain(new Intl.NumberFormat(locale).format(amount));
  }
}

const byteUnits = [
  ['terabyte', 1_000_000_000_000n],
  ['gigabyte', 1_000_000_000n],
  ['megabyte', 1_000_000n],
  ['kilobyte', 1_000n],
] as const;

/** As text, which Intl writes exactly: no floating point. */
function decimalText(amount: bigint, size: bigint): Intl.StringNumericLiteral {
  const digits = size.toString().length - 1;
  const [sign, value] = amount < 0n ? ['-', -amount] : ['', amount];
  const whole = value / size;
  return (digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${String(value % size).padStart(digits, '0')}`) as Intl.StringNumericLiteral; // digits and a point
}

export function writeDate(micros: number, zone: string, language: DocumentLanguage): string {
  return plain(toZoned(zone, micros).toPlainDate().toLocaleString(localeOf(language), { dateStyle: 'medium' }));
}

export function writeTime(micros: number, zone: string, language: DocumentLanguage): string {
  return plain(toZoned(zone, micros).toPlainTime().toLocaleString(localeOf(language), { timeStyle: 'short' }));
}

/** ISO 3166-1, two letters. */
export function writeCountry(country: string, language: DocumentLanguage): string {
  return new Intl.DisplayNames(localeOf(language), { type: 'region' }).of(country) ?? country;
}

/** Blanks that do not break would make every SMS one of half the length. */
function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

function localeOf(language: DocumentLanguage): string {
  return language === 'en' ? 'en-GB' : language === 'ar' ? 'ar-u-nu-latn-ca-gregory' : language;
}
