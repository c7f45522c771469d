import type { RefusalMeaning } from '../refusals.ts';

/** Why an electronic invoice does not leave, or is not read. */
export const einvoiceRefusals = {
  'einvoice.rule-broken': {
    meaning: 'The document breaks a rule of EN 16931 or Peppol BIS Billing, which the message names. It does not leave.',
    http: 409,
    remedy:
      'Complete what the business term stands for: mostly a party’s address, number or electronic address. docs/reference/e-invoice.md says where each comes from.',
  },
  'einvoice.taxes-not-vat': {
    meaning: 'A line has several taxes, or one that is no VAT: EN 16931 knows one VAT a line.',
    http: 409,
    remedy: 'Send this document as PDF. Electronic invoices of countries with other taxes have forms of their own.',
  },
  'einvoice.file-unreadable': {
    meaning: 'The file of an electronic invoice cannot be read.',
    http: 422,
    remedy: 'Correct the path, or the permissions.',
  },
  'einvoice.form-unknown': {
    meaning: 'A file is no UBL 2.1 Invoice or CreditNote.',
    http: 422,
    remedy: 'Ask the sender for UBL, or enter the figures as a declaration.',
  },
  'einvoice.value-broken': {
    meaning: 'An amount or a quantity of an electronic invoice is no number. Nothing of it was taken.',
    http: 422,
    remedy: 'Ask the sender for a right one.',
  },
  'einvoice.too-large': {
    meaning: 'An electronic invoice has more lines or elements than one has.',
    http: 413,
    remedy: 'Ask the sender for the figures as a file of records.',
  },
} as const satisfies Record<string, RefusalMeaning>;
