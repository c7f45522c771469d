/** The letter that asks for what is overdue: as text of a mail, and as a PDF. */

import type { DunningTone } from '#core/parties/dunning-terms.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import { writeAmount, writeDay } from '../language.ts';
import { paymentRows } from '../letter/payment-rows.ts';
import { renderPdf } from '../typst.ts';
import { dunningTexts } from './texts.ts';

export interface DunningLetter {
  readonly number: string;
  readonly tone: DunningTone;
  readonly day: string;
  readonly payBy: string;
  readonly account: string;
  readonly currency: string;
  readonly owedNanos: bigint;
  readonly feeNanos: bigint;
  readonly lines: readonly { readonly document: string; readonly dueDay: string; readonly daysLate: number; readonly owedNanos: bigint }[];
  readonly entity: LegalEntity;
  readonly party: Party;
}

interface Written {
  readonly subject: string;
  readonly greeting: string;
  readonly body: string;
  /** Empty where there is no fee. */
  readonly fee: string;
  readonly crossed: string;
  readonly end: string;
  readonly total: string;
}

function write(letter: DunningLetter, language: DocumentLanguage): Written {
  const texts = dunningTexts[language];
  const { tone, currency, owedNanos, feeNanos, payBy } = letter;
  const total = writeAmount(owedNanos + feeNanos, currency, language);
  const values: Readonly<Record<string, string>> = {
    amount: total,
    payBy: writeDay(payBy, language),
    fee: writeAmount(feeNanos, currency, language),
  };
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  return {
    subject: texts.subjects[tone],
    greeting: texts.greeting,
    body: fill(texts.bodies[tone]),
    fee: feeNanos === 0n ? '' : fill(texts.fee),
    crossed: texts.crossed,
    end: texts.end,
    total,
  };
}

/** The mail to which the PDF is attached. */
export function writeDunningMail(letter: DunningLetter, language: DocumentLanguage): { readonly subject: string; readonly text: string } {
  const { subject, greeting, body, fee, crossed, end } = write(letter, language);
  const { name } = letter.entity;
  const payment = paymentRows(letter.entity, letter.currency, language).map((row) => row.join(': '));
  const lines = letter.lines.map((line) => lineText(letter, line, language));
  const paragraphs = [greeting, body, ...lines, fee, payment.join('\n'), crossed, `${end}\n${name}`];
  const heading = `${subject} ${letter.number}, ${name}`.replace(/\p{Cc}/gu, ' ');
  return { subject: heading, text: `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n` };
}

function lineText({ currency }: DunningLetter, line: DunningLetter['lines'][number], language: DocumentLanguage): string {
  return `${line.document}: ${writeAmount(line.owedNanos, currency, language)} (${writeDay(line.dueDay, language)})`;
}

/** The same letter gives the same bytes. */
export function renderDunning(letter: DunningLetter, language: DocumentLanguage): Buffer {
  const { entity, party, currency, day, number, account, feeNanos, lines } = letter;
  const texts = dunningTexts[language];
  const written = write(letter, language);
  const [year, month, dayOfMonth] = day.split('-').map(Number);
  const rows = lines.map((line) => [
    line.document,
    writeDay(line.dueDay, language),
    String(line.daysLate),
    writeAmount(line.owedNanos, currency, language),
  ]);
  const feeRow = feeNanos === 0n ? [] : [[texts.feeLine, '', '', writeAmount(feeNanos, currency, language)]];
  return renderPdf({
    folder: import.meta.dirname,
    template: 'letter.typ',
    data: {
      title: `${written.subject} ${number}`,
      language,
      rtl: language === 'ar',
      date: { year, month, day: dayOfMonth },
      sender: { name: entity.name, lines: contact(entity) },
      receiver: { name: party.name, lines: party.address },
      facts: [
        [texts.number, number],
        [texts.account, account],
        ['', writeDay(day, language)],
      ],
      ...written,
      columns: [texts.columns.document, texts.columns.due, texts.columns.late, texts.columns.owed],
      rows: [...rows, ...feeRow],
      total: { name: texts.total, amount: written.total },
      payment: paymentRows(letter.entity, letter.currency, language),
    },
    createdSeconds: Date.parse(`${day}T00:00:00Z`) / 1000,
  });
}

function contact({ address, taxId, email }: LegalEntity): readonly string[] {
  return [...address, ...(taxId === undefined ? [] : [taxId]), ...(email === undefined ? [] : [email])];
}
