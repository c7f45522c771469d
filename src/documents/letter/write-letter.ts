import type { InvoiceKind } from '#core/invoicing/invoice.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import { writeAmount, writeDay } from '../language.ts';
import { letterTexts } from './texts.ts';

export interface LetterSubject {
  readonly kind: InvoiceKind;
  readonly number: string;
  /** Local day of issue. */
  readonly day: string;
  readonly dueDay: string;
  readonly totalNanos: bigint;
  readonly currency: string;
  /** Number of the document that it corrects. */
  readonly corrects: string | undefined;
  /** Name of the legal entity. */
  readonly sender: string;
}

/** Subject and text of the letter. Days and amounts as the language writes them. */
export function writeLetter(about: LetterSubject, language: DocumentLanguage): { readonly subject: string; readonly text: string } {
  const texts = letterTexts[language];
  const values: Readonly<Record<string, string>> = {
    kind: texts.kinds[about.kind],
    number: about.number,
    sender: about.sender,
    day: writeDay(about.day, language),
    due: writeDay(about.dueDay, language),
    amount: writeAmount(about.totalNanos, about.currency, language),
    original: about.corrects ?? '',
  };
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  const isOwedToUs = about.kind === 'invoice' || about.kind === 'debit-note';
  const lines = [
    ...[fill(texts.greeting), '', fill(texts.body)],
    ...(about.corrects === undefined ? [] : [fill(texts.corrects)]),
    ...(isOwedToUs ? [fill(texts.due)] : []),
    ...['', texts.end, about.sender, ''],
  ];
  return { subject: fill(texts.subject).replace(/\p{Cc}/gu, ' '), text: lines.join('\n') };
}
