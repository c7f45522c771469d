/** What a document's template says in each language. Placeholders in braces are filled in. */
import type { InvoiceKind } from '#core/invoicing/invoice.ts';
import type { Service } from '#core/usage/usage-event.ts';

export interface InvoiceWords {
  /** For figures and dates: BCP 47. Digits are 0–9 in every language. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly titles: Readonly<Record<InvoiceKind, string>>;
  readonly draft: string;
  readonly sample: string;
  readonly billTo: string;
  readonly from: string;
  readonly number: string;
  readonly issueDay: string;
  readonly dueDay: string;
  readonly taxDay: string;
  readonly period: string;
  readonly account: string;
  readonly agreement: string;
  readonly currency: string;
  readonly taxId: string;
  readonly corrects: string;
  readonly reason: string;
  readonly selfBilled: string;
  readonly description: string;
  readonly quantity: string;
  readonly price: string;
  readonly amount: string;
  readonly services: Readonly<Record<Service, string>>;
  /** Of lines that a statement makes: before the destination, where there is no destination, and since when a price holds: `{date}`. */
  readonly adjustment: string;
  readonly commitment: string;
  readonly withoutRate: string;
  readonly validFrom: string;
  readonly otherLines: string;
  readonly net: string;
  readonly total: string;
  readonly credit: string;
  readonly prepaid: string;
  readonly withheld: string;
  readonly toPay: string;
  /** How the tax is called that rules and electronic invoices call VAT. */
  readonly vat: string;
  readonly tax: string;
  readonly taxBase: string;
  readonly taxAmount: string;
  readonly inWords: string;
  /** Between the words of the whole amount and `34/100`. */
  readonly and: string;
  readonly payment: string;
  readonly payBy: string;
  readonly holder: string;
  readonly bank: string;
  readonly bankAccount: string;
  readonly reference: string;
  readonly scan: string;
  readonly rate: string;
  readonly totalIn: string;
  readonly notes: string;
  readonly page: string;
  readonly units: Readonly<Record<'s' | 'min' | 'h', string>>;
}
