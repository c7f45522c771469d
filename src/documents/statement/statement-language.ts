/** The languages that statements are written in. */
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import { englishStatement, type StatementLanguage } from '#core/settlement/statement-words.ts';
import { adjustmentWords, carriedWords, titleWords } from '../invoice/adjustment-words.ts';
import { Figures } from '../invoice/figures.ts';
import { wordsOf } from '../invoice/languages/index.ts';
import { ar } from './languages/ar.ts';
import { de } from './languages/de.ts';
import { en } from './languages/en.ts';
import { es } from './languages/es.ts';
import { fr } from './languages/fr.ts';
import { pt } from './languages/pt.ts';
import type { StatementTexts } from './languages/words.ts';
import { conditionWords, termWords, unitWords } from './price-words.ts';

/** What a document says, and the labels of its template. */
export interface DocumentSaying extends StatementLanguage {
  readonly labels: StatementTexts['labels'];
  readonly direction: 'ltr' | 'rtl';
}

const others: Readonly<Record<Exclude<DocumentLanguage, 'en'>, StatementTexts>> = { de, fr, es, pt, ar };

export function statementLanguage(language: DocumentLanguage): DocumentSaying {
  return language === 'en' ? { ...englishStatement, labels: en.labels, direction: 'ltr' } : translated(language, others[language]);
}

function translated(language: DocumentLanguage, { words, labels, separators, prices: texts }: StatementTexts): DocumentSaying {
  const invoiceWords = wordsOf[language];
  const { direction } = invoiceWords;
  const figures = new Figures(language, invoiceWords);
  const day = (text: string): string => figures.day(text);
  // From right to left a name keeps its own direction, and a minus stays before its figure.
  const name = (text: string): string => (direction === 'rtl' ? `\u2068${text}\u2069` : text);
  const figure = (text: string): string => {
    const written = text.replace(/[.,]/g, (mark) => (mark === ',' ? separators.group : separators.decimal));
    return direction === 'rtl' && written !== '' ? `\u2066${written}\u2069` : written;
  };
  const teller = { texts, figure, name };
  return {
    ...{ words, labels, direction, figure, day, name },
    shortDay: day,
    period: (period) => figures.period(period),
    term: (text) => termWords(text, teller),
    condition: (text) => conditionWords(text, teller),
    unit: (text) => unitWords(text, texts),
    explanation: (text) => adjustmentWords(text, invoiceWords, figures),
    title: (text) => carriedWords(text, figures) ?? titleWords(text, invoiceWords, figures) ?? text,
  };
}
