/** Days and amounts as a language writes them. Digits are European in all: they are compared with other documents. */
import { minorUnits } from '#core/money/currencies.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';

export function writeDay(day: string, language: DocumentLanguage): string {
  return Temporal.PlainDate.from(day).toLocaleString(localeOf(language), { dateStyle: 'long' });
}

/** With the currency's code and its decimals; what is finer is rounded. */
export function writeAmount(nanos: bigint, currency: string, language: DocumentLanguage): string {
  const decimals = minorUnits(currency) ?? 2;
  const format = new Intl.NumberFormat(localeOf(language), {
    ...{ style: 'currency', currency, currencyDisplay: 'code' },
    ...{ minimumFractionDigits: decimals, maximumFractionDigits: decimals },
  });
  const digits = (nanos < 0n ? -nanos : nanos).toString().padStart(10, '0');
  // Text of digits, which Intl writes exactly: no floating point.
  return format.format(`${nanos < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}` as Intl.StringNumericLiteral);
}

function localeOf(language: DocumentLanguage): string {
  return language === 'en' ? 'en-GB' : language === 'ar' ? 'ar-u-nu-latn' : language;
}
