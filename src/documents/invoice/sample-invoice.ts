/** Made-up documents of every sort, for previews of templates. No randomness: figures follow from the line's position. */
import { draftInvoice, wholeAmounts } from '#core/invoicing/draft-invoice.ts';
import type { InvoiceContent, InvoiceKind, InvoiceLine } from '#core/invoicing/invoice.ts';
import { decimal, formatDecimal } from '#core/money/decimal.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import type { TaxAmount } from '#core/tax/tax.ts';
import type { InvoiceDocument } from './invoice-document.ts';

export interface SampleOptions {
  readonly lines?: number;
  readonly kind?: InvoiceKind;
  readonly language?: DocumentLanguage;
  readonly currency?: string;
  /** `none`: reverse charge; `one`: 19 %; `several`: two taxes on two parts of the lines. */
  readonly taxes?: 'none' | 'one' | 'several';
  readonly entity?: Partial<LegalEntity>;
  readonly party?: Partial<Party>;
  /** Fees and an adjustment behind the usage. */
  readonly extras?: boolean;
}

const DESTINATIONS = [
  'Germany Mobile Vodafone',
  'Haiti',
  'Côte d’Ivoire Mobile Orange',
  'United Kingdom Fixed',
  'Bosnia and Herzegovina Special Services',
  'India',
  'São Tomé and Príncipe',
  'Türkiye Mobile Turkcell',
];
const CENT = 10_000_000n;

export function sampleInvoice(options: SampleOptions = {}): InvoiceDocument {
  const { lines = 8, kind = 'invoice', language = 'en', currency = 'EUR', taxes = 'one' } = options;
  const period = { from: '2026-10-01', to: '2026-11-01' };
  const hasExtras = options.extras === true;
  const usage = Array.from({ length: lines }, (_, index) => sampleLine(index, period)).map((line, index) =>
    hasExtras && index === 1 ? withSetupFee(line) : line,
  );
  const more = hasExtras ? extraLines(period) : [];
  const [voice, others] = [usage.filter(({ service }) => service === 'voice'), usage.filter(({ service }) => service !== 'voice')];
  const all = [...voice, ...more.slice(0, 2), ...others, ...more.slice(2)].map((line, index) => ({ ...line, number: index + 1 }));
  const nets = wholeAmounts(
    all.map((line) => line.exactNanos),
    currency,
  );
  const drawn = all.map((line, index) => ({ ...line, netNanos: nets[index] ?? 0n }));
  const taxed = taxesOf(drawn, taxes);
  const content: InvoiceContent = draftInvoice(
    {
      ...{ kind, legalEntity: 'carillon-de', account: 'northwind-eur', party: 'northwind', currency },
      ...{ issueDay: '2026-11-03', dueDay: '2026-12-03', taxDay: '2026-10-31', period, prepaidNanos: 0n },
      ...(kind.endsWith('credit') || kind === 'credit-note'
        ? { corrects: { number: 'INV-2026-000017', reason: 'The rate to Haiti was 0.2430 from 15 October.' } }
        : {}),
      ...(currency === 'EUR' ? {} : { exchange: { currency: 'EUR', rate: decimal('0.92345'), source: 'ECB', day: '2026-11-02' } }),
      notes: [],
    },
    drawn,
    { taxes: taxed, taxNanos: taxed.reduce((sum, tax) => sum + tax.taxNanos, 0n), lines: [], withholding: [] },
  );
  return {
    invoice: { ...content, number: kind === 'credit-note' ? 'CN-2026-000003' : 'INV-2026-000042' },
    entity: { ...sampleEntity, ...options.entity },
    party: { ...sampleParty, ...options.party },
    language,
    mark: 'sample',
  };
}

const sampleEntity: LegalEntity = {
  id: 'carillon-de',
  name: 'Carillon Telecom GmbH',
  country: 'DE',
  currency: 'EUR',
  zone: 'Europe/Berlin',
  address: ['Glockengasse 12', '50667 Köln', 'Germany'],
  taxId: 'DE123456789',
  email: 'settlement@carillon.example',
  invoicing: {
    bankAccounts: [{ iban: 'DE89370400440532013000', bic: 'COBADEFFXXX', bank: 'Commerzbank' }],
    footer: ['Carillon Telecom GmbH · Amtsgericht Köln HRB 12345 · Geschäftsführung: A. Glöckner'],
  },
};

