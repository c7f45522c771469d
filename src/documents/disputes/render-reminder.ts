/** The letter that asks for an answer to a dispute: as text of a mail, and as a PDF in the form of letters for overdue amounts. */
import { fileURLToPath } from 'node:url';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import { writeAmount, writeDay } from '../language.ts';
import { renderPdf } from '../typst.ts';
import { reminderTexts } from './texts.ts';

export interface DisputeReminder {
  readonly number: string;
  readonly day: string;
  readonly dispute: bigint;
  readonly document: string;
  readonly account: string;
  readonly currency: string;
  /** Without tax. */
  readonly netNanos: bigint;
  /** What we have offered, and they have not answered. */
  readonly offeredNanos?: bigint;
  readonly reason: string;
  readonly raisedOn: string;
  readonly respondBy: string;
  readonly entity: LegalEntity;
  readonly party: Party;
}

function write(reminder: DisputeReminder, language: DocumentLanguage) {
  const texts = reminderTexts[language];
  const { dispute, document, currency, netNanos, offeredNanos, reason, respondBy, day } = reminder;
  const values: Readonly<Record<string, string>> = {
    dispute: String(dispute),
    document,
    amount: writeAmount(netNanos, currency, language),
    offer: offeredNanos === undefined ? '' : writeAmount(offeredNanos, currency, language),
    // Between Arabic words it keeps its own direction.
    reason: `\u2068${reason}\u2069`,
    by: writeDay(respondBy, language),
  };
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  const body = [
    fill(respondBy < day ? texts.overdue : texts.due),
    ...(offeredNanos === undefined ? [] : [fill(texts.offer)]),
    fill(texts.reason),
  ];
  return {
    subject: fill(texts.subject),
    greeting: texts.greeting,
    body,
    crossed: texts.crossed,
    end: texts.end,
    amount: values.amount ?? '',
  };
}

/** The mail to which the PDF is attached. */
export function writeReminderMail(
  reminder: DisputeReminder,
  language: DocumentLanguage,
): { readonly subject: string; readonly text: string } {
  const { subject, greeting, body, crossed, end } = write(reminder, language);
  const { name } = reminder.entity;
  const heading = `${subject} (${reminder.number}, ${name})`.replace(/\p{Cc}/gu, ' ');
  return { subject: heading, text: `${[greeting, ...body, crossed, `${end}\n${name}`].join('\n\n')}\n` };
}

/** The same letter gives the same bytes. */
export function renderReminder(reminder: DisputeReminder, language: DocumentLanguage): Buffer {
  const { entity, party, day, number, account, document, raisedOn, respondBy } = reminder;
  const texts = reminderTexts[language];
  const { subject, greeting, body, crossed, end, amount } = write(reminder, language);
  const [year, month, dayOfMonth] = day.split('-').map(Number);
  return renderPdf({
    folder: fileURLToPath(new URL('../dunning', import.meta.url)),
    template: 'letter.typ',
    data: {
      title: `${subject} ${number}`,
      language,
      rtl: language === 'ar',
      date: { year, month, day: dayOfMonth },
      sender: { name: entity.name, lines: [...entity.address, ...(entity.email === undefined ? [] : [entity.email])] },
      receiver: { name: party.name, lines: party.address },
      facts: [
        [texts.number, number],
        [texts.account, account],
        ['', writeDay(day, language)],
      ],
      ...{ subject, greeting, body: body.join(' '), fee: '', crossed, end },
      columns: [texts.columns.document, texts.columns.raised, texts.columns.answerBy, texts.columns.contested],
      rows: [[document, writeDay(raisedOn, language), writeDay(respondBy, language), amount]],
      total: { name: texts.total, amount },
    },
    createdSeconds: Date.parse(`${day}T00:00:00Z`) / 1000,
  });
}
