/** What the letter says that goes with a document, in each language. `{number}` and the like are filled in. */
import type { InvoiceKind } from '#core/invoicing/invoice.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';

export interface LetterTexts {
  readonly kinds: Readonly<Record<InvoiceKind, string>>;
  readonly subject: string;
  readonly greeting: string;
  readonly body: string;
  readonly due: string;
  readonly corrects: string;
  readonly end: string;
}

export const letterTexts: Readonly<Record<DocumentLanguage, LetterTexts>> = {
  en: {
    kinds: {
      invoice: 'Invoice',
      'credit-note': 'Credit note',
      'debit-note': 'Debit note',
      'self-billing': 'Self-billing invoice',
      'self-billing-credit': 'Self-billing credit note',
    },
    subject: '{kind} {number} from {sender}',
    greeting: 'Dear Sir or Madam,',
    body: 'please find attached: {kind} {number} of {day}, {amount}.',
    due: 'Payable by {due}.',
    corrects: 'It corrects {original}.',
    end: 'Kind regards',
  },
  de: {
    kinds: {
      invoice: 'Rechnung',
      'credit-note': 'Rechnungskorrektur',
      'debit-note': 'Belastungsanzeige',
      'self-billing': 'Gutschrift im Sinne von § 14 UStG',
      'self-billing-credit': 'Korrektur der Gutschrift',
    },
    subject: '{kind} {number} von {sender}',
    greeting: 'Sehr geehrte Damen und Herren,',
    body: 'anbei erhalten Sie: {kind} {number} vom {day}, {amount}.',
    due: 'Zahlbar bis {due}.',
    corrects: 'Sie berichtigt {original}.',
    end: 'Mit freundlichen Grüßen',
  },
  fr: {
    kinds: {
      invoice: 'Facture',
      'credit-note': 'Avoir',
      'debit-note': 'Note de débit',
      'self-billing': 'Autofacture',
      'self-billing-credit': 'Avoir d’autofacturation',
    },
    subject: '{kind} {number} de {sender}',
    greeting: 'Madame, Monsieur,',
    body: 'veuillez trouver ci-joint : {kind} {number} du {day}, {amount}.',
    due: 'À régler avant le {due}.',
    corrects: 'Ce document rectifie {original}.',
    end: 'Cordialement',
  },
  es: {
    kinds: {
      invoice: 'Factura',
      'credit-note': 'Factura rectificativa',
      'debit-note': 'Nota de débito',
      'self-billing': 'Autofactura',
      'self-billing-credit': 'Autofactura rectificativa',
    },
    subject: '{kind} {number} de {sender}',
    greeting: 'Estimados señores:',
    body: 'Adjuntamos: {kind} {number} del {day}, {amount}.',
    due: 'A pagar antes del {due}.',
    corrects: 'Rectifica {original}.',
    end: 'Atentamente',
  },
  pt: {
    kinds: {
      invoice: 'Fatura',
      'credit-note': 'Nota de crédito',
      'debit-note': 'Nota de débito',
      'self-billing': 'Autofatura',
      'self-billing-credit': 'Nota de crédito de autofaturação',
    },
    subject: '{kind} {number} de {sender}',
    greeting: 'Exmos. Senhores,',
    body: 'Em anexo: {kind} {number} de {day}, {amount}.',
    due: 'A pagar até {due}.',
    corrects: 'Retifica {original}.',
    end: 'Com os melhores cumprimentos',
  },
  ar: {
    kinds: {
      invoice: 'فاتورة',
      'credit-note': 'إشعار دائن',
      'debit-note': 'إشعار مدين',
      'self-billing': 'فاتورة ذاتية',
      'self-billing-credit': 'إشعار دائن لفاتورة ذاتية',
    },
    subject: '{kind} {number} من {sender}',
    greeting: 'تحية طيبة وبعد،',
    body: 'تجدون مرفقًا: {kind} {number} بتاريخ {day}، بمبلغ {amount}.',
    due: 'تستحق الدفع في موعد أقصاه {due}.',
    corrects: 'تصحّح هذه الوثيقة {original}.',
    end: 'مع أطيب التحيات',
  },
};
