/** A document as text in its language: all that a template prints, laid out and formatted. */

import { convertNanos, smallestUnitNanos } from '#core/invoicing/draft-invoice.ts';
import { epcQrText } from '#core/invoicing/epc-qr.ts';
import type { InvoiceLine, StatedRate } from '#core/invoicing/invoice.ts';
import { formatNanos } from '#core/money/amount.ts';
import { type Decimal, trimDecimal } from '#core/money/decimal.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { bankAccountFor } from '#core/parties/bank-account.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import { type TaxTexts, taxTextsIn } from '#core/tax/wordings.ts';
import { services } from '#core/usage/usage-event.ts';
import { adjustmentWords, carriedWords, titleWords } from './adjustment-words.ts';
import { Figures } from './figures.ts';
import type { InvoiceDocument } from './invoice-document.ts';
import { wordsOf } from './languages/index.ts';
import type { InvoiceWords } from './languages/words.ts';
import { onePrice, priceWords } from './line-prices.ts';
import { quantityWords } from './quantities.ts';

export type Pair = readonly [label: string, value: string];

/** What reaches a template as `data`. Documented for authors in docs/reference/templates.md. */
export interface InvoiceLayout {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly accent: string;
  readonly title: string;
  readonly number: string;
  readonly mark: string;
  readonly date: { readonly year: number; readonly month: number; readonly day: number };
  readonly currency: string;
  readonly seller: { readonly label: string; readonly name: string; readonly lines: readonly string[] };
  readonly buyer: { readonly label: string; readonly name: string; readonly lines: readonly string[] };
  readonly facts: readonly Pair[];
  readonly remarks: readonly string[];
  readonly headings: {
    readonly description: string;
    readonly quantity: string;
    readonly price: string;
    readonly amount: string;
    readonly tax: string;
    readonly taxBase: string;
    readonly taxAmount: string;
    readonly notes: string;
  };
  readonly groups: readonly {
    readonly title: string;
    readonly lines: readonly LineLayout[];
    readonly total: string;
  }[];
  readonly net: Pair;
  readonly taxes: readonly { readonly name: string; readonly base: string; readonly amount: string }[];
  /** All taxes together. */
  readonly taxTotal: Pair;
  readonly total: Pair;
  /** What changes the total to what is paid: prepaid, withheld; and that. Empty where the total is paid. */
  readonly after: readonly Pair[];
  readonly inWords: string;
  readonly small: readonly string[];
  readonly payment?: {
    readonly title: string;
    readonly sentence: string;
    readonly rows: readonly Pair[];
    /** What the code for a transfer says; empty where there is none. */
    readonly transfer: string;
    readonly scan: string;
  };
  readonly notes: readonly string[];
  readonly footer: readonly string[];
  readonly page: string;
}

export interface LineLayout {
  readonly number: string;
  readonly description: string;
  readonly details: readonly string[];
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  readonly amount: string;
}

const ACCENT = '#0f4c6b';
/** Where invoices say their total in words by law or custom. */
const WORDS_WANTED = new Set('IN PK BD LK NP DZ MA TN EG SA AE QA KW BH OM JO LB SN CI CM ML BF TG BJ NE GA CG TD MR'.split(' '));

const formats = new Map<string, Figures>();

