/** The note of a netting for the partner: what is set off, and what remains as one payment. In the form of letters for overdue amounts. */
import { fileURLToPath } from 'node:url';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import type { NettingProposal } from '#core/payments/netting.ts';
import { dunningTexts } from '../dunning/texts.ts';
import { writeAmount, writeDay } from '../language.ts';
import { paymentRows } from '../letter/payment-rows.ts';
import { renderPdf } from '../typst.ts';
import { nettingTexts } from './texts.ts';

export interface NettingNote {
  /** `NET-3`. */
  readonly number: string;
  readonly day: string;
  /** Whether both sides confirmed it. */
  readonly agreed: boolean;
  readonly proposal: NettingProposal;
  /** Where what remains is one item: the day on which it is due. */
  readonly dueDay?: string;
  /** `1 EUR = 1.0850 USD (agreed, 2026-11-10)`. */
  readonly rates: readonly string[];
  readonly entity: LegalEntity;
  readonly party: Party;
}

/** The same note gives the same bytes. */
export function renderNetting(note: NettingNote, language: DocumentLanguage): Buffer {
  const { number, day, proposal, entity, party, rates } = note;
  const { currency, items, remainderNanos } = proposal;
  const texts = nettingTexts[language];
  const { greeting, end, number: numberWord } = dunningTexts[language];
  const [year, month, dayOfMonth] = day.split('-').map(Number);
  const amount = (nanos: bigint, of: string): string => writeAmount(nanos, of, language);
  const rows = items.map(({ balance, setOffNanos, setOffWorthNanos }) => [
    balance.document,
    amount(balance.openNanos, balance.currency),
    setOffNanos === 0n ? '' : amount(setOffNanos, balance.currency),
    setOffNanos === 0n ? '' : amount(setOffWorthNanos, currency),
  ]);
  const { document, open, setOff, worth } = texts.columns;
  return renderPdf({
    folder: fileURLToPath(new URL('../dunning', import.meta.url)),
    template: 'letter.typ',
    data: {
      title: `${texts.subject} ${number}`,
      language,
      rtl: language === 'ar',
      date: { year, month, day: dayOfMonth },
      sender: { name: entity.name, lines: [...entity.address, ...(entity.email === undefined ? [] : [entity.email])] },
      receiver: { name: party.name, lines: party.address },
      facts: [
        [numberWord, number],
        ['', writeDay(day, language)],
      ],
      ...{ subject: texts.subject, greeting, end },
      body: note.agreed ? texts.agreed : texts.proposed,
      fee: rates.join('; '),
      crossed: remainderText(note, language),
      columns: [document, open, setOff, worth.replace('{currency}', currency)],
      rows,
      total: { name: texts.remains, amount: amount(remainderNanos, currency) },
      payment: remainderNanos > 0n ? paymentRows(entity, currency, language) : [],
    },
    createdSeconds: Date.parse(`${day}T00:00:00Z`) / 1000,
  });
}

function remainderText({ number, proposal, dueDay }: NettingNote, language: DocumentLanguage): string {
  const { remainderNanos, currency } = proposal;
  const texts = nettingTexts[language];
  if (remainderNanos === 0n) return texts.nothing;
  const by = dueDay === undefined ? '' : 'By';
  const text = texts[`${remainderNanos > 0n ? 'youPay' : 'wePay'}${by}`];
  const values: Readonly<Record<string, string>> = {
    amount: writeAmount(remainderNanos < 0n ? -remainderNanos : remainderNanos, currency, language),
    day: dueDay === undefined ? '' : writeDay(dueDay, language),
    number,
  };
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}