const sampleParty: Party = {
  id: 'northwind',
  name: 'Northwind Telecom S.A.',
  kind: 'carrier',
  country: 'LU',
  address: ['12, rue des Cloches', 'L-1234 Luxembourg'],
  taxId: 'LU12345678',
};

function sampleLine(index: number, period: InvoiceLine['period'] & object): InvoiceLine {
  const sms = index % 8 === 7;
  const quantity = BigInt(sms ? 4000 + index * 731 : (17 + ((index * 7919) % 4000)) * 61);
  const price = sms ? decimal('0.0420') : decimal(`0.${String(140 + ((index * 137) % 2900)).padStart(4, '0')}`);
  const exactNanos = (quantity * price.units * 10n ** 9n) / ((sms ? 1n : 60n) * 10n ** BigInt(price.scale));
  return {
    number: index + 1,
    kind: 'usage',
    service: sms ? 'sms' : 'voice',
    agreement: 'northwind-2026',
    destination: DESTINATIONS[index % DESTINATIONS.length] ?? '',
    description: `${DESTINATIONS[index % DESTINATIONS.length]}${index % 5 === 3 ? ' (off-peak)' : ''}`,
    quantity: { units: quantity, scale: 0 },
    unit: sms ? 'C62' : 'SEC',
    priceQuantity: { units: sms ? 1n : 60n, scale: 0 },
    unitPrice: price,
    netNanos: 0n,
    exactNanos,
    period,
    statementLine: index + 1,
  };
}

/** 412 calls at 0.05 besides. */
function withSetupFee({ unitPrice, ...line }: InvoiceLine): InvoiceLine {
  const price = unitPrice === undefined ? '' : formatDecimal(unitPrice);
  return { ...line, formula: { price, terms: ['setup fee 0.05'] }, exactNanos: line.exactNanos + 412n * 50_000_000n };
}

function extraLines(period: InvoiceLine['period'] & object): InvoiceLine[] {
  const one = { quantity: decimal('1'), unit: 'C62', priceQuantity: decimal('1'), netNanos: 0n, period };
  return [
    {
      ...{ number: 0, kind: 'adjustment', service: 'voice', agreement: 'northwind-2026', ...one },
      description: 'Adjustment Germany Mobile Vodafone (from 2026-10-16)',
      statementLine: 901,
      explanation: 'Volume, 1 – 31 October 2026: 214,030.5 min at 0.0121: 2,589.77; charged 2,932.22.',
      exactNanos: -342_448_800_000n,
    },
    {
      ...{ number: 0, kind: 'commitment', service: 'voice', agreement: 'northwind-2026', ...one },
      description: 'Commitment 2026-Q4: shortfall',
      statementLine: 902,
      explanation: '812,440 min of 1,000,000 min promised; 187,560 min are missing and paid at 0.01 each: 1,875.6.',
      exactNanos: 1_875_600_000_000n,
    },
    {
      number: 0,
      kind: 'fee',
      ...one,
      description: 'Port fee, October 2026',
      unitPrice: decimal('250.00'),
      exactNanos: 250_000_000_000n,
    },
  ];
}

function taxesOf(lines: readonly InvoiceLine[], taxes: SampleOptions['taxes']): TaxAmount[] {
  const tax = (members: readonly InvoiceLine[], name: string, percent: bigint, more: Partial<TaxAmount> = {}): TaxAmount => {
    const baseNanos = members.reduce((sum, line) => sum + line.netNanos, 0n);
    const taxNanos = ((baseNanos * percent) / 100n / CENT) * CENT;
    return {
      ...{ rule: `sample-${percent}`, name, category: 'S', jurisdiction: 'DE', percent: String(percent) },
      ...{ lines: members.map(({ number }) => number), baseNanos, taxNanos, explanation: 'sample', ...more },
    };
  };
  if (taxes === 'one') return [tax(lines, 'VAT', 19n)];
  if (taxes === 'several') return [tax(lines.slice(0, -1), 'VAT', 19n), tax(lines.slice(-1), 'VAT', 7n)];
  const legalReference = 'Reverse charge, Articles 44 and 196 Directive 2006/112/EC';
  return [tax(lines, 'VAT', 0n, { category: 'AE', wording: 'reverse-charge', legalReference })];
}