export function layOutInvoice(document: InvoiceDocument): InvoiceLayout {
  const { invoice, entity, party, language } = document;
  const words = wordsOf[language];
  const figures = formats.get(language) ?? new Figures(language, words);
  formats.set(language, figures);
  const selfBilled = invoice.kind === 'self-billing' || invoice.kind === 'self-billing-credit';
  const credit = invoice.kind === 'credit-note' || invoice.kind === 'self-billing-credit';
  const [seller, buyer] = selfBilled ? [party, entity] : [entity, party];
  const [year = 0, month = 0, day = 0] = invoice.issueDay.split('-').map(Number);
  const payment = selfBilled || credit ? undefined : paymentOf(document, words, figures);
  return {
    language,
    direction: words.direction,
    accent: entity.invoicing?.accent ?? ACCENT,
    title: words.titles[invoice.kind],
    number: invoice.number ?? '',
    mark: document.mark === undefined ? '' : words[document.mark],
    date: { year, month, day },
    currency: invoice.currency,
    seller: { label: words.from, name: seller.name, lines: contact(seller, words) },
    buyer: { label: words.billTo, name: buyer.name, lines: contact(buyer, words) },
    facts: factsOf(document, words, figures),
    remarks: [
      ...(selfBilled ? [fill(words, 'selfBilled', { name: entity.name })] : []),
      ...(invoice.corrects === undefined ? [] : [`${words.reason}: ${invoice.corrects.reason}`]),
    ],
    headings: {
      ...{ description: words.description, quantity: words.quantity, price: words.price, amount: words.amount },
      ...{ tax: words.tax, taxBase: words.taxBase, taxAmount: words.taxAmount, notes: words.notes },
    },
    groups: groupsOf(invoice.lines, invoice.currency, words, figures),
    net: [words.net, figures.amount(invoice.netNanos, invoice.currency)],
    taxes: invoice.taxes.map((tax) => ({
      name: `${tax.name === 'VAT' ? words.vat : tax.name} ${percentWords(tax.percent, words)}`,
      base: figures.amount(tax.baseNanos, invoice.currency),
      amount: figures.amount(tax.taxNanos, invoice.currency),
    })),
    taxTotal: [words.tax, figures.amount(invoice.taxNanos, invoice.currency)],
    total: [credit ? words.credit : words.total, figures.amount(invoice.totalNanos, invoice.currency)],
    after: afterTotal(document, words, figures),
    inWords: wantsWords(entity)
      ? fill(words, 'inWords', { words: figures.inWords(invoice.totalNanos, invoice.currency, entity.country) })
      : '',
    small: [...taxTexts(document), ...exchangeTexts(document, words, figures)],
    ...(payment === undefined ? {} : { payment }),
    notes: [...invoice.notes, ...(entity.invoicing?.notes ?? [])],
    footer: entity.invoicing?.footer ?? [],
    page: words.page,
  };
}

function contact(who: LegalEntity | Party, words: InvoiceWords): string[] {
  return [
    ...who.address,
    ...(who.taxId === undefined ? [] : [`${words.taxId}: ${nameWords(who.taxId, words)}`]),
    ...(who.email === undefined ? [] : [who.email]),
  ];
}

function factsOf({ invoice }: InvoiceDocument, words: InvoiceWords, figures: Figures): Pair[] {
  const { number, issueDay, dueDay, taxDay, period, account, lines, corrects, currency, kind } = invoice;
  const agreements = [...new Set(lines.flatMap((line) => line.agreement ?? []))];
  const credit = kind === 'credit-note' || kind === 'self-billing-credit';
  return [
    ...(number === undefined ? [] : [[words.number, number] as const]),
    [words.issueDay, figures.day(issueDay)],
    ...(credit ? [] : [[words.dueDay, figures.day(dueDay)] as const]),
    ...(corrects === undefined ? [] : [[words.corrects, corrects.number] as const]),
    ...(period === undefined ? [[words.taxDay, figures.day(taxDay)] as const] : [[words.period, figures.period(period)] as const]),
    ...(agreements.length === 1 && agreements[0] !== undefined ? [[words.agreement, agreements[0]] as const] : []),
    [words.account, account],
    [words.currency, currency],
  ];
}

const NO_DECIMALS: Decimal = { units: 0n, scale: 0 };

