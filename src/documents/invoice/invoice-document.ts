/** What is rendered: a document with who is on it and how it looks. */
import type { Invoice, InvoiceContent } from '#core/invoicing/invoice.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import type { TaxTexts } from '#core/tax/wordings.ts';

export const shippedTemplates = ['classic', 'modern', 'compact'] as const;
export type ShippedTemplate = (typeof shippedTemplates)[number];

export const logoTypes = ['svg', 'png', 'jpg'] as const;

export interface Logo {
  readonly type: (typeof logoTypes)[number];
  readonly bytes: Uint8Array;
}

export interface InvoiceDocument {
  /** A draft has no number yet. */
  readonly invoice: InvoiceContent & Partial<Pick<Invoice, 'number'>>;
  readonly entity: LegalEntity;
  readonly party: Party;
  readonly language: DocumentLanguage;
  /** Texts that stand beside taxes. */
  readonly taxTexts?: TaxTexts;
  readonly logo?: Logo;
  /** Printed over what is no document yet. */
  readonly mark?: 'draft' | 'sample';
}
