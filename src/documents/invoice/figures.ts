/** Figures, dates and amounts in words as each language writes them. Exact: figures go to Intl as text, never as floating point. */

import { toCardinal as arWords } from 'n2words/ar-SA';
import { toCardinal as deWords } from 'n2words/de-DE';
import { toCardinal as enWords } from 'n2words/en-GB';
import { toCardinal as inWords } from 'n2words/en-IN';
import { toCardinal as esWords } from 'n2words/es-ES';
import { toCardinal as frWords } from 'n2words/fr-FR';
import { toCardinal as ptWords } from 'n2words/pt-PT';
import { formatNanos } from '#core/money/amount.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { type Decimal, formatDecimal, trimDecimal } from '#core/money/decimal.ts';
import { divideRounded } from '#core/money/rounding.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import type { Period } from '#core/time/period.ts';
import type { InvoiceWords } from './languages/words.ts';

const cardinals: Readonly<Record<DocumentLanguage, (value: bigint) => string>> = {
  en: (value) => enWords(value),
  de: (value) => deWords(value),
  fr: (value) => frWords(value),
  es: (value) => esWords(value),
  pt: (value) => ptWords(value),
  ar: (value) => arWords(value),
};

const DAYS_KNOWN = 1000;

export class Figures {
  readonly language: DocumentLanguage;
  readonly #words: InvoiceWords;
  readonly #numbers = new Map<number, Intl.NumberFormat>();
  readonly #days: Intl.DateTimeFormat;
  /** Documents of a run have the same few days. */
  readonly #said = new Map<string, string>();

  constructor(language: DocumentLanguage, words: InvoiceWords) {
    this.language = language;
    this.#words = words;
    this.#days = new Intl.DateTimeFormat(words.locale, { dateStyle: 'long', timeZone: 'UTC' });
  }

  /** With as many decimals as the currency has, and a true minus. */
  amount(nanos: bigint, currency: string): string {
    const decimals = minorUnits(currency) ?? 2;
    return this.#number(formatNanos(nanos, decimals), decimals);
  }

  money(nanos: bigint, currency: string): string {
    return `${this.amount(nanos, currency)}\u00a0${currency}`;
  }

  /** All the decimals it has, at least so many. */
  exact(value: Decimal, least = 0): string {
    const trimmed = trimDecimal(value, least);
    const decimals = Math.max(trimmed.scale, least);
    return this.#number(formatDecimal(trimmed), decimals);
  }

  /** value / by, rounded half-up to so many decimals: for showing. */
  quotient(value: Decimal, by: Decimal, decimals: number): string {
    const numerator = value.units * 10n ** BigInt(by.scale + decimals);
    const units = divideRounded(numerator, by.units * 10n ** BigInt(value.scale), 'half-up');
    return this.#number(formatDecimal({ units, scale: decimals }), decimals);
  }

  day(day: string): string {
    return this.#remembered(day, () => this.#days.format(Date.parse(`${day}T00:00:00Z`)));
  }

  /** First to last day, both included. */
  period({ from, to }: Period): string {
    return this.#remembered(`${from} ${to}`, () => {
      const last = Date.parse(`${to}T00:00:00Z`) - 86_400_000;
      const first = Date.parse(`${from}T00:00:00Z`);
      return first === last ? this.day(from) : this.#days.formatRange(first, last).replace(/\u2009/g, '\u00a0');
    });
  }

  #remembered(key: string, make: () => string): string {
    const known = this.#said.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (this.#said.size >= DAYS_KNOWN) this.#said.clear();
    this.#said.set(key, made);
    return made;
  }

  /** `one thousand two hundred euros and 34/100`. In India with lakh and crore. */
  inWords(nanos: bigint, currency: string, country: string): string {
    const decimals = minorUnits(currency) ?? 2;
    const [whole = '0', fraction] = formatNanos(nanos < 0n ? -nanos : nanos, decimals).split('.');
    const value = BigInt(whole);
    const indian = this.language === 'en' && ['IN', 'PK', 'BD', 'NP', 'LK'].includes(country);
    const cardinal = indian ? inWords(value) : cardinals[this.language](value);
    const name = currencyName(this.#words.locale, value, currency);
    const rest = fraction === undefined || BigInt(fraction) === 0n ? '' : ` ${this.#words.and} ${fraction}/1${'0'.repeat(decimals)}`;
    return `${cardinal} ${name}${rest}`;
  }

  #number(text: string, decimals: number): string {
    let format = this.#numbers.get(decimals);
    if (format === undefined) {
      format = new Intl.NumberFormat(this.#words.locale, {
        ...{ minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: 'always' },
      });
      this.#numbers.set(decimals, format);
    }
    const negative = text.startsWith('-');
    // A decimal in text is formatted exactly (ECMA-402, Intl mathematical values); TypeScript knows it by this type.
    const shown = format.format((negative ? text.slice(1) : text) as Intl.StringNumericLiteral);
    return `${negative ? '−' : ''}${shown.replace(/\u202f/g, '\u00a0')}`;
  }
}

function currencyName(locale: string, value: bigint, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'name', maximumFractionDigits: 0 });
  return format.formatToParts(value).find(({ type }) => type === 'currency')?.value ?? currency;
}