function groupsOf(lines: readonly InvoiceLine[], currency: string, words: InvoiceWords, figures: Figures): InvoiceLayout['groups'] {
  const grouped = Map.groupBy(lines, (line) => line.service ?? '');
  return [...services, '' as const].flatMap((service) => {
    const members = grouped.get(service);
    if (members === undefined) return [];
    const total = members.reduce((sum, line) => sum + line.netNanos, 0n);
    // Prices of one table with as many decimals each, so that their points stand under each other.
    const decimals = Math.max(2, ...members.map((line) => trimDecimal(onePrice(line) ?? NO_DECIMALS).scale));
    return [
      {
        title: service === '' ? words.otherLines : words.services[service],
        lines: members.map((line) => lineLayout(line, decimals, currency, words, figures)),
        total: figures.amount(total, currency),
      },
    ];
  });
}

/** What a statement's line says is written in English when it is drafted; the words that the program put there are said in the language. */
function descriptionWords({ kind, description, explanation, statementLine }: InvoiceLine, words: InvoiceWords, figures: Figures): string {
  // What a person wrote has no explanation.
  if (statementLine === undefined) return (explanation === undefined ? undefined : titleWords(description, words, figures)) ?? description;
  if (kind === 'fee') return carriedWords(description, figures) ?? nameWords(description, words);
  const own = { adjustment: ['Adjustment', words.adjustment], commitment: ['Commitment', words.commitment] } as const;
  const [english, said] = kind === 'adjustment' || kind === 'commitment' ? own[kind] : ['Traffic without a rate', words.withoutRate];
  if (!description.startsWith(english)) return sinceWords(description, words, figures);
  const [, name = '', qualifiers = ''] = /^ ?(.*?)( \(.*\))?$/s.exec(description.slice(english.length)) ?? [];
  const carried = carriedWords(name, figures);
  const shown = name === '' ? '' : ` ${carried ?? nameWords(name, words)}`;
  return `${said}${shown}${sinceWords(qualifiers, words, figures)}`;
}

/** From right to left, a name in Latin letters is one piece, and a number with hyphens is not turned round. */
function nameWords(name: string, { direction }: InvoiceWords): string {
  return direction === 'rtl' ? `\u2068${name}\u2069` : name;
}

function sinceWords(text: string, words: InvoiceWords, figures: Figures): string {
  return text.replace(/(?<=[(] ?|, )from (\d{4}-\d\d-\d\d)(?=\)$)/, (_, day: string) =>
    fill(words, 'validFrom', { date: figures.day(day) }),
  );
}

function lineLayout(line: InvoiceLine, decimals: number, currency: string, words: InvoiceWords, figures: Figures): LineLayout {
  const { original, explanation } = line;
  const price = onePrice(line);
  return {
    number: String(line.number),
    description: descriptionWords(line, words, figures),
    details: [
      ...priceWords(line, figures.language, words),
      ...(explanation === undefined ? [] : [adjustmentWords(explanation, words, figures)]),
      ...(original === undefined ? [] : [`${formatNanos(original.exactNanos, 2)} ${original.currency}`]),
    ],
    ...quantityWords(line, words, figures),
    price: price === undefined ? '' : figures.exact(price, decimals),
    amount: figures.amount(line.netNanos, currency),
  };
}

function afterTotal({ invoice }: InvoiceDocument, words: InvoiceWords, figures: Figures): Pair[] {
  const withheld = invoice.withholding ?? [];
  if (invoice.prepaidNanos === 0n && withheld.length === 0) return [];
  const rest = invoice.totalNanos - invoice.prepaidNanos - withheld.reduce((sum, tax) => sum + tax.taxNanos, 0n);
  return [
    ...(invoice.prepaidNanos === 0n ? [] : [[words.prepaid, figures.amount(-invoice.prepaidNanos, invoice.currency)] as const]),
    ...withheld.map(
      (tax) =>
        [fill(words, 'withheld', { name: tax.name, percent: tax.percent }), figures.amount(-tax.taxNanos, invoice.currency)] as const,
    ),
    [words.toPay, figures.amount(rest, invoice.currency)],
  ];
}

function wantsWords({ country, invoicing }: LegalEntity): boolean {
  return invoicing?.amountInWords ?? WORDS_WANTED.has(country);
}

