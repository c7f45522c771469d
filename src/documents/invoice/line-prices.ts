/** What a line of an invoice says of its price: one figure in the column, and in words below it what else the price depends on. */
import type { InvoiceLine } from '#core/invoicing/invoice.ts';
import { type Decimal, parseDecimal } from '#core/money/decimal.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import { type DocumentSaying, statementLanguage } from '../statement/statement-language.ts';
import type { InvoiceWords } from './languages/words.ts';

type Priced = Pick<InvoiceLine, 'unitPrice' | 'formula' | 'original'>;

/** For the column: the price where there is one, in the currency of the document. */
export function onePrice({ unitPrice, formula, original }: Priced): Decimal | undefined {
  return unitPrice ?? (formula === undefined || original !== undefined ? undefined : parseDecimal(formula.price));
}

/** Several prices, or one in another currency, and the terms: each a sentence below the line, as statements have them. */
export function priceWords(line: Priced, language: DocumentLanguage, words: InvoiceWords): string[] {
  const { formula, original } = line;
  if (formula === undefined) return [];
  const says = sayingOf(language);
  const price = onePrice(line) === undefined ? [`${words.price}: ${says.figure(formula.price)}${currencyOf(original)}`] : [];
  return [[...price, ...formula.terms.map(says.term)].join('; ')].filter((text) => text !== '');
}

function currencyOf(original: Priced['original']): string {
  return original === undefined ? '' : `\u00a0${original.currency}`;
}

const sayings = new Map<DocumentLanguage, DocumentSaying>();

function sayingOf(language: DocumentLanguage): DocumentSaying {
  const known = sayings.get(language) ?? statementLanguage(language);
  sayings.set(language, known);
  return known;
}