/** What the taxes need said, each once. */
function taxTexts({ invoice: { taxes }, taxTexts = NO_TEXTS, language }: InvoiceDocument): string[] {
  return [...new Set(taxes.flatMap((tax) => taxTextsIn(taxTexts, tax, language)))];
}

const NO_TEXTS: TaxTexts = { wordings: [], references: [] };

function exchangeTexts({ invoice }: InvoiceDocument, words: InvoiceWords, figures: Figures): string[] {
  const { conversions, exchange, currency } = invoice;
  const rate = (from: string, to: string, stated: StatedRate): string =>
    fill(words, 'rate', {
      ...{ from, to, source: stated.source, date: figures.day(stated.day) },
      rate: stated.made === undefined ? figures.exact(stated.rate) : `${figures.exact(stated.rate)} (${stated.made})`,
    });
  return [
    ...(conversions ?? []).map((each) => rate(each.currency, currency, each)),
    ...(exchange === undefined
      ? []
      : [
          rate(currency, exchange.currency, exchange),
          fill(words, 'totalIn', {
            currency: exchange.currency,
            amount: figures.amount(whole(convertNanos(invoice.totalNanos, exchange.rate), exchange.currency), exchange.currency),
            tax: figures.amount(whole(convertNanos(invoice.taxNanos, exchange.rate), exchange.currency), exchange.currency),
          }),
        ]),
  ];
}

function whole(nanos: bigint, currency: string): bigint {
  const unit = smallestUnitNanos(currency);
  return divideRounded(nanos, unit, 'half-up') * unit;
}

function paymentOf({ invoice, entity }: InvoiceDocument, words: InvoiceWords, figures: Figures): InvoiceLayout['payment'] {
  const withheld = (invoice.withholding ?? []).reduce((sum, tax) => sum + tax.taxNanos, 0n);
  const rest = invoice.totalNanos - invoice.prepaidNanos - withheld;
  if (rest <= 0n) return undefined;
  const to = bankAccountFor(entity.invoicing?.bankAccounts ?? [], invoice.currency);
  const reference = invoice.number ?? '';
  const name = to?.holder ?? entity.name;
  const rows: readonly (Pair | undefined)[] = [
    to === undefined ? undefined : [words.holder, name],
    to?.iban === undefined ? undefined : ['IBAN', grouped(to.iban)],
    to?.accountNumber === undefined ? undefined : [words.bankAccount, to.accountNumber],
    to?.bic === undefined ? undefined : ['BIC', to.bic],
    to?.bank === undefined ? undefined : [words.bank, to.bank],
    reference === '' ? undefined : [words.reference, reference],
  ];
  const text =
    to?.iban === undefined || invoice.currency !== 'EUR' || reference === ''
      ? undefined
      : epcQrText({ name, iban: to.iban, amountNanos: rest, remittance: reference, ...(to.bic === undefined ? {} : { bic: to.bic }) });
  return {
    title: words.payment,
    sentence: fill(words, 'payBy', { amount: figures.money(rest, invoice.currency), date: figures.day(invoice.dueDay) }),
    rows: rows.filter((row) => row !== undefined),
    transfer: text ?? '',
    scan: words.scan,
  };
}

/** An IBAN in fours, as people read it. */
function grouped(iban: string): string {
  return iban.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1\u00a0');
}

function percentWords(percent: string, { locale }: InvoiceWords): string {
  const figure = locale.startsWith('en') || locale.startsWith('ar') ? percent : percent.replace('.', ',');
  return `${figure}\u00a0%`;
}

type Sentence = { readonly [K in keyof InvoiceWords]: InvoiceWords[K] extends string ? K : never }[keyof InvoiceWords];

/** A sentence with its values; in a language from right to left each value keeps its own direction. */
function fill(words: InvoiceWords, sentence: Sentence, values: Readonly<Record<string, string>>): string {
  const isRtl = words.direction === 'rtl';
  return words[sentence].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return isRtl && /\p{Script=Latin}/u.test(value) ? `\u2068${value}\u2069` : value;
  });
}
